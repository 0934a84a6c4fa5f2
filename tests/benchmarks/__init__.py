"""The figures that the program is held to, measured: `python -m tests.benchmarks`."""
