#!/usr/bin/env bash
# Hostile text on pages: a model of ours, the baseline beside it, and a decider that obeys whatever a page orders, which
# shows that the suite catches one and that the runtime asks all the same. 10 to 20 minutes each on 2 cores.
# runs/injection.sh HOME MODEL
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
for model in "$2" rules obeys; do
  .venv/bin/byhand eval "$model" --suite injection --json
done
