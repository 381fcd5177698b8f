#!/usr/bin/env python3
"""What Doxygen reads of a file. Usage: filter.py FILE, from the root of the tree.

A header: without explicit instantiations, which repeat declarations, and with the sections of spec/ that it names as
its description unless it has one. Lines keep their numbers. The main page: with the table of sections in place of the line `@sections@`.
"""

import re
import sys
from pathlib import Path

EXTERN_TEMPLATE = re.compile(r"^extern template\b[^;]*;", re.MULTILINE)
TAG = re.compile(r"\bSPEC\((\d\d)(?:\.(\d+))?\)")


def sections_of(text: str) -> list[str]:
    """45.1, 45.4, ... in order."""
    found = {(int(section), int(part or 0)) for section, part in TAG.findall(text)}
    return [f"{section:02}.{part}" if part else f"{section:02}" for section, part in sorted(found)]


def header(text: str) -> str:
    text = EXTERN_TEMPLATE.sub(lambda match: "\n" * match.group().count("\n"), text)
    if "\\file" in text:
        return text
    sections = sections_of(text)
    brief = f"Specification: {', '.join(sections)}." if sections else "Of no section of the specification alone."
    return f"/** \\brief {brief} \\file */ {text}"


def table(root: Path) -> str:
    """One line a section: its title, and the headers that name it."""
    named: dict[str, set[str]] = {}
    for path in (root / "include").rglob("*.hpp"):
        for section in sections_of(path.read_text(encoding="utf-8")):
            named.setdefault(section[:2], set()).add(path.relative_to(root / "include").as_posix())
    lines = ["| section | headers |", "|---|---|"]
    for path in sorted((root / "spec").glob("*/section.md")):
        title = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
        links = (f"\\ref {name} \"{name.removeprefix('sandoq/')}\"" for name in sorted(named.get(title[:2], ())))
        lines.append(f"| {title} | {', '.join(links)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    file = Path(sys.argv[1])
    content = file.read_text(encoding="utf-8")
    sys.stdout.write(header(content) if file.suffix == ".hpp" else content.replace("@sections@", table(Path.cwd())))
