# Every target prepares what it needs (see scripts/setup.py) and says so; a second time that costs nothing.

PREPARE = python=$$(sh scripts/python.sh) && "$$python" scripts/setup.py
VENV = .venv/bin/python
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test test-clients test-servers check bench clean

help:
	@echo "make run     open Annotator on a sample project"
	@echo "make test    check the code and run the whole test suite"
	@echo "make test-clients  read the exports with large libraries of other programs (spaCy, datasets, DuckDB …)"
	@echo "make test-servers  and with servers, browsers and Java programs (Label Studio, doccano, brat, UIMA …)"
	@echo "make check   style, types and layers only"
	@echo "make bench   measure the figures of the README's performance section"
	@echo "make clean   remove everything that these commands made"

run:
	@$(PREPARE) run
	@$(VENV) scripts/start.py

test:
	@$(PREPARE) test
	@$(VENV) scripts/verify.py check tests

test-clients:
	@$(PREPARE) clients
	@$(VENV) scripts/verify.py clients

test-servers:
	@$(PREPARE) clients
	@$(VENV) scripts/servers.py
	@$(VENV) scripts/verify.py servers

check:
	@$(PREPARE) test
	@$(VENV) scripts/verify.py check

bench:
	@$(PREPARE) test
	@$(VENV) -m tests.benchmarks --json out/benchmarks.json

clean:
	rm -rf .venv .clients out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
