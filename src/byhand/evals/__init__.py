"""Measuring the guard instead of promising: suites over data given by path, one scorecard."""
