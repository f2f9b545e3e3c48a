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

from shanxi_cli.util.frozen_record import Record


class OptionGroup(Record):
    """Options of a command line; each field is annotated as a parameter of a Typer command.

    A group that extends another has the options of that one first.
    """


def expand_option_groups(function: Callable[..., int]) -> Callable[..., int]:
    """`function` as Typer shall see it: each parameter that is a `OptionGroup` replaced by its options."""
    return _ExpandedCommand(function)


class _ExpandedCommand:
    """A command whose signature is made when it is asked for: one command runs, and eighteen are declared."""

    def __init__(self, function: Callable[..., int]) -> None:
        self._function = function
        self._groups = {
            name: kind
            for name, kind in function.__annotations__.items()
            if isinstance(kind, type) and issubclass(kind, OptionGroup)
        }
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__annotations__: dict[str, Any] = {}

    @property
    def __signature__(self) -> inspect.Signature:
        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(self._function).parameters.values():
            kind = self._groups.get(parameter.name)
            if kind:
                parameters += (_make_parameter(kind, name) for name in kind._fields)
            else:
                parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
        return inspect.Signature(parameters)

    def __call__(self, **values: Any) -> int:
        given = {name: kind(**{f: values.pop(f) for f in kind._fields}) for name, kind in self._groups.items()}
        return self._function(**values, **given)


def _make_parameter(kind: type[OptionGroup], name: str) -> inspect.Parameter:
    annotation = next(each.__annotations__[name] for each in kind.__mro__ if name in each.__annotations__)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=kind._defaults[name], annotation=annotation)
