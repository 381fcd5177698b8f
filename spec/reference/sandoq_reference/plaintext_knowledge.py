"""Knowledge of the plaintext of a wide ciphertext (spec 40.7)."""

from .equations import Failed
from .group import GENERATOR, IDENTITY_BYTES, encode, multiply_generator
from .hashing import scalar_bytes
from .sigma import decode_all, split
from .transcript import Nonces

MOST_WIDTH = 64


def _absorb(transcript, key, ciphertexts):
    transcript.append_element("K", key)
    transcript.append_elements("ciphertexts", [half for pair in ciphertexts for half in pair])


def prove(transcript, key, ciphertexts, nonces, seed):
    """ciphertexts: pairs of bytes; nonces: r_1 ... r_w."""
    _absorb(transcript, key, ciphertexts)
    omega = Nonces(transcript, b"".join(map(scalar_bytes, nonces)), seed)[0]
    commitment = encode(multiply_generator(omega))
    transcript.append_element("W", commitment)
    c = transcript.challenge("c")
    return commitment + scalar_bytes(omega + sum(pow(c, l) * r for l, r in enumerate(nonces, 1)))


def equations(transcript, key, ciphertexts, proof):
    if not 1 <= len(ciphertexts) <= MOST_WIDTH:
        raise Failed("structure: width")
    if key == IDENTITY_BYTES or any(alpha == IDENTITY_BYTES for alpha, _ in ciphertexts):
        raise Failed("identity: K or an alpha")
    (commitment,), (z,) = split(proof, 1, 1)
    decode_all([key] + [half for pair in ciphertexts for half in pair])
    _absorb(transcript, key, ciphertexts)
    transcript.append_element("W", commitment)
    c = transcript.challenge("c")
    if c == 0:
        raise Failed("challenge is zero")
    alphas = decode_all([alpha for alpha, _ in ciphertexts])
    return [[(z, GENERATOR), (-1, decode_all([commitment])[0])]
            + [(-pow(c, l), alpha) for l, alpha in enumerate(alphas, 1)]]
