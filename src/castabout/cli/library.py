"""Opening the library for a command, with a progress bar for what takes long."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from castabout.assemble import assemble
from castabout.cli.app import complain
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up, waiting
from castabout.errors import IndexLocked, SearchIndexError, StoreError, StoreLocked, StoreReadOnly
from castabout.store.lock import writing_alone

#: What is said, rather than answered, goes to standard error.
stderr = Console(stderr=True, highlight=False)


@contextmanager
def opened() -> Iterator[Castabout]:
    """The library of the settings; closed at the end."""
    castabout = assemble(load_settings(None, os.environ))
    try:
        yield castabout
    finally:
        castabout.close()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """SIGTERM stops what is inside as Ctrl-C does: in good order."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def writing(castabout: Castabout) -> Iterator[None]:
    """Keep other writing processes out, after waiting for the one that writes now."""
    with writing_alone(castabout.store, waiting=_say_that_it_waits):
        yield


def _say_that_it_waits() -> None:
    complain("note: waiting for another castabout that is writing to this library")


@contextmanager
def up_to_date() -> Iterator[Castabout]:
    """The library, its index in step with its store: whatever a crash left behind is done first.

    While another process writes, and where nothing can be written, it is read as it is.
    """
    with opened() as castabout:
        try:
            with writing_alone(castabout.store):
                index_what_waits(castabout)
        except (StoreLocked, IndexLocked):
            complain("note: another castabout is writing just now; what it adds may be missing here")
        except StoreReadOnly:
            if not castabout.index.exists():
                complain("note: there is no index here, and none can be made: nothing is found")
        except (StoreError, SearchIndexError) as error:
            complain(f"note: what is new may be missing here: {error}")
        yield castabout


def index_what_waits(castabout: Castabout) -> int:
    """Index everything that waits, with a progress bar; how many changes there were."""
    total = waiting(castabout)
    if total:
        with progress("Indexing", total) as advance:
            catch_up(castabout, progress=advance)
    return total


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal, nothing elsewhere; call what it gives with how many more are done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def advance(more: int) -> None:
            bar.update(task, advance=more)

        yield advance
