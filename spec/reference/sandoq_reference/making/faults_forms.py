"""Changes of the election with ballot rules of every form: its manifest, its ballots, its counts and what follows from them."""

import copy
from functools import partial

from .. import allocation, bit_vector
from ..codes import Codes
from ..elgamal import encrypt
from ..items import split_proof
from ..layout import Value
from ..random_stream import RandomStream
from .choices import codes, of_codes, subset
from .faults_mixed import move, result
from .forms import COUNCIL, EAST, PARLIAMENT, POINTS, SEATS, TWO_LISTS, WEST, polls
from .mutating import forms as M
from .mutating import in_manifest, setting, to


def _of_forms(mutation):
    mutation.base = "forms"
    return mutation


# The manifest

def _contest(index, *changes, **fields):
    """Other fields of a contest, in the manifest alone; its ballot rule has the same limits."""
    def change(manifest, maker):
        contest = manifest.contests[index]
        for name, value in fields.items():
            vars(contest if name in vars(contest) else contest.law.ballot)[name] = value
        contest.law.ballot.min, contest.law.ballot.max = contest.min, contest.max
        for other in changes:
            other(contest)
    return in_manifest(change)


def _no_lists(contest):
    contest.lists = []


def _list(index, members):
    def change(contest):
        contest.lists[index].options = members
    return change


def rules(name, what, change, threats="T28"):
    return M("forms-" + name, threats, "manifest.rules", what, "files", change)


MANIFESTS = [
    rules("votes-above-each", "more votes on a ballot than all options can have", _contest(POINTS, max=13)),
    rules("void-without-blank", "void over-votes, and no blank ballots that they could be counted with",
          _contest(POINTS, overvote=3, blank=0)),
    rules("open-in-bit-vector", "open lists in a bit vector, which cannot show them", _contest(COUNCIL, form=2)),
    rules("open-in-slots", "open lists in slots, which cannot show them", _contest(POINTS, form=2)),
    rules("strike-in-bit-vector", "members of a closed list are struck out in a bit vector, which cannot show it",
          _contest(SEATS, strike=1)),
    rules("list-beside-options", "a list's code beside options in a bit vector", _contest(COUNCIL, exclusive=0)),
    rules("separate-in-slots", "options or a list in slots, which cannot show it", _contest(COUNCIL, encoding=2)),
    rules("closed-without-lists", "closed lists, and no list", _contest(SEATS, _no_lists)),
    rules("separate-without-lists", "list codes of their own, and no list", _contest(PARLIAMENT, _no_lists)),
    rules("closed-list-short", "a closed list with fewer members than votes", _contest(SEATS, _list(1, [3]))),
    rules("closed-list-long", "a closed list with more members than votes", _contest(SEATS, _list(0, [2, 0, 1, 5]))),
    rules("codes-1202", "a bit vector of 1,202 codes for four options", _contest(COUNCIL, each=300, max=300), "T30"),
    rules("subset-of-65", "packed subsets of 65 codes: 64 of options and a list's", _contest(PARLIAMENT, each=11, max=64), "T30"),
]

# Ballots; the void one is the third, the first challenged one the second


class _Lenient(Codes):
    """Codes of a device that takes whatever is pressed."""

    def problem(self, codes):
        return None


def _lenient(keys):
    """The keys as such a device has them, which checks nothing but that a proof can be made."""
    keys, election = copy.copy(keys), copy.copy(keys.election)
    election.shapes = [copy.copy(shape) for shape in election.shapes]
    for shape, contest in zip(election.shapes, election.contests):
        shape.codes = _Lenient(contest)
    keys.election = election
    return keys


def on_ballot(branch, serial, contest, chosen):
    """A device makes a ballot, and what it shows of it, of these codes."""
    def change(_, maker):
        maker.keys = _lenient(maker.keys)
        own = of_codes(maker.election.contests[contest], chosen)
        maker.at_polls = partial(polls, altered={(branch, serial): {contest: own}})
    return change


def challenged(name, what, contest, *chosen):
    """The ballot is what its choices and seeds give, and the choices are not permitted."""
    return M("forms-challenge-" + name, "T22 T25", "ballot.challenge", what, "step.polls", on_ballot(EAST, 1, contest, chosen))


def shown(name, what, contest, choices):
    return M("forms-challenge-" + name, "T25", "ballot.challenge", what, "challenge", setting(f"choices.{contest}", to(choices)))


def lying(contest, *chosen):
    """A bit vector with these codes, and the proof that a device comes to which nothing stops."""
    def change(ballot, maker):
        keys, shape, stream = maker.keys, maker.election.shapes[contest], RandomStream("attack/codes")
        marks = list(of_codes(maker.election.contests[contest], chosen).marks)
        nonces = [stream.nonzero() for _ in marks]
        pairs = [encrypt(keys.key_table, mark, nonce) for mark, nonce in zip(marks, nonces)]
        proof = bit_vector.prove(keys.context(ballot, contest), shape, keys.bases, keys.key_table, pairs,
                                 marks + [0] * (shape.bits - shape.ciphertexts), nonces, stream.bytes(32))
        ballot.contests[contest] = Value(encoding=1, ciphertexts=pairs, **split_proof(1, proof))
    return change


BALLOTS = [
    M("forms-two-closed-lists", "T22", "ballot.proof", "a ballot chooses two closed lists", "ballot", lying(SEATS, 1, 2), nth=2),
    M("forms-list-and-option", "T22", "ballot.proof", "a ballot has a list's code and an option beside it", "ballot",
      lying(COUNCIL, 3, 9), nth=2),
    M("forms-two-lists", "T22", "ballot.proof", "a ballot has the codes of two lists, each of which stands for all its votes",
      "ballot", lying(COUNCIL, 9, 10), nth=2),
    challenged("second-code", "a challenge shows an option's second code without its first, in slots", POINTS, 2),
    challenged("second-code-marked", "a challenge shows an option's second code without its first, in a bit vector",
               COUNCIL, 2, 3),
    challenged("open-list", "a challenge shows options of two lists where lists are open", PARLIAMENT, *TWO_LISTS),
    challenged("independent", "a challenge shows an option of a list and an independent one where lists are open",
               PARLIAMENT, 1, 6),
    challenged("list-of-others", "a challenge shows a list's code and an option of another list", PARLIAMENT, 1, 8),
    challenged("two-lists", "a challenge shows the codes of two lists in a packed subset", PARLIAMENT, 7, 8),
    challenged("three-options", "a challenge shows three options of a packed subset that has two, and room for a list's code",
               PARLIAMENT, 1, 2, 3),
    shown("code-moved", "a challenge shows a vote that was cut off", POINTS, codes(1, 2, 4, 5)),
    shown("members", "a challenge shows the options of a list whose code was encrypted", PARLIAMENT, subset(4, 5)),
    shown("no-code", "a challenge shows a code that there is none of", PARLIAMENT, subset(4, 5, 9)),
]

# What follows from the counts


def _counted(name, what, contest, change, threats="T28"):
    return _of_forms(result("forms-" + name, threats, what, contest, change))


def _as_votes(value, maker):
    """The invalid vote, as it was packed."""
    for code in TWO_LISTS:
        value.counts[code - 1] += 1
    value.counts[-1] -= 1


def _members(value, maker):
    """What each member has, where the counts are of lists."""
    first, second, blank = value.counts
    value.counts = [first] * 3 + [second] * 2 + [0, blank]


def _first_codes(counts):
    """Votes of a ballot for one option count once."""
    for at in range(len(counts) - 1):
        if at % 3:
            counts[at] = 0


def _allocated(change):
    """The allocation that another contest or other counts would give; change(contest, result), of copies."""
    def changed(item, maker):
        contest = copy.deepcopy(maker.election.contests[item.contest])
        own = copy.deepcopy(maker.results[item.contest])
        change(contest, own)
        made, _ = allocation.allocation_of(contest, own, [])
        if vars(made) == vars(item):
            raise ValueError("the same allocation")
        item.__dict__.update(vars(made))
    return changed


def _by_members(contest, own):
    contest.law.proportional[0].base = 1


def allocated(name, what, nth, change):
    return M("forms-allocation-" + name, "T28", "result.allocations", what, "allocation", _allocated(change), nth=nth)


RESULTS = [
    _counted("invalid-as-votes", "an invalid vote with options of two open lists is counted as votes", PARLIAMENT, _as_votes,
             "T22 T28"),
    _counted("invalid-as-blank", "an invalid vote with options of two open lists is counted as blank", PARLIAMENT, move(9, 8),
             "T22"),
    _counted("list-moved", "a ballot of one closed list is counted for another", SEATS, move(1, 0)),
    _counted("list-as-members", "closed lists have counts of their members", SEATS, _members),
    _counted("list-ballot-as-vote", "a list's own ballot is counted as a vote for its first member", PARLIAMENT, move(6, 0)),
    _counted("codes-moved", "an option's second vote is counted as another one's first", POINTS, move(1, 3)),
    _counted("codes-folded", "the votes of an option are counted together", POINTS,
             setting("counts", lambda old: [sum(old[at:at + 3]) for at in range(0, 12, 3)] + old[12:])),
    _counted("list-as-option", "a list's own ballot is counted as a vote for an option, in a bit vector", COUNCIL, move(8, 6)),
    allocated("by-members", "an allocation goes by votes for members in place of the lists' own ballots", 2, _by_members),
    allocated("by-members-of-council", "an allocation goes by votes for members where ballots have those or a list's code", 3,
              _by_members),
    allocated("of-first-codes", "an allocation counts one vote of a ballot for an option that has more", 1,
              lambda contest, own: _first_codes(own.counts)),
    allocated("of-another-order", "an allocation takes the members of a closed list in the order of options", 0,
              lambda contest, own: contest.lists[0].options.sort()),
]
FORMS = MANIFESTS + BALLOTS + RESULTS
SECOND_CODE = on_ballot(WEST, 0, POINTS, (2, 7, 8))
