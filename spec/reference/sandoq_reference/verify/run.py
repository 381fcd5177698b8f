"""verify_record: all passes, one verdict."""

import time

from .files import Record, check_files, read_head, read_items
from .journals import JournalPass
from .setup import check_ceremony, check_head, check_manifest, check_roster, gathered_ceremony, told
from .totals import TotalsPass
from .verdict import Findings, Unreadable


class Outcome:
    """The verdict with what a report shows."""

    def __init__(self):
        self.checks, self.accepted = [], False
        self.counts, self.ballots, self.seconds = {}, 0, {}
        self.election = self.results = None
        self.exclusions, self.recoveries, self.absences, self.shut_out = [], [], [], []
        self.subtotals, self.resolutions, self.ties = [], {}, []
        self.groups, self.write_ins, self.allocations = [], {}, []
        self.sampled = self.sampled_stages = None
        self.interrupted = None  # in words, if something other than the record stopped a pass


class _Clock:
    def __init__(self, seconds):
        self.seconds, self.last = seconds, time.monotonic()

    def lap(self, phase):
        now = time.monotonic()
        self.seconds[phase] = round(now - self.last, 3)
        self.last = now


def verify_record(directory, pinned=None, domain=None, jobs=1, sample=None, progress=None, sample_stages=None):
    """pinned: e0 as bytes or None; domain: 1, 2 or None; sample, sample_stages: how many proofs of ballots, and of stages of
    mixes, are checked."""
    findings, outcome, totals = Findings(), Outcome(), None
    try:
        totals = _passes(directory, findings, outcome, pinned, domain, jobs, sample, progress, sample_stages)
    except Unreadable:
        raise
    except Exception as error:  # what was not carried through is not passed; the report says so
        outcome.interrupted = f"interrupted: {type(error).__name__}: {error}"
    outcome.checks, outcome.accepted = findings.report()
    if outcome.accepted:
        results, resolving = totals.results, totals.resolving
        outcome.counts, outcome.ballots = results.counts_told(), totals.record.head.cast
        outcome.results, outcome.subtotals = results.results, results.subtotals_told()
        outcome.groups, outcome.write_ins = results.groups_told(), results.write_ins_told()
        outcome.resolutions, outcome.ties = resolving.places(), resolving.told()
        outcome.allocations = resolving.allocations_told()
    else:
        outcome.exclusions, outcome.recoveries, outcome.absences, outcome.shut_out = [], [], [], []
    return outcome


def _passes(directory, findings, outcome, pinned, domain, jobs, sample, progress, sample_stages):
    clock = _Clock(outcome.seconds)
    head, head_bytes = read_head(directory, findings)
    if head is None:
        return None
    check_files(directory, head, findings)
    clock.lap("files")
    if not findings.sound("record.files"):
        return None
    record = Record(directory, head, head_bytes)
    read_items(record, findings)
    clock.lap("structure")
    if not findings.sound("record.items"):
        return None
    election = None
    with findings.judging("manifest.rules", "manifest.pb"):
        election = outcome.election = check_manifest(record, findings, pinned, domain)
    if election is None:
        return None
    check_roster(findings, election)
    held = gathered_ceremony(record)
    keys = check_ceremony(held, findings, election)
    check_head(record, findings, election, held)
    clock.lap("ceremony")
    journals = JournalPass(record, findings, election, keys, jobs, sample, progress)
    if journals.sampled is not None:
        outcome.sampled = len(journals.sampled)
    journals.run()
    clock.lap("ballots")
    totals = TotalsPass(record, findings, election, keys, journals, jobs, sample_stages)
    if totals.mixes.sampled is not None:
        outcome.sampled_stages = len(totals.mixes.sampled)
    totals.run()
    clock.lap("tally")
    outcome.exclusions, outcome.recoveries = journals.exclusions, journals.recoveries
    if findings.sound("ceremony.blame"):
        outcome.absences, outcome.shut_out = told(held, election)
    return totals
