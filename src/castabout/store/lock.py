"""One process at a time writes to a library; any number read it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from castabout.errors import StoreError, StoreLocked
from castabout.store.database import Store

_OTHER = "another castabout is writing to the library"


@contextmanager
def writing_alone(store: Store, *, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep other writing processes out; the system lets go of it when this process dies.

    While another one writes: with ``waiting`` that is called once and the
    other waited for, without it `StoreLocked` is raised. Raises `StoreReadOnly`.
    """
    store.check_writable()
    lock = FileLock(f"{store.name}.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        if waiting is None:
            raise StoreLocked(store.name, _OTHER) from error
        waiting()
        lock.acquire()
    except OSError as error:
        raise StoreError(
            store.name, f"cannot be written to ({(error.strerror or str(error)).lower()})"
        ) from error
    try:
        yield
    finally:
        lock.release()
