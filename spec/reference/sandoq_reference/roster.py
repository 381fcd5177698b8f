"""Trustees' keys and their proofs of possession (spec 50.3)."""

from .equations import Failed, Item
from .group import IDENTITY_BYTES
from .hashing import sha512
from .sigma import schnorr_equations, schnorr_prove_generator
from .transcript import Transcript

KEYS = ("signing", "encryption")


def transcript(which, domain, election_id, board, number, signing_key, encryption_key):
    out = Transcript("sandoq-1/roster/" + which)
    out.append_integer("version", 1)
    out.append_bytes("suite", b"sandoq-1")
    out.append_integer("domain", domain)
    out.append_bytes("election", election_id)
    out.append_integer("board", board)
    out.append_integer("trustee", number)
    out.append_element("signing key", signing_key)
    out.append_element("encryption key", encryption_key)
    return out


def authority_transcript(domain, election_id, signing_key):
    out = Transcript("sandoq-1/roster/authority")
    out.append_integer("version", 1)
    out.append_bytes("suite", b"sandoq-1")
    out.append_integer("domain", domain)
    out.append_bytes("election", election_id)
    out.append_element("signing key", signing_key)
    return out


def prove(which, manifest, board, number, trustee, secret, seed):
    context = transcript(which, manifest.domain, manifest.election, board, number, trustee.signing_key,
                         trustee.encryption_key)
    return schnorr_prove_generator(context, secret, getattr(trustee, which + "_key"), seed)


def prove_authority(manifest, authority, secret, seed):
    context = authority_transcript(manifest.domain, manifest.election, authority.signing_key)
    return schnorr_prove_generator(context, secret, authority.signing_key, seed)


def _keys(election):
    """(name, transcript, key, proof) of every key of the manifest."""
    manifest = election.manifest
    for board, number, _, trustee in election.trustees():
        for which in KEYS:
            name = f"{which} key of trustee {number} of board {board}"
            context = transcript(which, election.domain, manifest.election, board, number, trustee.signing_key,
                                 trustee.encryption_key)
            yield name, context, getattr(trustee, which + "_key"), getattr(trustee, which + "_proof")
    for authority in manifest.authority:
        context = authority_transcript(election.domain, manifest.election, authority.signing_key)
        yield "signing key of the authority", context, authority.signing_key, authority.signing_proof


def items(election):
    """Items for all proofs of the roster; Failed if keys repeat or are the identity."""
    seen, out = set(), []
    for name, context, key, proof in _keys(election):
        if key == IDENTITY_BYTES:
            raise Failed(name + " is the identity")
        if key in seen:
            raise Failed(name + " is another key of the manifest too")
        seen.add(key)
        try:
            terms = schnorr_equations(context, key, proof)
        except Failed as error:
            raise Failed(f"{name}: {error.what}") from None
        out.append(Item(sha512(name.encode(), key, proof)[:32], terms, "proof of the " + name))
    return out
