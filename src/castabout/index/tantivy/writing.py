"""Putting documents into the folders of an index."""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import IndexWriter

from castabout.index.document import (
    Document,
    EpisodeDocument,
    GoneDocument,
    NameDocument,
    PodcastDocument,
    SpokenDocument,
)
from castabout.index.tantivy.folder import Folder
from castabout.index.tantivy.names import itself, name_fields
from castabout.index.tantivy.schema import episode_fields, passage_fields, podcast_fields


class Writing:
    """The one who writes, until `finish`; all methods raise `castabout.errors.SearchIndexError`.

    Nobody else may write meanwhile.
    """

    def __init__(self, episodes: Folder, moments: Folder, names: Folder) -> None:
        self._episodes = episodes
        self._moments = moments
        self._names = names
        with episodes.wrapped():
            self._writer = episodes.writer()
        #: Many libraries have no transcripts.
        self._spoken: IndexWriter | None = None
        self._named: IndexWriter | None = None

    def take(self, documents: Iterable[Document], *, are_new: bool) -> None:
        """Write ``documents``, durable when it returns; ``are_new`` spares looking for older ones of their rows."""
        with self._episodes.wrapped():
            for document in documents:
                if isinstance(document, SpokenDocument):
                    self._spoken = self._spoken or self._moments.writer()
                    _write_passages(self._spoken, document, are_new=are_new)
                elif isinstance(document, NameDocument):
                    self._named = self._named or self._names.writer()
                    _write_name(self._named, document, are_new=are_new)
                elif isinstance(document, GoneDocument):
                    self._forget(document)
                else:
                    _write(self._writer, document, are_new=are_new)
            for writer in self._writers():
                writer.commit()

    def finish(self) -> None:
        """Let others write as soon as this returns."""
        with self._episodes.wrapped():
            for writer in self._writers():
                writer.wait_merging_threads()

    def _forget(self, document: GoneDocument) -> None:
        self._writer.delete_documents_by_term(_itself(document.is_episode), document.row)
        if document.is_episode and (self._spoken or self._moments.exists()):
            self._spoken = self._spoken or self._moments.writer()
            self._spoken.delete_documents_by_term("episode", document.row)

    def _writers(self) -> list[IndexWriter]:
        return [writer for writer in (self._writer, self._spoken, self._named) if writer]


def _write(writer: IndexWriter, document: EpisodeDocument | PodcastDocument, *, are_new: bool) -> None:
    is_episode = isinstance(document, EpisodeDocument)
    if not are_new:
        writer.delete_documents_by_term(_itself(is_episode), document.row)
    writer.add_document(
        episode_fields(document) if isinstance(document, EpisodeDocument) else podcast_fields(document)
    )


def _itself(is_episode: bool) -> str:
    """The field by whose value a document is replaced."""
    return "episode" if is_episode else "podcast_itself"


def _write_name(writer: IndexWriter, document: NameDocument, *, are_new: bool) -> None:
    if not are_new:
        writer.delete_documents_by_term("itself", itself(document))
    if fields := name_fields(document):
        writer.add_document(fields)


def _write_passages(writer: IndexWriter, document: SpokenDocument, *, are_new: bool) -> None:
    if not are_new:
        writer.delete_documents_by_term("episode", document.row)
    for fields in passage_fields(document):
        writer.add_document(fields)
