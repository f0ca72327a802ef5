#!/usr/bin/env bash
# What people showed: the public human demonstrations of two tasks of MiniWoB++ (stanfordnlp/miniwob-plusplus-demos, no licence
# stated: from a folder of your own, nothing of them is kept here), learned alone and together, judged in live pages. Some 20
# CPU minutes.
# runs/human.sh HOME DEMOS [EPOCHS]      DEMOS: a folder with one for each task. EPOCHS: 45 if left out
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
demos=$2 epochs=${3:-45}
tasks=(email-inbox-nl-turk social-media)
for task in "${tasks[@]}"; do
  .venv/bin/byhand dataset import miniwob-human "$demos/$task" --as "$task"
done
learn() {
  .venv/bin/byhand learn "${@:2}" --as "$1" --seed 0 --epochs "$epochs" --width 64 --layers 2 --json >"$BYHAND_HOME/$1.learned.jsonl"
}
judge() {
  .venv/bin/byhand eval "$1" --suite miniwob --tasks "$2" --episodes 100 --json | tee "$BYHAND_HOME/$1.jsonl"
}
for task in "${tasks[@]}"; do
  learn "human-$task" "$task"
  judge "human-$task" "$task"
done
learn human-both "${tasks[@]}"
judge human-both email-inbox-nl-turk,social-media
