"""What the lints of compiled code share: the symbols of an archive, member by member."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def symbols_of(archive: Path) -> str:
    """The output of `nm --demangle`."""
    return subprocess.run(["nm", "--demangle", archive], check=True, capture_output=True, text=True).stdout


def members_and_lines(listing: str) -> Iterator[tuple[str, str]]:
    """The lines of such an output, each with the member that it belongs to."""
    member = ""
    for line in listing.splitlines():
        if line.endswith(":") and " " not in line:
            member = line[:-1]
        else:
            yield member, line
