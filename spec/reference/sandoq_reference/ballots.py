"""Making, recomputing and checking the contest ballots of one ballot (spec 45 to 47, 52.4 to 52.6)."""

from . import bit_vector, packed, slots
from .bit_vector import Context, slack_bits
from .elgamal import encrypt
from .equations import Failed
from .group import IDENTITY_BYTES, decode, decode_scalar, derived_base
from .items import BIT_VECTOR, CONTEST_BALLOT, PACKED, RANKING, SLOTS, proof_bytes, split_proof
from .layout import Value
from .shuffle import Bases as ShuffleBases


class ElectionKeys:
    """What ballots and mixers need of an election: manifest, bases, K and e1."""

    def __init__(self, election, bases, key, key_point, e1, key_table=None, shut_out=frozenset()):
        """bases: those of bit vectors; shut_out: (board, trustee) who may not sign."""
        self.election, self.bases = election, bases
        self.slot_bases = slots.Bases(election.e0)
        self.shuffle_bases = ShuffleBases(lambda label, index: derived_base(election.e0, label, index))
        self.key, self.key_point, self.e1 = key, key_point, e1
        self.key_table, self.shut_out = key_table, shut_out

    def __deepcopy__(self, memo):
        return self  # never changed

    def context(self, ballot, contest):
        election = self.election
        return Context(e1=self.e1, domain=election.domain, key=self.key, contest=election.contests[contest].id,
                       descriptor=election.descriptors[contest], branch=ballot.branch, device=ballot.device,
                       serial=ballot.serial, style=ballot.style, digits=ballot.digits)

    def contests_of(self, ballot):
        return self.election.manifest.styles[ballot.style].contests


def form_problem(election, ballot):
    """ballot.form of 90.2, or None."""
    styles = election.manifest.styles
    if ballot.style >= len(styles) or ballot.style not in election.styles_of[ballot.branch]:
        return f"style {ballot.style} is not given at branch {ballot.branch}"
    if ballot.digits > 10000:
        return f"digits {ballot.digits}"
    contests = styles[ballot.style].contests
    if len(ballot.contests) != len(contests):
        return f"{len(ballot.contests)} contests instead of {len(contests)}"
    for contest, part in zip(contests, ballot.contests):
        problem = _part_problem(election.contests[contest].encoding, election.shapes[contest], part)
        if problem:
            return f"contest {contest}: {problem}"
    return None


def _part_problem(encoding, shape, part):
    if part.encoding != encoding:
        return f"encoding {part.encoding} instead of {encoding}"
    if len(part.ciphertexts) != shape.ciphertexts:
        return f"{len(part.ciphertexts)} ciphertexts instead of {shape.ciphertexts}"
    if encoding == BIT_VECTOR and len(part.responses) != shape.bits - 1:
        return f"{len(part.responses)} responses instead of {shape.bits - 1}"
    if encoding == SLOTS and len(part.rounds) != shape.rounds:
        return f"{len(part.rounds)} rounds instead of {shape.rounds}"
    return None


def part_points(part):
    """Decoded α_1, β_1, ..., then the elements of the proof, of a contest ballot; Failed if a scalar or an element does not
    decode, or an α is the identity."""
    if any(ciphertext[:32] == IDENTITY_BYTES for ciphertext in part.ciphertexts):
        raise Failed("an alpha is the identity")
    points = []
    for kind, data, _ in CONTEST_BALLOT.members(part, ""):
        if kind == "E":
            points.append(decode(data))
        else:
            decode_scalar(data)
    return points


def choices_problem(contest, shape, choices):
    """Why a contest (of the manifest) does not permit these choices (52.6), or None."""
    if choices.encoding != contest.encoding:
        return f"encoding {choices.encoding} instead of {contest.encoding}"
    if contest.encoding == BIT_VECTOR:
        return _marks_problem(shape, choices.marks) or shape.codes.problem(marked(shape, choices.marks))
    codes, limits = choices.codes, shape.codes
    if not limits.least <= len(codes) <= limits.most and (codes or not contest.blank):
        return f"{len(codes)} codes"
    if any(not 1 <= code <= limits.count for code in codes) or len(set(codes)) != len(codes):
        return "a code that there is none of, or that stands twice"
    if contest.encoding != RANKING and codes != sorted(codes):
        return "codes that are not ascending"
    if contest.encoding in PACKED and not packed.is_text(shape, choices.text):
        return "a text that there is no room for, or that is none"
    return None if contest.encoding == RANKING else limits.problem(codes)


def marked(shape, marks):
    """The codes that are marked in a bit vector; blank is none."""
    return [code for code, mark in enumerate(marks[:shape.codes.count], 1) if mark]


def _marks_problem(shape, marks):
    if len(marks) != shape.ciphertexts:
        return f"{len(marks)} choices instead of {shape.ciphertexts}"
    if slack_bits(shape.weights, shape.ciphertexts, marks, shape.most) is None:
        return "choices outside the limits"
    return None


def contest_ballot(keys, ballot, contest, choices, seed, nonces=None):
    """The contest ballot that permitted choices and ballot seed give, bit for bit; other nonces make a ballot to be rejected."""
    election = keys.election
    problem = choices_problem(election.contests[contest], election.shapes[contest], choices)
    if problem:
        raise ValueError(problem)
    encoding, shape, context = choices.encoding, election.shapes[contest], keys.context(ballot, contest)
    make = _bit_vector if encoding == BIT_VECTOR else _slots if encoding == SLOTS else _packed
    ciphertexts, proof = make(keys, context, shape, choices, seed, nonces)
    return Value(encoding=encoding, ciphertexts=ciphertexts, **split_proof(encoding, proof))


def _bit_vector(keys, context, shape, choices, seed, nonces):
    marks = choices.marks
    slack = slack_bits(shape.weights, shape.ciphertexts, marks, shape.most)
    nonces = nonces or bit_vector.encryption_nonces(context, marks, seed)
    ciphertexts = [encrypt(keys.key_table, m, r) for m, r in zip(marks, nonces)]
    return ciphertexts, bit_vector.prove(context, shape, keys.bases, keys.key_table, ciphertexts, list(marks) + slack, nonces,
                                         seed)


def _slots(keys, context, shape, choices, seed, nonces):
    codes, blank = slots.codes_of(shape, choices.codes)
    blank = blank if shape.blank else 0
    nonces = nonces or slots.encryption_nonces(context, shape, codes, blank, seed)
    ciphertexts = slots.encrypt(keys.key_table, shape, codes, blank, nonces)
    return ciphertexts, slots.prove(context, shape, keys.slot_bases, keys.key_table, ciphertexts, codes, blank, nonces, seed)


def packed_number(shape, choices):
    """V of 47.1."""
    number = packed.number_of_ranking if shape.ranked else packed.number_of_subset
    return number(shape.options, choices.codes)


def _packed(keys, context, shape, choices, seed, nonces):
    parts = packed.parts_of(shape, packed_number(shape, choices), choices.text)
    nonces = nonces or packed.encryption_nonces(context, parts, seed)
    ciphertexts = packed.encrypt(keys.key_table, parts, nonces)
    return ciphertexts, packed.prove(context, ciphertexts, nonces, seed)


def make_ballot(keys, branch, device, serial, style, digits, choices, seed, time, previous):
    """A complete ballot without its code; choices: those of each contest of the style."""
    ballot = Value(branch=branch, device=device, serial=serial, style=style, digits=digits, time=time,
                   previous=previous, code=bytes(32))
    ballot.contests = [contest_ballot(keys, ballot, contest, part, seed)
                       for contest, part in zip(keys.contests_of(ballot), choices)]
    return ballot


def recomputation_problem(keys, ballot, choices, seed):
    """Why a challenged ballot is not what choices and seed give, or None."""
    contests = keys.contests_of(ballot)
    if len(choices) != len(contests):
        return f"choices for {len(choices)} contests instead of {len(contests)}"
    for contest, part, own in zip(contests, ballot.contests, choices):
        problem = choices_problem(keys.election.contests[contest], keys.election.shapes[contest], own)
        if problem:
            return f"contest {contest}: {problem}"
        if CONTEST_BALLOT.encode(contest_ballot(keys, ballot, contest, own, seed)) != CONTEST_BALLOT.encode(part):
            return f"contest {contest}: the ballot does not hold what was shown"
    return None


def contest_terms(keys, ballot, part, contest, points=None):
    """The equations of one contest ballot, four or (packed) one; points: what part_points gives, if already known."""
    context, shape, proof = keys.context(ballot, contest), keys.election.shapes[contest], proof_bytes(part)
    if part.encoding in PACKED:
        return packed.equations(context, part.ciphertexts, proof)
    if part.encoding == SLOTS:
        return slots.equations(context, shape, keys.slot_bases, keys.key_point, part.ciphertexts, proof, points)
    return bit_vector.equations(context, shape, keys.bases, keys.key_point, part.ciphertexts, proof, points)
