"""The largest roster in any format. A larger one is a mistake or an attack."""

from __future__ import annotations

#: A roster of 100,000 rows with twenty columns is about 20 MB.
MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 256

TOO_MANY_ROWS = f"holds more than {MAX_ROWS} rows; split it"
