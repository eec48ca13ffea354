#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs one where there is none.
set -euo pipefail
cd "$(dirname "$0")/../.."
fail() { printf 'cyber4sme: %s\n' "$1" >&2; exit 1; }

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if "$name" --version >/dev/null 2>&1; then command -v "$name"; exit 0; fi
done
downloaded() { .venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)' 2>/dev/null; }
path=$(downloaded || true)
if [ -n "$path" ] && "$path" --version >/dev/null 2>&1; then printf '%s\n' "$path"; exit 0; fi
if .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
  path=$(downloaded || true)
  if [ -n "$path" ] && "$path" --version >/dev/null 2>&1; then printf '%s\n' "$path"; exit 0; fi
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
  if chromium --version >/dev/null 2>&1; then command -v chromium; exit 0; fi
fi
fail "no Chromium was found or could be installed for the browser tests: install the package chromium (Debian: apt-get install chromium) and run make test again."
