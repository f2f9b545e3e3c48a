"""shanxi: a command-line search tool over an archive of newspaper articles."""

__version__ = "0.2.0"
