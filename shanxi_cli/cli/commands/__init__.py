"""One module a command, named as the command; names with an underscore are shared by several commands.

`app` imports a command's module only when that command runs.
"""
