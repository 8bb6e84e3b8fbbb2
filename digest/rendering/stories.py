"""A story's Markdown as HTML: directions, languages and roles set on its blocks, then sanitised.

Roles follow from the shape of the Markdown, so that a user's own template gets them as well:

- a paragraph that ends in emphasis is a sentence, the emphasis its source (outlet and file);
- a paragraph that starts with bold is a note, and a doubt where the bold says "Doubtful:";
- a quotation after a sentence (notes between them do not count) is the sentence's original; it folds away under a line
  that takes over the source, and is open where a doubt stands between them: what fails is to be read in Arabic;
- any other quotation is an original that stays open.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from digest.rendering.bidi import LRI, PDI, RLI, has_rtl, is_rtl

_HEADINGS = frozenset({"h1", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "blockquote", "ul", "ol", "li", "pre", "hr", "details", "summary"}
_TAGS = _BLOCKS | {"a", "bdi", "br", "code", "em", "strong"}
_ATTRIBUTES = {"*": {"class", "dir", "id", "lang"}, "a": {"href", "title"}, "details": {"open"}}
# What python-markdown has put aside (references, escapes) stands in the tree between these two characters.
_PUT_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")
_SCHEMES = {"http", "https", "mailto"}


def stories_html(source: str, anchor: str) -> str:
    """Return the Markdown `source` as sanitised HTML; its first heading gets the id `anchor`."""
    converter = markdown.Markdown(extensions=[_Stories(anchor)], output_format="html")
    return nh3.clean(converter.convert(source), tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES)


class _Stories(Extension):
    def __init__(self, anchor: str) -> None:
        super().__init__()
        self._anchor = anchor

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - python-markdown's name
        # After escapes (180) and code (190), before links and emphasis, which may hold an isolate.
        md.inlinePatterns.register(_Isolates(f"([{LRI}{RLI}])([^{LRI}{RLI}{PDI}]*){PDI}", md), "isolates", 175)
        # Inline marks are elements (20) by then; the serialiser has not run (prettify is 10).
        md.treeprocessors.register(_Roles(md, self._anchor), "roles", 15)


class _Isolates(InlineProcessor):
    """Turns isolates into `<bdi>`."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        """Return the element for an isolate, and where it starts and ends."""
        element = Element("bdi", {"lang": "ar", "dir": "rtl"} if m[1] == RLI else {"dir": "ltr"})
        element.text = m[2]
        return element, m.start(0), m.end(0)


class _Roles(Treeprocessor):
    """Sets role, direction and language on every block."""

    def __init__(self, md: markdown.Markdown, anchor: str) -> None:
        super().__init__(md)
        self._anchor = anchor

    def run(self, root: Element) -> None:
        """Change the tree below `root` in place."""
        sentence: Element | None = None
        doubted = False
        for place, block in enumerate(list(root)):
            if block.tag == "p" and _ends_in_emphasis(block):
                block.set("class", "sentence")
                block[-1].set("class", "source")
                sentence, doubted = block, False
            elif block.tag == "p" and not block.text and len(block) and block[0].tag == "strong":
                doubt = block[0].text == "Doubtful:"
                block.set("class", "doubt" if doubt else "note")
                doubted = doubted or doubt
            elif block.tag == "blockquote" and sentence is not None:
                root[place] = _folded(block, sentence, unfolded=doubted)
                sentence = None
            elif block.tag == "blockquote":
                block.set("class", "original")
            else:
                sentence = None
        _set_direction(root, quoted=False)
        heading = next((block for block in root.iter() if block.tag in _HEADINGS), None)
        if heading is not None:
            heading.set("id", self._anchor)


def _ends_in_emphasis(block: Element) -> bool:
    return len(block) > 0 and block[-1].tag == "em" and not (block[-1].tail or "").strip()


def _folded(quotation: Element, sentence: Element, *, unfolded: bool) -> Element:
    source = sentence[-1]
    sentence.remove(source)
    details = Element("details", {"open": "open"} if unfolded else {})
    summary = SubElement(details, "summary")
    summary.text = "Arabic · " + (source.text or "")
    summary.extend(source)
    quotation.set("class", "original")
    details.append(quotation)
    details.tail = "\n"
    return details


def _set_direction(block: Element, *, quoted: bool) -> None:
    """Set direction and language on `block`, where it is one, and on the blocks in it."""
    quoted = quoted or block.tag == "blockquote"
    if block.tag in _BLOCKS:
        # Quotations are Arabic texts, however much Latin a hostile or technical one holds. A fold is part of the page.
        rtl = has_rtl(_text(block)) if quoted else block.tag != "details" and is_rtl(_text(block))
        block.set("dir", "rtl" if rtl else "ltr")
        block.set("lang", "ar" if rtl else "en")
    for child in block:
        _set_direction(child, quoted=quoted)


def _text(block: Element) -> str:
    """Return the text of a block, without what is isolated in it."""
    parts = [block.text or ""]
    for child in block:
        if child.tag != "bdi":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return _PUT_ASIDE.sub("", "".join(parts))
