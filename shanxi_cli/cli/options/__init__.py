"""Options and arguments of the commands as frozen groups.

The docstring of a command's options is the help of the command. All of them are imported at every start, so nothing
heavy is imported here.
"""
