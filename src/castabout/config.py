"""The settings: one table, read from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from platformdirs import user_data_path

from castabout.errors import CastaboutError

#: Who may read: everybody, or users alone.
Reading: TypeAlias = Literal["open", "private"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. Each is described in `SETTINGS`."""

    home: Path
    allow_hosts: tuple[str, ...] = ()
    contact: str | None = None
    limit_mb: int = 50
    timeout_s: int = 60
    index_memory_mb: int = 60
    workers: int = 64
    spacing_ms: int = 1000
    #: Without a slash at its end.
    public_url: str | None = None
    crawl: bool = True
    #: ``None``: as the page of settings says.
    reading: Reading | None = None
    #: Likewise.
    pictures: bool | None = None
    pictures_mb: int = 300
    apple_url: str = "https://itunes.apple.com"
    podcastindex_url: str = "https://api.podcastindex.org/api/1.0"
    podcastindex_key: str | None = field(default=None, repr=False)
    podcastindex_secret: str | None = field(default=None, repr=False)
    dump_limit_gb: int = 20

    @property
    def limit_bytes(self) -> int:
        """The largest answer or file that is read, in bytes."""
        return self.limit_mb * 1_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings."""

    #: The field of `Settings`.
    name: str
    variable: str
    #: As it would be written in the environment; empty for none.
    default: str
    #: One sentence or more, for the page of settings.
    help: str
    #: The least and the greatest value of a number.
    range: tuple[int, int] | None = None


HOME = Setting(
    "home",
    "CASTABOUT_HOME",
    "",
    "The folder that the library lives in. `--home` goes before it; without either it is the platform's "
    "folder for the data of programs, `~/.local/share/castabout` on Linux.",
)
ALLOW_HOSTS = Setting(
    "allow_hosts",
    "CASTABOUT_ALLOW_HOSTS",
    "",
    "Hosts that may be reached although they are not on the public internet, separated by commas: host names "
    "(`nas.lan`), ends of host names (`.ts.net`), addresses (`192.168.1.5`), networks (`192.168.0.0/16`). "
    "A name allows whatever address it has.",
)
CONTACT = Setting(
    "contact",
    "CASTABOUT_CONTACT",
    "",
    "A web or mail address that is told to the hosts of feeds, so that their owners can reach you.",
)
LIMIT = Setting(
    "limit_mb",
    "CASTABOUT_FEED_LIMIT_MB",
    "50",
    "The largest feed that is read, unpacked, in megabytes.",
    (1, 2000),
)
TIMEOUT = Setting(
    "timeout_s", "CASTABOUT_TIMEOUT", "60", "Seconds that fetching one feed may take.", (1, 3600)
)
INDEX_MEMORY = Setting(
    "index_memory_mb",
    "CASTABOUT_INDEX_MEMORY_MB",
    "60",
    "Memory for building the index, in megabytes; more is quicker for large imports.",
    (16, 4000),
)
PUBLIC_URL = Setting(
    "public_url",
    "CASTABOUT_PUBLIC_URL",
    "",
    "The address at which everybody reaches what `castabout serve` serves, such as `https://casts.example.org`. "
    "With it hubs push news of feeds at once (WebSub), and private podcasts are kept off all pages.",
)
CRAWL = Setting(
    "crawl",
    "CASTABOUT_CRAWL",
    "yes",
    "Whether `castabout serve` also fetches the feeds that are due and keeps up with hubs; with `no` the feeds "
    "are left to `castabout update`.",
)
READING = Setting(
    "reading",
    "CASTABOUT_READING",
    "",
    "Who may read what `castabout serve` serves: `open` is everybody who reaches it, `private` is users who log in "
    "and programs with a token. Lists as feeds stay open to whoever has their address. If it is not set here, the "
    "page of settings says it; at first it is open.",
)
PICTURES = Setting(
    "pictures",
    "CASTABOUT_PICTURES",
    "",
    "Whether `castabout serve` fetches the covers of podcasts itself and makes them small, so that publishers "
    "do not see who reads (`yes`), or lets browsers fetch them (`no`). If it is not set here, the page of "
    "settings says it; at first it is `yes`.",
)
PICTURES_SIZE = Setting(
    "pictures_mb",
    "CASTABOUT_PICTURES_MB",
    "300",
    "Room for covers in the folder of the library, in megabytes; the oldest make way. One has about 15 kB.",
    (1, 1_000_000),
)
APPLE = Setting(
    "apple_url",
    "CASTABOUT_APPLE_URL",
    "https://itunes.apple.com",
    "Where Apple's directory is asked for a show by its name, its link or its number.",
)
PODCASTINDEX = Setting(
    "podcastindex_url",
    "CASTABOUT_PODCASTINDEX_URL",
    "https://api.podcastindex.org/api/1.0",
    "Where the Podcast Index is asked for a show by its name or its link.",
)
PODCASTINDEX_KEY = Setting(
    "podcastindex_key",
    "CASTABOUT_PODCASTINDEX_KEY",
    "",
    "Your key for the Podcast Index, free at https://api.podcastindex.org. Without it only Apple is asked.",
)
PODCASTINDEX_SECRET = Setting(
    "podcastindex_secret", "CASTABOUT_PODCASTINDEX_SECRET", "", "The secret that came with the key."
)
DUMP_LIMIT = Setting(
    "dump_limit_gb",
    "CASTABOUT_DUMP_LIMIT_GB",
    "20",
    "The largest dump of the Podcast Index that is unpacked, in gigabytes.",
    (1, 1000),
)
WORKERS = Setting(
    "workers", "CASTABOUT_WORKERS", "64", "How many feeds are fetched at the same time.", (1, 1000)
)
SPACING = Setting(
    "spacing_ms",
    "CASTABOUT_SPACING_MS",
    "1000",
    "Milliseconds between two fetches from the same host, of which at most two go on at a time.",
    (0, 3_600_000),
)
_SECRETS = (PODCASTINDEX_KEY, PODCASTINDEX_SECRET)
#: Every setting, in the order of the page.
SETTINGS = (
    HOME,
    ALLOW_HOSTS,
    CONTACT,
    LIMIT,
    TIMEOUT,
    INDEX_MEMORY,
    WORKERS,
    SPACING,
    PUBLIC_URL,
    CRAWL,
    READING,
    PICTURES,
    PICTURES_SIZE,
    APPLE,
    PODCASTINDEX,
    PODCASTINDEX_KEY,
    PODCASTINDEX_SECRET,
    DUMP_LIMIT,
)


def load_settings(home: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings in ``environ``; ``home`` goes before its own. Raises `CastaboutError` for a bad value."""
    named = _text(HOME, environ)
    return Settings(
        home=home or (_home(named) if named else user_data_path("castabout", appauthor=False)),
        allow_hosts=tuple(host for part in _text(ALLOW_HOSTS, environ).split(",") if (host := part.strip())),
        contact=_contact(environ),
        limit_mb=_number(LIMIT, environ),
        timeout_s=_number(TIMEOUT, environ),
        index_memory_mb=_number(INDEX_MEMORY, environ),
        workers=_number(WORKERS, environ),
        spacing_ms=_number(SPACING, environ),
        public_url=_address(PUBLIC_URL, environ).rstrip("/") if _text(PUBLIC_URL, environ) else None,
        crawl=_yes_or_no(CRAWL, environ),
        reading=_reading(environ),
        pictures=_yes_or_no(PICTURES, environ) if _text(PICTURES, environ) else None,
        pictures_mb=_number(PICTURES_SIZE, environ),
        apple_url=_address(APPLE, environ),
        podcastindex_url=_address(PODCASTINDEX, environ),
        podcastindex_key=_secret(PODCASTINDEX_KEY, environ),
        podcastindex_secret=_secret(PODCASTINDEX_SECRET, environ),
        dump_limit_gb=_number(DUMP_LIMIT, environ),
    )


def settings_page() -> str:
    """``docs/settings.md``: the table of settings as Markdown."""
    lines = [
        "# Settings",
        "",
        "Settings are environment variables. One that is empty counts as not set.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        bounds = f" From {setting.range[0]} to {setting.range[1]}." if setting.range else ""
        lines.append(f"| `{setting.variable}` | {default} | {setting.help}{bounds} |")
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Environment:
    """One row of the table as it is set, for whoever runs castabout; no secret is in it."""

    variable: str
    #: Empty for none.
    value: str
    is_set: bool
    help: str


def environment(settings: Settings, environ: Mapping[str, str]) -> tuple[Environment, ...]:
    """What is set by the environment, and what is not."""
    rows = []
    for setting in SETTINGS:
        named = environ.get(setting.variable, "").strip()
        value = "not shown" if named and setting in _SECRETS else named or setting.default
        if setting is HOME:
            value = str(settings.home)
        rows.append(Environment(setting.variable, value, bool(named), setting.help.replace("`", "")))
    return tuple(rows)


def _text(setting: Setting, environ: Mapping[str, str]) -> str:
    return environ.get(setting.variable, "").strip() or setting.default


def _number(setting: Setting, environ: Mapping[str, str]) -> int:
    text = _text(setting, environ)
    least, greatest = setting.range or (0, 0)
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= greatest:
        raise CastaboutError(
            setting.variable, f"must be a whole number from {least} to {greatest}, not “{text}”"
        )
    return number


def _address(setting: Setting, environ: Mapping[str, str]) -> str:
    text = _text(setting, environ)
    if not re.fullmatch(r"https?://[^\s?#@]+", text, re.IGNORECASE):
        raise CastaboutError(setting.variable, f"must be an address of the web, not “{text}”")
    return text


def _yes_or_no(setting: Setting, environ: Mapping[str, str]) -> bool:
    text = _text(setting, environ).lower()
    if text not in ("yes", "no"):
        raise CastaboutError(setting.variable, f"must be yes or no, not “{text}”")
    return text == "yes"


def _reading(environ: Mapping[str, str]) -> Reading | None:
    match _text(READING, environ).lower():
        case "open":
            return "open"
        case "private":
            return "private"
        case "":
            return None
        case text:
            raise CastaboutError(READING.variable, f"must be open or private, not “{text}”")


def _secret(setting: Setting, environ: Mapping[str, str]) -> str | None:
    text = _text(setting, environ)
    # It becomes part of a header. What is wrong with it is said without showing it.
    if not text.isascii() or not text.isprintable() or " " in text:
        raise CastaboutError(setting.variable, "must be letters, digits and marks, without blanks")
    return text or None


def _contact(environ: Mapping[str, str]) -> str | None:
    text = _text(CONTACT, environ)
    # It becomes part of a header: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.5
    if not text.isascii() or not text.isprintable() or any(c in text for c in "()\\"):
        raise CastaboutError(CONTACT.variable, f"must be a web or mail address, not “{text}”")
    return text or None


def _home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise CastaboutError(HOME.variable, f"no such user's folder: “{text}”") from error
