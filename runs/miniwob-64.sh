#!/usr/bin/env bash
# Sixty-four tasks of MiniWoB++ by one model: recorded, learned and judged in live pages; about two hours on 2 cores.
# runs/miniwob-64.sh HOME [EACH]      EACH: demonstrations of each task, 20 if left out
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
each=${2:-20}
tasks="buy-ticket,choose-list,click-button,click-button-sequence,click-checkboxes,click-checkboxes-large"
tasks+=",click-checkboxes-transfer,click-collapsible,click-collapsible-2,click-dialog,click-dialog-2,click-link"
tasks+=",click-menu,click-menu-2,click-option,click-tab,click-tab-2,click-tab-2-easy,click-tab-2-hard"
tasks+=",click-tab-2-medium,click-test,click-test-2,click-test-transfer,click-widget,copy-paste,copy-paste-2"
tasks+=",email-inbox,email-inbox-delete,email-inbox-forward,email-inbox-forward-nl,email-inbox-forward-nl-turk"
tasks+=",email-inbox-important,email-inbox-nl-turk,email-inbox-noscroll,email-inbox-reply,email-inbox-star-reply"
tasks+=",enter-date,enter-text,enter-text-2,enter-text-dynamic,enter-time,focus-text,focus-text-2,form-sequence-2"
tasks+=",form-sequence-3,generate-number,multi-layouts,multi-orderings,navigate-tree,odd-or-even,order-food"
tasks+=",phone-book,read-table,read-table-2,scroll-text-2,search-engine,sign-agreement,social-media"
tasks+=",social-media-all,social-media-some,text-transform,unicode-test,use-autocomplete,use-spinner"
.venv/bin/python -m stage.demonstrations --tasks "$tasks" --each "$each" --home "$1"
.venv/bin/byhand dataset build --from all --as miniwob-64
.venv/bin/byhand learn miniwob-64 --as miniwob-64 --epochs 36 --seed 0
.venv/bin/byhand eval miniwob-64 --suite miniwob --tasks "$tasks" --episodes 20 --json >"$1/miniwob-64.jsonl"
.venv/bin/byhand model compare "$1/miniwob-64.jsonl" -o "$1/miniwob-64.html"
