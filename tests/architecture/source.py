"""The product's own source, read as syntax trees."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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


def modules(*names: str) -> list[Path]:
    """Return the files, and the files in packages, of these names in every room; without a name all."""
    found = {path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts}
    chosen = {path.relative_to(ROOT) for path in found}
    return sorted(path for path in chosen if not names or {path.stem, *path.parts[1:-1]} & set(names))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def public_functions(paths: Iterable[Path]) -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in paths:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def every(
    kind: type[ast.AST] | tuple[type[ast.AST], ...], paths: Iterable[Path]
) -> Iterator[tuple[Path, ast.AST]]:
    return ((path, node) for path in paths for node in ast.walk(tree(path)) if isinstance(node, kind))


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield what is called, as written, and the call."""
    return ((ast.unparse(call.func), call) for call in ast.walk(node) if isinstance(call, ast.Call))


def at(path: Path, node: ast.AST) -> str:
    """Return where a node stands and how it begins, for a readable failure."""
    words = node.name if isinstance(node, ast.FunctionDef) else ast.unparse(node).splitlines()[0]
    return f"{path}:{node.lineno} {words}"
