"""Time zones by name."""

from __future__ import annotations

import zoneinfo

import pytest

from digest.zones import nearest_zone, zone_of


def test_every_zone_is_found_by_its_name() -> None:
    for name in ("Asia/Dubai", "America/Argentina/Buenos_Aires", "UTC"):
        assert zone_of(name) == zoneinfo.ZoneInfo(name)
    assert zone_of("") is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Cairo", "Africa/Cairo"),
        ("asia/beirut", "Asia/Beirut"),
        ("Europe/Berln", "Europe/Berlin"),
        ("Buenos Aires", "America/Buenos_Aires"),
        ("Louisville", "America/Louisville"),
        ("Xqzw", None),
        ("", None),
    ],
)
def test_the_nearest_zone(name: str, near: str | None) -> None:
    known = {"Africa/Cairo", "Asia/Beirut", "Europe/Berlin", "America/Buenos_Aires", "America/Argentina/Buenos_Aires"}
    assert nearest_zone(name, known | {"America/Kentucky/Louisville", "America/Louisville"}) == near


@pytest.mark.parametrize("name", ["Asia", "../etc/passwd", "/etc/passwd", "Asia/Dubai\0", " ", "x" * 5000, "\udce9"])
def test_what_is_no_zone_is_said_in_one_line(name: str) -> None:
    with pytest.raises(ValueError, match="is no time zone; ") as error:
        zone_of(name)
    assert "\n" not in str(error.value)


def test_a_machine_without_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    with pytest.raises(ValueError, match="this machine knows no time zones: pip install tzdata"):
        zone_of("Asia/Nowhere")
