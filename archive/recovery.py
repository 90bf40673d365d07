"""What a lone `run` does first: take back what a killed one had claimed."""

from sqlalchemy import Connection


def release_claims(conn: Connection) -> int:
    """Release every claim on sources, entries and deliveries; return how many there were."""
    raise NotImplementedError
