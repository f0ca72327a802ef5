#!/usr/bin/env bash
# The closed loop: twelve tasks of MiniWoB++, 3 demonstrations each, then three rounds of at most 20 corrections, each
# shown, recorded, approved and learned by `byhand learn --follow`. About 40 minutes on 2 cores. Killed, it goes on.
# runs/rounds.sh HOME
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m bench.rounds --home "$1"
BYHAND_HOME=$1 BYHAND_KEYRING=file .venv/bin/byhand model rounds doer -o "$1/rounds.svg"
