"""Settings from the page into the user's own file."""

from __future__ import annotations

import re
import tomllib

import pytest

from posture.config.load import load_config
from posture.places import user_config_path

OWN = """# My settings
[judge.forward_head]
enter_deg = 12.0  # as the physiotherapist said

[alert]
quiet_hours = [
  "12:30-13:15",  # lunch
]
"""


@pytest.fixture
def own(environment):
    path = user_config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OWN)
    yield path
    path.unlink(missing_ok=True)


def test_saving_changes_one_value_and_keeps_every_comment(page, url, own):
    page.goto(f"{url}settings/judge")
    page.get_by_label("The fault begins above this").first.fill("9,5")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("status").first.inner_text().startswith("Saved")
    assert own.read_text() == OWN.replace("12.0", "9.5")


def test_a_list_keeps_the_comments_within_it(page, url, own):
    page.goto(f"{url}settings/alert")
    page.get_by_label("Never speak during these").fill("12:30-13:15, 20:00-07:00")
    page.get_by_role("button", name="Save").click()
    assert '"12:30-13:15",  # lunch' in own.read_text()
    assert load_config().alert.quiet_hours == ("12:30-13:15", "20:00-07:00")


def test_without_a_file_one_is_made_for_the_user_alone(page, url, environment):
    page.goto(f"{url}settings/alert")
    page.get_by_label("Alerts in any 60 minutes").fill("2")
    page.get_by_label("overlay").check()
    page.get_by_role("button", name="Save").click()
    path = user_config_path()
    assert tomllib.loads(path.read_text()) == {
        "alert": {"max_per_hour": 2, "escalation": ["notification", "overlay"]}
    }
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("judge.forward_head.enter_deg", "90", "from 2 to 60"),
        ("judge.forward_head.enter_deg", "much", "must be a number"),
        ("judge.forward_head.enter_deg", "nan", "must be a number"),
        ("judge.forward_head.leave_deg", "30", "leave_deg must be below enter_deg"),
    ],
)
def test_a_value_that_does_not_hold_is_refused_beside_its_field(
    page, url, own, *, name, text, said
):
    page.goto(f"{url}settings/judge")
    page.locator(f'[name="{name}"]').fill(text)
    page.get_by_role("button", name="Save").click()
    card = page.locator('section[id="judge.forward_head"]')
    assert said in card.locator(".field-problem").inner_text()
    assert page.locator(f'[name="{name}"]').input_value() == text
    assert own.read_text() == OWN


def test_a_page_older_than_the_file_does_not_overwrite_it(page, url, own):
    page.goto(f"{url}settings/judge")
    changed = OWN.replace("12.0", "14.0")
    own.write_text(changed)
    page.locator('[name="judge.slump.enter_deg"]').fill("25")
    page.get_by_role("button", name="Save").click()
    assert "has changed since" in page.get_by_role("alert").inner_text()
    assert own.read_text() == changed


def test_a_broken_file_is_shown_with_its_line_and_left_alone(page, url, own):
    own.write_text("[judge.forward_head]\nenter_deg = 100\n")
    page.goto(f"{url}settings/judge")
    alert = page.get_by_role("alert").inner_text()
    assert "Line 2" in alert
    assert "less than or equal to 60" in alert
    assert page.locator("form").count() == 0


def test_a_limit_is_tried_on_last_week_before_it_is_saved(page, url, own, month):
    page.goto(f"{url}settings/judge")
    page.locator('[name="judge.forward_head.leave_deg"]').fill("2")
    page.locator('[name="judge.forward_head.enter_deg"]').fill("4")
    would = page.locator('section[id="judge.forward_head"] .would')
    would.wait_for(timeout=20_000)
    found = re.search(r"(\d+) alerts? about head forward; .* (\d+|no)\.", would.inner_text())
    assert int(found[1]) > int(found[2])
    assert "you would have had" in page.get_by_role("status").inner_text()
    assert own.read_text() == OWN


def test_trying_works_without_script_and_saves_nothing(chromium, url, own, month):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}settings/judge")
    page.locator('[name="judge.forward_head.enter_deg"]').fill("40")
    page.get_by_role("button", name="Try on last week").click()
    assert "you would have had" in page.get_by_role("status").inner_text()
    assert page.locator('[name="judge.forward_head.enter_deg"]').input_value() == "40"
    assert own.read_text() == OWN
    context.close()
