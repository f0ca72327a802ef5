#!/usr/bin/env bash
# The office learned from 20 demonstrations of each of eight tasks, shown through our own recorder, and measured on other
# rows and words of them and on six tasks that nobody showed. Some two hours on 2 cores, most of it doing it live.
# runs/office.sh HOME [--various]   --various: said in nine sentences of each task and not in three; learned the same way
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
python=.venv/bin/python
$python -m stage.office_demonstrations --each 20 --home "$1" "${@:2}"
.venv/bin/byhand dataset build --from all --as office
.venv/bin/byhand learn office --as office --reword 5 --epochs 12 --seed 0
for model in office rules random; do
  .venv/bin/byhand eval "$model" --suite office --families variants,families --episodes 20 --json
done
.venv/bin/byhand eval office --suite office --families variants --episodes 20 --drift LABELS --json
