"""The documentation of the API, drawn from its OpenAPI description."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response
from litestar.openapi.spec import OpenAPI, Operation, Parameter, Schema

from castabout.web.answers import AnyRequest, html, page
from castabout.web.templates import render


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter of an endpoint."""

    name: str
    description: str
    default: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Something that a program can ask for."""

    path: str
    summary: str
    description: str
    parameters: tuple[ParameterLine, ...]


@page("/api/docs")
def api_docs(request: AnyRequest) -> Response[str]:
    """What programs can ask for, and how."""
    return html(render("api_docs.html", endpoints=endpoints(request.app.openapi_schema)))


def endpoints(schema: OpenAPI) -> tuple[Endpoint, ...]:
    """What can be asked for with GET, by path."""
    return tuple(
        _endpoint(path, item.get)
        for path, item in sorted((schema.paths or {}).items())
        if item.get is not None
    )


def _endpoint(path: str, operation: Operation) -> Endpoint:
    parameters = tuple(_parameter(p) for p in operation.parameters or () if isinstance(p, Parameter))
    return Endpoint(path, operation.summary or "", operation.description or "", parameters)


def _parameter(parameter: Parameter) -> ParameterLine:
    default = parameter.schema.default if isinstance(parameter.schema, Schema) else None
    return ParameterLine(
        parameter.name,
        parameter.description or "",
        "" if default is None else str(default),
    )
