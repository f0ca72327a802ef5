"""BrowserGym, both ways round: the office as its tasks, for anybody's agent; a model of ours as an agent on its tasks.

BrowserGym (github.com/ServiceNow/BrowserGym, Apache-2.0) makes a gymnasium environment of a browser: an agent is given
an observation and answers with a line such as `click("12")`, where 12 is the `bid` that it wrote on an element.

Rules of this room: it asks for an older Playwright than we do, so it lives in an environment of its own
(`runs/browsergym.sh`) and is imported late. What a model is shown is our observer's list and no other, as it would
refuse one; BrowserGym's own trees are not read.
"""
