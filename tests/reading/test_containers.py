"""Feeds, mails, saved pages and archives: every article in them is found."""

from __future__ import annotations

import io
import json
import tarfile
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

import pytest

from digest.reading import read_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from digest.reading import Reading

LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية بسبب تلوث المياه في الآبار."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة، وإنها أخذت عينات من كل الآبار."
HTML = f"<p>{LEAD}</p><script>x()</script><p>{MORE} &amp; أكثر</p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>صحيفة المثال</title>
<item><title>عنوان أول</title><link>https://example.org/1</link><guid>id-1</guid><category>صحة</category>
<pubDate>Wed, 14 Oct 2020 12:00:00 +0000</pubDate><description><![CDATA[{HTML}]]></description></item>
<item><title>بلا نص</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة المثال</title><entry><id>a</id><title>عنوان</title>
<updated>2020-10-14T12:00:00Z</updated><published>2020-10-14T12:00:00Z</published><summary>موجز</summary>
<content type="html"><![CDATA[{HTML}]]></content></entry></feed>"""


def read(path: Path, data: bytes) -> Reading:
    path.write_bytes(data)
    return read_inputs([str(path)], io.BytesIO())


@pytest.mark.parametrize(("name", "feed"), [("day.rss", RSS), ("day.xml", ATOM), ("day", RSS)])
def test_feeds(tmp_path: Path, name: str, feed: str) -> None:
    reading = read(tmp_path / name, feed.encode())
    (document,) = reading.documents
    assert document.text == f"{LEAD}\n{MORE} & أكثر"
    assert document.hints.outlet == "صحيفة المثال"
    assert document.hints.published == date(2020, 10, 14)
    assert len(reading.failures) == (feed is RSS)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Wed, 14 Oct 2020 00:30:00 +0300", date(2020, 10, 14)),
        ("14 Oct 2020 23:30:00 -0500", date(2020, 10, 14)),
        ("2020-10-14T00:30:00+03:00", date(2020, 10, 14)),
        ("Wed Oct 14 12:00:00 2020", date(2020, 10, 14)),
        ("2020.10.14 12:00", date(2020, 10, 14)),
        ("14 أكتوبر 2020 - 1:00 ص", date(2020, 10, 14)),
        ("32 Oct", None),
        ("", None),
    ],
)
def test_the_day_of_an_entry_is_the_outlets_wherever_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, stated: str, day: date | None
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        feed = RSS.replace("Wed, 14 Oct 2020 12:00:00 +0000", stated)
        assert read(tmp_path / "day.rss", feed.encode()).documents[0].hints.published == day
    finally:
        monkeypatch.undo()
        time.tzset()


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": "عنوان", "content_html": HTML}],
    }
    (document,) = read(tmp_path / "feed.json", json.dumps(feed).encode()).documents
    assert document.text == f"{LEAD}\n{MORE} & أكثر"


@pytest.mark.parametrize(
    "feed", [b"<rss version='2.0'><channel></channel></rss>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss></rss>"]
)
def test_what_is_no_feed_says_so(tmp_path: Path, feed: bytes) -> None:
    reading = read(tmp_path / "day.xml", feed)
    assert (reading.documents, len(reading.failures)) == ((), 1)


def mail(plain: str | None, html: str | None, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "وزارة الصحة تسجل إصابات"
    message["From"] = "صحيفة المثال <news@example.org>"
    message["Date"] = "Wed, 14 Oct 2020 12:00:00 +0300"
    message.set_content(plain or "", charset=charset)
    if html:
        message.add_alternative(html, subtype="html", charset=charset)
    return message


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize(
    ("plain", "html"), [(f"{LEAD}\n{MORE}\n", None), ("انظر النسخة الكاملة", f"<p>{LEAD}</p><p>{MORE}</p>")]
)
def test_mails(tmp_path: Path, plain: str, html: str | None, charset: str) -> None:
    (document,) = read(tmp_path / "day.eml", mail(plain, html, charset).as_bytes()).documents
    assert document.text.split("\n")[:2] == [LEAD, MORE]
    hints = document.hints
    assert (hints.title, hints.outlet, hints.published) == (
        "وزارة الصحة تسجل إصابات",
        "صحيفة المثال",
        date(2020, 10, 14),
    )


def test_attachments_that_are_articles(tmp_path: Path) -> None:
    message = mail(f"{LEAD}\n", None)
    message.add_attachment(f"{MORE}\n", filename="second.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="picture.png")
    first, second = read(tmp_path / "day.eml", message.as_bytes()).documents
    assert (first.text.strip(), second.text.strip()) == (LEAD, MORE)
    assert second.origin.endswith("day.eml#2")


def test_a_page_as_a_browser_saves_it(tmp_path: Path) -> None:
    saved = MIMEMultipart("related")
    saved["Snapshot-Content-Location"] = "https://example.org/1"
    saved["Subject"] = "x"
    page = f"<html><head><title>عنوان الصفحة</title></head><body><article><p>{LEAD}</p><p>{MORE}</p></article></body></html>"
    saved.attach(MIMEText(page, "html", "utf-8"))
    (document,) = read(tmp_path / "page.mhtml", saved.as_bytes()).documents
    assert document.text.split("\n") == [LEAD, MORE]


def members(kind: str) -> bytes:
    files = {"day/a.txt": LEAD.encode(), "day/b.html": f"<html><body><p>{MORE}</p></body></html>".encode()}
    files |= {"day/.hidden.txt": b"x", "day/data.tsv": b"x", "day/bad.txt": b"\0", "day/inner.zip": b"PK\x03\x04"}
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(fileobj=stream, mode="w:gz") as tar:
            for name, data in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
            link = tarfile.TarInfo("day/link.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
    return stream.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("zip", "day.zip"), ("tar", "day.tar.gz"), ("zip", "day")])
def test_archives(tmp_path: Path, kind: str, name: str) -> None:
    reading = read(tmp_path / name, members(kind))
    assert [document.origin for document in reading.documents] == [
        f"{tmp_path / name}/day/{n}" for n in ("a.txt", "b.html")
    ]
    assert sorted(failure.origin.rpartition("/")[2] for failure in reading.failures) == ["bad.txt", "inner.zip"]


def test_a_bomb_is_stopped_by_what_it_unpacks_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", b" " * 2_000_000)
    monkeypatch.setattr("digest.reading.archives.MAX_TOTAL_BYTES", 5_000_000)
    (failure,) = [f for f in read(tmp_path / "bomb.zip", stream.getvalue()).failures if "more files" in f.reason]
    assert failure.origin.endswith("bomb.zip")


@pytest.mark.parametrize("cut", [10, 200, 400])
def test_a_broken_archive_is_one_clear_line(tmp_path: Path, cut: int) -> None:
    reading = read(tmp_path / "day.zip", members("zip")[:cut])
    assert reading.documents == ()
    assert [failure.origin for failure in reading.failures] == [str(tmp_path / "day.zip")]


def test_folders_take_every_kind(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(members("zip"))
    (tmp_path / "b.rss").write_text(RSS, encoding="utf-8")
    (tmp_path / "c.eml").write_bytes(mail(f"{LEAD}\n{MORE}\n", None).as_bytes())
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    reading = read_inputs([str(tmp_path)], io.BytesIO())
    assert len(reading.documents) == 4
    assert reading.passed_over == (str(tmp_path / "d.png"),)
