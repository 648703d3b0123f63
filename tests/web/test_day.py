"""Day and Trends on a made-up month."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from posture.log.summary import summarise
from posture.places import log_path
from posture.web.day_view import rows, total


def seconds(text):
    hours, minutes, rest = (int(part) for part in text.split(":"))
    return 3600 * hours + 60 * minutes + rest


def test_the_minutes_by_state_add_up_to_the_time_the_program_ran(page, url, month):
    page.goto(f"{url}day?date={month}")
    table = page.get_by_role("table").first
    shown = [seconds(text) for text in table.locator("tbody td.number").all_inner_texts()]
    ran = seconds(table.locator("tfoot td.number").inner_text())
    assert sum(shown) == ran
    assert abs(ran - summarise(log_path(), month).total_s) <= 0.5


def test_rounding_never_breaks_the_sum(month, today):
    for ago in range(31):
        summary = summarise(log_path(), today - timedelta(days=ago))
        assert sum(seconds(row.time) for row in rows(summary)) == seconds(total(summary))


def test_the_keyboard_moves_through_the_day_and_zooms(page, url, month):
    page.goto(f"{url}day?date={month}")
    cursor = page.get_by_role("slider", name="Time of day")
    cursor.focus()
    cursor.press("PageUp")
    assert cursor.get_attribute("aria-valuetext").startswith("09:15")
    cursor.press("ArrowRight")
    words = cursor.get_attribute("aria-valuetext")
    assert words.startswith("09:16")
    assert page.locator("#readout").inner_text().replace(" · ", ", ") == words
    day = page.locator("#timeline").screenshot()
    cursor.press("+")
    page.wait_for_timeout(100)
    assert page.locator("#timeline").screenshot() != day
    cursor.press("0")
    page.wait_for_timeout(100)
    assert page.locator("#timeline").screenshot() == day


def test_each_curve_is_drawn_with_its_limits(page, url, month):
    page.goto(f"{url}day?date={month}")
    expect(page.locator("#curve-legend")).to_contain_text("Head forward")
    head = page.locator("#curve canvas").screenshot()
    page.get_by_label("Curve").select_option("Eyes to camera")
    expect(page.locator("#curve-legend")).to_contain_text("limit: begins")
    assert page.locator("#curve canvas").screenshot() != head


def test_days_are_reached_by_link_and_by_date(page, url, month):
    page.goto(f"{url}day?date={month}")
    page.get_by_role("link", name="Day before").click()
    assert page.url.endswith(f"day?date={month - timedelta(days=1)}")
    page.get_by_label("Day", exact=True).fill(str(month))
    page.get_by_role("button", name="Show").click()
    assert page.locator("h1").inner_text().endswith(f"{month:%Y}")
    page.goto(f"{url}day?date={month - timedelta(days=2)}")
    assert page.get_by_text("did not run on this day").is_visible()


def test_without_script_the_day_is_told_in_tables(chromium, url, month):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}day?date={month}")
    assert page.get_by_text("Seen for").is_visible()
    assert page.get_by_role("table").count() >= 2
    assert not page.locator("#charts").is_visible()
    context.close()


@pytest.mark.parametrize("weeks", [4, 12, 52])
def test_trends_show_weeks_hours_and_what_followed(page, url, month, weeks):
    page.goto(f"{url}trends?weeks={weeks}")
    for title in ("Week by week", "Hours of the week", "What followed the alerts"):
        assert page.get_by_role("heading", name=title, exact=True).is_visible()
    row = page.get_by_role("row", name=re.compile("^head forward")).first
    assert re.search(r"\d+ %", row.inner_text())
