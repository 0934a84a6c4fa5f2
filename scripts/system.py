"""The system packages that Annotator needs: find those that are missing, and install them if that is allowed.

What is missing is found by trying it out (loading the library, asking for the font), not by asking the
package manager: that is right on every distribution.
"""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable

# Shared library -> the Debian and Ubuntu package that brings it: all that the wheels of PySide6 link but do
# not contain. Nothing of Qt loads without these.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# No window opens on X11 or Wayland without these.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# The tests drive a real window on an X server of their own.
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool"}
CHINESE_FONT = "fonts-noto-cjk"
# Since the change to 64-bit times some packages carry a suffix, and the plain name is no package any more.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}


class MissingPackagesError(Exception):
    """Packages without which there is no going on, with the command that installs them."""


def provide(kind: str, python_packages: list[str], say: Callable[[str], None]) -> None:
    """See to the system packages for "run" or "test".

    Installs what is missing when that needs no password. Otherwise names the command, and goes on unless
    Qt or the Python environment would be impossible.

    Raises:
        MissingPackagesError: something indispensable is missing and could not be installed.
    """
    missing = python_packages + missing_packages(kind)
    if not missing:
        return
    if shutil.which("apt-get") is None:
        say("This system lacks what Debian calls " + ", ".join(missing) + ". Please install the like of it.")
        return
    prefix = privilege()
    if prefix is not None:
        install(prefix, missing, say)
        missing = still_missing(kind, python_packages)
    if missing:
        report(missing, python_packages, say)


def report(missing: list[str], python_packages: list[str], say: Callable[[str], None]) -> None:
    names = " ".join(map(known_name, missing))
    command = (
        "An administrator can install them with:\n"
        f"    sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
    )
    indispensable = {*python_packages, *QT_LIBRARIES.values()}
    if not indispensable.isdisjoint(missing):
        raise MissingPackagesError(
            f"System packages are missing without which Annotator cannot start.\n{command}\n"
            "Then run the same command again."
        )
    say(f"{consequences(missing)}\n{command}\nGoing on without them.")


def consequences(missing: list[str]) -> str:
    texts = {
        "no window can open": WINDOW_LIBRARIES.values(),
        "Chinese characters show as boxes": [CHINESE_FONT],
        "tests in a real window cannot run": TEST_PROGRAMS.values(),
    }
    happening = [text for text, packages in texts.items() if not set(packages).isdisjoint(missing)]
    return "Some system packages are missing: " + ", ".join(happening) + "."


def still_missing(kind: str, python_packages: list[str]) -> list[str]:
    importlib.invalidate_caches()
    has_venv = importlib.util.find_spec("ensurepip") is not None
    return ([] if has_venv else python_packages) + missing_packages(kind)


def missing_packages(kind: str) -> list[str]:
    libraries = missing_libraries(QT_LIBRARIES) + missing_libraries(WINDOW_LIBRARIES)
    programs = [package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None]
    font = [] if has_chinese_font() else [CHINESE_FONT]
    return libraries + font + ([] if kind == "run" else programs)


def missing_libraries(table: dict[str, str]) -> list[str]:
    return [package for library, package in table.items() if not loads(library)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Ask fontconfig, through which Qt finds its fonts, for any font that covers Chinese."""
    if not loads("libfontconfig.so.1"):
        return False
    config = ctypes.CDLL("libfontconfig.so.1")
    # It remembers what was there when first asked, which may be before the installation.
    config.FcInitReinitialize()
    for function in (config.FcNameParse, config.FcObjectSetCreate):
        function.restype = ctypes.c_void_p
    config.FcFontList.restype = ctypes.POINTER(ctypes.c_int)
    config.FcFontList.argtypes = [ctypes.c_void_p] * 3
    found = config.FcFontList(None, config.FcNameParse(b":lang=zh-cn"), config.FcObjectSetCreate())
    # The first field of the answer, an FcFontSet, is the number of fonts.
    return bool(found) and found[0] > 0


def privilege() -> list[str] | None:
    """What to put before a command so that it runs as root: nothing, sudo, or None if there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds("sudo", "-n", "true"):
        return ["sudo", "-n"]
    return None


def install(prefix: list[str], missing: list[str], say: Callable[[str], None]) -> None:
    """Install what can be had; what apt says is shown only if it fails."""
    settings = ["DEBIAN_FRONTEND=noninteractive", "DEBCONF_NOWARNINGS=yes"]
    apt = [*prefix, "env", *settings, "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    say("Asking for the list of system packages.")
    complain_if_failed([*apt, "update"], say)
    names = [name for name in map(known_name, missing) if is_known(name)]
    say("Installing system packages: " + " ".join(names))
    complain_if_failed([*apt, "install", "-y", "--no-install-recommends", *names], say)


def complain_if_failed(command: list[str], say: Callable[[str], None]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if result.returncode:
        say(result.stderr.strip())


def known_name(package: str) -> str:
    renamed = RENAMED.get(package)
    return renamed if renamed and is_known(renamed) else package


def is_known(package: str) -> bool:
    return succeeds("apt-cache", "show", package)


def succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
