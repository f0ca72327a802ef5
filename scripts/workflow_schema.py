"""Makes docs/formats/workflow.schema.json from the program's own parts: `python -m scripts.workflow_schema`."""

from __future__ import annotations

from pathlib import Path

from byhand.workflows.filing.schema import schema_text

SCHEMA = Path(__file__).parent.parent / "docs" / "formats" / "workflow.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), "utf-8")
    print(SCHEMA)
