"""What parcels.txt says, as expectations: each names the lines it rests on."""

from . import access, bodies, changes, lists, orders, removals
from .client import Client

PARTS = [*access.PARTS, *bodies.PARTS, *changes.PARTS, *lists.PARTS, *orders.PARTS, *removals.PARTS]


def judge(make):
    """The expectations that a service does not meet, as lines and a text; each part asks
    a service of its own, which `make` makes."""
    missed = []
    for part in PARTS:
        client = Client(make())
        try:
            part(client)
        except Exception as error:  # a wrong answer can end a part early
            client.missed.append((client.lines, f"{part.__name__}: {type(error).__name__} {error}"))
        missed += client.missed
    return missed
