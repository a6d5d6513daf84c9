"""Where the front end's foreign files come from, and proof that they are still those.

`python -m config.vendor` builds them anew from package-lock.json (needs npm and a registry);
`python -m config.vendor --check` compares what is committed with the manifest (needs nothing).
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "static" / "vendor" / "manifest.json"
SPRITE = ROOT / "static" / "img" / "icons.svg"
ICON_NAMES = ROOT / "config" / "icons.txt"
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Package:
    """One package of package.json: what is taken from it, and to which folder it goes."""

    name: str
    folder: str
    files: tuple[str, ...]
    licence: str
    # Absent where the package ships no licence text: then the one beside the files was added by hand.
    licence_file: str | None = "LICENSE"
    under: str = "static/vendor"

    def home(self, version: str) -> Path:
        return ROOT / self.under / f"{self.folder}-{version}"


PACKAGES = (
    Package("@tabler/core", "tabler-core", ("dist/css/tabler.min.css",), "MIT", licence_file=None),
    Package("@tabler/icons", "tabler-icons", (), "MIT"),
    Package("htmx.org", "htmx", ("dist/htmx.min.js",), "0BSD"),
    Package("idb", "idb", ("build/index.js",), "ISC"),
    Package("leaflet", "leaflet", ("dist/leaflet.js",), "BSD-2-Clause"),
    Package("axe-core", "axe-core", ("axe.min.js",), "MPL-2.0", under="tests/vendor"),
)


def versions() -> dict[str, str]:
    """Return the version package-lock.json holds for each package we take files from."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {package.name: locked[f"node_modules/{package.name}"]["version"] for package in PACKAGES}


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map we do not ship: the static files' manifest would look for it."""
    return re.sub(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?", "", text)


def sprite(drawings: Path, names: list[str]) -> str:
    """Return one SVG that holds each named icon as a symbol, to be shown by `<use href="…#name">`."""
    symbols = []
    for name in names:
        drawing = ElementTree.parse(drawings / f"{name}.svg").getroot()  # noqa: S314 - from the lock, by hash
        shapes = [shape for shape in drawing if shape.get("stroke") != "none"]
        inner = "".join(
            f"<{shape.tag.removeprefix(SVG)} "
            + " ".join(f'{key}="{value}"' for key, value in shape.attrib.items())
            + "/>"
            for shape in shapes
        )
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def icon_names() -> list[str]:
    return ICON_NAMES.read_text().split()


def install(into: Path) -> Path:
    """Install exactly what the lock says into a folder and return its node_modules."""
    for name in ("package.json", "package-lock.json"):
        copyfile(ROOT / name, into / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=into, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - constant words
    return into / "node_modules"


def rebuild() -> None:
    """Copy every file from its package, draw the sprite and write the manifest."""
    locked = versions()
    with tempfile.TemporaryDirectory() as folder:
        modules = install(Path(folder))
        for package in PACKAGES:
            home = package.home(locked[package.name])
            home.mkdir(parents=True, exist_ok=True)
            for file in package.files:
                text = (modules / package.name / file).read_text()
                (home / Path(file).name).write_text(without_source_map(text))
            if package.licence_file:
                copyfile(modules / package.name / package.licence_file, home / "LICENSE")
        SPRITE.parent.mkdir(exist_ok=True)
        SPRITE.write_text(sprite(modules / "@tabler/icons/icons/outline", icon_names()))
    entries = list(shipped(locked))
    MANIFEST.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n")


def shipped(locked: dict[str, str]) -> Iterator[dict[str, str]]:
    """Describe every foreign file as it lies here now."""
    for package in PACKAGES:
        home = package.home(locked[package.name])
        files = [home / Path(file).name for file in package.files] + [home / "LICENSE"]
        if package.name == "@tabler/icons":
            files.append(SPRITE)
        for file in files:
            yield {
                "file": file.relative_to(ROOT).as_posix(),
                "package": package.name,
                "version": locked[package.name],
                "licence": package.licence,
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            }


def faults(recorded: list[dict[str, str]]) -> list[str]:
    """Name every file that is missing, changed, not recorded, or of another version than the lock."""
    found = []
    locked = versions()
    for entry in recorded:
        file = ROOT / entry["file"]
        if not file.exists():
            found.append(f"{entry['file']}: missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            found.append(f"{entry['file']}: not the file that was recorded")
        if locked.get(entry["package"]) != entry["version"]:
            found.append(f"{entry['file']}: version {entry['version']} is not the locked one")
    known = {entry["file"] for entry in recorded}
    for folder in ("static/vendor", "tests/vendor"):
        lying = {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}
        found += [
            f"{file}: not in the manifest" for file in sorted(lying - known - {"static/vendor/manifest.json"})
        ]
    return found


def manifest() -> list[dict[str, str]]:
    """Return what was recorded when the files were copied."""
    entries: list[dict[str, str]] = json.loads(MANIFEST.read_text())
    return entries


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./start vendor", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare with the manifest")
    if not parser.parse_args(arguments).check:
        rebuild()
    found = faults(manifest())
    for fault in found:
        print(fault, file=sys.stderr)  # noqa: T201 - a command's answer
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
