#!/usr/bin/env bash
# An adapter of Qwen3-VL (2 billion weights) on twelve tasks of MiniWoB++: what runs/miniwob-12.sh recorded, learned by a model
# that speaks. NOT RUN SO FAR: there was no GPU. What was run is a tiny random model on two cores (docs/learning.md).
# runs/qwen3-vl.sh HOME [BASE]      one GPU
# GPUS=4 runs/qwen3-vl.sh HOME      several, by FSDP
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file HF_HUB_DISABLE_TELEMETRY=1
base=${2:-Qwen/Qwen3-VL-2B-Instruct} gpus=${GPUS:-1}
learn=(learn miniwob-12 --as qwen3-vl --model "$base" --lora --device cuda --seed 0 --spelled 1)
if [ "$gpus" -gt 1 ]; then
  .venv/bin/accelerate launch --config_file runs/fsdp.yaml --num_processes "$gpus" -m byhand "${learn[@]}"
else
  .venv/bin/byhand "${learn[@]}"
fi
.venv/bin/byhand eval qwen3-vl --suite offline --dataset miniwob-12
.venv/bin/byhand eval qwen3-vl --suite miniwob --episodes 20 \
  --tasks click-button,click-link,click-option,click-checkboxes,enter-text,focus-text-2,click-dialog-2,click-tab-2,choose-list,click-test-2,enter-text-dynamic,use-autocomplete
