"""Who is guilty of the failure of an attempt of the key ceremony (spec 55.5)."""

from .aead import open_box
from .ceremony import opens, reveal_items, share_key, value_at
from .equations import Failed, culprits, failing
from .group import GENERATOR_BYTES, IDENTITY_BYTES, ORDER, decode, encode, multiply_generator
from .sigma import chaum_pedersen_equations
from .transcript import Transcript


def complaint_transcript(e0, hcom, attempt, board, dealer, receiver):
    out = Transcript("sandoq-1/dkg/complaint")
    out.append_bytes("e0", e0)
    out.append_bytes("commitments", hcom)
    out.append_integer("attempt", attempt)
    out.append_integer("board", board)
    out.append_integer("dealer", dealer)
    out.append_integer("receiver", receiver)
    return out


def complaint_statement(c1, receiver_key, shared):
    return [GENERATOR_BYTES, c1, receiver_key, shared]


def _reveal_fault(e0, threshold, commit, reveal):
    """Why a reveal is wrong on its own, its proofs apart, or None."""
    if len(reveal.coefficients) != threshold or len(reveal.proofs) != threshold:
        return f"not {threshold} coefficients and proofs"
    if not opens(e0, commit, reveal):
        return "it does not open its commitment"
    if IDENTITY_BYTES in reveal.coefficients:
        return "a coefficient is the identity"
    return None


def _wrong_proofs(e0, hcom, reveals):
    """(board, trustee) of the reveals with a wrong proof of possession; all are checked as one batch first."""
    items, out = [], set()
    for reveal in reveals:
        try:
            for item in reveal_items(e0, hcom, reveal):
                item.name = reveal.board, reveal.trustee
                items.append(item)
        except Failed:
            out.add((reveal.board, reveal.trustee))
    return out | {item.name for item, _ in culprits(items, e0)}


def faulty_reveals(ceremony, election, attempt):
    """{(board, trustee): reason}; of equal first coefficients without another fault all but the first are at fault."""
    hcom, out, sound, seen = ceremony.hcom(election.e0, attempt), {}, [], set()
    for commit, reveal in zip(attempt.commits, attempt.reveals):
        reason = _reveal_fault(election.e0, election.boards[reveal.board].threshold, commit, reveal)
        if reason:
            out[reveal.board, reveal.trustee] = reason
        else:
            sound.append(reveal)
    wrong = _wrong_proofs(election.e0, hcom, sound)
    for reveal in sound:
        name = reveal.board, reveal.trustee
        if name in wrong:
            out[name] = "a proof of possession is wrong"
        elif reveal.coefficients[0] in seen:
            out[name] = "its first coefficient is another's too"
        else:
            seen.add(reveal.coefficients[0])
    return out


def faulty_deals(attempt):
    out = {}
    for deal in attempt.deals:
        if len(deal.entries) != len(attempt.members(deal.board)):
            out[deal.board, deal.trustee] = "not one entry for every receiver"
        elif any(entry.c1 == IDENTITY_BYTES for entry in deal.entries):
            out[deal.board, deal.trustee] = "the identity as c1"
    return out


def judge_complaint(e0, hcom, attempt, election, complaint):
    """("accuser" or "dealer", reason); the deal is not at fault on its own."""
    board, dealer, receiver = complaint.board, complaint.dealer, complaint.trustee
    entry = _of(attempt.deals, board, dealer).entries[attempt.members(board).index(receiver)]
    key = election.boards[board].trustees[receiver - 1].encryption_key
    transcript = complaint_transcript(e0, hcom, complaint.attempt, board, dealer, receiver)
    try:
        terms = chaum_pedersen_equations(transcript, complaint_statement(entry.c1, key, complaint.shared), complaint.proof)
        if failing(terms):
            return "accuser", "its proof is wrong"
    except Failed as error:
        return "accuser", f"its proof: {error.what}"
    opened = open_box(share_key(e0, hcom, board, dealer, receiver, entry.c1, key, complaint.shared), entry.box)
    if opened is None:
        return "dealer", "the box does not open"
    share = int.from_bytes(opened, "little")
    if share >= ORDER:
        return "dealer", "the box holds no scalar"
    coefficients = [decode(a) for a in _of(attempt.reveals, board, dealer).coefficients]
    if encode(multiply_generator(share)) != encode(value_at(coefficients, receiver)):
        return "dealer", "the share is wrong"
    return "accuser", "the share is good"


def _of(items, board, trustee):
    return next(item for item in items if (item.board, item.trustee) == (board, trustee))


def guilty(ceremony, election, attempt):
    """{(board, trustee): reason} of everyone whom an attempt with all its items proves guilty."""
    if not attempt.deals:
        return faulty_reveals(ceremony, election, attempt)
    hcom, out = ceremony.hcom(election.e0, attempt), faulty_deals(attempt)
    alone = set(out)
    for complaint in attempt.complaints:
        if (complaint.board, complaint.dealer) in alone:
            continue
        who, reason = judge_complaint(election.e0, hcom, attempt, election, complaint)
        number = complaint.trustee if who == "accuser" else complaint.dealer
        out.setdefault((complaint.board, number), f"complaint of {complaint.trustee} about {complaint.dealer}: {reason}")
    return out


def blame_problem(ceremony, election):
    """ceremony.blame."""
    expected = {(board, trustee) for board, trustee, _, _ in election.trustees()}
    for attempt in ceremony.attempts:
        expected -= {(absence.board, absence.trustee) for absence in attempt.absences}
        if set(attempt.participants) != expected:
            wrong = sorted(set(attempt.participants) ^ expected)
            return f"attempt {attempt.number}: " + ", ".join(f"trustee {t} of board {b}" for b, t in wrong) + \
                " left out without proof, or let in although guilty"
        if attempt is ceremony.last:
            return None
        if attempt.deals and faulty_reveals(ceremony, election, attempt):
            return f"attempt {attempt.number}: it went on although a reveal is at fault"
        shut_out = guilty(ceremony, election, attempt)
        if not shut_out:
            return f"attempt {attempt.number}: it failed, and proves nobody guilty"
        expected -= set(shut_out)
    return None


def account(ceremony, election):
    """[(board, trustee, attempt, reason)] of everyone who was shut out, of a ceremony that passes its checks."""
    out = []
    for attempt in ceremony.attempts:
        out += [(a.board, a.trustee, attempt.number, "absent") for a in attempt.absences]
        if attempt is not ceremony.last:
            out += [(*name, attempt.number, reason) for name, reason in sorted(guilty(ceremony, election, attempt).items())]
    return out
