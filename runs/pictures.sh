#!/usr/bin/env bash
# What the pictures tell: tasks shown on a virtual screen by real X input, recorded with pictures; a network learns from
# some of them, and is asked about others and about tasks it never saw. About an hour, most of it the recording: a person's
# pace, and few pictures a minute. runs/pictures.sh HOME
set -euo pipefail
cd "$(dirname "$0")/.."
home=$1
export BYHAND_HOME=$home BYHAND_KEYRING=file OMP_NUM_THREADS=1
shown=click-button,click-checkboxes,click-tab,click-collapsible,click-option,drag-items,use-spinner,scroll-text-2
shown+=,click-menu,email-inbox-noscroll,choose-list,choose-date,click-dialog,click-collapsible-2,use-autocomplete
shown+=,navigate-tree,enter-text,drag-box,click-tab-2,search-engine,use-slider,click-checkboxes-large,form-sequence-3
shown+=,order-food,click-widget,click-link,generate-number,text-editor,phone-book,enter-date,buy-ticket,multi-layouts
unseen=click-checkboxes-soft,click-tab-2-hard,click-dialog-2,form-sequence,drag-sort-numbers,email-inbox,click-menu-2
unseen+=,book-flight-nodelay,click-test-2,use-slider-2,focus-text-2,form-sequence-2
recordings() { find "$home/demonstrations" -name '*.told' -printf '%f\n' | sed 's/\.told$//' | sort; }
.venv/bin/python -m stage.pictured --tasks "$shown" --each 4 --home "$home" --batch 32
recordings > "$home/first"
.venv/bin/python -m stage.pictured --tasks "$unseen" --each 4 --home "$home" --batch 48
mapfile -t of_shown < "$home/first"
mapfile -t of_unseen < <(comm -13 "$home/first" <(recordings))
.venv/bin/byhand dataset build --from "${of_shown[@]}" --as shown --shareable
.venv/bin/byhand dataset build --from "${of_unseen[@]}" --as unseen --shareable
.venv/bin/byhand learn shown --as eyes --frames --seed 0
.venv/bin/byhand eval eyes --suite pictures --dataset shown
.venv/bin/byhand eval eyes --suite pictures --dataset unseen
