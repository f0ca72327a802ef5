#!/usr/bin/env bash
# Seventy-one tasks of MiniWoB++ by one model: recorded, learned and judged in live pages; about four hours on 2 cores.
# runs/miniwob-71.sh HOME [EACH] [MORE] [MOST]   demonstrations of each task, 20 if left out; of harder ones, 36; of the hardest, 76
set -euo pipefail
cd "$(dirname "$0")/.."
export BYHAND_HOME=$1 BYHAND_KEYRING=file
each=${2:-20} more=${3:-36} most=${4:-76}
harder="buy-ticket,click-checkboxes,click-checkboxes-large,click-checkboxes-transfer,click-menu,click-menu-2,click-widget"
harder+=",email-inbox,email-inbox-delete,email-inbox-forward,email-inbox-forward-nl,email-inbox-forward-nl-turk"
harder+=",email-inbox-important,email-inbox-nl-turk,email-inbox-noscroll,email-inbox-reply,email-inbox-star-reply"
harder+=",enter-text-2,form-sequence-2,form-sequence-3,generate-number,multi-layouts,multi-orderings,odd-or-even"
harder+=",order-food,phone-book,read-table,read-table-2,sign-agreement,social-media,social-media-all"
harder+=",social-media-some,text-transform,use-autocomplete,use-spinner"
hardest="order-food,buy-ticket,sign-agreement,choose-date,choose-date-easy,choose-date-medium,scroll-text-2"
hardest+=",email-inbox-forward-nl,email-inbox-nl-turk,email-inbox-forward-nl-turk,generate-number,click-menu-2"
hardest+=",social-media-some,social-media-all,click-checkboxes-large,phone-book,form-sequence-3,multi-layouts,search-engine"
others="choose-date,choose-date-easy,choose-date-medium,choose-date-nodelay,choose-list,click-button"
others+=",click-button-sequence,click-collapsible,click-collapsible-2,click-collapsible-2-nodelay"
others+=",click-collapsible-nodelay,click-dialog,click-dialog-2,click-link,click-option,click-tab,click-tab-2"
others+=",click-tab-2-easy,click-tab-2-hard,click-tab-2-medium,click-test,click-test-2,click-test-transfer,copy-paste"
others+=",copy-paste-2,enter-date,enter-text,enter-text-dynamic,enter-time,focus-text,focus-text-2,navigate-tree"
others+=",scroll-text-2,search-engine,unicode-test,use-autocomplete-nodelay"
.venv/bin/python -m stage.demonstrations --tasks "$harder,$others" --each "$each" --home "$1"
.venv/bin/python -m stage.demonstrations --tasks "$harder" --each "$more" --home "$1"
.venv/bin/python -m stage.demonstrations --tasks "$hardest" --each "$most" --home "$1"
.venv/bin/byhand dataset build --from all --as miniwob-71
.venv/bin/byhand learn miniwob-71 --as miniwob-71 --epochs 24 --seed 0
.venv/bin/byhand eval miniwob-71 --suite miniwob --tasks "$harder,$others" --episodes 50 --json >"$1/miniwob-71.jsonl"
.venv/bin/byhand model compare "$1/miniwob-71.jsonl" -o "$1/miniwob-71.html"
