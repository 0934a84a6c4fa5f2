"""Run every `tests/benchmarks/bench_*.py` and put their figures into out/benchmarks.json.

Each of them prints one JSON object; they run one after the other, so that none disturbs the next.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "out" / "benchmarks.json"


def measure(script: Path) -> dict[str, object] | None:
    print(f"Measuring: {script.stem.removeprefix('bench_')}.", flush=True)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(script)]
    run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)
    if run.returncode:
        return None
    figures: dict[str, object] = json.loads(run.stdout)
    return figures


def main() -> int:
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    figures = {script.stem.removeprefix("bench_"): measure(script) for script in scripts}
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text + "\n", encoding="utf-8")
    print(f"{text}\nWritten to {RESULT.relative_to(ROOT)}.")
    return 1 if None in figures.values() else 0


if __name__ == "__main__":
    sys.exit(main())
