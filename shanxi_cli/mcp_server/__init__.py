"""The MCP server: the archive as read-only tools for assistants. Only `protocol` knows the SDK."""
