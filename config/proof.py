"""Every check of the product, then every test; `./start test` calls this.

A failed check does not stop the others, so that one run shows everything. The tests come last, and so does their
summary line.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Where a checker wants files: everything of ours, nothing that was made or brought along.
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
# A program without a Python module.
DJADE = Path(sys.executable).with_name("djade")
QUICK = "not browser and not kill and not wide"


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]


def checks() -> list[Check]:
    """Return what is looked at and made before the tests."""
    module = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    return [
        Check("ruff", [*module, "ruff", "check", "."]),
        Check("ruff format", [*module, "ruff", "format", "--check", "."]),
        Check("types", [*module, "mypy", "."]),
        Check(
            "import contracts",
            [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        ),
        Check("django checks", [*manage, "check", "--fail-level", "WARNING"]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("message catalogues", [*manage, "messages", "--check"]),
        Check("template format", [str(DJADE), "--check", "--target-version", "5.2", *TEMPLATES]),
        Check("template lint", [*module, "djlint", "--lint", "--quiet", "templates"]),
        Check("vendored files", [*module, "config.vendor", "--check"]),
        # no check, but as much work, and what every worker of the tests starts with
        Check("test database", [*module, "tests.prepared"]),
    ]


def main(arguments: Sequence[str]) -> int:
    """Run everything and return the exit code: 0 only if nothing was found."""
    quick = arguments[:1] == ["quick"]
    # No database and no secrets: the tests start their own services, the checks before them need none.
    os.environ["DEBUG"] = "true"
    to_do = checks()
    # Two at a time, as the tests: each of them keeps one processor busy.
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(_passes, to_do))
    failed = [check.name for check, passes in zip(to_do, passed, strict=True) if not passes]
    if failed:
        print(f"\n!!! {len(failed)} checks failed: {', '.join(failed)}\n", flush=True)
    tests = [sys.executable, "-m", "pytest", "-n", "2", "-q", *(["-m", QUICK] if quick else [])]
    code = subprocess.run([*tests, *arguments[quick:]], cwd=ROOT).returncode
    return code or bool(failed)


def _passes(check: Check) -> bool:
    """Run a check and print what it says only if it finds something."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    state = "FAILED" if done.returncode else "ok"
    said = f"\n{done.stdout}" if done.returncode else ""
    print(f"{check.name:<20}{state:<8}{time.monotonic() - began:5.1f} s{said}", flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
