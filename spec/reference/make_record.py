#!/usr/bin/env python3
"""Makes a complete small election from a seed and writes its record: test data, never a real election."""

import argparse
import os
import sys


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, here)
    from sandoq_reference.making.election import make_small
    from sandoq_reference.making.everything import everything
    from sandoq_reference.making.forms import forms
    from sandoq_reference.making.mixed import mixed
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", help="a directory that does not exist yet")
    parser.add_argument("--ballots", type=int, default=4, help="cast ballots; a challenged and a void one come on top")
    parser.add_argument("--seed", default="1", help="text; everything follows from it")
    parser.add_argument("--options", type=int, default=4, help="candidates of the first contest")
    parser.add_argument("--max", type=int, default=3, help="most choices of the first contest")
    parser.add_argument("--domain", choices=("real", "drill"), default="drill")
    parser.add_argument("--quorum-only", action="store_true", help="only the last t trustees of each board open the totals")
    parser.add_argument("--everything", action="store_true", help="instead: an election in which everything happens that the "
                        "format has a form for; of the options only --seed and --file-bytes count")
    parser.add_argument("--mixed", action="store_true", help="instead: an election with a contest of every encoding; of the "
                        "options only --seed and --file-bytes count")
    parser.add_argument("--forms", action="store_true", help="instead: an election with closed and open lists, list codes of their "
                        "own and several votes for one option; of the options only --seed and --file-bytes count")
    parser.add_argument("--open-ties", action="store_true", help="with --everything or --mixed: its ties stay open")
    parser.add_argument("--file-bytes", type=int, default=32 << 20, help="start a new ballot or mix file at this size")
    arguments = parser.parse_args()
    if os.path.exists(arguments.directory):
        parser.error(f"{arguments.directory} exists already")
    if arguments.ballots < 0 or not 2 <= arguments.options <= 1000 or not 1 <= arguments.max <= arguments.options:
        parser.error("ballots at least 0, options 2 to 1000, max 1 to options")

    def progress(done):
        if done % 100 == 0:
            print(f"{done} ballots", file=sys.stderr)

    if arguments.everything:
        maker = everything(arguments.seed, resolved=not arguments.open_ties).run()
    elif arguments.mixed:
        maker = mixed(arguments.seed, settled=not arguments.open_ties).run()
    elif arguments.forms:
        maker = forms(arguments.seed).run()
    else:
        maker = make_small(arguments.seed, arguments.ballots, options=arguments.options, most=arguments.max,
                           domain=1 if arguments.domain == "real" else 2, everyone=not arguments.quorum_only,
                           progress=progress)
    maker.write(arguments.directory, arguments.file_bytes)
    print(f"manifest hash {maker.election.e0.hex()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
