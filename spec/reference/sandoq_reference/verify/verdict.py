"""Statuses of all checks and what they rest on (spec 90.1)."""

import contextlib
import errno
import os
import tomllib

from ..equations import Failed, culprits
from ..layout import StructureError

CHECKS_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "90-verification", "checks.toml")


def load_checks(path=CHECKS_FILE):
    with open(path, "rb") as stream:
        return tomllib.load(stream)["check"]


class Unreadable(Exception):
    """The machine does not give what is there, which says nothing of the record: there is no verdict (90.1)."""


def refuse_unreadable(error, place):
    if error.errno in (errno.EACCES, errno.EPERM, errno.EIO):
        raise Unreadable(f"{place} cannot be read: {error.strerror}") from None


class Findings:
    """Collects what is wrong, check by check; the statuses follow when all is collected."""

    def __init__(self, checks=None):
        self.checks = load_checks() if checks is None else checks
        self.rests_on = {check["id"]: check["rests_on"] for check in self.checks}
        self.optional = {check["id"] for check in self.checks if check.get("optional")}
        self.found = {}  # id -> (place, reason): the first one
        self.done = set()

    def fail(self, check, place, reason):
        if check not in self.rests_on:
            raise KeyError(check)
        self.found.setdefault(check, (place, reason))

    def finish(self, *checks):
        """These checks were carried through to their end."""
        self.done.update(checks)

    def sound(self, check):
        """Nothing is known against the check or what it rests on."""
        return check not in self.found and self.ready(check)

    def ready(self, check):
        """Nothing is known against what the check rests on."""
        return all(self.sound(other) for other in self.rests_on[check])

    @contextlib.contextmanager
    def judging(self, check, place):
        """Whatever goes wrong inside is a finding of this check."""
        try:
            yield
        except Unreadable:
            raise
        except OSError as error:
            refuse_unreadable(error, place)
            self.fail(check, place, f"{type(error).__name__}: {error}")
        except Failed as error:
            self.fail(check, place, error.what)
        except StructureError as error:
            self.fail(check, place, str(error))
        except Exception as error:  # a verifier never breaks on bad input: the check fails instead
            self.fail(check, place, f"{type(error).__name__}: {error}")

    def judge(self, check, place, function, *arguments):
        """Runs a function that returns None or a reason, if the check can be run at all."""
        self.finish(check)
        if self.ready(check):
            with self.judging(check, place):
                reason = function(*arguments)
                if reason is not None:
                    self.fail(check, place, reason)

    def judge_items(self, check, place, election, function, *arguments):
        """Runs a function that returns items, and verifies these as one batch."""
        def run():
            for item, _ in culprits(function(*arguments), election):
                return f"{item.name} is not valid"
            return None
        self.judge(check, place, run)

    def report(self):
        """[{id, status, place, reason}] in the order of the list, and the verdict."""
        passed, entries, accepted = set(), [], True
        for check in self.checks:
            name = check["id"]
            entry = {"id": name, "status": "pass", "place": "", "reason": ""}
            missing = [other for other in check["rests_on"] if other not in passed]
            asked = name not in self.optional or name in self.done or name in self.found
            if missing or not asked:
                entry["status"] = "not-run"
                entry["reason"] = "rests on " + ", ".join(missing) if missing else "was not asked for"
            elif name in self.found:
                entry["status"] = "fail"
                entry["place"], entry["reason"] = self.found[name]
            elif name not in self.done:
                entry.update(status="fail", reason="could not be carried through")
            else:
                passed.add(name)
            accepted = accepted and (entry["status"] == "pass" or not asked)
            entries.append(entry)
        return entries, accepted
