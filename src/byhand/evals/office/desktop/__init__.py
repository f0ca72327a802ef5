"""The desktop form: `window.py` runs under the system's own Python, `running.py` starts it and reads what it holds."""
