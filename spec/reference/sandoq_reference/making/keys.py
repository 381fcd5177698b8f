"""The key ceremony with all trustees in one process."""

from .. import ceremony as rules
from ..aead import open_box, seal
from ..group import ORDER, decode, encode, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..items import DKG_COMMIT, DKG_CONFIRM, DKG_DEAL, DKG_REVEAL
from ..layout import Value
from ..sigma import schnorr_prove_generator
from ..signature import sign


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


def _reveal(election, trustee, attempt, hcom, hook):
    proofs = []
    for index, a in enumerate(trustee.polynomial):
        transcript = rules.possession_transcript(election.e0, hcom, attempt, trustee.board, trustee.number, index,
                                                 trustee.coefficients)
        proofs.append(schnorr_prove_generator(transcript, a, trustee.coefficients[index], trustee.stream.bytes(32)))
    item = Value(**_head(trustee, attempt), coefficients=list(trustee.coefficients), salt=trustee.salt, proofs=proofs)
    return _signed(election, trustee, "reveals", DKG_REVEAL, item, hook)


def _share(dealer, receiver):
    return sum(a * receiver.number**power for power, a in enumerate(dealer.polynomial)) % ORDER


def _deal(election, trustee, receivers, attempt, hcom, hook):
    entries = []
    for receiver in receivers:
        share = _share(trustee, receiver)
        ephemeral = trustee.stream.nonzero()
        c1 = encode(multiply_generator(ephemeral))
        shared = encode(multiply(ephemeral, decode(receiver.encryption_key)))
        key = rules.share_key(election.e0, hcom, trustee.board, trustee.number, receiver.number, c1,
                              receiver.encryption_key, shared)
        entries.append(Value(c1=c1, box=seal(key, scalar_bytes(share))))
    item = Value(**_head(trustee, attempt), entries=entries)
    return _signed(election, trustee, "deals", DKG_DEAL, item, hook)


def receive(election, ceremony, trustee):
    """The trustee's own share key s_{b,j}, from the deals of its board; None if a deal is wrong."""
    hcom, total = ceremony.hcom(election.e0), 0
    for deal, reveal in zip(ceremony.deals, ceremony.reveals):
        if deal.board != trustee.board:
            continue
        entry = deal.entries[trustee.number - 1]
        shared = encode(multiply(trustee.encryption, decode(entry.c1)))
        key = rules.share_key(election.e0, hcom, deal.board, deal.trustee, trustee.number, entry.c1,
                              trustee.encryption_key, shared)
        opened = open_box(key, entry.box)
        if opened is None:
            return None
        share = int.from_bytes(opened, "little")
        powers = [(trustee.number**power, decode(a)) for power, a in enumerate(reveal.coefficients)]
        if share >= ORDER or encode(multiply_generator(share)) != encode(rules.multi_multiply(powers)):
            return None
        total += share
    return total % ORDER


def hold(election, trustees, attempt, hook):
    """A whole ceremony; every trustee ends with its share. Returns (ceremony, keys)."""
    everyone = [trustee for board in trustees for trustee in board]
    out = rules.Ceremony()
    out.commits = [_commit(election, trustee, attempt, hook) for trustee in everyone]
    hcom = rules.commitments_hash(election.e0, attempt, [commit.h for commit in out.commits])
    out.reveals = [_reveal(election, trustee, attempt, hcom, hook) for trustee in everyone]
    out.deals = [_deal(election, trustee, trustees[trustee.board], attempt, hcom, hook) for trustee in everyone]
    keys = rules.Keys(out, election)
    digest = rules.transcript_hash(out, election.e0, attempt, keys.boards, keys.key)
    for trustee in everyone:
        share = receive(election, out, trustee)
        if share is None:  # a tampered ceremony goes on with what was meant, to be rejected later
            share = sum(_share(dealer, trustee) for dealer in trustees[trustee.board]) % ORDER
        trustee.share = share
        item = Value(**_head(trustee, attempt), transcript=digest)
        out.confirms.append(_signed(election, trustee, "confirms", DKG_CONFIRM, item, hook))
    boards = [Value(key=key, share_keys=shares) for key, shares in zip(keys.boards, keys.shares)]
    out.election_key = Value(boards=boards, key=keys.key, e1=bytes(32))
    hook("ceremony", out)
    out.election_key.e1 = rules.election_hash(out, election.e0, keys.boards, keys.key)
    hook("election_key", out.election_key)
    return out, keys
