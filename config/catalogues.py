"""The words of the house in two languages: what the code says in English, kept beside what the office says.

One catalogue per room. Everything here is pure Python, for a bare machine has no gettext.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "zh_Hans"
# The room that owns what lies outside the apps: shared templates, components, manage.py.
SHARED_ROOM = "config"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METADATA = {
    "Project-Id-Version": "huiyin",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")
NAMELESS = re.compile(r"%[sd]|\{\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# The Chinese term may stand in brackets beside its English: "Review (复查)".
IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")

Key = tuple[str | None, str]


@dataclass
class Message:
    """One source text, where it is said, and its plural if it counts something."""

    context: str | None
    text: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class House:
    """The rooms under one root that have a catalogue each."""

    root: Path
    rooms: tuple[str, ...]

    @classmethod
    def ours(cls) -> "House":
        return cls(Path(settings.BASE_DIR), tuple(Path(path).name for path in settings.LOCALE_PATHS))

    def catalogue(self, room: str) -> Path:
        return self.root / "locale" / room / LANGUAGE / "LC_MESSAGES" / "django.po"

    def sources(self) -> Iterator[tuple[str, Path]]:
        """Yield every file that may speak to people, with the room whose words it speaks."""
        for room in self.rooms:
            for path in sorted((self.root / room).rglob("*.py")):
                if "migrations" not in path.parts:
                    yield room, path
            for path in sorted((self.root / room).rglob("templates/**/*.html")):
                yield room, path
        templates = self.root / "templates"
        for path in sorted(templates.rglob("*")):
            if path.suffix in {".html", ".txt"}:
                first = path.relative_to(templates).parts[0]
                yield (first if first in self.rooms else SHARED_ROOM), path


def compile_all(root: Path | None = None) -> list[Path]:
    """Compile every catalogue newer than its `.mo`. Return what was compiled. Safe side by side."""
    compiled = []
    for source in sorted(((root or Path(settings.BASE_DIR)) / "locale").glob("*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        unfinished.write_bytes(polib.pofile(str(source)).to_binary())
        unfinished.replace(target)
        compiled.append(target)
    return compiled


def said(house: House) -> dict[str, dict[Key, Message]]:
    """Return what each room's code and templates say, by context and source text."""
    rooms: dict[str, dict[Key, Message]] = {room: {} for room in house.rooms}
    for room, path in house.sources():
        for message in _messages_in(path):
            known = rooms[room].setdefault((message.context, message.text), message)
            known.plural = known.plural or message.plural
            known.files.add(path.relative_to(house.root).as_posix())
    return rooms


def _messages_in(path: Path) -> Iterator[Message]:
    # Only needed while catalogues are made and checked; it is not installed where the product runs.
    from babel.messages.extract import extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of the page between the messages is filler whose indentation Python would not read.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, found, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        singular, plural = found if isinstance(found, tuple) else (found, None)
        if singular:
            yield Message(context, singular, plural)


def update(house: House, rooms: Iterable[str]) -> None:
    """Bring catalogues up to what is said: new texts come in untranslated, those no longer said go."""
    spoken = said(house)
    for room in rooms:
        path = house.catalogue(room)
        kept = _written(path)
        catalogue = polib.POFile(wrapwidth=100)
        catalogue.metadata = METADATA
        for key in sorted(spoken[room], key=lambda key: (key[1], key[0] or "")):
            catalogue.append(_entry(spoken[room][key], kept.get(key)))
        if catalogue or path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))


def _written(path: Path) -> dict[Key, polib.POEntry]:
    entries = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def _entry(message: Message, kept: polib.POEntry | None) -> polib.POEntry:
    # File names without line numbers: a moved line is no change of words.
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.text,
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    translated = _translation(kept) if kept else ""
    if kept:
        entry.flags, entry.tcomment = kept.flags, kept.tcomment
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: translated}
    else:
        entry.msgstr = translated
    return entry


def _translation(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def problems(house: House) -> list[str]:
    """Return, line by line, what keeps the two languages from saying the same."""
    spoken = said(house)
    written = {room: _written(house.catalogue(room)) for room in house.rooms}
    found: list[str] = []
    for room in house.rooms:
        for key, message in spoken[room].items():
            found += [f"{room}: {fault}: {_shown(key)}" for fault in _faults(message, written[room].get(key))]
        found += [
            f"{room}: no longer said: {_shown(key)}" for key in written[room].keys() - spoken[room].keys()
        ]
    return sorted(found) + _differences(written)


def _faults(message: Message, entry: polib.POEntry | None) -> Iterator[str]:
    source = message.plural or message.text
    if CHINESE.search(IN_BRACKETS.sub("", source)):
        yield "Chinese as source text"
    if NAMELESS.search(source):
        yield "placeholder without a name"
    if entry is None:
        yield f"not in the catalogue ({', '.join(sorted(message.files))})"
    elif not _translation(entry):
        yield "untranslated"
    elif entry.fuzzy:
        yield "fuzzy"
    elif (entry.msgid_plural or None) != message.plural:
        yield "plural differs from the code"
    elif set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(_translation(entry))):
        yield "placeholders differ"


def _differences(written: dict[str, dict[Key, polib.POEntry]]) -> list[str]:
    """Return the texts that two rooms translate differently; at run time only one of them would show."""
    translations: dict[Key, dict[str, list[str]]] = {}
    for room, entries in written.items():
        for key, entry in entries.items():
            if _translation(entry):
                translations.setdefault(key, {}).setdefault(_translation(entry), []).append(room)
    return [
        f"{_shown(key)} differs: "
        + "; ".join(f"{word} in {', '.join(rooms)}" for word, rooms in words.items())
        for key, words in sorted(translations.items(), key=lambda item: item[0][1])
        if len(words) > 1
    ]


def _shown(key: Key) -> str:
    context, text = key
    return f"{text!r} ({context})" if context else repr(text)
