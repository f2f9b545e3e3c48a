"""The pattern of a code span, in which no dialect of Markdown means anything."""

CODE_SPAN = r"(?<![`\\])(?P<ticks>`++)[^`].{0,2000}?(?<!`)(?P=ticks)(?!`)"
"""Between runs of as many backticks; `.` has to match line ends too."""
