"""What the lints share: which files there are, what they contain, how a finding is reported."""

import os
import re
import subprocess
import sys
from pathlib import Path

CPP_SUFFIXES = (".cpp", ".hpp", ".h")


def files(root: Path) -> list[str]:
    """Paths of all files of the tree that are not ignored, relative to root, with forward slashes."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True).stdout.decode()
        return sorted(p for p in set(listed.split("\0")) if p and (root / p).is_file())
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in ("build", ".git")]
        found += [(Path(folder) / n).relative_to(root).as_posix() for n in names]
    return sorted(found)


def cpp_files(root: Path, *folders: str) -> list[str]:
    """C++ files under any of the folders (all, without folders)."""
    starts = tuple(f + "/" for f in folders) or ("",)
    return [p for p in files(root) if p.endswith(CPP_SUFFIXES) and p.startswith(starts)]


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


_NOT_CODE = re.compile(
    r'R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)"'       # raw string
    r'|"(?:\\.|[^"\\\n])*"'                                 # string
    r"|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'"                # character, not a digit separator
    r"|//(?:\\\n|[^\n])*"                                   # line comment
    r"|/\*.*?\*/", re.DOTALL)


def code_only(text: str) -> str:
    """C++ text with comments and literals blanked; line numbers stay."""
    return _NOT_CODE.sub(lambda m: " " + "\n" * m.group().count("\n"), text)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"(?P<own>[^"]+)"|<(?P<system>[^>]+)>)', re.M)


def includes(text: str) -> list[tuple[int, str, bool]]:
    """(line, name, in quotes) of each include directive."""
    return [(text.count("\n", 0, m.start()) + 1, m["own"] or m["system"], bool(m["own"]))
            for m in _INCLUDE.finditer(text)]


def resolve(root: Path, path: str, name: str) -> str | None:
    """The file of the tree that `#include "name"` in path means, or None if it is not ours."""
    for base in (Path(path).parent, Path("."), Path("include")):
        candidate = os.path.normpath((base / name).as_posix())
        if not candidate.startswith("..") and (root / candidate).is_file():
            return candidate
    return None


def main(check) -> None:
    """Runs check(root) on this project; prints what it found; exit code 1 if anything."""
    root = Path(__file__).resolve().parents[2]
    problems = check(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    name = Path(sys.argv[0]).stem
    print(f"{name}: {'clean' if not problems else f'{len(problems)} found'}", file=sys.stderr)
    sys.exit(1 if problems else 0)
