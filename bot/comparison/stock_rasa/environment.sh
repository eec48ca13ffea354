#!/usr/bin/env bash
# Makes .venv-stock-rasa: Rasa with the packages its makers pin, TensorFlow among them (2.5 GB).
# Run by `make compare`, which has made .venv before and with it found Python 3.10 and uv.
set -euo pipefail
cd "$(dirname "$0")/../../.."
environment=.venv-stock-rasa
lock=bot/comparison/stock_rasa/requirements.lock

cmp -s "$lock" "$environment/installed.lock" && exit 0

export UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true
uv=$(command -v uv || echo .venv-uv/bin/uv)
python=$(.venv/bin/python -c 'import sys; print(sys._base_executable)')
"$uv" venv --quiet --clear --python "$python" "$environment"
# Our pyproject.toml leaves TensorFlow out: here it must not be heard.
VIRTUAL_ENV="$PWD/$environment" "$uv" --no-config pip sync --quiet --require-hashes "$lock"
cp "$lock" "$environment/installed.lock"
