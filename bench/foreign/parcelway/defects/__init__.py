"""What can be wrong with the service, one thing at a time. The service itself knows of none."""

import csv
from pathlib import Path

from . import access, changes, creates, filters, orders, pages, refusals, removals, shown, uniques
from .registry import ALL

TABLE = Path(__file__).parents[2] / "defects.tsv"

__all__ = ["ALL", "rows"]


def rows():
    """The table of defects: name, what it does, the lines that it breaks, and who owns it."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
