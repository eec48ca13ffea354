# make run | test | check | train | evaluate | bench | outbox
SHELL := /bin/bash
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Only what is imported is compiled, and kept: a start would cost seconds more without it.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run train test check evaluate compare bench load outbox encoder runtime-environment test-environment widget lock

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: runtime-environment widget ## set up, train when needed, start everything, print the page's address
	@$(PYTHON) -m bot

train: runtime-environment ## train the model when the data, the configuration or the code changed
	@$(PYTHON) -m bot.training

check: test-environment ## lint, types and the quick tests, in seconds
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@$(PYTHON) -m pytest -q -m "not model and not browser and not services"

# What fails in a browser is tried once more, alone: a machine may be slow once, a fault fails twice.
test: test-environment widget check ## everything
	@cd bot/widget && npm run --silent check
	@$(PYTHON) -m bot.training
	@CHROMIUM="$$(bot/setup/browser.sh)" && export CHROMIUM && \
	  $(PYTHON) -m pytest -q -m "(model or services) and not browser" && \
	  { $(PYTHON) -m pytest -q -m browser || \
	    $(PYTHON) -m pytest -q -m browser --last-failed --last-failed-no-failures none; }

evaluate: test-environment ## measure the understanding; writes reports/evaluation.html
	@$(PYTHON) -m bot.evaluation

compare: test-environment widget ## other engines on our examples beside ours; writes reports/compare.md
	@$(PYTHON) -m bot.comparison

bench: runtime-environment ## measure start, memory and speed through the conversation API
	@$(PYTHON) -m bot.bench

load: runtime-environment ## fifty visitors at once through the conversation API, for a minute
	@$(PYTHON) -m bot.load

outbox: runtime-environment ## the mails that are held, queued, sent or failed
	@$(PYTHON) -m bot.mail list

encoder: ## make the sentence encoder anew, a quarter of an hour to two hours (docs/encoder.md); rarely needed
	@bot/encoder/make.sh

lock: ## renew the lock files after a change in pyproject.toml
	@uv pip compile pyproject.toml --python-version 3.10 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	@uv pip compile pyproject.toml --python-version 3.10 --group test --generate-hashes --no-header --no-annotate -q -o requirements-test.lock

runtime-environment:
	@bot/setup/environment.sh runtime

test-environment:
	@bot/setup/environment.sh test

widget: runtime-environment
	@bot/setup/widget.sh
