"""The scale of a level meter, and how its peak-hold line falls."""

from __future__ import annotations

import itertools

QUIETEST_DBFS = -120.0  # the level of zeros
SCALE = ((-60.0, 0.0), (-40.0, 0.2), (-20.0, 0.5), (0.0, 1.0))  # dBFS, share of the length: half for the top 20 dB
HOLD_S = 1.5
FALL_DB_PER_S = 20.0 / 1.7  # as the needle of a peak programme meter, IEC 60268-10 type I


def position_on_scale(dbfs: float) -> float:
    """Return the position of a level on the meter: 0 at its start and below, 1 at full scale and above.

    >>> position_on_scale(-60.0), position_on_scale(-10.0), position_on_scale(3.0)
    (0.0, 0.75, 1.0)
    """
    for (low_db, low), (high_db, high) in itertools.pairwise(SCALE):
        if dbfs < high_db:
            return low + (high - low) * max(0.0, dbfs - low_db) / (high_db - low_db)
    return 1.0


class PeakHold:
    """Peak-hold line of a meter: it jumps up to a peak, holds for 1.5 s, and then falls."""

    def __init__(self) -> None:
        self._peak_dbfs, self._reached_s = QUIETEST_DBFS, 0.0

    def push(self, peak_dbfs: float, now_s: float) -> float:
        """Return the level of the line.

        Args:
            peak_dbfs: The peak since the last call.
            now_s: Time in seconds, of a monotonic clock.
        """
        fallen_db = FALL_DB_PER_S * max(0.0, now_s - self._reached_s - HOLD_S)
        if peak_dbfs >= self._peak_dbfs - fallen_db:
            self._peak_dbfs, self._reached_s = peak_dbfs, now_s
            return peak_dbfs
        return self._peak_dbfs - fallen_db
