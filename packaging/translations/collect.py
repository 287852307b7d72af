"""Collects the window's texts into Qt's translation sources; what is translated stays. Run by `make translations`.

pyside6-lupdate does not follow module functions that translate in a context of their own, which the window has many of.
Texts are literals in `self.tr(...)` (context: the class), in functions of a module that call
`QCoreApplication.translate(context, ...)`, in such calls themselves and in QT_TRANSLATE_NOOP.
"""

from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
Text = tuple[str, str]
"""Context and source"""


def collected(folder: Path) -> list[Text]:
    """Every text below a folder, by context and place in the files, once each."""
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    own = {path: _functions(tree) for path, tree in modules.items()}
    found: dict[Text, None] = {}
    for path, tree in modules.items():
        functions = own[path] | _imported(tree, own, folder)
        found |= dict.fromkeys(_texts(tree, functions, None))
    return sorted(found, key=lambda text: text[0])


def merge(texts: list[Text], source: Path) -> tuple[int, int]:
    """Write `texts` with the translations that `source` has; returns how many are translated, and of how many."""
    known: dict[Text, str] = {}
    if source.exists():
        for context in ET.parse(source).getroot().iter("context"):
            for message in context.iter("message"):
                known[context.findtext("name", ""), message.findtext("source", "")] = message.findtext(
                    "translation", ""
                )
    root = ET.Element("TS", version="2.1", language=source.stem.partition("_")[2], sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for name, text in texts:
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        translation.text = known.get((name, text), "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, "")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return sum(bool(known.get(text)) for text in texts), len(texts)


def _functions(tree: ast.Module) -> dict[str, str]:
    """The functions of a module that translate, with their contexts."""
    found: dict[str, str] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                context = _literal(call.args[0]) if _is_translate(call) else None  # type: ignore[attr-defined]
                if context is not None and not _literal(call.args[1]):  # type: ignore[attr-defined]
                    found[function.name] = context
    return found


def _imported(tree: ast.Module, own: dict[Path, dict[str, str]], folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            path = folder.parent / (node.module.replace(".", "/") + ".py")
            found |= {
                (one.asname or one.name): own[path][one.name] for one in node.names if one.name in own.get(path, {})
            }
    return found


def _texts(node: ast.AST, functions: dict[str, str], within: str | None) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        within = node.name
    if isinstance(node, ast.Call) and node.args:
        yield from _texts_of_call(node, functions, within)
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, functions, within)


def _texts_of_call(call: ast.Call, functions: dict[str, str], within: str | None) -> Iterator[Text]:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if isinstance(called, ast.Attribute) and name == "tr" and within is not None:
        context, args = within, call.args
    elif name in functions and isinstance(called, ast.Name):
        context, args = functions[name], call.args
    elif len(call.args) >= 2 and (
        name in ("translate", "QT_TRANSLATE_NOOP") or (name == "tr" and _literal(call.args[1]))
    ):
        context, args = _literal(call.args[0]) or "", call.args[1:]
    else:
        return
    for arg in ast.walk(args[0]):
        text = _literal(arg)
        if text and context:
            yield context, text


def _is_translate(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "translate"
        and len(node.args) >= 2
    )


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


if __name__ == "__main__":
    for name in sys.argv[1:]:
        done, total = merge(collected(ROOT / "app"), Path(name))
        print(f"{name}: {done} of {total} texts are translated")
