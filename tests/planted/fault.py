"""The lists of faults (faults/*.toml), and how one of them is put into a tree."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LISTS = Path(__file__).with_name("faults")
REQUIRED = {"id", "file", "line", "becomes", "breaks", "tests"}
OPTIONAL = {"under", "threat", "cases", "build", "by"}


class BadFault(Exception):
    """An entry of the list that does not fit the tree."""


@dataclass(frozen=True)
class Fault:
    id: str
    file: str
    line: str            # the whole line, without the space around it
    becomes: str         # what stands there instead; empty: the line is deleted
    breaks: str
    tests: tuple[str, ...]   # names of CTest
    under: str = ""      # a line before it, where the line alone stands in the file more than once
    threat: str = ""     # its row in the table of threats
    cases: str = "*"     # GoogleTest's filter
    build: tuple[str, ...] | None = None   # targets; by default those that are called like the tests
    by: str = "test"     # what notices: a test, or the compiler ("build")

    @property
    def targets(self) -> tuple[str, ...]:
        return self.tests if self.build is None else self.build

    def place(self, text: str) -> int:
        """The index of the line in the text of its file."""
        lines = [one.strip() for one in text.splitlines()]
        first = 0
        if self.under:
            first = self._only(lines, self.under, 0) + 1
            if self.line not in lines[first:]:
                raise BadFault(f"{self.id}: {self.file} has no line '{self.line}' under '{self.under}'")
            return lines.index(self.line, first)
        return self._only(lines, self.line, first)

    def _only(self, lines: list[str], wanted: str, first: int) -> int:
        found = [i for i in range(first, len(lines)) if lines[i] == wanted]
        if len(found) != 1:
            raise BadFault(f"{self.id}: the line '{wanted}' stands {len(found)} times in {self.file}, must stand once")
        return found[0]

    def planted(self, text: str) -> str:
        """The text of its file with the fault in it."""
        lines = text.splitlines(keepends=True)
        at = self.place(text)
        indent = lines[at][:len(lines[at]) - len(lines[at].lstrip())]
        lines[at] = f"{indent}{self.becomes}\n"
        return "".join(lines)


def load() -> list[Fault]:
    """All faults, in the order of the lists; BadFault if an entry is not one."""
    out, ids = [], set()
    for entry in [one for path in sorted(LISTS.glob("*.toml"))
                  for one in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]]:
        name = entry.get("id", "an entry without id")
        if missing := REQUIRED - entry.keys():
            raise BadFault(f"{name}: lacks {', '.join(sorted(missing))}")
        if unknown := entry.keys() - REQUIRED - OPTIONAL:
            raise BadFault(f"{name}: {', '.join(sorted(unknown))} means nothing here")
        if name in ids:
            raise BadFault(f"{name}: stands twice")
        if entry["line"] != entry["line"].strip() or "\n" in entry["line"] + entry["becomes"]:
            raise BadFault(f"{name}: a fault is one line, without the space around it")
        if entry["line"] == entry["becomes"]:
            raise BadFault(f"{name}: changes nothing")
        ids.add(name)
        out.append(Fault(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}))
    return out


def check(root: Path) -> list[Fault]:
    """All faults; BadFault, naming each, if some do not apply to the tree."""
    faults, problems = load(), []
    for fault in faults:
        try:
            fault.place((root / fault.file).read_text(encoding="utf-8"))
        except (BadFault, OSError) as problem:
            problems.append(str(problem))
    if problems:
        raise BadFault("\n".join(problems))
    return faults
