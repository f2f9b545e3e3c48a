"""Options that belong together, declared once as a class and taken by a command as one argument.

    class Where(Group):
        index: Annotated[str | None, typer.Option("--index")] = None

    @app.command()
    @expanded
    def status(where: Where) -> int: ...

To Typer the command has the options of the group in its own signature.
"""

import inspect
from collections.abc import Callable
from typing import Any

from shanxi_cli.record import Record


class Group(Record):
    """Options of a command line; each field is annotated as a parameter of a Typer command.

    A group that extends another has the options of that one first.
    """


def expanded(function: Callable[..., int]) -> Callable[..., int]:
    """`function` as Typer shall see it: each parameter that is a `Group` replaced by its options."""
    parameters: list[inspect.Parameter] = []
    groups: dict[str, type[Group]] = {}
    for parameter in inspect.signature(function).parameters.values():
        kind = parameter.annotation
        if isinstance(kind, type) and issubclass(kind, Group):
            groups[parameter.name] = kind
            parameters += (_parameter(kind, name) for name in kind._fields)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

    def command(**values: Any) -> int:
        given = {name: kind(**{f: values.pop(f) for f in kind._fields}) for name, kind in groups.items()}
        return function(**values, **given)

    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {}
    return command


def _parameter(kind: type[Group], name: str) -> inspect.Parameter:
    annotation = next(each.__annotations__[name] for each in kind.__mro__ if name in each.__annotations__)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=kind._defaults[name], annotation=annotation)
