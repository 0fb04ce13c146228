"""Days as moments."""

import datetime


def moment(day: datetime.date) -> datetime.datetime:
    """Return noon of a day, so that it is that day in every Danish office."""
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
