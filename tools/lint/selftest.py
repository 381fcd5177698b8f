#!/usr/bin/env python3
"""The lints, tried on small trees: each must pass a sound one and name the fault planted in another."""

import subprocess
import sys
import tempfile
from pathlib import Path

import docstrings
import filesize
import kernels
import layers
import releases
import specrefs
import verify_symbols
import words

SECTION = """# 41 Example

| | |
|---|---|
| id | 41 |
| implements | include/sandoq/proofs/p.hpp |
| tests | tests/unit/proofs |
| vectors | none |

## 41.1 Statement

The check `record.files` fails if a file is missing.
"""

SOUND = {
    "include/sandoq/core/bytes.hpp": "#pragma once\n#include <span>\n",
    "include/sandoq/core/secret.hpp": "#pragma once\n#include \"sandoq/core/bytes.hpp\"\n",
    "include/sandoq/group/g.hpp": "#include \"sandoq/core/bytes.hpp\"\n// no throw here\n",
    "include/sandoq/proofs/p.hpp": "#include \"sandoq/group/g.hpp\"\n/// SPEC(41.1)\n",
    "include/sandoq/verify/v.hpp": "#include \"sandoq/proofs/p.hpp\"\n",
    "lib/core/hash.cpp": "#include <sodium.h>\nconst char* s = \"try\"; int n = 1'000;\n",
    "lib/arith/field.hpp": "#include \"sandoq/core/bytes.hpp\"\n",
    "lib/group/g.cpp": "#include \"sandoq/group/g.hpp\"\n#include \"lib/arith/field.hpp\"\n",
    "tests/unit/proofs/p_test.cpp": "#include <iostream>\n#include \"lib/arith/field.hpp\"\n",
    "lib/group/s.cpp": "auto f(S s) { return declassify<\"a public \"\n    \"key\">(s); }\n",
    "docs/side_channels.md": "| lib/group/s.cpp | X |\n## Reasons, word for word\n- `lib/group/s.cpp`: a public key\n",
    "spec/41-example/section.md": SECTION,
    "spec/90-verification/checks.toml": "[[check]]\nid = \"record.files\"\nsection = \"41.1\"\n",
}

# (lint, files added to the sound tree, words the finding must contain)
PLANTED = (
    (layers, {"lib/core/up.cpp": "#include \"sandoq/group/g.hpp\"\n"}, "core may not include group"),
    (layers, {"include/sandoq/elgamal/e.hpp": "#include \"sandoq/transcript/t.hpp\"\n",
              "include/sandoq/transcript/t.hpp": ""}, "elgamal may not include transcript"),
    (layers, {"lib/ballot/b.cpp": "#include \"lib/group/x.core.hpp\"\n", "lib/group/x.core.hpp": ""},
     "private to group"),
    (layers, {"lib/proofs_/x.cpp": ""}, "no layer known"),
    (layers, {"include/sandoq/group/h.hpp": "#include \"lib/arith/field.hpp\"\n"},
     "a public header includes a private one"),
    (layers, {"lib/group/h.cpp": "#include \"sandoq/group/gone.hpp\"\n"}, "is not in the tree"),
    (layers, {"lib/group/h.cpp": "#include <sodium.h>\n"}, "belongs in lib/core"),
    (layers, {"lib/group/h.cpp": "#include <iostream>\n"}, "is not used in the library"),
    (layers, {"lib/verify/w.cpp": "#include \"sandoq/core/secret.hpp\"\n"}, "reaches a secret header"),
    (layers, {"include/sandoq/proofs/q.hpp": "#include \"sandoq/proofs/q_prove.hpp\"\n",
              "include/sandoq/proofs/q_prove.hpp": "",
              "lib/verify/w.cpp": "#include \"sandoq/proofs/q.hpp\"\n"}, "q_prove.hpp <- "),
    (layers, {"lib/record/r.cpp": "void f() { throw 1; }\n"}, "'throw' is not used"),
    (layers, {"proofs/r.cpp": "/* a */ void f() { try { } catch (...) { } }\n"}, "'try' is not used"),
    (specrefs, {"lib/group/t.cpp": "// SPEC(41.9)\n"}, "41.9: no such heading"),
    (specrefs, {"spec/42-two/section.md": SECTION.replace("41", "42").replace("p.hpp", "no.hpp")},
     "include/sandoq/proofs/no.hpp does not exist"),
    (specrefs, {"spec/42-two/section.md": SECTION.replace("41.1", "42.1")}, "the folder says 42"),
    (specrefs, {"spec/42-two/section.md": SECTION.replace("| id | 41", "| id | 42")},
     "stands in spec/41-example"),
    (specrefs, {"spec/42-two/section.md": "# 42 Two\n\n## 42.1 Bare\n"}, "lacks the row 'implements'"),
    (specrefs, {"spec/90-verification/checks.toml": "[[check]]\nid = \"record.head\"\n"},
     "record.head is mentioned in no section"),
    (specrefs, {"spec/90-verification/checks.toml": "[[check]]\nid = \"record.files\"\nsection = \"77.1\"\n"},
     "77.1: no such heading"),
    (specrefs, {"lib/group/t.cpp": "// SPEC(43)\n"}, "43: no such heading"),
    (specrefs, {"spec/90-verification/checks.toml":
                "[[check]]\nid = \"record.files\"\nrests_on = [\"record.head\"]\n"}, "rests on record.head"),
    (filesize, {"lib/group/long.cpp": "\n" * 801}, "801 lines"),
    (filesize, {"run": "\n" * 801}, "801 lines"),
    (words, {"docs/a.md": "see /" + "home/someone/x\n"}, "a path of one machine"),
    (releases, {"lib/group/t.cpp": "auto g(S s) { return declassify<\"because\">(s); }\n"},
     "missing under '## Reasons, word for word': - `lib/group/t.cpp`: because"),
    (releases, {"lib/group/t.cpp": "auto g(S s) { return declassify<\"because\">(s); }\n"},
     "does not explain what lib/group/t.cpp"),
    (releases, {"lib/group/s.cpp": "\n"}, "no such declassify any more"),
    (releases, {"lib/group/t.cpp": "auto g(S s) { return declassify<why>(s); }\n"}, "is no literal"),
    (words, {"docs/a.md": "TO" + "DO: later\n"}, "a mark of unfinished work"),
    (words, {"docs/a.md": "from py" + "pi.org\n"}, "the name of a registry"),
    (words, {"tools/sandoq/office/o.cpp": "fmt::print(\"{}\\n\", file);\n"}, "say() (tools/sandoq/say.hpp) shows it"),
    (words, {"lib/group/group_util.hpp": ""}, "the name says nothing"),
)

# C++ compiled for nm: one public half as it should be, and faults.
CLEAN_SOURCE = "namespace sandoq { int verify(int a) { return a; } int improve(int a) { return a; } }"
SYMBOL_FAULTS = (
    ("extern \"C\" void randombytes_buf(void*, unsigned long); void f(char* p) { randombytes_buf(p, 1); }",
     "randombytes"),
    ("namespace sandoq { template <class T> struct secret { T v; }; int f(secret<int>& s) { return s.v; } }",
     "secret<"),
    ("namespace sandoq::proofs { struct w {}; template <class T> int prove(T) { return 1; }"
     " template int prove<w>(w); }", "prove<"),
    ("namespace sandoq { class random_source; void g(random_source&); void f(random_source& r) { g(r); } }",
     "random_source"),
)

# C++ compiled as members of an archive of kernels: name of the object, source, what is found.
KERNEL_TRIALS = (
    ("avx2.o", "extern \"C\" int f(int a) { return a; }", None),
    ("avx2.o", "inline int g(int a) { return a; } int (*f())(int) { return g; }", "g(int) is weak"),
    ("avx2.o", "template <class T> T g(T a) { return a; } template int g<int>(int);", "g<int>(int) is weak"),
    ("avx2.o", "int h(int); int f(int a) { return h(a); }", "calls h(int)"),
    ("portable.o", "inline int g(int a) { return a; } int (*f())(int) { return g; }", None),
)


def plant(folder: Path, content: dict[str, str]) -> Path:
    for path, text in content.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


# Headers for Doxygen, which needs more than a line of each.
DOCUMENTED = {
    "docs/reference.md": "# sandoq\n\n@sections@\n",
    "include/sandoq/core/a.hpp": "#pragma once\nnamespace sandoq {\n/// Is documented. SPEC(41.1)\nstruct a {\n  int member;\n"
                                 "  a() = default;\n  int size() const;\n  bool operator==(const a&) const = default;\n};\n"
                                 "/// One.\ntemplate <class T> T f(T x);\nextern template int f(int);\n}\n",
}
UNDOCUMENTED = (
    ("namespace sandoq {\nstruct b {\n  int member;\n};\n}\n", "Compound sandoq::b is not documented"),
    ("namespace sandoq {\nint g(int x);\n}\n", "g(int x) (function) of namespace sandoq is not documented"),
    ("namespace sandoq {\nusing id = int;\n}\n", "id (typedef) of namespace sandoq is not documented"),
    ("namespace sandoq {\n/// Takes y. \\param y it\nint g(int x);\n}\n", "argument 'y'"),
)


def findings(lint, content: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return lint.check(plant(Path(folder), content))


def symbol_findings(source: str) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = plant(Path(name), {"a.cpp": source, "list": f"{name}/a.a\n"})
        subprocess.run(["g++", "-std=c++20", "-c", "a.cpp"], cwd=folder, check=True)
        subprocess.run(["ar", "rc", "a.a", "a.o"], cwd=folder, check=True)
        return verify_symbols.check(folder / "list")


def kernel_findings(member: str, source: str) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = plant(Path(name), {"a.cpp": source})
        subprocess.run(["g++", "-std=c++20", "-fno-exceptions", "-c", "a.cpp", "-o", member], cwd=folder, check=True)
        subprocess.run(["ar", "rc", "a.a", member], cwd=folder, check=True)
        return kernels.check(folder / "a.a")


def failures() -> list[str]:
    wrong = []
    for lint in (layers, specrefs, filesize, words, releases):
        if found := findings(lint, SOUND):
            wrong.append(f"{lint.__name__} faults a sound tree: {found}")
    for lint, content, expected in PLANTED:
        found = findings(lint, SOUND | content)
        if not any(expected in problem for problem in found):
            wrong.append(f"{lint.__name__} misses '{expected}' in {list(content)}: {found}")
    if found := findings(docstrings, DOCUMENTED):
        wrong.append(f"docstrings faults sound headers: {found}")
    for source, expected in UNDOCUMENTED:
        found = findings(docstrings, DOCUMENTED | {"include/sandoq/core/b.hpp": source})
        if not any(expected in problem for problem in found):
            wrong.append(f"docstrings misses '{expected}': {found}")
    if found := symbol_findings(CLEAN_SOURCE):
        wrong.append(f"verify_symbols faults a sound archive: {found}")
    for source, expected in SYMBOL_FAULTS:
        found = symbol_findings(source)
        if not any(expected in problem for problem in found):
            wrong.append(f"verify_symbols misses '{expected}': {found}")
    for member, source, expected in KERNEL_TRIALS:
        found = kernel_findings(member, source)
        if bool(found) != bool(expected) or (expected and not any(expected in problem for problem in found)):
            wrong.append(f"kernels: expected {expected} of {member}, found {found}")
    return wrong


if __name__ == "__main__":
    wrong = failures()
    for line in wrong:
        print(line, file=sys.stderr)
    total = 7 + len(PLANTED) + len(UNDOCUMENTED) + len(SYMBOL_FAULTS) + len(KERNEL_TRIALS)
    print(f"selftest: {total - len(wrong)} of {total} trials as they should be", file=sys.stderr)
    sys.exit(1 if wrong else 0)
