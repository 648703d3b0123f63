"""What was exported comes back as it was, once, on another machine or on the same."""

from __future__ import annotations

import csv
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.office import record_office, working_days
from posture.errors import UsageError
from posture.log.days import read_days, read_minutes
from posture.log.exchange import export_log, from_json, to_json
from posture.log.exercises import Comfort, ExerciseDone, exercise_done, switched_off, turn_on
from posture.log.importing import import_log
from posture.review.export import activitywatch, write_tables

DAYS = working_days(date(2026, 3, 2), 3)
AT = datetime(2026, 3, 3, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "log.sqlite3"
    record_office(path, DAYS, hours=2)
    exercise_done(path, ExerciseDone("chin-tuck", AT, 30, comfort=Comfort.WORSE))
    return path


@pytest.fixture(scope="module")
def document(path):
    return from_json(to_json(export_log(path, DAYS[0], DAYS[-1])))


def test_a_log_moves_to_another_machine_whole(path, document, tmp_path):
    other = tmp_path / "log.sqlite3"
    brought = import_log(other, document)
    assert (brought.updated, brought.known) == (0, 0)
    before, after = (read_days(where, DAYS[0], DAYS[-1]) for where in (path, other))
    for part in ("intervals", "alerts", "rests"):
        assert getattr(after, part) == getattr(before, part), part
    assert read_minutes(other, DAYS[0], DAYS[-1]) == read_minutes(path, DAYS[0], DAYS[-1])
    assert [e.comfort for e in after.exercises] == [e.comfort for e in before.exercises]
    assert switched_off(other) == {"chin-tuck"}
    again = import_log(other, document)
    assert (again.added, again.updated, again.known) == (0, 0, brought.added)


def test_the_log_it_came_from_takes_nothing_twice(path, document):
    before = sum(interval.seconds for interval in read_days(path, DAYS[0], DAYS[-1]).intervals)
    assert import_log(path, document).added == 0
    after = sum(interval.seconds for interval in read_days(path, DAYS[0], DAYS[-1]).intervals)
    assert after == before


def test_an_export_of_the_morning_is_brought_up_to_date_by_one_of_the_evening(document, tmp_path):
    morning = json.loads(json.dumps(document))
    last = morning["tables"]["interval"].pop()
    shortened = morning["tables"]["interval"][-1]
    evening = shortened["seconds"] + last["seconds"]
    shortened["seconds"] /= 2
    other = tmp_path / "log.sqlite3"
    import_log(other, morning)
    brought = import_log(other, document)
    assert (brought.added, brought.updated) == (1, 1)
    days = read_days(other, DAYS[-1])
    assert sum(i.seconds for i in days.intervals[-2:]) == pytest.approx(evening)


def test_an_old_export_does_not_switch_an_exercise_off_again(document, tmp_path):
    other = tmp_path / "log.sqlite3"
    turn_on(other, "chin-tuck", AT + timedelta(days=1))
    import_log(other, document)
    assert switched_off(other) == frozenset()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: d.update(format="else"), "no export of posture"),
        (lambda d: d.update(version=99), "version 99"),
        (lambda d: d["tables"].pop("run"), "tables"),
        (lambda d: d["tables"]["alert"][0].pop("at"), "columns"),
        (lambda d: d["tables"]["alert"][0].update(at=["x"]), "plain value"),
        (lambda d: d["tables"]["run"][0].update(seconds="long"), "'long' is no seconds"),
        (lambda d: d["tables"]["interval"][0].update(began="noon"), "'noon' is no began"),
        (lambda d: d["tables"]["interval"][0].update(state="flying"), "'flying' is no state"),
        (lambda d: d["tables"]["interval"][0].update(faults="sloth"), "'sloth' is no faults"),
    ],
)
def test_a_document_that_does_not_hold_changes_nothing(document, tmp_path, spoil, says):
    spoiled = json.loads(json.dumps(document))
    spoil(spoiled)
    other = tmp_path / "log.sqlite3"
    with pytest.raises(UsageError, match=says):
        import_log(other, spoiled)
    assert not read_days(other, DAYS[0], DAYS[-1]).intervals


def test_text_that_is_spoiled_is_refused_and_not_half_read(document, tmp_path):
    packed = json.loads(to_json(document))
    packed["tables"]["alert"]["rows"][0].pop()
    with pytest.raises(UsageError, match="a row of alert has not the columns"):
        import_log(tmp_path / "log.sqlite3", from_json(json.dumps(packed)))
    with pytest.raises(UsageError, match="no export of posture"):
        import_log(tmp_path / "log.sqlite3", from_json("[1, 2]"))


def test_csv_has_a_file_for_every_table(path, document, tmp_path):
    write_tables(document, tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "minute.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    minutes = read_minutes(path, DAYS[0], DAYS[-1])
    assert len(rows) == len(minutes)
    assert float(rows[0]["forward_head_deg"]) == minutes[0].spreads["forward_head_deg"].mean


def test_parquet_holds_the_same(document, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write_tables(document, tmp_path / "parquet", "parquet")
    table = parquet.read_table(tmp_path / "parquet" / "interval.parquet")
    assert table.num_rows == len(document["tables"]["interval"])
    assert sum(table["seconds"].to_pylist()) == pytest.approx(
        sum(row["seconds"] for row in document["tables"]["interval"])
    )


def test_activitywatch_gets_a_bucket_of_events_that_do_not_overlap(document):
    (bucket,) = json.loads(activitywatch(document, "desk"))["buckets"].values()
    assert (bucket["id"], bucket["hostname"]) == ("posture_desk", "desk")
    ends = None
    for event in bucket["events"]:
        begins = datetime.fromisoformat(event["timestamp"])
        assert ends is None or (begins - ends).total_seconds() > -0.01
        ends = begins + timedelta(seconds=event["duration"])
        assert event["data"]["status"] in {"good", "poor", "unseen"}


def test_an_import_is_all_or_nothing(document, tmp_path):
    other = tmp_path / "log.sqlite3"
    import_log(other, {**document, "tables": {name: [] for name in document["tables"]}})
    with sqlite3.connect(other) as connection:
        connection.execute(
            "CREATE TRIGGER no BEFORE INSERT ON setting BEGIN SELECT raise(ABORT, 'no'); END"
        )
    connection.close()
    with pytest.raises(Exception, match="cannot be used"):
        import_log(other, document)
    assert not read_days(other, DAYS[0], DAYS[-1]).intervals
