#!/usr/bin/env bash
# What models remember of one dataset: as they are, with every text learned by heart, and learned with noise. Each row
# learns one model and then four like it: an hour or more on 2 cores.
# runs/memory.sh HOME DATASET
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
learn() {
  .venv/bin/byhand learn "$dataset" --as "$1" --epochs 20 --seed 0 "${@:2}"
  .venv/bin/byhand eval "$1" --suite memory --canaries 4
}
dataset=$2
learn memory-every --spelled 1
learn memory-of-five
learn memory-noise --private 8 --private-delta 1e-3
learn memory-more-noise --private 2 --private-delta 1e-3
