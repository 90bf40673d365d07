"""Presses and pieces for the demo's own tests."""

from datetime import UTC, datetime

from wirewatch.demo.press import Press
from wirewatch.demo.script import Outlet, Piece, Publish, load

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:5001"
SCRIPT = load()


def outlet(outlet_id: str) -> Outlet:
    return next(each for each in SCRIPT.outlets if each.id == outlet_id)


def pieces_of(outlet_id: str) -> list[Piece]:
    published = [each.piece for each in SCRIPT.happenings if isinstance(each, Publish)]
    return [piece for piece in (*SCRIPT.before, *published) if piece.outlet == outlet_id]


def piece(piece_id: str) -> Piece:
    return next(
        piece for each in SCRIPT.outlets for piece in pieces_of(each.id) if piece.id == piece_id
    )


def full_press(outlet_id: str) -> Press:
    """Return a press that has published everything that its outlet has."""
    press = Press(outlet(outlet_id), BASE)
    for each in pieces_of(outlet_id):
        press.publish(each, NOW)
    return press
