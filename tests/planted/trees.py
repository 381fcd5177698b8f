"""Copies of the tree in which faults are planted, each with its own build folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "lint"))
import tree  # noqa: E402

# Fast to build; no -Werror, since a fault may leave a variable without use.
CONFIGURE = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_CXX_FLAGS=-O1",
             "-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold", "-DSANDOQ_INSTALL=OFF"]
TEST_SECONDS = 120

_FAILED = re.compile(r"^\s*\d+ - (\S+) \((.+)\)\s*$", re.M)
_CASE = re.compile(r"^(?:\[  FAILED  \] (\w[\w/]*\.[\w/]+)|(?:FAIL|ERROR): (\w+) \()", re.M)


class Broken(Exception):
    """Something other than a test failed."""


class Tree:
    def __init__(self, folder: Path, jobs: int):
        self.folder, self.build, self.jobs = folder, folder / "build", jobs
        self._whole = None  # the file with the fault, and its text without

    def prepare(self) -> None:
        """Makes the copy equal to the tree, and configures it."""
        wanted = tree.files(ROOT)
        for path in wanted:
            self._update(path)
        for path in set(tree.files(self.folder)) - set(wanted):
            (self.folder / path).unlink()
        self._run(["cmake", "-S", self.folder, "-B", self.build, *CONFIGURE], "configuring")

    def _update(self, path: str) -> None:
        source, copy = ROOT / path, self.folder / path
        data = source.read_bytes()
        if not copy.exists() or copy.read_bytes() != data:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
            copy.chmod(source.stat().st_mode)

    def make(self, targets) -> None:
        if targets:
            self._run(["cmake", "--build", self.build, "-j", str(self.jobs), "--target", *targets], "building")

    def test(self, tests, cases: str) -> list[str]:
        """Runs tests until one fails; the names of what failed. Broken if a test could not run."""
        names = "|".join(map(re.escape, tests))
        done = subprocess.run(
            ["ctest", "--test-dir", self.build, "-R", f"^({names})$", "--output-on-failure", "--no-tests=error",
             "--stop-on-failure", "--timeout", str(TEST_SECONDS)],
            capture_output=True, text=True, errors="replace", check=False, stdin=subprocess.DEVNULL,
            env=os.environ | {"GTEST_FILTER": cases, "GTEST_FAIL_FAST": "1", "PYTHONDONTWRITEBYTECODE": "1"})
        failed = _FAILED.findall(done.stdout)
        if done.returncode == 0 and not failed:
            return []
        if not failed or any(how == "Not Run" for _, how in failed):
            raise Broken(f"running {', '.join(tests)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return [f"{name}: {self._first_case(done.stdout, how)}" for name, how in failed]

    @staticmethod
    def _first_case(output: str, how: str) -> str:
        found = _CASE.search(output)
        case = (found[1] or found[2]) if found else ""
        return case or how.lower()

    def plant(self, fault) -> int:
        """The number of the line that was changed."""
        file = self.folder / fault.file
        self._whole = file, file.read_text(encoding="utf-8")
        file.write_text(fault.planted(self._whole[1]), encoding="utf-8")
        return fault.place(self._whole[1]) + 1

    def restore(self) -> None:
        """Takes the fault out again."""
        if self._whole:
            self._whole[0].write_text(self._whole[1], encoding="utf-8")
            self._whole = None

    @staticmethod
    def _run(command, doing: str) -> None:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, errors="replace", check=False,
                              stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise Broken(f"{doing} failed:\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
