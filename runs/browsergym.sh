#!/usr/bin/env bash
# BrowserGym beside Byhand. It asks for a Playwright of 2024, which ours is not, so it gets an environment of its own (1.3 GB).
# The office is checked as its tasks; given a model, that is measured on tasks of BrowserGym. On two quiet cores an episode takes
# four seconds before its first act, as BrowserGym begins two browsers for each.
# runs/browsergym.sh ENV
# runs/browsergym.sh ENV HOME MODEL [TASKS] [EPISODES]
set -euo pipefail
cd "$(dirname "$0")/.."
env=$1 home=${2:-} model=${3:-}
tasks=${4:-miniwob.click-button,miniwob.click-option,miniwob.click-checkboxes,miniwob.enter-text,miniwob.choose-list,miniwob.click-tab-2,miniwob.email-inbox-reply,miniwob.enter-date,miniwob.copy-paste,miniwob.click-collapsible}
locked=(requirements/browsergym.txt requirements/learn.txt)
stamp=$(cat "${locked[@]}" | sha256sum | cut -d' ' -f1)
if [ "$(cat "$env/.made" 2>/dev/null)" != "$stamp" ]; then
  python3 -m venv "$env"
  pip=("$env/bin/python" -m pip install -q --disable-pip-version-check --require-hashes)
  "${pip[@]}" -r "${locked[0]}"
  "${pip[@]}" --no-deps -r "${locked[1]}" ||
    "${pip[@]}" --no-deps -r "${locked[1]}" --extra-index-url https://download.pytorch.org/whl/cpu
  echo "$stamp" >"$env/.made"
fi
# Its chat begins a browser that no option reaches: so the Chromium of this computer stands where its Playwright looks for its own.
revision=$("$env/bin/python" - <<'PYTHON'
import json, pathlib, playwright
listed = json.loads((pathlib.Path(playwright.__file__).parent / "driver/package/browsers.json").read_text())
print(next(one["revision"] for one in listed["browsers"] if one["name"] == "chromium"))
PYTHON
)
browser=$(realpath "$env")/browsers/chromium-$revision
mkdir -p "$browser/chrome-linux"
ln -sf "$(command -v chromium)" "$browser/chrome-linux/chrome"
touch "$browser/INSTALLATION_COMPLETE"
export PLAYWRIGHT_BROWSERS_PATH=${browser%/*} PYTHONPATH=src
if [ -z "$model" ]; then
  "$env/bin/python" -m bench.browsergym --each 1
  exit
fi
export BYHAND_HOME=$home BYHAND_KEYRING=file
for decider in "$model" random; do
  "$env/bin/python" -m byhand eval "$decider" --suite browsergym --tasks "$tasks" --episodes "${5:-5}" --json
done
