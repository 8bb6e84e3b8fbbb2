"""All five formats say the same, whatever the texts are."""

from __future__ import annotations

import json

import markdown
from briefing_strategies import briefings
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from reading_back import BLOCKS, Page, flat, message, part
from sample_briefing import ADDRESS, BRIEFING

from digest.model import Briefing, BriefSentence
from digest.rendering import render, schema
from digest.rendering.bidi import one_line
from digest.rendering.wording import plural

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def english(text: str) -> str:
    return flat(one_line(text)) or "(no English)"


def sentences(briefing: Briefing) -> list[BriefSentence]:
    return [sentence for story in briefing.stories for sentence in story.sentences]


def counts(briefing: Briefing) -> list[str]:
    outlets = {article.outlet for article in briefing.articles} - {None}
    updates = sum(story.status == "update" for story in briefing.stories)
    undated = sum(article.published is None for article in briefing.articles)
    words = [one.translation.en for one in sentences(briefing)] + [story.headline.en for story in briefing.stories]
    minutes = -(-len(" ".join(words).split()) // 238)
    return [
        plural(len(briefing.articles), "article"),
        plural(len(outlets), "outlet"),
        plural(len(briefing.stories), "story", "stories"),
        *([plural(updates, "update")] if updates else []),
        *([f"{plural(undated, 'article states', 'articles state')} no date"] if undated else []),
        *([f"{plural(minutes, 'minute')} to read"] if minutes else []),
        plural(len(briefing.failures), "failure"),
    ]


def headlines(briefing: Briefing) -> list[str]:
    return [f"{number}. {english(story.headline.en)}" for number, story in enumerate(briefing.stories, 1)]


def test_the_five_files_come_in_a_fixed_order() -> None:
    names = ["briefing.md", "briefing.html", "briefing.txt", "briefing.json", "briefing.eml"]
    assert list(render(BRIEFING)) == names


@SLOW
@given(briefings())
def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing) -> None:
    assert render(briefing) == render(briefing)


@SLOW
@given(briefings())
def test_every_format_has_the_same_stories_sentences_and_counts(briefing: Briefing) -> None:
    files = render(briefing)
    told = sentences(briefing)
    mail = message(files["briefing.eml"])

    data = json.loads(files["briefing.json"])
    given_data = [sentence for story in data["stories"] for sentence in story["sentences"]]
    assert [(one["article"], one["index"]) for one in given_data] == [(one.article, one.index) for one in told]
    assert [flat(one_line(one["en"])) for one in given_data] == [flat(one_line(one.translation.en)) for one in told]
    assert len(data["articles"]) == len(briefing.articles)
    assert len(data["failures"]) == len(briefing.failures)

    page = Page(files["briefing.html"].decode())
    assert [text for text in page.texts("h3") if text[0].isdigit()] == headlines(briefing)
    assert page.texts("p", "sentence") == [english(one.translation.en) for one in told]
    originals = [
        text
        for story in briefing.stories
        for text in (story.headline.ar, *(one.translation.ar for one in story.sentences))
    ]
    assert page.texts("blockquote", "original") == [flat(one_line(text)) for text in originals]
    assert page.texts("ul", "counts") == [" ".join(counts(briefing))]

    shown = Page(markdown.markdown(files["briefing.md"].decode(), extensions=["extra"]))
    assert [text for text in shown.texts("h3") if text[0].isdigit()] == headlines(briefing)
    quoted = [*originals, *(article.title for article in briefing.articles)]
    quoted += [left.headline for left in briefing.left_out if left.headline]
    assert shown.texts("blockquote") == [flat(one_line(text)) for text in quoted]
    assert " · ".join(counts(briefing)) in shown.texts("p")
    starts = iter(shown.texts("p"))
    assert all(any(text.startswith(english(one.translation.en)) for text in starts) for one in told)

    text = flat(files["briefing.txt"].decode())
    assert " · ".join(counts(briefing)) in text
    place = 0
    for line in [line for one in told for line in _in_order(one)]:
        place = text.index(line, place)

    assert flat(part(mail, "plain")) == text
    body = Page(part(mail, "html"))
    assert [one for one in body.texts("h2") if one[0].isdigit()] == headlines(briefing)
    assert [one for one in body.texts("p") if one.endswith(" · ".join(counts(briefing)))]
    in_mail = "\n".join(body.texts("p"))
    assert all(line in in_mail for one in told for line in _in_order(one))


def _in_order(sentence: BriefSentence) -> tuple[str, str]:
    return english(sentence.translation.en), flat(one_line(sentence.translation.ar))


@SLOW
@given(briefings())
def test_the_json_follows_its_schema(briefing: Briefing) -> None:
    content = render(briefing)["briefing.json"].decode()
    Draft202012Validator(schema(), format_checker=FormatChecker()).validate(json.loads(content))
    assert content.endswith("}\n")


def test_the_schema_is_a_schema_and_refuses_what_it_does_not_know() -> None:
    Draft202012Validator.check_schema(schema())
    data = json.loads(render(BRIEFING)["briefing.json"])
    for thing in (data, data["stories"][0], data["articles"][0], data["stories"][0]["sentences"][0], data["package"]):
        assert isinstance(thing, dict)
        thing["more"] = 1
        assert not Draft202012Validator(schema()).is_valid(data)
        del thing["more"]
    assert Draft202012Validator(schema()).is_valid(data)


def test_unknown_values_are_null_in_the_json() -> None:
    data = json.loads(render(BRIEFING)["briefing.json"])
    assert (data["stories"][0]["status"], data["stories"][0]["topic"], data["stories"][0]["figures"]) == (
        None,
        None,
        [],
    )
    assert data["articles"][2]["outlet"] is None
    assert data["articles"][1]["published"] is None
    assert data["articles"][0]["lines"] == {"kept": 4, "dropped": 14}


@SLOW
@given(briefings())
def test_the_html_runs_nothing_loads_nothing_and_says_its_directions(briefing: Briefing) -> None:
    files = render(briefing)
    for source in (files["briefing.html"].decode(), part(message(files["briefing.eml"]), "html")):
        page = Page(source)
        assert page.faults == []
        for element in page.elements:
            assert element.tag not in {"script", "img", "iframe", "object", "form", "base"}
            assert not any(name.startswith("on") for name in element.attributes)
            assert element.attributes.get("src") is None
            assert (element.attributes.get("href") or "#").startswith(("#", "data:,", "../20", ADDRESS))
            if element.tag in BLOCKS:
                assert element.attributes.get("dir") in {"ltr", "rtl"}
                assert element.attributes.get("lang") in {"ar", "en"}
        ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
        assert all(one is not None and one.isascii() for one in ids)
        assert "url(" not in source
        assert "@import" not in source


def test_originals_are_arabic_and_the_rest_is_english() -> None:
    page = Page(render(BRIEFING)["briefing.html"].decode())
    for element in page.elements:
        if element.attributes.get("class") == "original":
            assert (element.attributes["dir"], element.attributes["lang"]) == ("rtl", "ar")
        if element.tag in {"h2", "h3", "details", "summary"} or element.attributes.get("class") == "sentence":
            assert (element.attributes["dir"], element.attributes["lang"]) == ("ltr", "en")
    outlets = [element for element in page.elements if element.tag == "bdi" and element.text == "صحيفة الساحل"]
    assert outlets
    assert all(element.attributes == {"dir": "rtl", "lang": "ar"} for element in outlets)


def test_the_page_links_every_story_and_marks_every_doubt() -> None:
    page = Page(render(BRIEFING)["briefing.html"].decode())
    links = [element.attributes["href"] for element in page.elements if element.tag == "a"]
    ids = {f"#{element.attributes['id']}" for element in page.elements if "id" in element.attributes}
    own = [link for link in links if link and link.startswith("#story-")]
    assert len(set(own)) == len(BRIEFING.stories)
    elsewhere = {ADDRESS, "../2026-11-18/briefing.html#story-a0", "../2026-11-19/briefing.html#story-a1"}
    assert set(links) == (set(links) & ids) | elsewhere
    assert page.texts("p", "doubt") == [
        "Doubtful: the Arabic has 12.5, the English has 12",
        "Doubtful: Arabic is left in the English: رافعات",
        "Doubtful: the English is short for its Arabic",
        "Doubtful: the title holds <b>markup</b> & [links](https://example.invalid)",
    ]
    assert page.texts("summary")[1] == "Arabic · صحيفة الساحل · day/harbour-1.txt"


def test_unknown_outlets_and_dates_are_said_to_be_unknown() -> None:
    carried = (
        "Carried by 2 outlets and 1 article whose outlet is unknown: صحيفة الساحل (19 November 2026), "
        "وكالة المرفأ (date unknown), outlet unknown (20 November 2026)."
    )
    files = render(BRIEFING)
    assert carried in Page(files["briefing.html"].decode()).texts("p")
    shown = Page(markdown.markdown(files["briefing.md"].decode(), extensions=["extra"]))
    assert carried in shown.texts("p")
    assert ADDRESS in [element.attributes["href"] for element in shown.elements if element.tag == "a"]
    assert carried in flat(files["briefing.txt"].decode())


def test_the_policy_of_the_page_lets_nothing_in() -> None:
    page = Page(render(BRIEFING)["briefing.html"].decode())
    policies = [
        element.attributes["content"]
        for element in page.elements
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert policies[0] is not None
    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_plain_text_keeps_to_78_columns_and_arabic_to_lines_of_its_own() -> None:
    for line in render(BRIEFING)["briefing.txt"].decode().splitlines():
        arabic = line.strip().startswith("\u2067") and line.endswith("\u2069")
        assert arabic or len(flat(line)) <= 78


def test_a_briefing_without_stories_says_so_everywhere() -> None:
    empty = Briefing(BRIEFING.date, BRIEFING.package, (), (), BRIEFING.failures, ())
    files = render(empty)
    shown = [files[f"briefing.{ending}"].decode() for ending in ("md", "html", "txt")]
    for text in [*shown, part(message(files["briefing.eml"]), "html")]:
        assert "There is no story today." in text
        assert "the file is empty" in text


def test_file_names_that_are_not_utf_8_do_not_stop_a_briefing() -> None:
    odd = Briefing(BRIEFING.date, BRIEFING.package, (), (), (), ("day/\udce9.txt",))
    for content in render(odd).values():
        assert content
    assert "day/\ufffd.txt" in render(odd)["briefing.md"].decode()
