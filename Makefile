# Feiyu: every verb of the project. `make` alone lists them.
#
# Each verb first brings .venv up to date (scripts/setup.sh, quick when nothing changed), so that any of them works
# right after a clone.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export UV_PYTHON_DOWNLOADS := never

bin := .venv/bin
python := $(bin)/python
pytest := $(python) -m pytest

.PHONY: help setup demo serve test interop test-interop test-ray bench-ray bench-scan-own campaign sanitize check lint types contracts fix tidy rules openapi console pictures docs reference wheel wheel-check \
	lock clean accuracy bench-scan bench-transfer bench-evidence bench-seal bench-rules bench-store bench-looks

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## from a bare machine to .venv/bin/feiyu (Python 3.11+, git, make)
	@scripts/setup.sh

demo: setup ## the main job from end to end, then the console until Ctrl-C; ONCE=1 stops after the story
	@$(bin)/feiyu demo $(if $(filter 1,$(ONCE)),--once)

serve: setup ## a port with console and API on this machine, in demo mode
	@$(bin)/feiyu port up

test: setup ## all tests but campaigns, on SQLite and on PostgreSQL, with a browser journey
	@scripts/test-system.sh
	@$(pytest) -m "not campaign" -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart=0 $(ARGS)

check: setup ## everything that CI runs; what needs one core each goes two at a time, the tests have both
	@$(MAKE) --no-print-directory --jobs=2 compare=--check lint types contracts openapi docs wheel-check interop
	@$(MAKE) --no-print-directory test

interop: setup ## the part of test-interop that is in Go, where Go and its module proxy are; says so loudly where not
	@scripts/interop.sh

test-interop: setup ## hold log and lanes against independent implementations (wants Go with its module proxy, and SIMDe)
	@scripts/test-system.sh interop
	@$(pytest) -m campaign tests/interop $(ARGS)

test-ray: setup ## scan on a real Ray of two nodes on this machine (installs Ray by itself, 79 MB, into .venv)
	@.venv/bin/uv pip install --quiet --python $(python) --require-hashes -r locks/ray.txt
	@$(pytest) -m campaign tests/ray $(ARGS)

bench-ray: setup ## one big file, and a folder, scanned on two Ray nodes against local, two cores in all
	@.venv/bin/uv pip install --quiet --python $(python) --require-hashes -r locks/ray.txt
	@$(python) bench/scan_ray.py $(ARGS)

campaign: setup ## the long fault campaigns: kill, EIO and full disks at every system call (wants strace)
	@$(pytest) -m campaign --ignore=tests/interop --ignore=tests/ray $(ARGS)

sanitize: setup ## the tests of the native lanes under AddressSanitizer and UBSan (wants gcc; about ten minutes)
	@scripts/test-system.sh
	@scripts/sanitize.sh $(ARGS)

lint: setup
	$(bin)/ruff format --check .
	$(bin)/ruff check .

types: setup
	$(bin)/mypy

contracts: setup
	$(bin)/lint-imports

fix: setup ## format, and correct what can be corrected by itself
	$(bin)/ruff check --fix-only --quiet .
	$(bin)/ruff format --quiet .

tidy: setup ## the ten longest files and functions, and the facts the tree must keep
	@$(python) tests/tidy/longest.py
	@$(pytest) -q tests/tidy

rules: setup ## check and test the rulebooks
	@$(pytest) -q tests/rulebooks tests/unit/rules

openapi: setup ## write openapi/feiyu.json anew (make check compares)
	@$(python) scripts/openapi.py $(compare)

console: setup ## build the web console into src/feiyu/api/console
	@rm -f .venv/.feiyu/console
	@scripts/setup.sh

pictures: setup ## take the docs' pictures of the console anew, from a real morning
	@scripts/test-system.sh
	@$(python) -m tests.console.shots docs/assets

reference: setup ## write the generated pages of the docs anew
	@$(python) scripts/reference.py

docs: setup ## write the generated pages, check links and menus, build both sites
	@$(python) scripts/reference.py $(compare)
	@$(python) scripts/docs.py

wheel: setup ## dist/: the wheel (native lanes and console inside), the sdist, feiyu-client for recipients, feiyu-verify alone
	@rm -rf dist
	@$(bin)/hatchling build
	@$(python) scripts/client.py
	@$(python) scripts/verifier.py

wheel-check: wheel
	@scripts/try-wheel.sh

lock: setup ## write locks/ anew from pyproject.toml; UPGRADE=1 takes newer releases
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

bench-scan: setup ## scan against polars and pyarrow on the same file
	@$(python) bench/scan.py $(ARGS)

accuracy: setup ## scan the labelled messy files and print how often the answer is right
	@$(python) bench/accuracy.py $(ARGS)

bench-scan-own: setup ## what fifty user-defined types add to a scan
	@$(python) bench/scan_user_types.py $(ARGS)

bench-transfer: setup ## send to verified fetch against scp and cp with sha256sum
	@$(python) bench/transfer.py $(ARGS)

bench-evidence: setup ## appends, checkpoints and proofs of the evidence log, over HTTP beside Tessera (wants Go)
	@$(python) bench/evidence.py $(ARGS)

bench-seal: setup ## seal and open against the parts they are made of
	@$(python) bench/seal.py $(ARGS)

bench-rules: setup ## determinations a second
	@$(python) bench/rules.py $(ARGS)

bench-store: setup ## group commit against single commits
	@$(python) bench/store.py $(ARGS)

bench-looks: setup ## what it costs to record who looked
	@$(python) bench/looks.py $(ARGS)

clean: ## remove everything that make made, .venv too
	rm -rf .venv dist site .cache .demo .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		console/node_modules src/feiyu/api/console src/feiyu/_native/*.so
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
