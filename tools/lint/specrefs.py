#!/usr/bin/env python3
"""Spec, code and checks refer to each other, and no reference dangles.

The header table of each spec/NN-name/section.md names what implements it, its tests and its vectors;
those paths must exist. Each SPEC(NN.M) in the tree names a heading `## NN.M Title`, each SPEC(NN) a
section. Each check id of spec/90-verification/checks.toml is mentioned in a section, and rests on ids
that stand before it.
"""

import re
import tomllib
from pathlib import Path

import tree

HEADING = re.compile(r"^(?:# (\d\d)|##+ (\d\d\.\d+(?:\.\d+)?)) ", re.M)
ROW = re.compile(r"^\|\s*(id|implements|tests|vectors)\s*\|(.*)\|\s*$", re.M)
TAG = re.compile(r"\bSPEC\(([^)\n]*)\)")
CHECKS = "spec/90-verification/checks.toml"
NEEDED_ROWS = ("id", "implements", "tests", "vectors")


def sections(root: Path) -> dict[str, str]:
    """path -> text of each section."""
    return {p: tree.read(root, p) for p in tree.files(root)
            if re.fullmatch(r"spec/\d\d-[a-z0-9-]+/section\.md", p)}


def headings(texts: dict[str, str]) -> tuple[set[str], list[str]]:
    """Numbers of all sections and headings, and faults: those that occur twice."""
    seen: dict[str, str] = {}
    problems = []
    for path, text in texts.items():
        for number in map("".join, HEADING.findall(text)):
            if number in seen:
                problems.append(f"{path}: heading {number} stands in {seen[number]} already")
            seen[number] = path
    return set(seen), problems


def check_header(root: Path, path: str, text: str) -> list[str]:
    """Faults of the header table, and paths it names that do not exist."""
    rows = {key: value.strip() for key, value in ROW.findall(text)}
    faults = [f"{path}: the header table lacks the row '{key}'" for key in NEEDED_ROWS if key not in rows]
    folder_id = path.split("/")[1][:2]
    if rows.get("id", folder_id) != folder_id:
        faults.append(f"{path}: id is {rows['id']}, the folder says {folder_id}")
    for key in ("implements", "tests", "vectors"):
        for name in re.split(r"[,\s]+", rows.get(key, "")):
            name = name.strip("`")
            if name and name not in ("none", "-") and not (root / name).exists():
                faults.append(f"{path}: {key}: {name} does not exist")
    return faults


def dangling(where: str, target: str, numbers: set[str]) -> list[str]:
    """The fault of one reference, if it has one."""
    return [] if target in numbers else [f"{where}: {target}: no such heading in spec/"]


def check_tags(root: Path, numbers: set[str]) -> list[str]:
    problems = []
    for path in tree.files(root):
        if not path.endswith(tree.CPP_SUFFIXES + (".py", ".cmake")) or path.startswith("tools/lint/"):
            continue
        for number, line in enumerate(tree.read(root, path).splitlines(), 1):
            for tag in TAG.findall(line):
                for target in filter(None, re.split(r"[,\s]+", tag)):
                    problems += dangling(f"{path}:{number}", target, numbers)
    return problems


def check_ids(root: Path, texts: dict[str, str], numbers: set[str]) -> list[str]:
    if not (root / CHECKS).exists():
        return []
    checks = [entry for value in tomllib.loads(tree.read(root, CHECKS)).values() if isinstance(value, list)
              for entry in value if isinstance(entry, dict)]
    if not checks or any("id" not in entry for entry in checks):
        return [f"{CHECKS}: needs an array of tables, each with an 'id'"]
    problems = []
    seen = set()
    for entry in checks:
        name = entry["id"]
        if name in seen:
            problems.append(f"{CHECKS}: {name} stands twice")
        for other in entry.get("rests_on", []):
            if other not in seen:
                problems.append(f"{CHECKS}: {name} rests on {other}, which does not stand before it")
        seen.add(name)
        if not any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w]|\.\w)", t) for t in texts.values()):
            problems.append(f"{CHECKS}: {name} is mentioned in no section")
        for key in ("spec", "section"):
            for target in re.findall(r"\d\d\.\d+", str(entry.get(key, ""))):
                problems += dangling(f"{CHECKS}: {name}", target, numbers)
    return problems


def check(root: Path) -> list[str]:
    texts = sections(root)
    numbers, problems = headings(texts)
    for path, text in texts.items():
        problems += check_header(root, path, text)
    return problems + check_tags(root, numbers) + check_ids(root, texts, numbers)


if __name__ == "__main__":
    tree.main(check)
