"""What `cmake --install` leaves is complete, can be moved, and keeps the verifier apart from secrets."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["SANDOQ_SOURCE_DIR"])
BINARY = Path(os.environ["SANDOQ_BINARY_DIR"])
CMAKE = os.environ["CMAKE"]
CXX = os.environ["CXX"]

sys.path.insert(0, str(SOURCE / "tools" / "lint"))
import layers  # noqa: E402
import verify_symbols  # noqa: E402

INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)


def run(*args, **how):
    """Standard output; a failure shows both streams."""
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, check=False, **how)
    assert done.returncode == 0, f"{args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def includes_of(path):
    return INCLUDE.findall(path.read_text())


def first_includes(path):
    """The headers of which a compiler sees the first line before it has seen anything else."""
    chain = []
    while included := includes_of(path):
        name = included[0]
        path = next((root / name for root in (SOURCE, SOURCE / "include") if (root / name).exists()), None)
        if path is None:
            break
        chain.append(name)
    return chain


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="sandoq-install-")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        # As packagers do it: staged, for a prefix that is not there. Then moved, which must harm nothing.
        run(CMAKE, "--install", BINARY, "--prefix", "/opt/sandoq", env=os.environ | {"DESTDIR": str(cls.folder / "stage")})
        cls.staged = files_in(cls.folder / "stage")
        cls.whole = cls.folder / "moved"
        shutil.move(cls.folder / "stage" / "opt" / "sandoq", cls.whole)
        cls.verifier = cls.folder / "verifier"
        run(CMAKE, "--install", BINARY, "--prefix", cls.verifier, "--component", "verify")

    def pkg_config(self, prefix, *args):
        return run("pkg-config", *args, env=os.environ | {"PKG_CONFIG_PATH": str(prefix / "lib" / "pkgconfig")}).split()

    def find_package(self, prefix, line, name):
        """Configures a project of that one line; returns what CMake wrote and whether it was content."""
        project = self.folder / name
        project.mkdir()
        (project / "CMakeLists.txt").write_text(
            f"cmake_minimum_required(VERSION 3.25)\nproject(p LANGUAGES CXX)\n{line}\n")
        done = subprocess.run([CMAKE, "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={prefix}",
                               f"-DCMAKE_CXX_COMPILER={CXX}"], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr, done.returncode == 0

    def test_nothing_lies_outside_the_prefix(self):
        self.assertEqual([name for name in self.staged if not name.startswith("opt/sandoq/")], [])

    def test_every_public_header_and_nothing_private(self):
        installed = self.whole / "include"
        self.assertEqual(files_in(installed), files_in(SOURCE / "include"))
        for name in files_in(installed):
            self.assertEqual((installed / name).read_bytes(), (SOURCE / "include" / name).read_bytes(), name)
        self.assertEqual([name for name in files_in(self.whole) if name.endswith((".cpp", ".core.hpp"))], [])

    def test_no_file_names_where_it_was_built(self):
        for name in files_in(self.whole):
            if not name.endswith((".a", "bin/sandoq")):
                text = (self.whole / name).read_text()
                for place in (SOURCE, BINARY, "/opt/sandoq"):
                    self.assertNotIn(str(place), text, name)

    def test_the_verifier_comes_without_secrets(self):
        names = files_in(self.verifier)
        self.assertIn("include/sandoq/verify/verify_record.hpp", names)
        self.assertIn("lib/libsandoq-verify.a", names)
        self.assertEqual([name for name in names if layers.SECRET_HEADER.search(name) or "/integer_" in name], [])
        self.assertEqual([name for name in names if name.endswith(".a")], ["lib/libsandoq-verify.a"])
        headers = [name for name in names if name.endswith(".hpp")]
        for name in headers:
            for included in includes_of(self.verifier / name):
                if included.startswith("sandoq/"):
                    self.assertIn(f"include/{included}", names, name)
        listing = run("nm", "--demangle", self.verifier / "lib/libsandoq-verify.a")
        self.assertIn("sandoq::verify_record(", listing)
        self.assertEqual(verify_symbols.problems_in("libsandoq-verify.a", listing), [])

    def test_every_header_compiles_on_its_own(self):
        """Most are the first that some source file includes, so the build has shown it; the others are compiled here."""
        first = {name for folder in ("lib", "proofs", "tests") for source in (SOURCE / folder).rglob("*.cpp")
                 for name in first_includes(source)}
        headers = [name for name in files_in(self.whole / "include") if name not in first]
        self.assertIn("sandoq/core/ids.hpp", headers)
        folder = self.folder / "headers"
        folder.mkdir()
        for number, name in enumerate(headers):
            (folder / f"{number}.cpp").write_text(f'#include "{name}"\n')
        halves = [sorted(folder.iterdir())[start::2] for start in (0, 1)]
        flags = self.pkg_config(self.whole, "--cflags", "sandoq")
        running = [subprocess.Popen([CXX, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *flags, *half],
                                    stderr=subprocess.PIPE, text=True) for half in halves]
        for compiler in running:
            said = compiler.communicate()[1]
            self.assertEqual(compiler.returncode, 0, said)

    def test_archives_stand_before_what_they_need(self):
        for static in ([], ["--static"]):
            libs = self.pkg_config(self.whole, *static, "--libs", "sandoq")
            self.assertLess(libs.index("-lsandoq"), libs.index("-lsandoq-verify"))
            self.assertLess(libs.index("-lsandoq-verify"), libs.index("-lsodium"))
        self.assertNotIn("-ltbb", self.pkg_config(self.verifier, "--libs", "sandoq-verify"))

    def test_find_package_says_what_is_there(self):
        said, well = self.find_package(self.verifier, """
          find_package(sandoq 0.1 REQUIRED)
          if(NOT TARGET sandoq::verify OR TARGET sandoq::sandoq OR DEFINED TBB_FOUND)
            message(FATAL_ERROR "not the verifier alone")
          endif()
          find_package(sandoq 0.1 QUIET COMPONENTS sandoq)
          if(sandoq_FOUND)
            message(FATAL_ERROR "found what is not there")
          endif()
          find_package(sandoq 0.2 QUIET)
          if(sandoq_FOUND)
            message(FATAL_ERROR "another minor version")
          endif()""", "verifier_alone")
        self.assertTrue(well, said)

    def test_what_the_readme_says(self):
        """The commands of "Install and link", all but the first, which made the build that is tested."""
        readme = (SOURCE / "README.md").read_text()
        section = readme.split("\n## Install and link\n")[1].split("\n## ")[0]
        commands = [line[4:] for line in section.splitlines() if line.startswith("    ")]
        self.assertEqual(commands.pop(0), "cmake --preset release && cmake --build build/release")
        home = self.folder / "home"
        home.mkdir()
        script = "\n".join(commands).replace("build/release", str(BINARY))
        said = run("bash", "-euo", "pipefail", "-c", script, cwd=SOURCE, env=os.environ | {"HOME": str(home)})
        self.assertEqual(re.findall(r"^(?:accept|reject)$", said, re.MULTILINE), ["accept", "accept"])
        self.assertEqual(said.count("the ballot: accepted; with two votes exchanged: rejected"), 2)


if __name__ == "__main__":
    unittest.main()
