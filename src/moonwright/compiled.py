"""Functions over numbers and arrays, compiled by numba when first called.

Only this module knows numba, so that the rest stays fully typed. The machine code is kept beside the source (or
in the user's cache, where that folder is read-only): the first call on a new machine takes seconds, later
processes start at once. numba makes a function's code anew when its own file has changed, not when one has that it
calls: after editing a compiled function, delete the `__pycache__` of the packages whose compiled functions call it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """`function`, compiled; it may call others that are compiled, and take arrays, numbers and tuples.

    Division by zero gives inf or nan, as in numpy. Indices are not checked: callers check before they call.
    """
    return cast("Function", numba.njit(cache=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """As `compiled`, and copied into each compiled caller: for what stands in an innermost loop and is short."""
    return cast("Function", numba.njit(cache=True, error_model="numpy", forceinline=True)(function))
