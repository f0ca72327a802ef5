#!/usr/bin/env bash
# What people showed: the public human demonstrations of two tasks of MiniWoB++ (stanfordnlp/miniwob-plusplus-demos, no licence
# stated: from a folder of your own, nothing of them is kept here). Several small networks learn both tasks, each with its own
# seed, and decide together; judged in live pages. Some 7 CPU minutes a network.
# runs/human.sh HOME DEMOS [MEMBERS]      DEMOS: a folder with one for each task. MEMBERS: networks, 5 if left out
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
demos=$2 many=${3:-5}
tasks=(email-inbox-nl-turk social-media)
members=()
for task in "${tasks[@]}"; do
  .venv/bin/byhand dataset import miniwob-human "$demos/$task" --as "$task"
done
for seed in $(seq "$many"); do
  .venv/bin/byhand learn "${tasks[@]}" --with-tests --as "human-$seed" --seed "$seed" --epochs 45 --width 64 --layers 2
  members+=("human-$seed")
done
.venv/bin/byhand model join "${members[@]}" --as human
for one in human-1 human; do
  .venv/bin/byhand eval "$one" --suite miniwob --tasks email-inbox-nl-turk,social-media --episodes 200 --seed-from 400000 --json
done
