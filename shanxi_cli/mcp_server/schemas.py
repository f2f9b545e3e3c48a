"""Arguments of the tools as JSON Schema, and the check of a call against it.

The check refuses what the schema does not name: an argument that is misspelt would otherwise be passed over in silence.
"""

from collections.abc import Mapping
from typing import Any

from shanxi_cli.errors import UsageError
from shanxi_cli.util.closest_names import closest_name, format_suggestion

Schema = dict[str, Any]

_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list}
_MAX_SHOWN = 80


def make_schema(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def text(description: str, most: int = 2_000) -> Schema:
    """Return the schema of a text of at most `most` characters."""
    return {"type": "string", "description": description, "maxLength": most}


def number(description: str, least: int, most: int, default: int) -> Schema:
    """Return the schema of a whole number between two limits."""
    return {"type": "integer", "description": description, "minimum": least, "maximum": most, "default": default}


def choice(description: str, names: list[str], default: str | None = None) -> Schema:
    """Return the schema of one of some names."""
    schema: Schema = {"type": "string", "description": description, "enum": names}
    return schema if default is None else {**schema, "default": default}


def ids(description: str, most: int) -> Schema:
    """Return the schema of a list of ids."""
    return {
        "type": "array",
        "description": description,
        "items": {"type": "string", "maxLength": 500},
        "minItems": 1,
        "maxItems": most,
    }


def check_arguments(schema: Schema, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call with the defaults of those that are missing. Raise `UsageError` for a bad one."""
    properties: Mapping[str, Schema] = schema["properties"]
    for name in arguments:
        if name not in properties:
            names = ", ".join(properties) or "none"
            hint = format_suggestion(closest_name(name[:_MAX_SHOWN], properties), f"the arguments are {names}")
            raise UsageError(f"unknown argument {name[:_MAX_SHOWN]}; {hint}")
    for name in schema["required"]:
        if arguments.get(name) is None:
            raise UsageError(f"the argument {name} is missing")
    given = {name: value for name, value in arguments.items() if value is not None}
    for name, value in given.items():
        _check_value(name, value, properties[name])
    defaults = {name: each["default"] for name, each in properties.items() if "default" in each}
    return {**defaults, **given}


def _check_value(name: str, value: Any, schema: Schema) -> None:
    kind = schema["type"]
    if not _has_type(value, kind):
        raise UsageError(f"{name} has to be {_name_type(kind)}, not {_shorten(value)}")
    if kind == "integer" and not schema["minimum"] <= value <= schema["maximum"]:
        raise UsageError(f"{name} has to be between {schema['minimum']} and {schema['maximum']}, not {value}")
    if kind == "string" and len(value) > schema.get("maxLength", len(value)):
        raise UsageError(f"{name} has {len(value):,} characters; at most {schema['maxLength']:,} are allowed")
    if "enum" in schema and value not in schema["enum"]:
        hint = format_suggestion(closest_name(value[:_MAX_SHOWN], schema["enum"]), f"use {', '.join(schema['enum'])}")
        raise UsageError(f"{name} cannot be {_shorten(value)}; {hint}")
    if kind == "array":
        if not schema["minItems"] <= len(value) <= schema["maxItems"]:
            raise UsageError(f"{name} takes {schema['minItems']} to {schema['maxItems']} values, not {len(value):,}")
        for item in value:
            _check_value(f"each of {name}", item, schema["items"])


def _has_type(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (kind == "integer" and isinstance(value, bool))


def _name_type(kind: str) -> str:
    names = {"string": "a text", "integer": "a whole number", "boolean": "true or false", "array": "a list"}
    return names[kind]


def _shorten(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "..."
