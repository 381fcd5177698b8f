"""The key ceremony with all trustees in one process, with attempts that fail as they are told to."""

from .. import ceremony as rules
from ..aead import open_box, seal
from ..group import ORDER, decode, encode, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..blame import complaint_statement, complaint_transcript, guilty
from ..items import DKG_COMMIT, DKG_COMPLAINT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL
from ..layout import Value
from ..sigma import chaum_pedersen_prove, schnorr_prove_generator
from ..signature import sign


class Plan:
    """One attempt of a ceremony.

    absent: {(board, trustee): remark}; faults: {(board, dealer, receiver): box(share bytes, key) -> box}; complaints:
    [(board, accuser, dealer)]; reveals: does it fail at the reveals, before any deal; reveal_faults: {(board, trustee):
    change(reveal, participants)}. The last plan is the one that succeeds.
    Against the rules: missing: (board, trustee) who take no part from here on, without reason; let_in: those who stay
    although they are guilty; confirmed: with confirmations although it is not the last.
    """

    def __init__(self, number, absent=None, faults=None, complaints=(), reveals=False, missing=(), let_in=(),
                 confirmed=False, reveal_faults=None):
        self.number, self.absent, self.faults = number, absent or {}, faults or {}
        self.complaints, self.reveals, self.reveal_faults = complaints, reveals, reveal_faults or {}
        self.missing, self.let_in, self.confirmed = missing, let_in, confirmed


def wrong_share(share, key):
    return seal(key, scalar_bytes(int.from_bytes(share, "little") + 1))


def wrong_box(share, key):
    return bytes(48)


def no_scalar(share, key):
    return seal(key, (int.from_bytes(share, "little") + ORDER).to_bytes(32, "little"))


def _signed(election, trustee, name, layout, item, hook):
    """Signs an item after the hook has seen it."""
    hook(layout.name, item)
    item.signature = sign(trustee.signing, trustee.signing_key, rules.PURPOSE[name], election.domain, election.e0,
                          rules.item_digest(name, layout, item), trustee.stream.bytes(32))
    hook(layout.name + ".signed", item)
    return item


def _head(trustee, attempt):
    return {"attempt": attempt, "board": trustee.board, "trustee": trustee.number}


def _commit(election, trustee, attempt, hook):
    stream = trustee.stream
    trustee.polynomial = [stream.nonzero() for _ in range(election.boards[trustee.board].threshold)]
    trustee.coefficients = [encode(multiply_generator(a)) for a in trustee.polynomial]
    trustee.salt = stream.bytes(32)
    h = rules.commitment(election.e0, attempt, trustee.board, trustee.number, trustee.coefficients, trustee.salt)
    item = Value(**_head(trustee, attempt), h=h)
    return _signed(election, trustee, "commits", DKG_COMMIT, item, hook)


def _reveal(election, trustee, attempt, hcom, hook, spoil, participants):
    proofs = []
    for index, a in enumerate(trustee.polynomial):
        transcript = rules.possession_transcript(election.e0, hcom, attempt, trustee.board, trustee.number, index,
                                                 trustee.coefficients)
        proofs.append(schnorr_prove_generator(transcript, a, trustee.coefficients[index], trustee.stream.bytes(32)))
    item = Value(**_head(trustee, attempt), coefficients=list(trustee.coefficients), salt=trustee.salt, proofs=proofs)
    if spoil:
        spoil(item, participants)
    return _signed(election, trustee, "reveals", DKG_REVEAL, item, hook)


def _share(dealer, receiver):
    return sum(a * receiver.number**power for power, a in enumerate(dealer.polynomial)) % ORDER


def _deal(election, trustee, receivers, attempt, hcom, hook, faults):
    entries = []
    for receiver in receivers:
        share = scalar_bytes(_share(trustee, receiver))
        ephemeral = trustee.stream.nonzero()
        c1 = encode(multiply_generator(ephemeral))
        shared = encode(multiply_generator(ephemeral * receiver.encryption))  # εP; the maker knows the logarithm of P
        key = rules.share_key(election.e0, hcom, trustee.board, trustee.number, receiver.number, c1,
                              receiver.encryption_key, shared)
        box = faults.get((trustee.board, trustee.number, receiver.number), lambda share, key: seal(key, share))
        entries.append(Value(c1=c1, box=box(share, key)))
    item = Value(**_head(trustee, attempt), entries=entries)
    return _signed(election, trustee, "deals", DKG_DEAL, item, hook)


def _complain(election, held, attempt, accuser, dealer, hook):
    """The accuser opens its box to everyone, whether it has reason to or not."""
    hcom = held.hcom(election.e0, attempt)
    deal = next(deal for deal in attempt.deals if (deal.board, deal.trustee) == (accuser.board, dealer))
    entry = deal.entries[attempt.members(accuser.board).index(accuser.number)]
    shared = encode(multiply(accuser.encryption, decode(entry.c1)))
    transcript = complaint_transcript(election.e0, hcom, attempt.number, accuser.board, dealer, accuser.number)
    proof = chaum_pedersen_prove(transcript, complaint_statement(entry.c1, accuser.encryption_key, shared),
                                 accuser.encryption, accuser.stream.bytes(32))
    item = Value(**_head(accuser, attempt.number), dealer=dealer, shared=shared, proof=proof)
    return _signed(election, accuser, "complaints", DKG_COMPLAINT, item, hook)


def receive(election, ceremony, trustee):
    """The trustee's own share key s_{b,j}, from the deals of its board; None if a deal is wrong."""
    last = ceremony.last
    hcom, total = ceremony.hcom(election.e0, last), 0
    for deal, reveal in zip(last.deals, last.reveals):
        if deal.board != trustee.board:
            continue
        entry = deal.entries[last.members(trustee.board).index(trustee.number)]
        shared = encode(multiply(trustee.encryption, decode(entry.c1)))
        key = rules.share_key(election.e0, hcom, deal.board, deal.trustee, trustee.number, entry.c1,
                              trustee.encryption_key, shared)
        opened = open_box(key, entry.box)
        if opened is None:
            return None
        share = int.from_bytes(opened, "little")
        if share >= ORDER or encode(multiply_generator(share)) != encode(
                rules.value_at([decode(a) for a in reveal.coefficients], trustee.number)):
            return None
        total += share
    return total % ORDER


def _absences(election, plan, participants, quorum, hook):
    for (board, number), remark in sorted(plan.absent.items()):
        item = Value(attempt=plan.number, board=board, trustee=number, remark=remark.encode(), quorum=[])
        hook("dkg_absence", item)
        item.quorum = quorum(participants, "dkg/absence", election.e0, rules.absence_digest(item))
        hook("dkg_absence.signed", item)
        yield item


def _attempt(election, held, plan, participants, quorum, hook):
    """All rounds of one attempt but the confirmation."""
    attempt, number = rules.Attempt(), plan.number
    held.attempts.append(attempt)
    attempt.absences = list(_absences(election, plan, participants, quorum, hook))
    attempt.commits = [_commit(election, trustee, number, hook) for trustee in participants]
    hcom = held.hcom(election.e0, attempt)
    attempt.reveals = [_reveal(election, trustee, number, hcom, hook, plan.reveal_faults.get((trustee.board, trustee.number)),
                               participants) for trustee in participants]
    if not plan.reveals:
        attempt.deals = [_deal(election, trustee, [other for other in participants if other.board == trustee.board], number,
                               hcom, hook, plan.faults) for trustee in participants]
    accusers = {(trustee.board, trustee.number): trustee for trustee in participants}
    attempt.complaints = [_complain(election, held, attempt, accusers[board, accuser], dealer, hook)
                          for board, accuser, dealer in plan.complaints]
    return attempt


def hold(election, trustees, plans, hook, quorum):
    """A whole ceremony; every trustee of its last attempt ends with its share. Returns (ceremony, keys).

    quorum(participants, purpose, election id, digest): signatures of as many of them as are needed.
    """
    held = rules.Ceremony()
    participants = [trustee for board in trustees for trustee in board]
    for plan in plans:
        gone = set(plan.absent) | set(plan.missing)
        participants = [trustee for trustee in participants if (trustee.board, trustee.number) not in gone]
        attempt = _attempt(election, held, plan, participants, quorum, hook)
        if plan.confirmed:
            attempt.confirms = [_signed(election, trustee, "confirms", DKG_CONFIRM,
                                        Value(**_head(trustee, plan.number), transcript=bytes(32)), hook)
                                for trustee in participants]
        if plan is not plans[-1]:
            wrong = set(guilty(held, election, attempt)) - set(plan.let_in)
            participants = [trustee for trustee in participants if (trustee.board, trustee.number) not in wrong]
    keys = rules.Keys(held, election)
    digest = rules.transcript_hash(held, election.e0, keys.boards, keys.key)
    for trustee in participants:
        # what receive() gives, or what was meant if the ceremony was tampered with, to be rejected later
        trustee.share = sum(_share(dealer, trustee) for dealer in participants if dealer.board == trustee.board) % ORDER
        item = Value(**_head(trustee, plans[-1].number), transcript=digest)
        held.last.confirms.append(_signed(election, trustee, "confirms", DKG_CONFIRM, item, hook))
    boards = [Value(key=key, share_keys=shares) for key, shares in zip(keys.boards, keys.shares)]
    held.election_key = Value(boards=boards, key=keys.key, e1=bytes(32))
    hook("ceremony", held)
    held.election_key.e1 = rules.election_hash(held, election.e0, keys.boards, keys.key)
    hook("election_key", held.election_key)
    hook("election_key.of", held)
    return held, keys
