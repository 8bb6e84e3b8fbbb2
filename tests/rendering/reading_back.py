"""Reading rendered files back: HTML as blocks, mail as parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

BLOCKS = frozenset(
    [
        "article",
        "blockquote",
        "body",
        "details",
        "div",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "td",
        "ul",
    ]
)
VOID = frozenset(["br", "hr", "input", "link", "meta"])
_ISOLATES = re.compile("[\u2066-\u2069]")


def flat(text: str) -> str:
    """Return `text` without isolates, white space collapsed."""
    return " ".join(_ISOLATES.sub("", text).split())


@dataclass
class Element:
    """An element as it was opened, and all text in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A parsed page: its elements in order; `faults` are tags that do not balance."""

    source: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"{element.tag} stays open" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"/{tag} closes {self._open[-1].tag if self._open else 'nothing'}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Give the text to every open element."""
        for element in self._open:
            element.text += data

    def texts(self, tag: str, css_class: str | None = None) -> list[str]:
        """Return the flat texts of the elements with this tag and class."""
        return [
            flat(element.text)
            for element in self.elements
            if element.tag == tag and (css_class is None or element.attributes.get("class") == css_class)
        ]


def message(content: bytes) -> EmailMessage:
    """Return a mail as Python's parser reads it."""
    parsed = message_from_bytes(content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(mail: EmailMessage, kind: str) -> str:
    """Return the body part of this kind, `plain` or `html`."""
    body = mail.get_body((kind,))
    assert isinstance(body, EmailMessage)
    content = body.get_content()
    assert isinstance(content, str)
    return content
