"""Check the code (style, types, layers) and run the tests: every step, even after a failure.

python scripts/verify.py check          style, types and layers
python scripts/verify.py check tests    and then the tests, whose summary comes last
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = ("tests/formats", "tests/suggesters")
STEPS: dict[str, dict[str, tuple[str, ...]]] = {
    "check": {
        "style": ("-m", "ruff", "check", "--quiet", "."),
        "layout": ("-m", "ruff", "format", "--check", "--quiet", "."),
        "types": ("-m", "mypy", "--no-error-summary"),
        "types of the scripts": ("-m", "mypy", "--no-error-summary", "scripts"),
        "layers": ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"),
    },
    "tests": {"tests": ("-m", "pytest")},
    "clients": {"work with other libraries": ("-m", "pytest", "-m", "not servers", *READERS, "-rs")},
    "servers": {"work with other programs": ("-m", "pytest", "-m", "servers", *READERS, "-rs")},
}


def run(name: str, command: tuple[str, ...]) -> bool:
    print(f"Checking the {name}." if name != "tests" else "Running the tests.", flush=True)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=False)
    return result.returncode == 0


def main(groups: list[str]) -> int:
    steps = {name: command for group in groups for name, command in STEPS[group].items()}
    failed = [name for name, command in steps.items() if not run(name, command)]
    if failed:
        print("Failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
