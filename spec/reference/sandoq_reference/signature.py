"""Schnorr signatures on digests (spec 40.8) and quorums of boards (spec 52.1)."""

from .equations import Failed, Item
from .hashing import sha512
from .sigma import schnorr_equations, schnorr_prove_generator
from .transcript import Transcript


def _transcript(purpose, domain, election, digest):
    transcript = Transcript("sandoq-1/signature")
    transcript.append_bytes("purpose", purpose.encode("ascii"))
    transcript.append_integer("domain", domain)
    transcript.append_bytes("election", election)
    transcript.append_bytes("digest", digest)
    return transcript


def sign(secret, public, purpose, domain, election, digest, seed):
    return schnorr_prove_generator(_transcript(purpose, domain, election, digest), secret, public, seed)


def signature_equations(public, purpose, domain, election, digest, signature):
    return schnorr_equations(_transcript(purpose, domain, election, digest), public, signature)


def signature_item(public, purpose, domain, election, digest, signature, name):
    """An Item for a batch; Failed if the signature is wrong in form already."""
    try:
        terms = signature_equations(public, purpose, domain, election, digest, signature)
    except Failed as error:
        raise Failed(f"{name}: {error.what}") from None
    covered = sha512(public, purpose.encode("ascii"), bytes([domain]), election, digest, signature)
    return Item(covered[:32], terms, name)


def quorum_items(boards, quorum, purpose, domain, election, digest, place, shut_out=frozenset()):
    """Items for all signatures of a quorum; Failed if its form is wrong.

    boards: values with `threshold` and `trustees`, each with `signing_key`; shut_out: (board, trustee) who may not sign.
    """
    if len(quorum) != len(boards):
        raise Failed(f"{place}: the quorum has {len(quorum)} entries for {len(boards)} boards")
    items = []
    for number, (board, entry) in enumerate(zip(boards, quorum)):
        items += signer_items(board, number, entry, purpose, domain, election, digest, place, shut_out)
    return items


def signer_items(board, number, entry, purpose, domain, election, digest, place, shut_out=frozenset()):
    """The same for the entry of one board."""
    trustees = [signed.trustee for signed in entry]
    if any(a >= b for a, b in zip(trustees, trustees[1:])):
        raise Failed(f"{place}: trustees of board {number} are not strictly ascending")
    if any(not 1 <= trustee <= len(board.trustees) for trustee in trustees):
        raise Failed(f"{place}: a signer is not in board {number}")
    for trustee in trustees:
        if (number, trustee) in shut_out:
            raise Failed(f"{place}: trustee {trustee} of board {number} signs, and is shut out")
    if len(entry) != board.threshold:
        raise Failed(f"{place}: {len(entry)} signatures of board {number} instead of {board.threshold}")
    return [signature_item(board.trustees[signed.trustee - 1].signing_key, purpose, domain, election, digest,
                           signed.signature, f"{place}: signature of trustee {signed.trustee} of board {number}")
            for signed in entry]
