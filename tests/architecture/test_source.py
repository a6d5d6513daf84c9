"""What a stranger may rely on in every file: nothing is hidden, ambient or eaten."""

import ast

from tests.architecture.source import ROOMS, ROOT, at, calls, every, modules, tree

EVERYWHERE = modules()
SIGNALS = (
    "django.db.models.signals",
    "django.dispatch",
    "django.core.signals",
    "django.contrib.auth.signals",
)
AMBIENT = {"threading.local", "ContextVar", "contextvars.ContextVar"}
TRANSLATORS = {
    *("_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy"),
    *("ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"),
}
SAYS_NOTHING = {"utils", "helpers", "common", "misc", "core", "constants", "managers"}


def test_nothing_listens_for_signals():
    imported = [
        at(path, node)
        for path, node in every(ast.ImportFrom, EVERYWHERE)
        if (node.module or "").startswith(SIGNALS)
    ]
    assert imported == []


def test_nothing_is_kept_in_the_air():
    ambient = [
        at(path, node)
        for path, node in every((ast.Name, ast.Attribute), EVERYWHERE)
        if ast.unparse(node) in AMBIENT
    ]
    assert ambient == []


def test_no_error_is_eaten():
    broad = [
        f"{path}:{handler.lineno}"
        for path, handler in every(ast.ExceptHandler, EVERYWHERE)
        if handler.type is None or {"Exception", "BaseException"} & _names(handler.type)
    ]
    assert broad == []


def test_rooms_are_imported_at_the_top_of_a_file():
    # Django reads apps.py before any model can be imported.
    elsewhere = [path for path in EVERYWHERE if path.name != "apps.py"]
    hidden = [
        at(path, node)
        for path, function in every(ast.FunctionDef, elsewhere)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ROOMS
    ]
    assert hidden == []


def test_what_is_said_to_people_is_whole_before_it_is_translated():
    built = [
        at(path, call)
        for path in EVERYWHERE
        for name, call in calls(tree(path))
        if name in TRANSLATORS and any(_is_built(argument) for argument in call.args)
    ]
    assert built == []


def _is_built(argument: ast.expr) -> bool:
    formats = isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith(".format")
    return formats or isinstance(argument, ast.JoinedStr | ast.BinOp)


def test_a_file_says_in_its_name_what_is_in_it():
    assert [path for path in EVERYWHERE if path.stem in SAYS_NOTHING] == []


def test_a_file_is_read_in_one_sitting():
    assert [path for path in EVERYWHERE if len((ROOT / path).read_text().splitlines()) > 500] == []


def _names(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
