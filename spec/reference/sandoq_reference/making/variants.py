"""Good records: what must be accepted, and what must be rejected only because of what was agreed on besides."""

from functools import partial

from .election import SmallPolls
from .faults_forms import SECOND_CODE
from .faults_mixed import no_ties_of_results, slots_of
from .mixed import identity
from .mixed import polls as mixed_polls
from .mutating import Mutation as M
from .mutating import forms, mixed, rich


def _ties_left_open(_, maker):
    maker.attributes = maker.beacon = None


def _real(_, maker):
    maker.domain = 1


def _quorum_only(_, maker):
    maker.everyone = False


def _other_polls(_, maker):
    maker.at_polls = SmallPolls(5)


def _identity_vote(_, maker):
    maker.at_polls = partial(mixed_polls, spoil=identity)


def _other_dummy(ballot, maker):
    slots_of(ballot, maker, [3, 6], 0)


VARIANTS = [
    M("good-small", None, None, "the small election as it is", "", None),
    rich("good-everything", None, None, "the election in which everything happens that the format has a form for", "", None),
    mixed("good-mixed", None, None, "the small election with a contest of every encoding", "", None),
    forms("good-forms", None, None, "the small election with ballot rules of every form", "", None),
    M("good-pinned", None, None, "the small election, with the agreed manifest and domain", "", None,
      options={"manifest_hash": "small", "domain": "drill"}),
    M("second-closing", "T27", None, "the same election, closed a second time with other ballots: good in itself",
      "step.polls", _other_polls),
    rich("ties-open", "T27", None, "the same election before its ties are resolved", "step.ties", _ties_left_open),
    mixed("mixed-open", "T27", None, "the election with a contest of every encoding before its ties and allocations are settled",
          "step.ties", _ties_left_open),
    mixed("mixed-quorum-only", "T13", None, "only as many trustees as are needed open the totals and the mixed lists",
          "step.openings", _quorum_only),
    mixed("identity-vote", "T22", None, "a device encrypts the identity, which marks what fills up a list: an invalid vote",
          "step.polls", _identity_vote),
    mixed("lot-for-an-allocation", "T27", None, "no result has a tie, and an allocation needs the lot", "manifest.keys",
          lambda manifest, maker: no_ties_of_results(manifest)),
    mixed("another-dummy", "T21", None, "a device leaves a slot empty by another dummy than it must, which means the same",
          "ballot", _other_dummy, nth=3),
    forms("second-code-alone", "T22", None, "a device casts an option's second code without its first, which counts as one vote "
          "all the same", "step.polls", SECOND_CODE),
    M("quorum-only", "T13", None, "only as many trustees as are needed open the totals", "step.openings", _quorum_only),
    M("real", "T29", None, "the same places, boards and votes in a real election", "step.manifest", _real),
]

ASKED = [
    M("another-manifest-agreed", "T12", "manifest.pin", "people agreed on the manifest of another election", "", None,
      options={"manifest_hash": "everything"}),
    M("drill-read-as-real", "T29", "manifest.domain", "a drill is read as the real election", "", None,
      options={"domain": "real"}),
    M("real-in-place-of-drill", "T29 T12", "manifest.pin manifest.domain", "a real election stands where people agreed on a "
      "drill with the same places and keys", "step.manifest", _real, options={"manifest_hash": "small", "domain": "drill"}),
]
