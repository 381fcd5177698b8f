"""Changes of the election in which everything happens: journals, exclusions, eligibility logs."""

from .. import journal as journal_rules
from ..items import ELIGIBILITY, EXCLUSION, KIND_OF, OPENING, RECOVERY
from ..layout import Value
from . import closing
from .election import FIRST_BALLOTS
from .everything import NORTH_1, NORTH_3, SOUTH_1
from .mutating import NOT_AN_ELEMENT, by_shut_out, dropped, flipped, plus, remove_kind, setting, shifted, swapped, to
from .mutating import rich as M

BALLOTS = FIRST_BALLOTS


def of_journal(layout):
    return by_shut_out(layout.name, lambda value: journal_rules.board_digest(layout, value))


def of_branch(branch):
    return lambda value, maker: value.branch == branch


def of_excluded(value, maker):
    return (value.branch, value.device) == (NORTH_1, 2)


def _log_early(files, maker):
    """The log of a branch stands between its two journals."""
    items = files[BALLOTS]
    at = [kind for kind, _ in items].index(KIND_OF["eligibility"])
    log = items.pop(at)
    items.insert([kind for kind, _ in items].index(KIND_OF["exclusion"]), log)


def _log_twice(files, maker):
    items = files[BALLOTS]
    at = [kind for kind, _ in items].index(KIND_OF["eligibility"])
    items.insert(at, items[at])


def _log_first(files, maker):
    items = files[BALLOTS]
    items.insert(0, next(entry for entry in items if entry[0] == KIND_OF["eligibility"]))


def _logs_nobody_asked_for(files, maker):
    items, out = files[BALLOTS], []
    for branch in maker.election.branches:
        out += [entry for entry in items if entry[1].branch == branch]
        out.append((KIND_OF["eligibility"], closing.make_eligibility(maker, branch)))
    files[BALLOTS] = out


def _token_of_another_branch(log, maker):
    log.tokens[0].hash = maker.ends[NORTH_1].tokens[0].hash
    log.tokens.sort(key=lambda token: token.hash)


def _less_evidence(exclusion, maker):
    maker.devices[-1].items.pop()
    exclusion.items -= 1


def _evidence_in_another_order(exclusion, maker):
    items = maker.devices[-1].items
    items[1], items[2] = items[2], items[1]


def _other_reason(reason, remark):
    def change(exclusion, maker):
        exclusion.reason, exclusion.remark = reason, remark
    return change


def _counted(exclusion, maker):
    """The first ballot of the excluded journal, which can be decoded, is added up with the others."""
    maker.tallies[NORTH_1].add(next(value for kind, value in maker.devices[-1].items if kind == KIND_OF["ballot"]))


JOURNALS = [
    M("excluded-ballot-counted", "T9", "tally.branches", "a ballot of an excluded journal is counted",
      "exclusion", _counted),
    M("long-remark", "T30", "record.items", "the remark of an exclusion is longer than allowed",
      "exclusion", setting("remark", to(b"a" * 1025))),
    M("remark-no-utf8", "T30", "record.items", "the remark of a recovery is no UTF-8",
      "recovery", setting("remark", to(b"\xff"))),
    M("log-twice", "T9", "record.items", "a branch has its eligibility log twice", "files", _log_twice),
    M("log-first", "T9", "record.items", "an eligibility log stands before any journal", "files", _log_first),
    M("exclusion-items", "T9", "record.items", "an exclusion announces an item more than follows",
      "exclusion", setting("items", plus(1))),
    M("exclusion-no-element", "T1", "record.elements", "a signature under an exclusion holds no element",
      "exclusion.signed", setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("recovery-no-element", "T1", "record.elements", "a signature under a recovery holds no element",
      "recovery.signed", setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("log-no-element", "T1", "record.elements", "a signature under an eligibility log holds no element",
      "eligibility.signed", setting("quorum.0.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("log-of-another-branch", "T9", "journal.order", "an eligibility log names another branch",
      "eligibility", setting("branch", plus(1))),
    M("log-before-the-last-journal", "T9", "journal.order", "a journal of the branch stands behind its eligibility log",
      "files", _log_early),
    M("evidence-of-another-device", "T9", "journal.order", "an item of an exclusion's evidence names another device",
      "cast", setting("device", to(1)), when=of_excluded),
    M("exclusion-device", "T9", "journal.order", "an exclusion names the device after its own",
      "exclusion", setting("device", plus(1))),
    M("exclusion-reason-0", "T9", "journal.exclusions", "an exclusion has reason 0",
      "exclusion", setting("reason", to(0))),
    M("exclusion-reason-6", "T9", "journal.exclusions", "an exclusion has reason 6",
      "exclusion", setting("reason", to(6))),
    M("exclusion-without-words", "T9", "journal.exclusions", "an exclusion for another reason does not tell it",
      "exclusion", _other_reason(5, b"")),
    M("exclusion-evidence", "T9", "journal.exclusions", "an exclusion binds other evidence",
      "exclusion", setting("evidence", flipped)),
    M("evidence-missing", "T9", "journal.exclusions", "the last item of an exclusion's evidence is gone",
      "exclusion", _less_evidence),
    M("evidence-swapped", "T9", "journal.exclusions", "two items of an exclusion's evidence are swapped",
      "exclusion", _evidence_in_another_order),
    M("exclusion-signature", "T9", "journal.exclusions", "a board's signature of an exclusion is wrong",
      "exclusion.signed", setting("quorum.1.1.signature", shifted)),
    M("exclusion-by-one-board", "T9", "journal.exclusions", "one board has not signed an exclusion",
      "exclusion.signed", setting("quorum", dropped)),
    M("exclusion-by-shut-out", "T9", "journal.exclusions", "a trustee who was shut out has signed an exclusion",
      "exclusion.signed", of_journal(EXCLUSION)),
    M("opening-by-shut-out", "T9", "journal.opening", "a trustee who was shut out has signed a device's opening",
      "opening.signed", of_journal(OPENING)),
    M("recovery-counter", "T9", "journal.close", "a recovery counts a void ballot too many",
      "recovery", setting("voided", plus(1))),
    M("recovery-committed", "T9", "journal.close", "a recovery's number of ballots is not that of its resolutions",
      "recovery", setting("committed", plus(1))),
    M("recovery-last-link", "T9", "journal.close", "a recovery names another last link",
      "recovery", setting("last_link", flipped)),
    M("recovery-signature", "T9", "journal.close", "a board's signature of a recovery is wrong",
      "recovery.signed", setting("quorum.0.1.signature", shifted)),
    M("recovery-by-shut-out", "T9", "journal.close", "a trustee who was shut out has signed a recovery",
      "recovery.signed", of_journal(RECOVERY)),
    M("log-missing", "T9", "eligibility.logs", "a branch has no eligibility log",
      "files", remove_kind(BALLOTS, "eligibility", 2)),
    M("log-not-asked-for", "T9", "eligibility.logs", "the branches have eligibility logs that the manifest does not ask for",
      "files", _logs_nobody_asked_for, base="small"),
    M("log-not-ascending", "T9", "eligibility.logs", "two tokens of a log stand in another order",
      "eligibility", setting("tokens", swapped)),
    M("token-missing", "T9", "eligibility.logs", "a log has a token less than ballots were cast",
      "eligibility", setting("tokens", dropped), when=of_branch(SOUTH_1)),
    M("token-too-many", "T9", "eligibility.logs", "a log has a token more than ballots were cast", "eligibility",
      setting("tokens", lambda old: old + [Value(hash=b"\xff" * 32, style=0)]), when=of_branch(SOUTH_1)),
    M("token-of-other-style", "T9", "eligibility.logs", "a token was given for another style than the ballot cast with it",
      "eligibility", setting("tokens.0.style", lambda old: 2 - old), when=of_branch(NORTH_3)),
    M("token-of-no-style", "T9", "eligibility.logs", "a log has a token of a style that its branch does not give",
      "eligibility",
      setting("tokens", lambda old: old + [Value(hash=b"\xff" * 32, style=2)]), when=of_branch(NORTH_1)),
    M("tokens-missing-beside-exclusion", "T9", "eligibility.logs", "a log has fewer tokens than the good journals have ballots",
      "eligibility", setting("tokens", lambda old: old[:3]), when=of_branch(NORTH_1)),
    M("log-signature", "T9", "eligibility.logs", "a board's signature of a log is wrong",
      "eligibility.signed", setting("quorum.0.0.signature", shifted), nth=1),
    M("log-by-shut-out", "T9", "eligibility.logs", "a trustee who was shut out has signed a log",
      "eligibility.signed", of_journal(ELIGIBILITY), nth=1),
    M("token-twice-in-one-log", "T9", "eligibility.logs", "a token stands twice in one log", "eligibility",
      lambda log, maker: setattr(log.tokens[1], "hash", log.tokens[0].hash), when=of_branch(SOUTH_1)),
    M("token-twice", "T9", "eligibility.unique", "a token was used in two branches",
      "eligibility", _token_of_another_branch, when=of_branch(SOUTH_1)),
]
