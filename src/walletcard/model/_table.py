"""What a notebook shows for a value: a small table."""

from __future__ import annotations


def html_table(rows: dict[str, str]) -> str:
    """Return a small two-column table for a notebook."""
    from html import escape  # Only a notebook needs it, and its tables of entities are slow to load.

    lines = (f"<tr><th style='text-align:left'>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows.items())
    return f"<table>{''.join(lines)}</table>"
