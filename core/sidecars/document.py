"""One XMP sidecar as a document: change some properties, keep every other byte that means something. The only lxml.

Form of the properties: Adobe, XMP specification part 1 (RDF/XML serialisation) and part 2 (dc, xmp). Pure; any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from core.errors import LibraryError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = (f"{{{RDF}}}Bag", f"{{{RDF}}}Seq", f"{{{RDF}}}Alt")
_ITEM, _DESCRIPTION, _ABOUT = f"{{{RDF}}}li", f"{{{RDF}}}Description", f"{{{RDF}}}about"
_ENCODINGS = {"utf-8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"}
_LARGEST = 4_000_000
PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
}
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    f'<x:xmpmeta xmlns:x="{_META}" x:xmptk="Recollect">\n <rdf:RDF xmlns:rdf="{RDF}">\n'
    '  <rdf:Description rdf:about="" '
    + " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in PREFIXES.items())
    + '>\n  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>\n'
).encode()


class ForeignDocument(LibraryError):
    """A sidecar that Recollect does not understand well enough to change it."""


class Document:
    """A sidecar in memory. Names of properties are those of lxml: `{namespace}name`."""

    def __init__(self, content: bytes | None) -> None:
        """`content` None: a new one. Raises ForeignDocument."""
        self._was_declared = (content or b"").lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") or _is_utf_16(content)
        self._has_mark = (content or b"").startswith(b"\xef\xbb\xbf")
        self._tree = _parsed(content if content is not None else _EMPTY)
        self._rdf = _rdf(self._tree.getroot())
        self.is_changed = content is None

    def content(self) -> bytes:
        """The document as it is now, in the encoding it came in."""
        encoding = (self._tree.docinfo.encoding or "UTF-8").upper()
        if encoding in ("US-ASCII", "ASCII"):
            encoding = "UTF-8"
        written = etree.tostring(self._tree, encoding=encoding, xml_declaration=self._was_declared)
        assert isinstance(written, bytes)  # noqa: S101  (str only for the encoding "unicode")
        mark = b"\xef\xbb\xbf" if self._has_mark and encoding == "UTF-8" else b""
        return mark + written

    def items(self, name: str) -> list[str] | None:
        """The items of a list property, the text of a simple one as the only item; None when it is not there."""
        found = [description for description in self._descriptions() if _has(description, name)]
        if not found:
            return None
        texts: list[str] = []
        for description in found:
            if (attribute := description.get(name)) is not None:
                texts.append(attribute)
            for element in description.findall(name):
                container = _list_in(element)
                texts += (
                    [element.text or ""]
                    if container is None
                    else [one.text or "" for one in container.iterchildren(_ITEM)]
                )
        return texts

    def set_items(self, name: str, kind: str, keep: Callable[[str], bool], added: Sequence[str]) -> None:
        """Take out the items that `keep` says no to and append some; `kind` of a new list: Bag, Seq or Alt."""
        now = self.items(name)
        if now is not None and not added and all(keep(text) for text in now):
            return
        container = self._container(name, kind)
        for item in list(container.iterchildren(_ITEM)):
            if not keep(item.text or ""):
                _remove(item)
        for text in added:
            _append(container, _ITEM).text = text
        self.is_changed = True

    def set_text(self, name: str, text: str) -> None:
        """A simple property."""
        if self.items(name) == [text]:
            return
        home = self._home(name)
        elements = [one for description in self._descriptions() for one in description.findall(name)]
        if elements:
            for extra in elements[1:]:
                _remove(extra)
            for child in list(elements[0]):
                elements[0].remove(child)
            elements[0].text = text
        elif home.get(name) is not None:
            home.set(name, text)
        else:
            _append(home, name).text = text
        self.is_changed = True

    def add_caption(self, name: str, text: str) -> None:
        """A text in the default language, where there is none yet."""
        container = self._container(name, "Alt")
        item = _append(container, _ITEM)
        item.set(_LANGUAGE, "x-default")
        item.text = text
        self.is_changed = True

    def remove(self, name: str) -> None:
        """Take a property out."""
        for description in self._descriptions():
            if name in description.attrib:
                del description.attrib[name]
                self.is_changed = True
            for element in description.findall(name):
                _remove(element)
                self.is_changed = True

    def _container(self, name: str, kind: str) -> etree._Element:
        """The one list of a property: what was spread over attributes, texts or several lists is put into it."""
        before = self.items(name) or []
        homes = [one for description in self._descriptions() for one in description.findall(name)]
        lists = [container for one in homes if (container := _list_in(one)) is not None]
        if len(lists) == 1 and len(homes) == 1 and not any(name in one.attrib for one in self._descriptions()):
            return lists[0]
        self.remove(name)
        container = _append(_append(self._home(name), name), f"{{{RDF}}}{kind}")
        for text in before:
            _append(container, _ITEM).text = text
        return container

    def _home(self, name: str) -> etree._Element:
        """The description that has the property, or one with properties of the same namespace, or the first."""
        found = self._descriptions()
        if not found:
            description = _append(self._rdf, _DESCRIPTION)
            description.set(_ABOUT, "")
            return description
        namespace = name.partition("}")[0] + "}"
        return next(
            (one for one in found if _has(one, name)),
            next((one for one in found if any(str(child.tag).startswith(namespace) for child in one)), found[0]),
        )

    def _descriptions(self) -> list[etree._Element]:
        return self._rdf.findall(_DESCRIPTION)


def _parsed(content: bytes) -> etree._ElementTree:
    if len(content) > _LARGEST:
        raise ForeignDocument("This sidecar is too large to be one, so it is left alone.")
    # No sidecar needs a document type, and entities declared in one can grow without bound.
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ForeignDocument("This sidecar declares a document type, so it is left alone.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_blank_text=False, remove_comments=False, remove_pis=False, strip_cdata=False,
    )  # fmt: skip
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ForeignDocument("This sidecar is damaged or no XMP file, so it is left alone.", str(error)) from error
    if (tree.docinfo.encoding or "utf-8").lower() not in _ENCODINGS:
        raise ForeignDocument(f"This sidecar is in {tree.docinfo.encoding}, so it is left alone.")
    return tree


def _rdf(root: etree._Element) -> etree._Element:
    found = [root] if root.tag == f"{{{RDF}}}RDF" else root.findall(f".//{{{RDF}}}RDF")
    if len(found) != 1:
        raise ForeignDocument("This sidecar is damaged or no XMP file, so it is left alone.")
    return found[0]


def _is_utf_16(content: bytes | None) -> bool:
    return content is not None and content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _has(description: etree._Element, name: str) -> bool:
    return name in description.attrib or description.find(name) is not None


def _list_in(element: etree._Element) -> etree._Element | None:
    return next((child for child in element if child.tag in _LISTS), None)


def _append(parent: etree._Element, name: str) -> etree._Element:
    """A new last child, on a line of its own where its siblings are."""
    namespace = name[1:].partition("}")[0]
    usual = {value: prefix for prefix, value in PREFIXES.items()}.get(namespace)
    depth = sum(1 for _ in parent.iterancestors()) + 1
    if len(parent):
        parent[-1].tail = "\n" + " " * depth
    else:
        parent.text = "\n" + " " * depth
    child = etree.SubElement(parent, name, nsmap={usual: namespace} if usual else None)
    child.tail = "\n" + " " * (depth - 1)
    return child


def _remove(element: etree._Element) -> None:
    """lxml takes the text behind an element away with it; here that is only white space, or it is kept."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    elif element.getnext() is None:  # the closing tag goes back to where it stood
        if before is not None:
            before.tail = tail
        else:
            parent.text = tail
    parent.remove(element)
