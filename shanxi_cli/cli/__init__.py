"""Command line: argv in, text and an exit status out; `main` prints every error. Nothing below imports this package."""
