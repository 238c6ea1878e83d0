"""From the plain values of JSON to dataclasses, each value of the type that its field is declared with.

What comes from a file may be anything, so it is looked at once, here; the rest of the package can rely on its types.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

__all__ = ["from_plain"]

T = TypeVar("T")


def from_plain(kind: type[T], value: Any, name: str = "value") -> T:
    """`value`, which came from JSON, as `kind`: a dataclass, a plain type, or lists, tuples, dicts and unions of them.

    Raises `ValueError` that says where it is something else.

    >>> from_plain(dict[str, list[int]], {"сөз": [1, 2]})
    {'сөз': [1, 2]}
    >>> from_plain(list[int], [1, "2"], "counts")
    Traceback (most recent call last):
    ValueError: counts[1] should be int and is str
    """
    made: T
    of_any: Any = kind
    try:
        made = _maker(of_any)(value)
    except _Misfit:
        # Where it is wrong is only looked for where something is.
        made = _made(kind, value, name)
    return made


class _Misfit(Exception):
    """A value is not of its kind."""


@lru_cache(maxsize=512)
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes values of a kind; it raises `_Misfit` for what `_made` refuses, without a word."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda value: value
    if is_dataclass(kind):
        return _dataclass_maker(kind)
    if origin in (Union, UnionType):
        return _union_maker([_maker(one) for one in inner])
    if origin is dict:
        key_of, item_of = _maker(inner[0]), _maker(inner[1])
        return lambda value: {key_of(key): item_of(item) for key, item in _fit(value, dict).items()}
    if origin in (list, tuple):
        if origin is list or inner[-1] is Ellipsis:
            one = _maker(inner[0])
            return lambda value: origin([one(item) for item in _fit(value, (list, tuple))])
        makers = [_maker(each) for each in inner]

        def row(value: Any) -> Any:
            if len(_fit(value, (list, tuple))) != len(makers):
                raise _Misfit
            return origin([make(item) for make, item in zip(makers, value, strict=True)])

        return row
    if kind is float:

        def number(value: Any) -> float:
            if isinstance(_fit(value, (int, float)), bool) or not math.isfinite(value):
                raise _Misfit
            return float(value)

        return number
    if kind in (bool, NoneType, None):
        return lambda value: _fit(value, kind or NoneType)

    def plain(value: Any) -> Any:
        if isinstance(_fit(value, kind), bool):
            raise _Misfit
        return value

    return plain


def _dataclass_maker(kind: Any) -> Callable[[Any], Any]:
    makers: dict[str, Callable[[Any], Any]] = {}
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def make(value: Any) -> Any:
        if not makers:  # Not before: a kind may hold its own.
            makers.update({name: _maker(hint) for name, hint in _hints(kind).items()})
        if not needed <= _fit(value, dict).keys() <= makers.keys():
            raise _Misfit
        return kind(**{key: makers[key](item) for key, item in value.items()})

    return make


def _union_maker(makers: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        for one in makers[:-1]:
            try:
                return one(value)
            except (_Misfit, ValueError):
                continue
        return makers[-1](value)

    return make


def _fit(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise _Misfit
    return value


def _made(kind: Any, value: Any, name: str) -> Any:
    if kind is Any:
        return value
    if is_dataclass(kind):
        return _dataclass(kind, value, name)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union(inner, value, name)
    if origin is dict:
        _check(isinstance(value, dict), "a table", value, name)
        return {_made(inner[0], key, f"a key of {name}"): _made(inner[1], item, f"{name}.{key}"[:120]) for key, item in value.items()}
    if origin in (list, tuple):
        _check(isinstance(value, list | tuple), "a list", value, name)
        if origin is list or inner[-1] is Ellipsis:
            kinds = [inner[0]] * len(value)
        else:
            _check(len(value) == len(inner), f"a list of {len(inner)}", value, name)
            kinds = list(inner)
        return origin(_made(each, item, f"{name}[{i}]") for i, (each, item) in enumerate(zip(kinds, value, strict=True)))
    if kind is float:
        _check(isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value), "a number", value, name)
        return float(value)
    if kind is NoneType:
        kind = type(None)
    # A bool is an int in Python, and no count.
    _check(isinstance(value, kind) and (kind is bool or not isinstance(value, bool)), getattr(kind, "__name__", str(kind)), value, name)
    return value


def _dataclass(kind: Any, value: Any, name: str) -> Any:
    _check(isinstance(value, dict), "a table", value, name)
    hints = _hints(kind)
    for key in value:
        if key not in hints:
            raise ValueError(f"{name} has an entry {str(key)[:40]!r}, which is not known")
    for field in fields(kind):
        if field.name not in value and field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{name} has no entry {field.name!r}")
    return kind(**{key: _made(hints[key], item, f"{name}.{key}") for key, item in value.items()})


def _union(kinds: tuple[Any, ...], value: Any, name: str) -> Any:
    for kind in kinds[:-1]:
        try:
            return _made(kind, value, name)
        except ValueError:
            continue
    return _made(kinds[-1], value, name)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _check(holds: bool, wanted: str, value: Any, name: str) -> None:
    if not holds:
        raise ValueError(f"{name} should be {wanted} and is {type(value).__name__}")
