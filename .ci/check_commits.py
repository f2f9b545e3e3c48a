"""Check commit subjects: `area: imperative subject`, at most 72 characters.

    python .ci/check_commits.py [BASE]

Checks the commits after BASE, merges excepted. The default is the last tag, or the commit that added this file if that
is later. Prints each bad subject with its faults; the exit status is 1 if there are any.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

MAX_LENGTH = 72
_AREA = re.compile(r"(?P<area>[a-z][\w./-]*(?:, [a-z][\w./-]*)*): (?P<subject>\S.*)", re.ASCII)
_NO_IMPERATIVE = re.compile(r"(?:[a-z]+(?:ed|ing)|[a-z]+[^s'\W]s)\Z")
_IMPERATIVES = frozenset("bring embed exceed feed focus need proceed seed shed speed spread string succeed".split())
_NOMINAL = frozenset("a an no nothing nobody somebody the there this what when where whether which who".split())


def subject_faults(line: str) -> list[str]:
    """Return the faults of the first line of a commit message, none for a good one.

    The mood is tested by the ending of the first word only: `adds`, `added` and `adding` are faults.
    """
    faults = [f"longer than {MAX_LENGTH} characters: {len(line)}"] if len(line) > MAX_LENGTH else []
    match = _AREA.fullmatch(line)
    if match is None:
        return [*faults, "not of the form `area: subject`"]
    verb = match["subject"].split()[0].lower()
    if verb in _NOMINAL or (_NO_IMPERATIVE.match(verb) and verb not in _IMPERATIVES):
        faults.append(f"not imperative: {verb}")
    if line.endswith("."):
        faults.append("ends with a full stop")
    return faults


def default_base(repository: Path) -> str:
    """Return the hash of the last tag, or of the commit that added this file if that is later; empty without both."""
    script = Path(__file__).relative_to(Path(__file__).parents[1]).as_posix()
    added = _git(repository, "log", "--diff-filter=A", "--format=%H", "--", script).split()
    tagged = _git(repository, "log", "--simplify-by-decoration", "--decorate-refs=refs/tags", "--format=%H %D").split(
        "\n"
    )
    tag = next((line[:40] for line in tagged if line[41:]), "")
    if not added or not tag:
        return tag or next(iter(added), "")
    return tag if _git(repository, "rev-list", f"{added[-1]}..{tag}") else added[-1]


def commit_subjects(repository: Path, base: str) -> list[tuple[str, str]]:
    """Return the commits after `base`, oldest first, as (abbreviated hash, subject); all if `base` is empty."""
    commits = f"{base}..HEAD" if base else "HEAD"
    lines = _git(repository, "log", "--no-merges", "--reverse", "--format=%h %s", commits).splitlines()
    return [(commit, subject) for commit, _, subject in (line.partition(" ") for line in lines)]


def main(arguments: list[str] | None = None) -> int:
    """Print the faults of the commits after a base and return the exit status."""
    parser = argparse.ArgumentParser(description="Check commit subjects.")
    parser.add_argument("base", nargs="?", help="check the commits after this one [last tag or origin of the check]")
    parser.add_argument("--repository", type=Path, default=Path(__file__).parents[1])
    options = parser.parse_args(arguments)
    base = options.base or default_base(options.repository)
    status = 0
    for commit, subject in commit_subjects(options.repository, base):
        for fault in subject_faults(subject):
            print(f"{commit} {subject}\n    {fault}")
            status = 1
    return status


def _git(repository: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", repository, *arguments], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
