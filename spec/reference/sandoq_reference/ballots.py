"""Making, recomputing and checking the contest ballots of one ballot (spec 45, 52.4 to 52.6)."""

from .bit_vector import Context, encryption_nonces, equations, prove, slack_bits
from .elgamal import encrypt
from .items import CONTEST_BALLOT, proof_bytes, split_proof
from .layout import Value


class ElectionKeys:
    """What ballots need of an election: manifest, bases, K and e1."""

    def __init__(self, election, bases, key, key_point, e1, key_table=None, shut_out=frozenset()):
        """shut_out: (board, trustee) who may not sign."""
        self.election, self.bases = election, bases
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
        shape = election.shapes[contest]
        if len(part.ciphertexts) != shape.ciphertexts:
            return f"contest {contest}: {len(part.ciphertexts)} ciphertexts instead of {shape.ciphertexts}"
        if len(part.responses) != shape.bits - 1:
            return f"contest {contest}: {len(part.responses)} responses instead of {shape.bits - 1}"
    return None


def choices_problem(shape, choices):
    if len(choices) != shape.ciphertexts:
        return f"{len(choices)} choices instead of {shape.ciphertexts}"
    if slack_bits(shape.weights, shape.ciphertexts, choices, shape.most) is None:
        return "choices outside the limits"
    return None


def contest_ballot(keys, ballot, contest, choices, seed, nonces=None):
    """The contest ballot that choices and ballot seed give, bit for bit; other nonces make a ballot to be rejected."""
    shape, context = keys.election.shapes[contest], keys.context(ballot, contest)
    slack = slack_bits(shape.weights, shape.ciphertexts, choices, shape.most)
    if slack is None:
        raise ValueError("choices outside the limits")
    nonces = nonces or encryption_nonces(context, choices, seed)
    ciphertexts = [encrypt(keys.key_table, m, r) for m, r in zip(choices, nonces)]
    proof = prove(context, shape, keys.bases, keys.key_table, ciphertexts, list(choices) + slack, nonces, seed)
    return Value(ciphertexts=ciphertexts, **split_proof(proof))


def make_ballot(keys, branch, device, serial, style, digits, choices, seed, time, previous):
    """A complete ballot without its code; choices: one byte string for each contest of the style."""
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
        problem = choices_problem(keys.election.shapes[contest], own)
        if problem:
            return f"contest {contest}: {problem}"
        if CONTEST_BALLOT.encode(contest_ballot(keys, ballot, contest, own, seed)) != CONTEST_BALLOT.encode(part):
            return f"contest {contest}: the ballot does not hold what was shown"
    return None


def contest_terms(keys, ballot, part, contest, points):
    """The four equations of one contest ballot; points as in bit_vector.equations."""
    return equations(keys.context(ballot, contest), keys.election.shapes[contest], keys.bases, keys.key_point,
                     part.ciphertexts, proof_bytes(part), points)
