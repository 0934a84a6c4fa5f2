"""Read damaged files until one is neither read nor refused with a sentence.

python -m tests.fuzz --cases 7000
python -m tests.fuzz --cases 1 --first 4711 --format tei
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from fuzz.run import main

    sys.exit(main())
