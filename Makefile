# Everything a person or a machine does with this clone. Needs make and Python 3.11+; the rest is fetched into the clone.
BIN := .venv/bin
APP := $(BIN)/resume-review
# The one place that names what `make run` starts: the platform, with the bundled sample reviewed and printed.
RUN := $(APP) serve --demo
PYTHON_FILES := src tests scripts $(wildcard conftest.py)
COVERAGE := .bench/coverage.json
# Some containers switch it off; then each process that starts compiles all of its modules, which takes seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup web run dev test check fmt openapi reference screenshots audit sbom docs bench chaos fuzz

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup:  ## install what is missing (quick when nothing changed)
	@sh scripts/bootstrap.sh

web: setup  ## build the web interface (quick when nothing changed)
	@sh scripts/build_web.sh

run: web  ## start the platform, review the sample resume, keep serving
	@exec $(RUN)

dev: web  ## start the platform and reload on change
	@exec $(APP) serve --reload

# The coverage gate is silent when it holds, so that pytest's summary stays the last line.
test: web  ## all tests, then at least 80 % coverage in each feature
	@sh scripts/system_packages.sh
	@$(BIN)/pytest -n auto --dist worksteal --cov --cov-report= --cov-report=json:$(COVERAGE)
	@$(BIN)/python scripts/coverage_gate.py $(COVERAGE)

chaos: setup  ## 500 reviews while every part is killed, slowed and cut off (SEED=1)
	@$(BIN)/python tests/reliability/chaos.py --reviews 500 --seconds 300 --seed $(or $(SEED),1)

fuzz: setup  ## read EXAMPLES=20000 generated and damaged files
	@FUZZ_EXAMPLES=$(or $(EXAMPLES),20000) $(BIN)/pytest -q --timeout=0 src/resume_review/documents/tests/integration/test_any_file.py

check: setup  ## lint, format, types, import contracts, API description, reference of the checks
	@$(BIN)/ruff check $(PYTHON_FILES)
	@$(BIN)/ruff format --check $(PYTHON_FILES)
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@sh scripts/build_web.sh check
	@$(BIN)/pytest -q --durations=0 --no-header tests/contract/test_openapi.py tests/contract/test_checks_reference.py

fmt: setup  ## format and apply safe fixes
	@$(BIN)/ruff format $(PYTHON_FILES)
	@$(BIN)/ruff check --fix $(PYTHON_FILES)

openapi: setup  ## write openapi.json from the program; the web interface's client is made from it
	@$(BIN)/python scripts/write_openapi.py

reference: setup  ## write docs/reference/checks.md from the program
	@$(BIN)/python scripts/write_checks.py

audit: setup  ## known faults of what is shipped (asks PyPI and npm for advisories)
	@$(BIN)/python scripts/supply_chain.py audit

sbom: setup  ## list what is shipped as CycloneDX in dist/sbom.json
	@$(BIN)/python scripts/supply_chain.py sbom

docs: setup  ## build the documentation site into .bench/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

screenshots: web  ## write pictures of every screen to docs/assets
	@sh scripts/system_packages.sh
	@$(BIN)/python scripts/screenshots.py

# The libraries that reading is compared with come with this target alone; without them their rows are left out.
bench: web  ## measure beside baselines, write .bench/latest.json (CORPUS=folder: read those resumes)
	@uv=$$(command -v uv || ls .tools/venv/bin/uv .tools/uv/bin/uv 2>/dev/null | head -n 1); [ -z "$$uv" ] || \
		UV_SYSTEM_CERTS=1 "$$uv" sync --locked --inexact --quiet --group bench --python .venv/bin/python || true
	@BENCH_CORPUS='$(CORPUS)' $(BIN)/python tests/performance
