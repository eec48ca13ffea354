#!/usr/bin/env bash
# Makes the Python environment .venv: `environment.sh runtime` or `environment.sh test`.
# Finds a working Python 3.10 itself; says in one sentence what to do when it cannot go on.
set -euo pipefail
cd "$(dirname "$0")/../.."
group="${1:-runtime}"
locks=(requirements.lock)
[ "$group" = test ] && locks=(requirements-test.lock)
uv_version=0.13.9

# Trust what the machine trusts: behind a company's proxy uv's own list is not enough.
export UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true

fail() { printf 'cyber4sme: %s\n' "$1" >&2; exit 1; }

stamp=$(cat "${locks[@]}" bot/setup/environment.sh | sha256sum | cut -d' ' -f1)
wanted=".venv/ready-$group"
if [ -x .venv/bin/python ] && [ "$(cat "$wanted" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

free_mb=$(df -Pm . | awk 'NR==2 {print $4}')
[ "$free_mb" -ge 3000 ] || fail "only $free_mb MB are free here, but the installation needs 3000 MB: free some space and run make again."

# A pyenv shim named python3.10 can exist and still fail, so each candidate is really started.
find_python() {
  local candidate
  local -a candidates=(python3.10)
  for root in "${PYENV_ROOT:-}" "$HOME/.pyenv" /root/.pyenv /opt/pyenv /usr/local/pyenv; do
    [ -n "$root" ] && candidates+=("$root"/versions/3.10*/bin/python3.10)
  done
  candidates+=(/usr/local/bin/python3.10 /opt/python3.10/bin/python3.10 "$HOME"/.local/share/uv/python/cpython-3.10*/bin/python3.10)
  for candidate in "${candidates[@]}"; do
    if "$candidate" -c 'import sys, ssl, sqlite3, venv; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

find_uv() {
  command -v uv && return 0
  if [ ! -x .venv-uv/bin/uv ]; then
    python3 -m venv .venv-uv >/dev/null 2>&1 || "$1" -m venv .venv-uv >/dev/null 2>&1 || return 1
    .venv-uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" >&2 || return 1
  fi
  printf '%s\n' "$PWD/.venv-uv/bin/uv"
}

python=$(find_python || true)
uv=$(find_uv "${python:-python3}") || fail "the installer uv could not be fetched: check the network to the Python package index, or install uv yourself, and run make again."
if [ -z "$python" ]; then
  "$uv" python install --quiet 3.10 2>/dev/null || true
  python=$("$uv" python find 3.10 2>/dev/null) || fail "no working Python 3.10 was found (python3.10, pyenv, uv): install one, for example with 'pyenv install 3.10', and run make again."
fi

quiet=()
[ -t 2 ] || quiet=(--quiet)
[ -t 2 ] && printf 'Installing the Python packages (some minutes the first time) ...\n' >&2
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
  "$uv" venv --quiet --clear --python "$python" .venv || fail "the folder .venv could not be made with $python: remove it, check the disk, and run make again."
fi
VIRTUAL_ENV="$PWD/.venv" "$uv" pip sync "${quiet[@]}" "${locks[@]}" || fail "the packages of ${locks[*]} could not be installed: see the message above, check the network to the Python package index, and run make again."

# Rasa imports TensorFlow but we never use it; the stand-in takes its place, and the project's
# root makes `bot` and `actions` importable for Rasa's own commands as well.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
printf '%s\n%s\n' "$PWD/bot/tensorflow_stand_in" "$PWD" > "$site/cyber4sme.pth"
rm -f .venv/ready-*
# The test environment holds everything the runtime needs.
if [ "$group" = test ]; then
  cat requirements.lock bot/setup/environment.sh | sha256sum | cut -d' ' -f1 > .venv/ready-runtime
fi
printf '%s\n' "$stamp" > "$wanted"
