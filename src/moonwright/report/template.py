"""How pages are made of templates: all that is given is escaped, and nothing that is missing passes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def environment() -> Environment:
    """Templates that escape all they are given, and fail on a name they are not given."""
    return Environment(
        loader=PackageLoader("moonwright.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> Markup:
    """A file of ours that a page holds as it is: style or script."""
    return Markup((files("moonwright.report") / "assets" / name).read_text(encoding="utf-8"))
