"""A ciphertext holds one of several values (spec 41), in any group. Ciphertexts are bytes: α ‖ β."""

from .equations import Failed
from .groups import RISTRETTO255
from .hashing import u32, u64
from .sigma import CHAUM_PEDERSEN, CHAUM_PEDERSEN_IDENTITY, Disjunction, decode_all

MOST_VALUES = 64


def halves(ciphertext, group):
    """α and β as bytes."""
    return [ciphertext[:group.element_bytes], ciphertext[group.element_bytes:]]


def encrypt(group, key, value, nonce):
    """Enc(m; r); key: a point."""
    return (group.encode(group.sum_of_multiples([(nonce, group.generator)]))
            + group.encode(group.sum_of_multiples([(nonce, key), (value, group.generator)])))


def less(group, data, terms):
    """The element with these bytes less a sum of multiples, as bytes."""
    point, = decode_all([data], group.decode_cached)
    return group.encode(group.sum_of_multiples([(1, point)] + [(-scalar, base) for scalar, base in terms]))


def check_key_and_alpha(group, key, *ciphertexts):
    parts = [halves(c, group) for c in ciphertexts]
    if key == group.identity_bytes or any(alpha == group.identity_bytes for alpha, _ in parts):
        raise Failed("identity: K or an alpha")
    decode_all([key] + [half for pair in parts for half in pair], group.decode_cached)


def branch(group, key, ciphertext, value):
    """The elements (G, K, α, β − vG) of "it holds v"."""
    alpha, beta = halves(ciphertext, group)
    return [group.encode(group.generator), key, alpha, less(group, beta, [(value, group.generator)]) if value else beta]


def branches(group, key, ciphertext, values):
    return [branch(group, key, ciphertext, value) for value in values]


def absorb_ciphertext(transcript, label, ciphertext, group):
    transcript.append_elements(label, halves(ciphertext, group))


def _absorb(group, transcript, key, ciphertext, values):
    transcript.append_element("K", key)
    absorb_ciphertext(transcript, "ciphertext", ciphertext, group)
    transcript.append_bytes("values", u32(len(values)) + b"".join(map(u64, values)))


def prove(transcript, key, ciphertext, values, index, nonce, seed, group=RISTRETTO255):
    """index: of the value that is claimed; it may be a lie."""
    _absorb(group, transcript, key, ciphertext, values)
    return Disjunction([CHAUM_PEDERSEN] * len(values), group).prove(
        transcript, branches(group, key, ciphertext, values), index, [nonce], seed)


def equations(transcript, key, ciphertext, values, proof, group=RISTRETTO255):
    if not 2 <= len(values) <= MOST_VALUES or any(a >= b for a, b in zip(values, values[1:])):
        raise Failed("structure: list of values")
    check_key_and_alpha(group, key, ciphertext)
    _absorb(group, transcript, key, ciphertext, values)
    return Disjunction([CHAUM_PEDERSEN] * len(values), group).equations(
        transcript, branches(group, key, ciphertext, values), proof, CHAUM_PEDERSEN_IDENTITY)
