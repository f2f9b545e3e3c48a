"""The rooms and what each may know: imports go one way, and three libraries stay in theirs."""

import ast
from collections.abc import Iterator

import pytest

from tests.support.paths import PROJECT

PACKAGE = PROJECT / "shanxi_cli"
ROWS = [
    {
        "shanxi_cli.util.display_width",
        "shanxi_cli.util.unicode",
        "shanxi_cli.util.sanitize",
        "shanxi_cli.util.edtf",
        "shanxi_cli.errors",
        "shanxi_cli.util.dirfd",
        "shanxi_cli.util.lazy_import",
        "shanxi_cli.model.nouns",
        "shanxi_cli.query.ast",
        "shanxi_cli.util.frozen_record",
        "shanxi_cli.model.views",
    },
    {
        "shanxi_cli.language",
        "shanxi_cli.query.plan.planner",
        "shanxi_cli.analysis.edit_distance",
        "shanxi_cli.places.gazetteer",
        "shanxi_cli.places.shaanxi_warning",
        "shanxi_cli.analysis.word_frequency",
        "shanxi_cli.analysis.minhash",
        "shanxi_cli.query.plan.range_parser",
        "shanxi_cli.matching.highlighter",
        "shanxi_cli.query.plan.range",
        "shanxi_cli.matching.spans",
        "shanxi_cli.query.plan.place_expansion",
        "shanxi_cli.extraction.quantities",
        "shanxi_cli.extraction.quantities.candidates",
        "shanxi_cli.extraction.quantities.date_expressions",
        "shanxi_cli.extraction.quantities.changes",
        "shanxi_cli.extraction.quantities.consistency",
        "shanxi_cli.extraction.quantities.counted_nouns",
        "shanxi_cli.extraction.quantities.extractor",
        "shanxi_cli.extraction.quantities.equivalents",
        "shanxi_cli.extraction.quantities.unit_matcher",
        "shanxi_cli.extraction.quantities.year_mentions",
        "shanxi_cli.extraction.quantities.false_positives",
        "shanxi_cli.extraction.quantities.noun_phrases",
        "shanxi_cli.extraction.quantities.numbers",
        "shanxi_cli.extraction.quantities.rates",
        "shanxi_cli.extraction.quantities.pipeline",
        "shanxi_cli.extraction.quantities.modifiers",
        "shanxi_cli.extraction.quantities.date_ranges",
        "shanxi_cli.extraction.quantities.period_resolver",
        "shanxi_cli.extraction.quantities.measured_noun",
        "shanxi_cli.extraction.quantities.units",
        "shanxi_cli.extraction.quantities.token_line",
        "shanxi_cli.extraction.quantities.year_expressions",
        "shanxi_cli.engines.bm25",
        "shanxi_cli.matching.prefilter",
        "shanxi_cli.analysis.sentence_splitter",
        "shanxi_cli.matching.snippets",
        "shanxi_cli.extraction.quotes",
        "shanxi_cli.extraction.quotes.appositions",
        "shanxi_cli.extraction.quotes.attribution",
        "shanxi_cli.extraction.quotes.person_mentions",
        "shanxi_cli.extraction.quotes.person_names",
        "shanxi_cli.extraction.quotes.noun_classes",
        "shanxi_cli.extraction.quotes.coreference",
        "shanxi_cli.extraction.quotes.noun_phrase_parser",
        "shanxi_cli.extraction.quotes.quotation_marks",
        "shanxi_cli.extraction.quotes.pipeline",
        "shanxi_cli.extraction.quotes.roles",
        "shanxi_cli.extraction.quotes.lexicon",
        "shanxi_cli.analysis.stopwords",
        "shanxi_cli.analysis.tokenizer",
        "shanxi_cli.analysis.document_fields",
        "shanxi_cli.indexing.worker_pool",
        "shanxi_cli.corpus.scanner",
    },
    {
        "shanxi_cli.corpus.reader",
        "shanxi_cli.corpus.frontmatter",
        "shanxi_cli.indexing.snapshot",
        "shanxi_cli.query.parser",
        "shanxi_cli.paths",
        "shanxi_cli.segmentation",
        "shanxi_cli.segmentation.context",
        "shanxi_cli.segmentation.openings",
        "shanxi_cli.segmentation.blocks",
        "shanxi_cli.segmentation.rules.bylines",
        "shanxi_cli.segmentation.rules.captions",
        "shanxi_cli.segmentation.chinese",
        "shanxi_cli.segmentation.classifier",
        "shanxi_cli.segmentation.column_check",
        "shanxi_cli.segmentation.passes.join_credits",
        "shanxi_cli.segmentation.draft",
        "shanxi_cli.segmentation.assembler",
        "shanxi_cli.segmentation.rules.furniture",
        "shanxi_cli.segmentation.passes.split_joined_blocks",
        "shanxi_cli.segmentation.rules.headings",
        "shanxi_cli.segmentation.rules.headlines",
        "shanxi_cli.segmentation.passes.drop_caps",
        "shanxi_cli.segmentation.lexicon",
        "shanxi_cli.segmentation.page",
        "shanxi_cli.segmentation.passes.join_paragraphs",
        "shanxi_cli.segmentation.passes.pull_quotes",
        "shanxi_cli.segmentation.passes.cleanup",
        "shanxi_cli.segmentation.passes.unsigned_bylines",
        "shanxi_cli.segmentation.pipeline",
        "shanxi_cli.segmentation.similarity",
        "shanxi_cli.segmentation.dehyphenation",
        "shanxi_cli.indexing.store",
    },
    {
        "shanxi_cli.engines.base",
        "shanxi_cli.engines.boolean",
        "shanxi_cli.engines.top_k",
        "shanxi_cli.engines.whoosh.backend",
        "shanxi_cli.engines.whoosh.near_duplicates",
        "shanxi_cli.engines.whoosh.block_writer",
        "shanxi_cli.engines.whoosh.verify",
        "shanxi_cli.engines.whoosh.columns",
        "shanxi_cli.engines.whoosh.searcher",
        "shanxi_cli.engines.whoosh.explain",
        "shanxi_cli.engines.whoosh.mmap_files",
        "shanxi_cli.engines.whoosh.hit_counts",
        "shanxi_cli.engines.whoosh.merge",
        "shanxi_cli.engines.whoosh.lazy",
        "shanxi_cli.engines.whoosh.postings",
        "shanxi_cli.engines.whoosh.quantity_postings",
        "shanxi_cli.engines.whoosh.cached_reader",
        "shanxi_cli.engines.whoosh.schema",
        "shanxi_cli.engines.score_map",
        "shanxi_cli.engines.whoosh.segment_reader",
        "shanxi_cli.engines.whoosh.storage",
        "shanxi_cli.engines.whoosh.term_stats",
        "shanxi_cli.engines.whoosh.segment_writer",
        "shanxi_cli.importers.writer",
        "shanxi_cli.indexing.change_detection",
        "shanxi_cli.importers",
        "shanxi_cli.importers.alto",
        "shanxi_cli.importers.records",
        "shanxi_cli.importers.xml_utils",
        "shanxi_cli.importers.mets",
        "shanxi_cli.importers.pdf",
        "shanxi_cli.importers.tables",
        "shanxi_cli.importers.text",
        "shanxi_cli.importers.html",
        "shanxi_cli.output",
        "shanxi_cli.output.bars",
        "shanxi_cli.output.citations",
        "shanxi_cli.output.columns",
        "shanxi_cli.output.csv_format",
        "shanxi_cli.output.terminal_figures",
        "shanxi_cli.output.figures",
        "shanxi_cli.output.import_report",
        "shanxi_cli.output.jsonl",
        "shanxi_cli.output.tsv",
        "shanxi_cli.output.progress",
        "shanxi_cli.output.terminal_quotes",
        "shanxi_cli.output.quotes",
        "shanxi_cli.output.terminal",
        "shanxi_cli.output.text",
        "shanxi_cli.output.terminal_views",
        "shanxi_cli.output.views",
        "shanxi_cli.output.labels",
        "shanxi_cli.indexing.manifest",
    },
    {
        "shanxi_cli.indexing.partition",
        "shanxi_cli.search.explain",
        "shanxi_cli.explore",
        "shanxi_cli.explore.city_facets",
        "shanxi_cli.explore.collocations",
        "shanxi_cli.explore.concordance",
        "shanxi_cli.explore.facets",
        "shanxi_cli.explore.year_mentions",
        "shanxi_cli.explore.time_buckets",
        "shanxi_cli.explore.more_like_this",
        "shanxi_cli.explore.timeline",
        "shanxi_cli.explore.terms",
        "shanxi_cli.explore.figures",
        "shanxi_cli.indexing.builder",
        "shanxi_cli.explore.quotes",
        "shanxi_cli.search.searcher",
        "shanxi_cli.search.passage_filter",
    },
    {
        "shanxi_cli.archive",
        "shanxi_cli.doctor",
    },
    {
        "shanxi_cli.__main__",
        "shanxi_cli.cli.main",
        "shanxi_cli.cli.app",
        "shanxi_cli.cli.query_args",
        "shanxi_cli.cli.commands.search_batch",
        "shanxi_cli.cli.commands.index",
        "shanxi_cli.cli.commands.cite",
        "shanxi_cli.cli.completion.complete",
        "shanxi_cli.cli.commands.doctor",
        "shanxi_cli.cli.explain",
        "shanxi_cli.cli.exploring",
        "shanxi_cli.cli.commands._explore",
        "shanxi_cli.cli.commands.facets",
        "shanxi_cli.cli.commands.similar",
        "shanxi_cli.cli.commands.kwic",
        "shanxi_cli.cli.options.explore",
        "shanxi_cli.cli.commands.timeline",
        "shanxi_cli.cli.commands.terms",
        "shanxi_cli.cli.commands.figures",
        "shanxi_cli.cli.commands.search",
        "shanxi_cli.cli.output_format",
        "shanxi_cli.cli.option_groups",
        "shanxi_cli.cli.options.import_",
        "shanxi_cli.cli.commands.import_",
        "shanxi_cli.cli.timeout",
        "shanxi_cli.cli.shaanxi_notice",
        "shanxi_cli.cli.no_results",
        "shanxi_cli.cli.options.common",
        "shanxi_cli.cli.options.quotes",
        "shanxi_cli.cli.commands.quotes",
        "shanxi_cli.cli.history",
        "shanxi_cli.cli.messages",
        "shanxi_cli.cli.rows",
        "shanxi_cli.cli.commands._sentences",
        "shanxi_cli.cli.context",
        "shanxi_cli.cli.completion.shells",
        "shanxi_cli.cli.commands.show",
        "shanxi_cli.cli.commands.fields",
    },
]
"""Each imports from its own row or those before it."""

ROOMS = {
    "typer": {
        "shanxi_cli.cli.main",
        "shanxi_cli.cli.app",
        "shanxi_cli.cli.query_args",
        "shanxi_cli.cli.commands.search_batch",
        "shanxi_cli.cli.commands.index",
        "shanxi_cli.cli.commands.cite",
        "shanxi_cli.cli.completion.complete",
        "shanxi_cli.cli.commands.doctor",
        "shanxi_cli.cli.explain",
        "shanxi_cli.cli.exploring",
        "shanxi_cli.cli.commands._explore",
        "shanxi_cli.cli.commands.facets",
        "shanxi_cli.cli.commands.similar",
        "shanxi_cli.cli.commands.kwic",
        "shanxi_cli.cli.options.explore",
        "shanxi_cli.cli.commands.timeline",
        "shanxi_cli.cli.commands.terms",
        "shanxi_cli.cli.commands.figures",
        "shanxi_cli.cli.commands.search",
        "shanxi_cli.cli.output_format",
        "shanxi_cli.cli.option_groups",
        "shanxi_cli.cli.options.import_",
        "shanxi_cli.cli.commands.import_",
        "shanxi_cli.cli.timeout",
        "shanxi_cli.cli.shaanxi_notice",
        "shanxi_cli.cli.no_results",
        "shanxi_cli.cli.options.common",
        "shanxi_cli.cli.options.quotes",
        "shanxi_cli.cli.commands.quotes",
        "shanxi_cli.cli.history",
        "shanxi_cli.cli.messages",
        "shanxi_cli.cli.rows",
        "shanxi_cli.cli.commands._sentences",
        "shanxi_cli.cli.context",
        "shanxi_cli.cli.completion.shells",
        "shanxi_cli.cli.commands.show",
        "shanxi_cli.cli.commands.fields",
    },
    "rich": {
        "shanxi_cli.output.terminal_figures",
        "shanxi_cli.output.progress",
        "shanxi_cli.output.terminal_quotes",
        "shanxi_cli.output.terminal",
        "shanxi_cli.output.terminal_views",
    },
    "whoosh": {
        "shanxi_cli.engines.whoosh.backend",
        "shanxi_cli.engines.whoosh.block_writer",
        "shanxi_cli.engines.whoosh.columns",
        "shanxi_cli.engines.whoosh.mmap_files",
        "shanxi_cli.engines.whoosh.merge",
        "shanxi_cli.engines.whoosh.schema",
        "shanxi_cli.engines.whoosh.segment_reader",
        "shanxi_cli.engines.whoosh.storage",
        "shanxi_cli.engines.whoosh.segment_writer",
    },
    "yaml": {
        "shanxi_cli.corpus.frontmatter",
    },
    "Stemmer": {
        "shanxi_cli.engines.whoosh.schema",
        "shanxi_cli.analysis.tokenizer",
    },
    "spellchecker": {
        "shanxi_cli.analysis.word_frequency",
    },
    "ftfy": {
        "shanxi_cli.segmentation.passes.cleanup",
    },
    "pypdfium2": {
        "shanxi_cli.importers.pdf",
    },
}
"""Library -> the rooms that may know it."""

DOORS = {
    "shanxi_cli.archive",
    "shanxi_cli.cli.app",
    "shanxi_cli.cli.completion.complete",
    "shanxi_cli.cli.commands.search",
    "shanxi_cli.cli.history",
    "shanxi_cli.engines.base",
    "shanxi_cli.engines.whoosh.backend",
    "shanxi_cli.importers",
    "shanxi_cli.importers.pdf",
    "shanxi_cli.query.plan.planner",
    "shanxi_cli.query.plan.range",
    "shanxi_cli.extraction.quantities",
    "shanxi_cli.paths",
    "shanxi_cli.output",
}
"""Where an import may stand in a function: each loads the one thing that was asked for."""

MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py" and path.read_text()
}


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Each imported name in full (`shanxi_cli.model.nouns.Article`), with its node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where they go"
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def row(name: str) -> int:
    return next((number for number, rooms in enumerate(ROWS) if name in rooms), -1)


def module_of(imported: str) -> str:
    """The module that a name is imported from."""
    return imported if imported in MODULES else imported.rpartition(".")[0]


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    for imported, _ in imports(ast.parse(MODULES[name].read_text())):
        if imported.startswith("shanxi_cli.") and imported != "shanxi_cli.__version__":
            assert row(module_of(imported)) <= row(name), f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_libraries_stay_in_their_rooms(name: str) -> None:
    for imported, _ in imports(ast.parse(MODULES[name].read_text())):
        rooms = ROOMS.get(imported.split(".")[0])
        assert rooms is None or name in rooms, f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_imports_stand_at_the_top_but_for_the_doors(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text())
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    inside = [imported for function in functions for imported, _ in imports(function)]
    assert not inside or name in DOORS, f"{name} imports {inside} in a function"


def test_the_language_opens_no_files() -> None:
    for name in MODULES:
        if name.startswith("shanxi_cli.language"):
            calls = [n for n in ast.walk(ast.parse(MODULES[name].read_text())) if isinstance(n, ast.Call)]
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "open" for call in calls), name
