#!/usr/bin/env bash
# Installs NLP.js as package-lock.json pins it. Run by `make compare`, which has built the widget
# before and with it fetched Node.js where the machine has none.
set -euo pipefail
cd "$(dirname "$0")"
cmp -s package-lock.json node_modules/installed.json && exit 0
PATH="$PWD/../../../.venv-node/bin:$PATH"
npm ci --no-audit --no-fund --silent
cp package-lock.json node_modules/installed.json
