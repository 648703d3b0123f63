"""What a browser sends when a form is submitted."""

from __future__ import annotations

from starlette.requests import Request

_MOST_FIELDS = 500


async def read_form(request: Request) -> dict[str, list[str]]:
    """All values of every field.

    Args:
        request: A POST; the guard has bounded its size.

    Returns:
        Values in order, by name; files are left out.
    """
    values: dict[str, list[str]] = {}
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                values.setdefault(name, []).append(value)
    return values
