"""``/mcp``: the tools over streamable HTTP, behind the same guard as everything else."""

from __future__ import annotations

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.mcp.server import make_server
from api.security import Role, needs


class Tools:
    """ASGI application: answers each request by itself, so that any of several processes can.

    No session is kept between requests, and answers are JSON: the tools only read and have nothing to tell
    on their own account. The manager lives as long as its request, so that none has to be started and ended
    with the service.

    Parameters
    ----------
    app : FastAPI
        The application whose snapshots are read.
    """

    def __init__(self, app: FastAPI) -> None:
        state = app.state
        self._server = make_server(state.snapshots, state.settings, state.operational, state.search)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        manager = StreamableHTTPSessionManager(
            self._server._lowlevel_server, json_response=True, stateless=True
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


def mount(app: FastAPI) -> None:
    """Add the tools to an application."""
    app.router.routes.append(
        Route("/mcp", needs(Role.READER, reads=True)(Tools(app)), methods=["POST"], include_in_schema=False)
    )
