"""Ids of articles from their paths, what is left out of a corpus, and links to folders."""

from pathlib import Path

import pytest

from shanxi_cli.corpus.file_names import is_no_prose, make_article_id
from shanxi_cli.corpus.reader import load_article, parse_article
from shanxi_cli.corpus.scanner import LeftOut, SourceFile, iterate_sources, list_folder_files, scan_root
from shanxi_cli.errors import ArticleError, NotAnArticle

IDS = [
    ("mill.md", "mill"),
    ("004/mill.md", "mill"),
    ("2021/mill.md", "2021/mill"),
    ("guide/mill.md", "guide/mill"),
    ("guide/mill.MARKDOWN", "guide/mill"),
    ("guide/mill.mdx", "guide/mill"),
    ("mill.Txt", "mill.txt"),
    ("guide/mill.fr.txt", "guide/mill.fr.txt"),
    ("guide/README.txt", "guide.txt"),
    ("mill.fr.md", "mill.fr"),
    ("guide/mill/index.md", "guide/mill"),
    ("guide/mill/_index.md", "guide/mill"),
    ("guide/README.md", "guide"),
    ("guide/readme.MD", "guide"),
    ("guide/index.pt-br.md", "guide.pt-br"),
    ("guide/index-of-mills.md", "guide/index-of-mills"),
    ("004/index.md", "004"),
    ("index.md", "notes"),
    ("guide/a\u00a0b.md", "guide/a b"),
]


@pytest.mark.parametrize(("path", "expected"), IDS, ids=[path for path, _ in IDS])
def test_id_of_path(path: str, expected: str) -> None:
    assert make_article_id("/home/li/notes", path) == expected


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"The text of {name}.")


def ids_by_path(root: Path) -> dict[str, str]:
    return {source.path: source.id for source in iterate_sources(str(root))}


NAMES = [
    f"{folder}/{name}"
    for folder in ("a", "b", "a/c", "2020", "2021")
    for name in ("notes.md", "notes.txt", "index.md", "1.md")
]


@pytest.mark.parametrize("gone", NAMES)
def test_file_that_goes_or_comes_renames_no_other(tmp_path: Path, gone: str) -> None:
    write(tmp_path, *NAMES)
    before = ids_by_path(tmp_path)
    assert len(set(before.values())) == len(NAMES)
    (tmp_path / gone).unlink()
    after = ids_by_path(tmp_path)
    assert after == {path: article_id for path, article_id in before.items() if path != gone}
    write(tmp_path, gone)
    assert ids_by_path(tmp_path) == before


@pytest.mark.parametrize("stem", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f469\u200d\U0001f33e"])
def test_joiners_in_names(tmp_path: Path, stem: str) -> None:
    write(tmp_path, f"{stem}.md")
    [source] = iterate_sources(str(tmp_path))
    assert load_article(source)[0].id == stem


def test_joiner_between_latin_letters_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a\u200db.md")
    [source] = iterate_sources(str(tmp_path))
    with pytest.raises(ArticleError, match="the file name is not a valid id"):
        load_article(source)


@pytest.mark.parametrize("name", ["requirements.txt", "dev-requirements.txt", "requirements-dev.txt", "Robots.TXT"])
def test_text_that_is_no_prose(name: str) -> None:
    assert is_no_prose(name)


@pytest.mark.parametrize("name", ["letter.txt", "robots.md", "our-robots.txt", "security-of-mines.txt", "a.markdown"])
def test_text_that_may_be_prose(name: str) -> None:
    assert not is_no_prose(name)


def left_out(root: Path) -> list[tuple[str, str]]:
    return [(path, reason.name) for path, reason in scan_root(str(root)).left_out]


def test_left_out_by_default(tmp_path: Path) -> None:
    write(
        tmp_path, "a.md", ".git/a.md", ".b.md", "x/node_modules/y/z.md", "_site/a.md", "robots.txt", "x/a.html", "c.txt"
    )
    assert list(ids_by_path(tmp_path)) == ["a.md", "c.txt"]
    assert left_out(tmp_path) == [
        (".b.md", "HIDDEN"),
        (".git/", "HIDDEN"),
        ("_site/", "OTHER_PROGRAM"),
        ("robots.txt", "NO_PROSE"),
        ("x/node_modules/", "OTHER_PROGRAM"),
    ]


def test_ignore_file(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "drafts/b.md", "x/drafts/c.md", "x/d-old.md", "x/keep-old.md", "public/e.md", ".f.md")
    (tmp_path / ".shanxiignore").write_text("# comment\ndrafts/\n*-old.md\n!keep-old.md\n!public/\n!.f.md\n")
    assert list(ids_by_path(tmp_path)) == ["a.md", "public/e.md", "x/keep-old.md"]
    assert left_out(tmp_path) == [
        (".f.md", "HIDDEN"),
        ("drafts/", "PATTERN"),
        ("x/d-old.md", "PATTERN"),
        ("x/drafts/", "PATTERN"),
    ]


def test_ignore_files_of_subfolders(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b-old.md", "x/a.md", "x/b-old.md", "x/c.md", "x/y/c.md", "x/y/d.md", "y/c.md", "x/z/a.md")
    (tmp_path / ".shanxiignore").write_text("*-old.md\n")
    (tmp_path / "x/.shanxiignore").write_text("/c.md\nd.md\nz/\n!b-old.md\n")
    (tmp_path / "x/y/.shanxiignore").write_text("!d.md\nc.md\n")
    assert list(ids_by_path(tmp_path)) == ["a.md", "x/a.md", "x/b-old.md", "x/y/d.md", "y/c.md"]
    assert left_out(tmp_path) == [
        ("b-old.md", "PATTERN"),
        ("x/c.md", "PATTERN"),
        ("x/y/c.md", "PATTERN"),
        ("x/z/", "PATTERN"),
    ]
    rows = list_folder_files(str(tmp_path), "x/y/")
    assert [row[0] for row in rows] == ["x/y/d.md"]


def test_excluded_patterns_win_over_ignore_files_of_subfolders(tmp_path: Path) -> None:
    write(tmp_path, "x/a.md", "x/b.md")
    (tmp_path / "x/.shanxiignore").write_text("!a.md\n")
    assert [row[0] for row in scan_root(str(tmp_path), ("a.md",)).files] == ["x/b.md"]


def test_gitignore_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "drafts/b.md")
    (tmp_path / ".gitignore").write_text("drafts/\n")
    assert list(ids_by_path(tmp_path)) == ["a.md", "drafts/b.md"]


def test_links_to_folders_inside_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path, "a.md", ".store/b.md", ".store/deep/c.md", "x/d.md")
    (tmp_path / "x" / "one").symlink_to("../.store")
    (tmp_path / "x" / "two").symlink_to("../.store")
    (tmp_path / "x" / "here").symlink_to(".")
    (tmp_path / ".store" / "up").symlink_to("..")
    assert list(ids_by_path(tmp_path)) == ["a.md", "x/d.md", "x/one/b.md", "x/one/deep/c.md"]
    assert [path for path, reason in scan_root(str(tmp_path)).left_out if reason is LeftOut.LISTED] == [
        "x/here/",
        "x/one/up/",
        "x/two/",
    ]


def test_link_to_folder_outside_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "corpus/a.md", "elsewhere/b.md")
    (tmp_path / "corpus" / "link").symlink_to("../elsewhere")
    source = next(s for s in iterate_sources(str(tmp_path / "corpus")) if s.is_folder)
    with pytest.raises(
        ArticleError, match=r"link/: a link to a folder outside the corpus; pass that folder with --corpus"
    ):
        load_article(source)


NO_ARTICLES = [
    ("a.md", "", "no text"),
    ("a.md", "\n \n", "no text"),
    ("a.md", "---\ntags: [x]\n---\n", "no text"),
    ("a.md", "---\n---\n<!-- nothing -->\n", "no text"),
    ("a/_index.md", "---\ntitle: Section\n---\n", "a section page without text"),
    ("a/index.md", "# Section\n", "a section page without text"),
    ("a.md", '# Menu\n\n- [One](one.md)\n  * [**Two**]({{< relref "/" >}})\n', "a menu: nothing but links"),
]


@pytest.mark.parametrize(("path", "text", "reason"), NO_ARTICLES, ids=range(len(NO_ARTICLES)))
def test_files_that_are_no_articles(tmp_path: Path, path: str, text: str, reason: str) -> None:
    write(tmp_path, path)
    (tmp_path / path).write_text(text)
    with pytest.raises(NotAnArticle) as error:
        load_article(SourceFile(str(tmp_path), path, 0, 0, 0, 0))
    assert error.value.reason == reason


@pytest.mark.parametrize(
    "text", ["# A stub", "---\ntitle: A stub\n---\n", "---\ntitle: Links\n---\n- [One](one.md)", "- [x] done"]
)
def test_short_files_are_articles(text: str) -> None:
    assert parse_article(text.encode(), "a", "a.md").title
