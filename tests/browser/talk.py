"""What is said in three episodes of tests/web: a minute of cues, a long talk in Arabic, words without times."""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript
from castabout.store import episodes, spoken

#: Twelve cues of five seconds, two speakers by turns.
MINUTE = Spoken(
    Transcript(
        tuple(
            Cue(text, 5.0 * number, 5.0 * number + 4.5, ("Ana", "Ben")[number // 2 % 2])
            for number, text in enumerate(
                (
                    "Welcome to the show.",
                    "Today it is all about bread.",
                    "I bring a loaf of rye.",
                    "It is dark and heavy.",
                    "Where is it from?",
                    "My guess is a small café",
                    "au lait, no, a small bakery.",
                    "So they say.",
                    "Who would eat it?",
                    "I would.",
                    "So would I.",
                    "Good bye.",
                )
            )
        )
    ),
    chapters=(Chapter(0.0, "Hello"), Chapter(20.0, "The loaf", url="https://bread.example/loaf")),
    soundbites=(Soundbite(start=10.0, duration=10.0, title="On rye"),),
)
#: Five thousand cues in a script that runs from the right.
LONG = Spoken(Transcript(tuple(Cue(f"خبز الشيلم {n}", 3.0 * n, 3.0 * n + 3) for n in range(5_000)), "ar"))
UNTIMED = Spoken(Transcript((Cue("Nobody knows when.", speaker="Ana"), Cue("But it was said."))))


def put_talk(castabout: Castabout) -> None:
    """Say it in “Why rye?”, the Arabic episode and “Loaf 25”."""
    said = {"Why rye?": MINUTE, "كل شيء عن rye": LONG, "Loaf 25": UNTIMED}
    for stored in episodes.newest(castabout.store, limit=100):
        value = said.get(stored.episode.title or "")
        if value:
            with castabout.store.writing() as connection:
                spoken.write_part(connection, stored.row, spoken.NOTES, value)
