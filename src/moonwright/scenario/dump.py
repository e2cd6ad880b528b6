"""A Scenario, written as a file that loads back equal."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

from moonwright.scenario.document import FLOAT, INT, NOT_FINITE
from moonwright.scenario.scenario import Scenario

SCHEMA_FILE = "scenario.schema.json"


def modeline(schema: str = SCHEMA_FILE) -> str:
    """The comment by which editors complete and check a file; `schema` is a path relative to the file."""
    return f"# yaml-language-server: $schema={schema}\n"


def write_scenario(scenario: Scenario) -> str:
    """The whole scenario as YAML: what it borrowed and extended filled in, numbers with their provenance."""
    data = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return modeline() + as_yaml(data)


def as_yaml(data: Any, *, flow: bool | None = False) -> str:
    """Plain data as YAML that a scenario file may hold; `flow=None` keeps inner mappings on a line."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=flow
    )
    return text


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # one of the two
    """Quotes texts that YAML 1.1 or the core schema of 1.2 would not read as texts; dates excepted."""

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        """Writes everything out, however often it occurs."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    """Texts of several lines keep their lines."""
    node: yaml.Node = dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    )
    return node


_Dumper.add_representer(str, _text)
for _form in (INT, FLOAT, NOT_FINITE):
    _whole = re.compile(f"(?:{_form.pattern})$")
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{'int' if _form is INT else 'float'}", _whole, None)
