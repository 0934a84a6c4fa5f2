"""Works on a project at random and says what it has done, until somebody kills it.

Each line: the number of the last acknowledged entry and the state after it.
"""

import random
import sys
import threading
from pathlib import Path

from stored import fingerprint, random_step

from annotator.services.opening import Opened, open_project


def _save(opened: Opened) -> None:
    state = opened.session.state()
    opened.store.save(state)


def main() -> None:
    rng = random.Random(int(sys.argv[2]))
    opened = open_project(Path(sys.argv[1]), annotator="ann")
    work = opened.session
    print(work.revision, fingerprint(work), flush=True)
    saving: threading.Thread | None = None
    while True:
        random_step(work, rng)
        print(work.revision, fingerprint(work), flush=True)
        if rng.random() < 0.2 and (saving is None or not saving.is_alive()):
            saving = threading.Thread(target=_save, args=(opened,), daemon=True)
            saving.start()


main()
