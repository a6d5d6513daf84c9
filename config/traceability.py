"""Which rule is carried where: the numbers of docs/rules found again in code and tests.

A rule is named by its number in a docstring or a comment, as a string that is nothing but the number, or in
the name of a test (`test_q26_…`). Invariants and worked samples of the law are also named by where they stand there
(`test_law_3_invariant_6_…`, `test_law_5_9_…`). The finding is written to docs/traceability.md.
"""

import ast
import io
import re
import tokenize
import tomllib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

NUMBER = re.compile(
    r"(?<!\w)("
    r"R-\d\d|RT\d|T\d{1,2}a?|D\d\d|I\d\db?|Q\d{1,2}|P-\d{1,2}|DS-\d(?:\.\d)?|(?:INV|ACC|VEC|TRAP|SC)-\d{1,2}"
    r")(?![A-Za-z0-9_])",
    re.ASCII,
)
# Sections of the data standard and prohibitions are also quoted by where they stand.
BY_SECTION = {
    re.compile(r"data-standard(?:\.md)? §(\d(?:\.\d)?)"): "DS-{}",
    re.compile(r"protection(?:\.md)? §2\.(\d{1,2})"): "P-{}",
    re.compile(r"(?<!\w)invariant (\d{1,2})(?!\d)"): "INV-{}",
}
BY_SECTION_IN_A_NAME = {
    re.compile(r"(?:^|_)law_3_invariant_(\d{1,2})(?=_|$)"): "INV-{}",
    re.compile(r"(?:^|_)law_5_(\d{1,2})(?=_|$)"): "ACC-{}",
}
IN_A_NAME = re.compile(r"(?:^|_)(rt|inv|acc|vec|trap|sc|[rtdiqp])_?(\d{1,2})([ab]?)(?=_|$)")
# Written with two digits; the others as they come.
TWO_DIGITS = {"r": "R-{:02}", "d": "D{:02}", "i": "I{:02}"}
DASHED = {"p", "inv", "acc", "vec", "trap", "sc"}

ROOMS = (
    "config",
    "portal",
    "mobile",
    "desk",
    "reports",
    "scoring",
    "indicators",
    "hearings",
    "leadership",
    "cases",
    "grids",
    "documents",
    "assignments",
    "notices",
    "deadlines",
    "accounts",
    "places",
    "infra",
    "audit",
    "lib",
)
# Its numbers are samples and prove nothing.
OWN_TEST = Path("tests/config/test_traceability.py")
COMMENT_IN_PAGE = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.DOTALL)
COMMENT_IN_ASSET = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
COMMENT_IN_SHELL = re.compile(r"#[^\n]*")


@dataclass(frozen=True)
class Rule:
    """One rule as the catalogue has it. A prohibition (`forbids`) and a worked sample are proven by a test alone."""

    number: str
    series: str
    source: str
    line: str
    built: bool
    forbids: bool = False
    sample: bool = False

    @property
    def by_test_alone(self) -> bool:
        return self.forbids or self.sample


@dataclass(frozen=True, order=True)
class Place:
    """Where a number is named; `name` is the function, class or constant, empty for the file itself."""

    file: str
    name: str


@dataclass
class Trace:
    """Everything found: for each number the places in the code and in the tests."""

    code: dict[str, set[Place]] = field(default_factory=dict)
    tests: dict[str, set[Place]] = field(default_factory=dict)


def rules(root: Path) -> dict[str, Rule]:
    """Return the catalogue by number, series by series in the order of the files."""
    found: dict[str, Rule] = {}
    for path in sorted((root / "docs" / "rules").glob("*.toml")):
        with path.open("rb") as file:
            content = tomllib.load(file)
        series = content.pop("series")
        for number, facts in content.items():
            found[number] = Rule(number=number, series=series, **facts)
    return found


def trace(root: Path) -> Trace:
    """Walk the code and the tests and note every place that names a number."""
    known = rules(root).keys()
    found = Trace()
    for path in _code_files(root):
        for number, name in _named_in(path, known, tests=False):
            found.code.setdefault(number, set()).add(Place(path.relative_to(root).as_posix(), name))
    for path in sorted(set((root / "tests").rglob("*.py")) - {root / OWN_TEST}):
        for number, name in _named_in(path, known, tests=True):
            found.tests.setdefault(number, set()).add(Place(path.relative_to(root).as_posix(), name))
    return found


def numbers_in(text: str) -> list[str]:
    """Return the numbers a text names, as the catalogue writes them."""
    quoted = [
        form.format(section) for pattern, form in BY_SECTION.items() for section in pattern.findall(text)
    ]
    return NUMBER.findall(text) + quoted


def faults(catalogue: dict[str, Rule], found: Trace) -> list[str]:
    """Return what a built rule lacks, and which named numbers are no rule."""
    lacking = []
    for rule in catalogue.values():
        if rule.built and not rule.by_test_alone and rule.number not in found.code:
            lacking.append(f"{rule.number} is marked as built, but no code names it")
        if rule.built and rule.number not in found.tests:
            lacking.append(f"{rule.number} is marked as built, but no test names it")
    for number in sorted((found.code.keys() | found.tests.keys()) - catalogue.keys()):
        places = sorted(found.code.get(number, set()) | found.tests.get(number, set()))
        lacking.append(f"{number} is no rule of the catalogue: " + ", ".join(place.file for place in places))
    return lacking


def ready(catalogue: dict[str, Rule], found: Trace) -> list[str]:
    """Return the rules that code and tests name and that are not marked as built."""
    return [
        rule.number
        for rule in catalogue.values()
        if not rule.built and rule.number in found.tests and (rule.by_test_alone or rule.number in found.code)
    ]


def page(catalogue: dict[str, Rule], found: Trace) -> str:
    """Return docs/traceability.md. No line numbers: a moved line is no change of what is carried where."""
    lines = [
        "# Traceability",
        "",
        "Made by `./start manage traceability` from `docs/rules/` and the numbers that code and tests name.",
    ]
    for series in dict.fromkeys(rule.series for rule in catalogue.values()):
        members = [rule for rule in catalogue.values() if rule.series == series]
        built = sum(rule.built for rule in members)
        lines += ["", f"## {series}", "", f"Built: {built} of {len(members)}.", ""]
        lines += ["| no. | source | rule | built | code | tests |", "|---|---|---|---|---|---|"]
        for rule in members:
            code = _listed(found.code.get(rule.number, ()))
            tests = _listed(found.tests.get(rule.number, ()))
            built_here = "yes" if rule.built else ""
            cells = [rule.number, rule.source, rule.line, built_here, code, tests]
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _listed(places: Iterable[Place]) -> str:
    by_file: dict[str, list[str]] = {}
    for place in sorted(places):
        by_file.setdefault(place.file, []).append(place.name)
    return "<br>".join(
        f"{file}: {', '.join(filter(None, names))}" if any(names) else file for file, names in by_file.items()
    )


def _code_files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".toml", ".html"} and "migrations" not in path.parts:
                yield path
    yield from sorted((root / "templates").rglob("*.html"))
    for path in sorted((root / "static").rglob("*")):
        if path.suffix in {".js", ".css"} and "vendor" not in path.parts:
            yield path
    yield from (path for path in (root / "start", root / ".ci" / "run") if path.exists())


def _named_in(path: Path, known: Collection[str], *, tests: bool) -> Iterator[tuple[str, str]]:
    """Yield each number a file names, with the function, class or constant that names it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _Module(text).names(known, tests=tests)
        return
    comment = {".html": COMMENT_IN_PAGE, ".js": COMMENT_IN_ASSET, ".css": COMMENT_IN_ASSET}.get(path.suffix)
    spoken = text if path.suffix == ".toml" else "\n".join((comment or COMMENT_IN_SHELL).findall(text))
    for number in numbers_in(spoken):
        yield number, ""


class _Module:
    """A Python file, read for the numbers in it and for what each of them belongs to."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text)
        self.tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        self.spans = sorted(_spans(self.tree, ""), key=lambda span: span[1] - span[0])
        silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
        self.code_lines = sorted({token.start[0] for token in self.tokens if token.type not in silent})

    def names(self, known: Collection[str], *, tests: bool) -> Iterator[tuple[str, str]]:
        """Yield number and owner. A number in a name counts only if it is known: `test_p95_…` has none."""
        for token in self.tokens:
            if token.type == tokenize.COMMENT:
                for number in numbers_in(token.string):
                    yield number, self._owner(self._spoken_of(token))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for number in self._in_text(node, whole=not tests):
                    yield number, self._owner(node.lineno)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                named = [number for number in _in_name(node.name) if number in known]
                for number in named if tests else named + numbers_in(_docstring(node)):
                    yield number, self._owner(node.body[0].lineno)
        if not tests:
            for number in numbers_in(_docstring(self.tree)):
                yield number, ""

    def _in_text(self, node: ast.Constant, *, whole: bool) -> list[str]:
        """Return the numbers of a string: in tests all of them, in code only a string that is a number."""
        if not whole:
            return numbers_in(str(node.value))
        return [str(node.value)] if NUMBER.fullmatch(str(node.value)) else []

    def _spoken_of(self, comment: tokenize.TokenInfo) -> int:
        """Return the line a comment is about: its own, or the next line of code."""
        index = bisect_left(self.code_lines, comment.start[0])
        return self.code_lines[min(index, len(self.code_lines) - 1)] if self.code_lines else 1

    def _owner(self, line: int) -> str:
        return next((name for first, last, name in self.spans if first <= line <= last), "")


def _spans(node: ast.AST, prefix: str) -> Iterator[tuple[int, int, str]]:
    """Yield first line, last line and dotted name of functions, classes and their constants."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
            yield first, child.end_lineno or child.lineno, prefix + child.name
            yield from _spans(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.Assign | ast.AnnAssign) and isinstance(node, ast.Module | ast.ClassDef):
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            if isinstance(target, ast.Name):
                yield child.lineno, child.end_lineno or child.lineno, prefix + target.id


def _docstring(node: ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    return ast.get_docstring(node) or ""


def _in_name(name: str) -> Iterator[str]:
    """Yield the numbers in a name such as `test_q26_waits`, in the catalogue's writing."""
    for pattern, form in BY_SECTION_IN_A_NAME.items():
        yield from (form.format(number) for number in pattern.findall(name))
    for series, digits, letter in IN_A_NAME.findall(name):
        if series in TWO_DIGITS:
            yield TWO_DIGITS[series].format(int(digits)) + letter
        else:
            yield f"{series.upper()}{'-' if series in DASHED else ''}{int(digits)}{letter}"
