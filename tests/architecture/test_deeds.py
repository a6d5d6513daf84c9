"""Actions are one transaction each and know who and when; parts need a transaction; nobody else writes."""

import ast
import re

from django.apps import apps

from tests.architecture.source import at, calls, every, modules, public_functions

ACTIONS = modules("actions")
PARTS = modules("parts")
INTERFACES = modules("views", "api", "forms", "tasks", "templatetags", "context", "middleware", "urls")
CLOCKLESS = modules("actions", "parts", "rules", "arithmetic", "sweeps", "states", "permissions")

DURABLE = "transaction.atomic(durable=True)"
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
# a class, or a function that says it makes a new row: `Place(…)`, `_a_place(…)`
MAKES_A_ROW = re.compile(r"[A-Z]|_?(?:an?|new)_")
CLOCKS = {
    *("timezone.now", "timezone.localdate()", "timezone.localtime()", "time.time"),
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
}


def test_every_action_is_one_durable_transaction():
    loose = [
        at(path, action)
        for path, action in public_functions(ACTIONS)
        if DURABLE not in [ast.unparse(decorator) for decorator in action.decorator_list]
    ]
    assert loose == []


def test_every_action_takes_who_and_when_by_keyword():
    nameless = [
        at(path, action)
        for path, action in public_functions(ACTIONS)
        if not {"by", "now"} <= {argument.arg for argument in action.args.kwonlyargs}
    ]
    assert nameless == []


def test_an_action_takes_ids_and_reads_its_rows_under_its_own_lock():
    rows = {model.__name__ for model in apps.get_models()} - {"User"}
    handed_in = [
        f"{at(path, action)}({argument.arg})"
        for path, action in public_functions(ACTIONS)
        for argument in [*action.args.args, *action.args.kwonlyargs]
        if argument.annotation and ast.unparse(argument.annotation) in rows
    ]
    assert handed_in == []


def test_every_part_that_writes_refuses_to_run_outside_a_transaction():
    loose = []
    for path, part in public_functions(PARTS):
        called = {name.rpartition(".")[2] for name, _ in calls(part)}
        if called & WRITES and "require_transaction" not in called:
            loose.append(at(path, part))
    assert loose == []


def test_interfaces_write_nothing():
    writes = [at(path, call) for path, call in every(ast.Call, INTERFACES) if _is_write(call)]
    assert writes == []


def _is_write(call: ast.Call) -> bool:
    """Test for a write to the database; sessions, caches and dicts may be written to."""
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = ast.unparse(call.func.value)
    if call.func.attr == "update":
        return ".objects" in owner or ".filter(" in owner
    return call.func.attr in WRITES and "session" not in owner and "cache" not in owner


def test_a_row_that_was_read_is_saved_with_the_fields_that_changed():
    whole = [
        at(path, save)
        for path, function in every(ast.FunctionDef, ACTIONS + PARTS + modules("sweeps"))
        for save in _whole_saves(function)
    ]
    assert whole == []


def _whole_saves(function: ast.AST) -> list[ast.Call]:
    """Return saves without `update_fields`, but for rows made in the same function."""
    made = {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if MAKES_A_ROW.match(ast.unparse(node.value.func).rpartition(".")[2])
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        call
        for name, call in calls(function)
        if name.endswith(".save") and name.removesuffix(".save") not in made
        if not {"update_fields", "force_insert"} & {keyword.arg for keyword in call.keywords}
    ]


def test_deeds_and_calculations_are_told_the_time():
    told = [
        at(path, call)
        for path, call in every(ast.Call, CLOCKLESS)
        if {ast.unparse(call.func), ast.unparse(call)} & CLOCKS
    ]
    assert told == []


def test_interfaces_read_petitions_only_through_what_a_hat_may_see():
    """What a hat may not see is unknown to every page and every program (Q6)."""
    unscoped = [
        at(path, node)
        for path, node in every(ast.Attribute, modules("views", "api"))
        if ast.unparse(node.value) == "Petition.objects" and node.attr not in {"visible_to", "sealed_to"}
    ]
    assert unscoped == []
