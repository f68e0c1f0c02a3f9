"""Reads YAML as the engine does: YAML 1.2's core schema, no key twice, ``${NAME}`` between braces."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)}")
# YAML allows no braces in an unquoted value between braces; the engine hides references in the same way.
_OPEN, _CLOSE = "\ue000", "\ue001"


class _Loader(yaml.SafeLoader):
    """PyYAML speaks YAML 1.1, in which ``NO`` is false and ``1:30`` is 90."""

    yaml_implicit_resolvers: ClassVar[dict] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key is not a text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return {str(key): value for key, value in super().construct_mapping(node, deep).items()}

    def construct_plain(self, node: yaml.ScalarNode) -> str:
        return self.construct_scalar(node).replace(_OPEN, "${").replace(_CLOSE, "}")


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_plain)


def load(text: str) -> Any:
    """The one document in the text.

    :raises ValueError: with the line, when the text is not one YAML document
    """
    try:
        return yaml.load(_REFERENCE.sub(rf"{_OPEN}\1{_CLOSE}", text), _Loader)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 0
        raise ValueError(f"line {line}: {e.problem}") from None
    except yaml.YAMLError:
        raise ValueError("the file is not YAML") from None


def names_in(text: str) -> list[str]:
    """The environment variables a value refers to; ``$${`` is a plain ``${``."""
    return [m.group(1) for m in _REFERENCE.finditer(text.replace("$${", ""))]


def resolved(text: str, values: Any) -> str:
    """The value with its references replaced.

    :raises KeyError: with the name of a variable that has no value
    """
    plain = text.replace("$${", _OPEN)
    return _REFERENCE.sub(lambda m: values[m.group(1)], plain).replace(_OPEN, "${")
