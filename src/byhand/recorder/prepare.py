"""Wires one recording: consent checked, lock taken, vault and driver opened, sign shown. In that order: whatever is missing
ends it before a hook is installed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from byhand import __version__
from byhand.capture.driver import Driver
from byhand.capture.open import open_driver
from byhand.consent.decide import decide
from byhand.consent.policy import parse
from byhand.errors import AlreadyRecording, RecorderError
from byhand.events.ids import short
from byhand.events.kinds import Header
from byhand.privacy.guard import Guard
from byhand.recorder.control import Command, Control, Status
from byhand.recorder.daemon import Job, Recorder, Sign, system_clocks
from byhand.recorder.indicator import Indicator
from byhand.recorder.launch import Order
from byhand.recorder.sandbox import Hardened
from byhand.vault.keys import open_keys
from byhand.vault.store import Vault
