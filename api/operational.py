"""The operational store of a service: opened when it is first needed, once a process."""

from __future__ import annotations

import threading

from issuemine.config import StoreSettings
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, open_operational


class OperationalStore:
    """The operational store of a warehouse folder.

    Parameters
    ----------
    layout : Layout
        The folder; it need not be there yet.
    settings : StoreSettings
        Where the store lies, if not in the folder.
    """

    def __init__(self, layout: Layout, settings: StoreSettings) -> None:
        self._layout = layout
        self._settings = settings
        self._lock = threading.Lock()
        self._store: Operational | None = None

    def there(self) -> Operational | None:
        """The store, or None where nobody has written anything yet: reading makes no files."""
        if self._settings.operational_url is None and not self._layout.operational.exists():
            return None
        return self.open()

    def open(self) -> Operational:
        """The store, made where it is missing.

        Raises
        ------
        StoreError
            If it cannot be reached or written.
        """
        with self._lock:
            if self._store is None:
                self._layout.create()
                self._store = open_operational(self._layout, self._settings)
            return self._store

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
