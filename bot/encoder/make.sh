#!/usr/bin/env bash
# make encoder: set up Python 3.11 with torch beside the runtime, then make it.
# Arguments are handed on, for example: bot/encoder/make.sh make --steps 500 --target /tmp/encoder
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=.venv-encoder
lock=requirements-encoder.lock

working_python() {
  local candidate
  for candidate in python3.11 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11.*/bin/python3.11 \
    "$(command -v uv >/dev/null && uv python find 3.11 2>/dev/null || true)"; do
    # pyenv's shim exists even where it fails: only one that runs counts.
    if [ -n "$candidate" ] && "$candidate" -c 'import venv' >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
}

if ! cmp -s "$lock" "$environment/installed.lock"; then
  python="$(working_python)"
  if [ -z "$python" ]; then
    echo "Python 3.11 was not found: making the encoder needs it (torch). Install it, for example" \
      "with 'pyenv install 3.11' or 'uv python install 3.11', and try again." >&2
    exit 1
  fi
  echo "Setting up $environment with $("$python" --version)"
  "$python" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet torch==2.13.0
  "$environment/bin/python" -m pip install --quiet --no-deps --require-hashes -r "$lock"
  cp "$lock" "$environment/installed.lock"
fi
exec "$environment/bin/python" -W ignore -m bot.encoder "$@"
