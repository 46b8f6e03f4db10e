"""Writes that are kept together or not at all, whoever makes them on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar

import sqlalchemy as sa

from issuemine.errors import StoreError

_present: ContextVar[Together | None] = ContextVar("together", default=None)


class Together:
    """A transaction that begins with the first write and ends when it is kept or dropped.

    Parameters
    ----------
    store : object
        The store whose writes are meant.
    begin : callable
        Opens a transaction.
    """

    def __init__(self, store: object, begin: Callable[[], AbstractContextManager[sa.Connection]]) -> None:
        self.store = store
        self._begin = begin
        self._stack = ExitStack()
        self._ended = False
        self.connection: sa.Connection | None = None

    def open(self) -> sa.Connection | None:
        """The connection that all write on; None once it has ended."""
        if self.connection is None and not self._ended:
            self.connection = self._stack.enter_context(self._begin())
        return self.connection

    def keep(self) -> None:
        """Keep all that was written."""
        self._ended, self.connection = True, None
        self._stack.close()

    def drop(self) -> None:
        """Undo all that was written and not kept."""
        self._ended, self.connection = True, None
        try:
            raise _DroppedError
        except _DroppedError:
            self._stack.__exit__(*sys.exc_info())


class _DroppedError(StoreError):
    """Ends a transaction without keeping it."""

    def __init__(self) -> None:
        super().__init__("")


@contextmanager
def joined(group: Together) -> Iterator[Together]:
    """Have writes within this block, and in threads that it hands work to, belong to a group."""
    token = _present.set(group)
    try:
        yield group
    finally:
        _present.reset(token)
        group.drop()


@contextmanager
def alone() -> Iterator[None]:
    """Have writes within this block belong to no group."""
    token = _present.set(None)
    try:
        yield
    finally:
        _present.reset(token)


def present(store: object) -> Together | None:
    """The group that writes to a store belong to now."""
    group = _present.get()
    return group if group is not None and group.store is store else None
