"""A block rule for most paragraphs: those whose lines all begin with a letter, which begins no other block.

markdown-it tries every rule for every line; its result is the same. Only a table has to be looked for, below a line of
letters, and its second line does not begin with one.
"""

from markdown_it.rules_block import StateBlock


def read_plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read a paragraph if it is plain: the rule `paragraph` of markdown-it."""
    indent = state.blkIndent
    if silent or not 0 <= state.sCount[start] - indent < 4 or not _begins_with_letter(state, start):
        return False
    line = start + 1
    while line < end and state.bMarks[line] + state.tShift[line] < state.eMarks[line]:
        if state.sCount[line] < indent or not _begins_with_letter(state, line):
            return False
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, indent, keepLastLF=False).strip()
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _begins_with_letter(state: StateBlock, line: int) -> bool:
    return state.src[state.bMarks[line] + state.tShift[line]].isalpha()
