"""The JSON that a player reads."""

from __future__ import annotations

from castabout.model.playing import Playable, Position, Queue
from castabout.render.json import Json, encode


def playable_json(episode: Playable, *, listener: str | None) -> bytes:
    """An episode; ``listener`` is a mark of whoever asks, ``None`` for somebody whose positions are not kept."""
    chapters = [{"start_seconds": one.start, "title": one.title} for one in episode.chapters]
    return encode({**_episode(episode), "chapters": chapters, "listener": listener})


def queue_json(queue: Queue) -> bytes:
    """What is played next."""
    episodes = [_episode(one) for one in queue.episodes]
    return encode({"list": queue.name, "is_within": queue.is_within, "episodes": episodes})


def position_json(position: Position) -> bytes:
    """How far an episode was heard."""
    return encode(_position(position))


def _episode(episode: Playable) -> Json:
    return {
        "id": episode.id,
        "title": episode.title,
        "podcast": {"id": episode.podcast_id, "title": episode.podcast_title},
        "audio_url": episode.url,
        "type": episode.type,
        "image": episode.image,
        "duration_seconds": episode.duration,
        "position": _position(episode.position) if episode.position else None,
    }


def _position(position: Position) -> Json:
    return {
        "seconds": position.seconds,
        "is_finished": position.is_finished,
        "when": position.when,
    }
