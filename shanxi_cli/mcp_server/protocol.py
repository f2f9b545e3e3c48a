"""The server itself: the tools over the Model Context Protocol on stdin and stdout, by the official SDK."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import anyio
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from shanxi_cli import __version__
from shanxi_cli.api.archive import Archive
from shanxi_cli.errors import QueryError, ShanxiError, UsageError
from shanxi_cli.mcp_server.tools import INSTRUCTIONS, TOOLS, ToolEntry
from shanxi_cli.output.jsonl import to_json
from shanxi_cli.util.closest_names import closest_name, format_suggestion

TimeLimit = Callable[[], AbstractContextManager[None]]
"""Makes a context that raises `QueryTimeout` when a call takes too long."""


def serve_archive(archive: Archive, time_limit: TimeLimit) -> None:
    """Answer calls until stdin is closed. Calls run one after the other; before each, changed articles are read."""
    server = make_server(archive, time_limit)

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


def make_server(archive: Archive, time_limit: TimeLimit) -> Server[Any]:
    """Return the server of an archive."""

    async def list_tools(
        context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_describe_tool(tool) for tool in TOOLS])

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        answer, failed = call_by_name(archive, params.name, params.arguments or {}, time_limit)
        return types.CallToolResult(content=[types.TextContent(type="text", text=answer)], is_error=failed)

    return Server(
        "shanxi",
        version=__version__,
        title="shanxi: newspaper articles",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def call_by_name(archive: Archive, name: str, arguments: dict[str, Any], time_limit: TimeLimit) -> tuple[str, bool]:
    """Return the answer of a tool as JSON, or the message of an error and True."""
    try:
        tool = find_tool(name)
        archive.refresh()
        with time_limit():
            return to_json(tool.call(archive, arguments)), False
    except ShanxiError as error:
        return format_error(error), True


def find_tool(name: str) -> ToolEntry:
    """Return the tool of a name. Raise `UsageError` for one that there is not."""
    tools = {tool.name: tool for tool in TOOLS}
    if name not in tools:
        hint = format_suggestion(closest_name(name[:80], tools), f"the tools are {', '.join(tools)}")
        raise UsageError(f"there is no tool {name[:80]}; {hint}")
    return tools[name]


def format_error(error: ShanxiError) -> str:
    """Return the message of an error; of a mistake in a query also its place and the hint."""
    if not isinstance(error, QueryError):
        return str(error)
    wrong = error.query[error.start : error.end]
    place = f", at character {error.start + 1}: {wrong[:80]}" if wrong else ""
    return f"{error.message}{place}" + (f"; {error.hint}" if error.hint else "")


def _describe_tool(tool: ToolEntry) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema,
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
