"""Functions over numbers and arrays, compiled by numba when first called.

Only this module knows numba, so that the rest stays fully typed. The machine code is kept beside the source (or
in the user's cache, where that folder is read-only): the first call on a new machine takes seconds, later
processes start at once.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from functools import cache
from inspect import ismodule
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import types
from numba.experimental import structref

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """`function`, compiled; it may call others that are compiled, and take arrays, numbers and tuples.

    Division by zero gives inf or nan, as in numpy. Indices are not checked: callers check before they call.
    """
    _name_by_sources(function)
    return cast("Function", numba.njit(cache=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """As `compiled`, and copied into each compiled caller: for what stands in an innermost loop and is short."""
    _name_by_sources(function)
    return cast("Function", numba.njit(cache=True, error_model="numpy", forceinline=True)(function))


def bundle(kind: str, module: str, fields: Sequence[str]) -> tuple[type, Callable[..., Any]]:
    """A kind of named values behind one pointer, and what makes one: for functions that would take dozens of arrays.

    The module must give the first result the name `kind`, since code that is kept refers to it so. Values are named as
    usual in compiled code (`tables.flights`) and cannot be looked at from outside: keep what you put in.
    """
    kept = type(kind, (types.StructRef,), {"__module__": module})
    pointer = cast("type", structref.register(kept))  # type: ignore[no-untyped-call]
    proxy = type(f"_{kind}", (structref.StructRefProxy,), {"__module__": module})
    structref.define_proxy(proxy, pointer, list(fields))  # type: ignore[no-untyped-call]
    return pointer, cast("Callable[..., Any]", proxy)


def _name_by_sources(function: Callable[..., Any]) -> None:
    """Makes the name of a function, under which numba keeps its code, depend on all sources that it may call.

    numba itself looks only at the file where the function stands, and would go on calling the old code of one
    that stands in another and has changed since.
    """
    function.__qualname__ += f"_{_sources(function.__module__)}"


@cache
def _sources(module_name: str) -> str:
    """A digest of a module's source and of those of its package that it imports from, and so on."""
    module = sys.modules[module_name]
    package = module_name.partition(".")[0]
    values = list(vars(module).values())
    named = {value.__name__ if ismodule(value) else getattr(value, "__module__", None) for value in values}
    source = getattr(module, "__file__", None)
    digest = hashlib.sha256(Path(source).read_bytes() if source else b"")
    for other in sorted(name for name in named if isinstance(name, str) and name != module_name):
        if other.partition(".")[0] == package and other in sys.modules:
            digest.update(_sources(other).encode())
    return digest.hexdigest()[:16]
