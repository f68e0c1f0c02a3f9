"""Builds the site of the documentation into build/site, from docs/README.md and what it links to.

The pages are those of the repository, in its layout, so that one link serves both. A file that a page links to and
that is no page is copied, and can be downloaded.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build/site"
SOURCE = ROOT / "build/site-source"
INDEX = "docs/README.md"
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md", "benchmarks/results/*.md")

LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
FIRST = """<!doctype html>
<meta charset="utf-8"><title>initload</title>
<meta http-equiv="refresh" content="0; url={0}">
<a href="{0}">initload</a>
"""
OUTSIDE = re.compile(r"<(?:script|img|iframe)\b[^>]*\bsrc=\"(?:https?:)?//[^\"]*\"|<link\b[^>]*\bhref=\"(?:https?:)?//[^\"]*\"")


def main() -> int:
    for old in (SOURCE, TARGET):
        shutil.rmtree(old, ignore_errors=True)
    files = reachable()
    for file in files:
        copied(file)
    (SOURCE / INDEX).write_text(index([file for file in files if file.suffix == ".md"]), encoding="utf-8")
    strict = ["-q", "-W", "--keep-going"]
    places = ["-d", str(ROOT / "build/site-trees"), "-c", str(Path(__file__).parent)]
    failed = sphinx([*strict, "-b", "html", *places, str(SOURCE), str(TARGET)])
    if failed:
        return failed
    asking = [(page, found[0]) for page in sorted(TARGET.rglob("*.html")) for found in OUTSIDE.finditer(page.read_text(encoding="utf-8"))]
    for page, found in asking:
        print(f"{page.relative_to(TARGET)} asks another host: {found}", file=sys.stderr)
    if asking:
        return 1
    (TARGET / "index.html").write_text(FIRST.format(Path(INDEX).with_suffix(".html")), encoding="utf-8")
    print(f"{len(list(TARGET.rglob('*.html')))} pages: {(TARGET / 'index.html').relative_to(ROOT)}")
    return 0


def reachable() -> list[Path]:
    """All pages, and the files that they link to."""
    found: set[Path] = set()
    ahead = [page for pattern in PAGES for page in ROOT.glob(pattern)]
    while ahead:
        file = ahead.pop()
        if file not in found:
            found.add(file)
            ahead += files_linked(file) if file.suffix == ".md" else []
    return sorted(found)


def copied(path: Path) -> None:
    to = SOURCE / path.relative_to(ROOT)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def links(text: str) -> list[str]:
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def files_linked(page: Path) -> list[Path]:
    found = []
    for link in links(page.read_text(encoding="utf-8")):
        path = (page.parent / link.partition("#")[0]).resolve()
        if path.is_file() and path.is_relative_to(ROOT):
            found.append(path)
    return found


def index(pages: list[Path]) -> str:
    """The page of tasks, each of its sections a part of the navigation, and the pages that none of them names."""
    head, *sections = re.split(r"^(?=## )", (ROOT / INDEX).read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = links(head)
    parts = [head, tree("", named)]
    for section in sections:
        own = [link for link in dict.fromkeys(links(section)) if link not in named]
        named += own
        title = section.splitlines()[0].removeprefix("## ")
        parts += [section, tree(title[0].upper() + title[1:], own)]
    rest = [os.path.relpath(page, (ROOT / INDEX).parent) for page in pages if page != ROOT / INDEX]
    parts.append(tree("Decisions and the rest", [page for page in rest if page not in named]))
    return "\n".join(parts)


def tree(caption: str, entries: list[str]) -> str:
    head = [f":caption: {caption}"] if caption else []
    return "\n".join(["```{toctree}", *head, ":hidden:", ":maxdepth: 1", "", *entries, "```", ""])


if __name__ == "__main__":
    sys.exit(main())
