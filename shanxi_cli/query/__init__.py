"""The query language: syntax tree, fields, parser and plan. It knows no engine and opens no file."""
