"""The Python API: `Archive` and the rows that it returns. Programs import the names from `shanxi_cli`."""
