"""Dates as outlets write them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.arabic.dates import find_dates, today_weekdays


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020-10-09T13:50:00+03:00", date(2020, 10, 9)),
        ("الأربعاء 14 أكتوبر 2020 - 10:30 م", date(2020, 10, 14)),
        ("٢٤ آب/أغسطس ٢٠٢٣", date(2023, 8, 24)),
        ("3 كانون الثاني 2021", date(2021, 1, 3)),
        ("12 جانفي 2022", date(2022, 1, 12)),
        ("5 غشت 2019", date(2019, 8, 5)),
        ("14/10/2020", date(2020, 10, 14)),
        ("Posted by a ministry on Wednesday, 14 October 2020", date(2020, 10, 14)),
        ("August 23, 2023", date(2023, 8, 23)),
    ],
)
def test_full_dates(text: str, found: date) -> None:
    assert list(find_dates(text)) == [found]


@pytest.mark.parametrize("text", ["وفي 27 سبتمبر الماضي", "31/02/2020", "عام 2020", "قتل 14 شخصا", "120/10/20201"])
def test_no_full_date(text: str) -> None:
    assert list(find_dates(text)) == []


def test_today() -> None:
    assert today_weekdays("أعلنت الوزارة اليوم الأربعاء، وليس أمس الثلاثاء") == [2]
