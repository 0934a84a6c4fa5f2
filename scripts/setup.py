"""Prepare this checkout: system packages, the environment in .venv, the pinned libraries.

    python scripts/setup.py run     what the program needs
    python scripts/setup.py test    and what its tests need
    python scripts/setup.py clients and large libraries of other programs, which read the exports

Only the standard library is used, since nothing else is there yet. What was prepared is noted in .venv, so
that a second call with the same Python and the same pins returns at once.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"
INPUTS = (ROOT / "pyproject.toml", CONSTRAINTS, Path(__file__), Path(system.__file__))
# The build requirements are installed beforehand and used without isolation: that alone pins them with every
# pip, since newer ones no longer apply constraints to isolated builds. Setuptools builds jieba.
KINDS = ("run", "test", "clients")
BUILD = ("hatchling", "editables", "setuptools")


class SetupError(Exception):
    """What went wrong and what to do, for the person at the terminal."""


def say(text: str) -> None:
    print(text, flush=True)


def stamp(kind: str) -> Path:
    return VENV / f".prepared-for-{kind}"


def fingerprint() -> str:
    """Changes whenever the preparation has to be done again."""
    digest = hashlib.sha256(f"{sys.version_info[:3]} {ROOT}".encode())
    for path in INPUTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_prepared(kind: str) -> bool:
    kinds = KINDS[KINDS.index(kind) :]
    wanted = fingerprint()
    return VENV_PYTHON.exists() and any(
        stamp(one).is_file() and stamp(one).read_text(encoding="ascii") == wanted for one in kinds
    )


def venv_works() -> bool:
    """Whether .venv starts, has pip, and is of this Python's version."""
    version = "{}.{}".format(*sys.version_info[:2])
    probe = "import pip, sys; print('{}.{}'.format(*sys.version_info[:2]))"
    try:
        result = subprocess.run([VENV_PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return result.returncode == 0 and result.stdout.strip() == version


def has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def venv_package() -> list[str]:
    """The package without which this Python cannot make an environment; Debian ships venv apart."""
    if venv_works() or has_module("ensurepip") or has_module("pip"):
        return []
    return ["python{}.{}-venv".format(*sys.version_info[:2])]


def make_venv() -> None:
    if venv_works():
        return
    say(f"Making a Python environment in .venv, with Python {sys.version.split()[0]}.")
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet(sys.executable, "-m", "venv", VENV) and venv_works():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if has_module("pip") and make_venv_with_own_pip():
        return
    raise SetupError(
        f"Python {sys.version.split()[0]} ({sys.executable}) cannot make an environment: it has neither "
        "ensurepip nor pip.\nOn Debian or Ubuntu install python{}.{}-venv.".format(*sys.version_info[:2])
    )


def make_venv_with_own_pip() -> bool:
    """Without ensurepip, let the pip of this Python put a pip into the new environment."""
    return (
        quiet(sys.executable, "-m", "venv", "--without-pip", VENV)
        and quiet(sys.executable, "-m", "pip", "--python", VENV_PYTHON, "install", "-qq", "pip")
        and venv_works()
    )


def quiet(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def pip_install(*arguments: str) -> None:
    options = ("-qq", "--no-input", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS))
    command = [str(VENV_PYTHON), "-m", "pip", "install", *options, *arguments]
    result = subprocess.run(command, cwd=ROOT, check=False)
    if result.returncode:
        raise SetupError(
            "The Python libraries could not be installed; pip's own message is above.\n"
            "Is the Python package index reachable from here? Then run the same command again."
        )


def install_libraries(kind: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted: list[str] = list(project["dependencies"])
    extras = {"run": (), "test": ("dev",), "clients": ("dev", "clients")}[kind]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    purpose = "the program" if kind == "run" else "the program and its tests"
    say(f"Installing the Python libraries of {purpose} into .venv (some 100 MB the first time).")
    pip_install(*BUILD)
    pip_install("--no-build-isolation", "--use-pep517", *wanted)
    pip_install("--no-build-isolation", "--no-deps", "--editable", ".")


def prepare(kind: str) -> None:
    system.provide(kind, venv_package(), say)
    make_venv()
    install_libraries(kind)
    stamp(kind).write_text(fingerprint(), encoding="ascii")
    say("Everything is prepared.")


def main(arguments: Iterable[str]) -> int:
    (kind,) = arguments
    if is_prepared(kind):
        return 0
    say("Preparing this checkout; this happens once.")
    try:
        prepare(kind)
    except (SetupError, system.MissingPackagesError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next call takes it up again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
