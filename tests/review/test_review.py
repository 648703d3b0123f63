"""The record as its owner sees it: the real commands, on a made-up fortnight."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.office import record_office, working_days
from posture.config.load import load_config
from posture.instant import Instant
from posture.judge.verdict import Fault, State, Verdict
from posture.log.days import read_days
from posture.log.effects import around_exercises, effects
from posture.log.hours import by_hour
from posture.log.store import Store
from posture.log.summary import each_day, sum_up, summarise
from posture.log.trends import heat_map, weeks
from posture.pose.landmarks import UnseenReason
from posture.review.period import Period, Span
from posture.review.report import build, render
from posture.review.what_if import what_if

DAYS = working_days(date(2026, 3, 2), 7)
LAST = DAYS[-1]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    record_office(folder / "log.sqlite3", DAYS, hours=4)
    return folder


@pytest.fixture(scope="module")
def path(data):
    return data / "log.sqlite3"


def posture(*arguments, data, **options):
    env = {**os.environ, "POSTURE_DATA_DIR": str(data), "COLUMNS": "100", "HOME": str(data)}
    command = [sys.executable, "-m", "posture", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, **options)


def test_a_day_in_the_terminal_says_what_adds_up_and_what_was_said(data):
    done = posture("log", LAST.isoformat(), data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tuesday, 10 March 2026" in done.stdout
    assert re.search(r"Seen for 3 h \d\d of 4 h 00; \d+ % of that in good posture", done.stdout)
    assert re.search(r"\d+ points (more|less) good posture than in the seven days", done.stdout)
    assert re.search(r"head forward, \+\d+° for \d+ min: corrected after", done.stdout)
    assert "Best hour" in done.stdout
    week = posture("log", LAST.isoformat(), "--week", data=data).stdout
    assert "Week from 9 March to 15 March 2026" in week
    assert "Mon 9 Mar" in week


def test_json_and_csv_have_the_same_numbers(data, path):
    summary = summarise(path, LAST)
    content = json.loads(posture("log", str(LAST), "--json", data=data).stdout)
    (row,) = csv.DictReader(io.StringIO(posture("log", str(LAST), "--csv", data=data).stdout))
    assert content["ran_s"] == pytest.approx(summary.total_s, abs=0.1)
    assert float(row["good_s"]) == content["good_s"]
    states = [float(value) for name, value in row.items() if name.startswith("state_")]
    assert sum(states) == pytest.approx(content["ran_s"], abs=0.5)
    assert len(content["alerts_given"]) == int(row["alerts"])


def test_an_empty_log_and_a_time_before_it_have_their_own_words(data, tmp_path):
    assert "Nothing is recorded yet" in posture("today", data=tmp_path).stdout
    assert "The log begins on" in posture("log", "2025-01-01", data=data).stdout
    first = posture("log", DAYS[0].isoformat(), data=data).stdout
    assert "the first day of your log" in first
    odd = posture("log", "gestern", data=data)
    assert (odd.returncode, "2026-03-02" in odd.stderr) == (2, True)


def test_wiping_asks_deletes_and_says_so(data, tmp_path):
    copy = tmp_path / "log.sqlite3"
    copy.write_bytes((data / "log.sqlite3").read_bytes())
    refused = posture("log", "wipe", "--all", data=tmp_path, input="n\n")
    assert refused.returncode == 1
    assert summarise(copy, LAST).total_s > 0
    assert posture("log", "wipe", data=tmp_path).returncode == 2
    done = posture("log", "wipe", "--before", str(LAST), "--yes", data=tmp_path)
    assert "Deleted 6 days" in done.stdout
    assert summarise(copy, DAYS[0]).total_s == 0
    assert summarise(copy, LAST).total_s > 0


def test_wiping_is_refused_while_a_monitor_runs(data, tmp_path):
    script = (
        "from posture.service.instance import only_one\n"
        "with only_one(): print('holding', flush=True); input()"
    )
    env = {**os.environ, "POSTURE_DATA_DIR": str(tmp_path)}
    monitor = subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdin=-1, stdout=-1, text=True
    )
    assert monitor.stdout.readline() == "holding\n"
    done = posture("log", "wipe", "--all", "--yes", data=tmp_path)
    monitor.communicate("\n")
    assert done.returncode == 50
    assert "already running" in done.stderr


def test_export_and_import_go_from_one_folder_to_another(data, tmp_path):
    file = tmp_path / "log.json"
    assert posture("export", "--out", str(file), data=data).returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    other = tmp_path / "other"
    brought = posture("import", str(file), data=other)
    assert "0 were here already" in brought.stdout
    assert "0 rows are new" in posture("import", str(file), data=other).stdout
    assert summarise(other / "log.sqlite3", LAST) == summarise(data / "log.sqlite3", LAST)


class Page(html.parser.HTMLParser):
    """What a browser would fetch or run, and the ids and links of a page."""

    def __init__(self):
        super().__init__()
        self.loads, self.ids, self.refers, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.loads += [given[a] for a in ("src", "href", "action", "poster") if given.get(a)]
        self.ids += [given["id"]] if "id" in given else []
        self.refers += given.get("aria-labelledby", "").split()
        self.refers += re.findall(r"url\(#([^)]+)\)", given.get("fill", ""))
        assert not any(name.startswith("on") or name == "style" for name in given)


@pytest.mark.parametrize("span", list(Span))
def test_a_report_fetches_nothing_runs_nothing_and_refers_to_what_is_there(path, span):
    page = Page()
    content = render(build(path, Period.around(LAST, span)))
    page.feed(content)
    assert page.loads == []
    assert "script" not in page.tags
    assert "@import" not in content
    assert len(page.ids) == len(set(page.ids))
    assert set(page.refers) <= set(page.ids)
    assert page.tags.count("table") == page.tags.count("figure") > 2


def test_the_command_writes_a_report_that_only_the_user_can_read(data, tmp_path):
    file = tmp_path / "r.html"
    done = posture("report", str(LAST), "--out", str(file), data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert file.stat().st_mode & 0o077 == 0
    nowhere = posture("report", "--out", str(tmp_path / "no" / "r.html"), data=data)
    assert nowhere.returncode == 2


def test_days_without_anything_to_show_say_why(path, tmp_path):
    assert "Nothing is recorded yet" in page_of(tmp_path / "log.sqlite3", LAST)
    assert "Your log begins on" in page_of(path, date(2026, 1, 1))
    assert "The program did not run" in page_of(path, date(2026, 3, 7))
    assert "nothing earlier to compare" in page_of(path, DAYS[0])


def test_a_day_on_which_nothing_could_be_measured_says_what_was_in_the_way(tmp_path):
    path = tmp_path / "log.sqlite3"
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    with Store.open(path) as store:
        for k in range(60):
            verdict = Verdict(
                k * 60.0, State.UNSURE, UnseenReason.TOO_DARK, (), None, max(0, k - 1) * 60.0
            )
            store.record(verdict, Instant(k * 60.0, at + timedelta(minutes=k)))
    page = page_of(path, at.date())
    assert "nothing could be measured: too dark (59 min)" in page
    assert "Good posture</dt>" not in page


def test_weeks_and_hours_add_up_to_the_days(path):
    days = read_days(path, DAYS[0], LAST)
    summary = sum_up(days)
    both = weeks(path, DAYS[0], LAST)
    assert [week.days for week in both] == [5, 2]
    assert sum(week.observed_s for week in both) == pytest.approx(summary.observed_s)
    assert sum(week.good_s for week in both) == pytest.approx(summary.good_s)
    assert sum(week.alerts for week in both) == len(summary.alerts)
    hours = heat_map(path, DAYS[0], LAST)
    assert sum(hour.observed_s for hour in hours) == pytest.approx(summary.observed_s)
    assert sum(day.total_s for day in each_day(days)) == pytest.approx(summary.total_s)


def test_an_interval_over_the_hour_counts_in_both_hours():
    at = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
    first, second = by_hour([(at, 3600, True)])
    assert (first.hour, first.good_s, second.hour, second.good_s) == (9, 900, 10, 2700)


def test_effects_tell_how_fast_alerts_were_corrected_and_exercises_what_came_after(path):
    found = {effect.fault: effect for effect in effects(path, DAYS[0], LAST)}
    head = found[Fault.FORWARD_HEAD]
    assert sum(head.outcomes.values()) == head.alerts
    assert list(head.after_s) == sorted(head.after_s)
    assert 0 <= head.median_s < 300
    (tuck,) = [a for a in around_exercises(path, DAYS[0], LAST) if a.exercise == "chin-tuck"]
    # The made-up person follows two alerts of three.
    assert tuck.head_after_deg < tuck.head_before_deg


def test_a_stricter_limit_would_have_alerted_more_and_a_looser_one_less(path):
    config = load_config()
    as_is = what_if(path, DAYS[0], LAST, config)

    def at(enter_deg, leave_deg):
        head = config.judge.forward_head.model_copy(
            update={"enter_deg": enter_deg, "leave_deg": leave_deg}
        )
        judge = config.judge.model_copy(update={"forward_head": head})
        return what_if(path, DAYS[0], LAST, config.model_copy(update={"judge": judge}))

    count = {deg: at(deg, deg - 3).get(Fault.FORWARD_HEAD, 0) for deg in (7, 12, 40)}
    assert count[7] > count[12] > count[40] == 0
    given = sum(
        alert.fault is Fault.FORWARD_HEAD for alert in read_days(path, DAYS[0], LAST).alerts
    )
    assert as_is[Fault.FORWARD_HEAD] == pytest.approx(given, rel=0.35)


def page_of(path, day):
    return render(build(path, Period.around(day, Span.DAY)))
