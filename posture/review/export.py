"""The exported document in the formats that other programs read."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from posture.errors import UsageError
from posture.log.exchange import TABLES, Document, Row

# ActivityWatch's own documents name their buckets watcher_host; the type says what `data` holds.
_CLIENT = "posture"
_BUCKET_TYPE = "posture.state"


def write_tables(document: Document, folder: Path, kind: str) -> list[Path]:
    """Write a file for every table.

    Args:
        document: From `export_log`.
        folder: Where to; made if need be, readable by the user alone.
        kind: `csv` or `parquet`.

    Returns:
        The files.

    Raises:
        UsageError: Parquet without the extra.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write = _write_csv if kind == "csv" else _write_parquet
    files = []
    for name in TABLES:
        path = folder / f"{name}.{kind}"
        write(document["tables"][name], path)
        files.append(path)
    return files


def activitywatch(document: Document, host: str) -> str:
    """The intervals as an ActivityWatch bucket, for its import.

    Args:
        document: From `export_log`.
        host: Name of this machine, which ActivityWatch keeps with every bucket.

    Returns:
        JSON as `aw-server` writes and reads it: times in UTC, durations in seconds.
    """
    intervals = document["tables"]["interval"]
    events = [
        {
            "timestamp": str(row["began"]),
            "duration": row["seconds"],
            "data": {
                "state": row["state"],
                "faults": [fault for fault in str(row["faults"]).split(",") if fault],
                "reason": row["reason"],
                "status": _status(row),
                **{
                    name: row[name]
                    for name in ("forward_head_deg", "shoulder_left_cm", "shoulder_right_cm")
                    if row[name] is not None
                },
            },
        }
        for row in intervals
    ]
    bucket_id = f"{_CLIENT}_{host}"
    bucket = {
        "id": bucket_id,
        "name": None,
        "type": _BUCKET_TYPE,
        "client": _CLIENT,
        "hostname": host,
        "created": events[0]["timestamp"] if events else f"{document['first']}T00:00:00+00:00",
        "data": {},
        "events": events,
    }
    return json.dumps({"buckets": {bucket_id: bucket}}, indent=1, ensure_ascii=False)


def _status(row: Mapping[str, object]) -> str:
    if row["state"] != "present":
        return "unseen"
    return "poor" if row["faults"] else "good"


def _write_csv(rows: Sequence[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if rows:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _write_parquet(rows: Sequence[Row], path: Path) -> None:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet needs one more package.",
            meaning="Nothing was written.",
            action="Run: pip install 'posture[parquet]', or choose --format csv.",
        ) from error
    parquet.write_table(arrow.Table.from_pylist(list(rows)), path)
