"""General helpers: records, lazy imports, Unicode, dates, directory handles. Nothing here knows articles or queries."""
