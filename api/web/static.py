"""Style and scripts, named by their version and so kept by browsers for a year."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, Request, Response

from api.errors import NotFoundError
from api.security import ANYONE, needs
from issuemine.messages import say
from issuemine.pages.rendering import asset

router = APIRouter(prefix="/static", include_in_schema=False)

_KINDS = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def plotly_parts() -> dict[str, str]:
    """Where Plotly's script is, of the version that is installed, and the styles that it would add to pages.

    A page may hold no style but the service's own file, which has what is needed of them. Plotly adds a
    style only where no element has its id: the page's script makes elements of these ids.
    """
    found = re.findall(r'createElement\("style"\);\w+\.id="([0-9a-f]{64})"', _library().read_text("utf-8"))
    return {
        "plotly": f"/static/plotly.min.js?v={version('plotly')}",
        "styles": " ".join(["plotly.js-style-global", *found]),
    }


@router.get("/plotly.min.js")
@needs(ANYONE)
def plotly(request: Request) -> Response:
    """Plotly's script out of its package, compressed once."""
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = _FOR_A_YEAR | ({"Content-Encoding": "gzip"} if packed else {}) | {"Vary": "Accept-Encoding"}
    content = _packed() if packed else _library().read_bytes()
    return Response(content, media_type=_KINDS["page.js"], headers=headers)


@router.get("/{name}")
@needs(ANYONE)
def file(name: str) -> Response:
    """A file of the page's own."""
    if name not in _KINDS:
        raise NotFoundError(say("There is no such page."))
    return Response(asset(name)[0], media_type=_KINDS[name], headers=_FOR_A_YEAR)


def _library() -> Path:
    # Found, not imported: only its file is of use.
    found = find_spec("plotly")
    (folder,) = found.submodule_search_locations or () if found is not None else ()
    return Path(folder) / "package_data" / "plotly.min.js"


@cache
def _packed() -> bytes:
    return gzip.compress(_library().read_bytes(), compresslevel=9, mtime=0)
