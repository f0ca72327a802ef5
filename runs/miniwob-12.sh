#!/usr/bin/env bash
# Twelve tasks of MiniWoB++, 20 demonstrations each, recorded, learned and judged in live pages: about 12 minutes on 2 cores.
# runs/miniwob-12.sh HOME
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
tasks=click-button,click-link,click-option,click-checkboxes,enter-text,focus-text-2,click-dialog-2,click-tab-2,choose-list
tasks+=,click-test-2,enter-text-dynamic,use-autocomplete
.venv/bin/python -m stage.demonstrations --tasks "$tasks" --each 20 --home "$1"
.venv/bin/byhand dataset build --from all --as miniwob-12
.venv/bin/byhand learn miniwob-12 --as miniwob-12 --epochs 30 --seed 0
.venv/bin/byhand eval miniwob-12 --suite miniwob --tasks "$tasks" --episodes 20
.venv/bin/byhand eval miniwob-12 --suite offline --dataset miniwob-12
.venv/bin/byhand eval rules --suite miniwob --tasks "$tasks" --episodes 20
.venv/bin/byhand eval random --suite miniwob --tasks "$tasks" --episodes 20
