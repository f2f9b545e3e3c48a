"""Groups of options, declared once as a class and passed to a command as one argument.

    class ArchiveOptions(OptionGroup):
        index: Annotated[str | None, typer.Option("--index")] = None

    class StatusOptions(OptionGroup):
        archive: ArchiveOptions
        json: Annotated[bool, typer.Option("--json")] = False

    @app.command()
    @expand_option_groups
    def status(options: StatusOptions) -> int: ...

Typer sees a command with the options `--index` and `--json` in its own signature.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from shanxi_cli.util.frozen_record import Record


class OptionGroup(Record):
    """Options of a command line; each field is annotated as a parameter of a Typer command, or is a group itself.

    A group that extends another has the options of that one first.
    """


def expand_option_groups(function: Callable[..., int]) -> Callable[..., int]:
    """Return `function` with a signature in which each `OptionGroup` is replaced by its options."""
    return _ExpandedCommand(function)


class _ExpandedCommand:
    """A command whose signature is computed on demand: eighteen commands are declared, and one runs."""

    def __init__(self, function: Callable[..., int]) -> None:
        self._function = function
        self._groups = {name: kind for name, kind in function.__annotations__.items() if _is_group(kind)}
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__annotations__: dict[str, Any] = {}

    @cached_property
    def __signature__(self) -> inspect.Signature:
        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(self._function).parameters.values():
            if parameter.name in self._groups:
                parameters += _iterate_parameters(self._groups[parameter.name])
            else:
                parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
        return inspect.Signature(parameters)

    def __call__(self, **values: Any) -> int:
        groups = {name: _build_group(kind, values) for name, kind in self._groups.items()}
        return self._function(**values, **groups)


def _is_group(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, OptionGroup)


def _iterate_parameters(group: type[OptionGroup]) -> Iterator[inspect.Parameter]:
    """Yield the options of a group and of the groups inside it, in the order of its fields."""
    for name in group._fields:
        kind = _field_annotation(group, name)
        if _is_group(kind):
            yield from _iterate_parameters(kind)
        else:
            default = group._defaults.get(name, inspect.Parameter.empty)
            yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _build_group(group: type[OptionGroup], values: dict[str, Any]) -> OptionGroup:
    """Make a group of the values of its options, which are taken out of `values`."""
    fields = {name: _field_annotation(group, name) for name in group._fields}
    return group(
        **{name: _build_group(kind, values) if _is_group(kind) else values.pop(name) for name, kind in fields.items()}
    )


def _field_annotation(group: type[OptionGroup], name: str) -> Any:
    return next(base.__annotations__[name] for base in group.__mro__ if name in base.__annotations__)
