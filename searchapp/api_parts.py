"""The parts of the page that shows the API."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.parts import Ref


@dataclass(frozen=True, slots=True)
class ApiField:
    """Hold a parameter, a field or a state of the API; `object` names the object that a field is."""

    name: str
    kind: str
    text: str
    object: str = ""


@dataclass(frozen=True, slots=True)
class ApiObject:
    """Hold an object of the API's answers with its fields."""

    name: str
    text: str
    fields: tuple[ApiField, ...]


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """Hold an operation of the API: a path, what it takes, what it answers, and a request that works."""

    id: str
    title: str
    description: str
    path: str
    parameters: tuple[ApiField, ...]
    example: Ref
    answer: str
    media: str
    object: str
    states: tuple[str, ...]
