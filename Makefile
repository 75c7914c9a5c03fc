# `make run` and `make test` are all that a new machine needs. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
export PORTAL_MODE ?= demo

.DEFAULT_GOAL := help
.PHONY: help run test check demo fuzz bench soak lock screenshots

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run:  ## Start the portal with the demonstration case (make run PORT=9000 for another port)
	@$(PYTHON) bin/prepare
	@$(VENV)/python manage.py start --port $(PORT)

test:  ## Run the whole suite: SQLite, then the database part on PostgreSQL, Chromium included
	@$(PYTHON) bin/prepare --dev
	@$(VENV)/python bin/test

check:  ## Lint, types, templates, editor, migrations, production settings
	@$(PYTHON) bin/prepare --dev
	@$(VENV)/python bin/check

demo:  ## Throw away the demonstration data and load it anew
	@$(PYTHON) bin/prepare
	@$(VENV)/python manage.py demo --reset

fuzz:  ## Random sessions over the text binding, and comments on real prose (SESSIONS=3000 SEED=1 PROSE=8000)
	@$(PYTHON) bin/prepare --dev
	@npm run --silent fuzz -- --sessions $${SESSIONS:-1000} --seed $${SEED:-1} --prose $${PROSE:-4000}

bench:  ## Print the benchmarks
	@$(PYTHON) bin/prepare --dev
	@for file in tests/bench/bench_*.py; do PORTAL_MODE=test $(VENV)/python $$file || exit 1; done

soak:  ## Kill the server again and again, fill the disk, stop the database, throw frames (SOAK_KILLS=50)
	@$(PYTHON) bin/prepare --dev
	@$(VENV)/python tests/soak/run.py

screenshots:  ## Take the pictures in docs/screenshots
	@$(PYTHON) bin/prepare --dev
	@$(VENV)/python bin/screenshots

lock:  ## Make the hashed locks anew
	@$(PYTHON) bin/prepare --dev
	@$(VENV)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/base.txt
	@$(VENV)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/dev.txt
