"""A ciphertext holds an integer within bounds (spec 42), in any group."""

from .bit_vector import slack_weights
from .disjunction import absorb_ciphertext, branches, check_key_and_alpha, encrypt, halves, less
from .equations import Failed
from .groups import RISTRETTO255
from .hashing import u64
from .sigma import CHAUM_PEDERSEN, CHAUM_PEDERSEN_IDENTITY, AndOfOr, decode_all, draw

LONGEST_LISTED = 5  # up to this L = high − low every value has a branch
BIT = [CHAUM_PEDERSEN, CHAUM_PEDERSEN]


def weights(low, high):
    """w_1 ... w_k: those of the slack of a contest."""
    return slack_weights(high, low)


def canonical_bits(value, low, high):
    left, bits = value - low, []
    for w in reversed(weights(low, high)):
        bits.append(1 if left >= w else 0)
        left -= w * bits[-1]
    return bits[::-1]


def _absorb(group, transcript, key, ciphertext, low, high):
    transcript.append_element("K", key)
    absorb_ciphertext(transcript, "ciphertext", ciphertext, group)
    transcript.append_integer("low", low)
    transcript.append_integer("high", high)


def first_bit(group, ciphertext, low, high, carried):
    """B_1 = (α, β) − Enc(low; 0) − Σ w_j B_j."""
    parts = [decode_all(halves(c, group), group.decode_cached) for c in carried]
    own = weights(low, high)[1:]
    alpha, beta = halves(ciphertext, group)
    return (less(group, alpha, [(w, pair[0]) for w, pair in zip(own, parts)])
            + less(group, beta, [(w, pair[1]) for w, pair in zip(own, parts)] + [(low, group.generator)]))


def _bits_statement(group, transcript, key, carried, first):
    transcript.append_elements("bits", [half for c in carried for half in halves(c, group)])
    return [branches(group, key, c, (0, 1)) for c in [first] + carried]


def _listed(group, low, high):
    return AndOfOr([[CHAUM_PEDERSEN] * (high - low + 1)], group)


def prove(transcript, key, ciphertext, low, high, value, nonce, seed, bits=None, group=RISTRETTO255):
    """bits: b_1 ... b_k if they are not to be the canonical ones; value and bits may be lies."""
    _absorb(group, transcript, key, ciphertext, low, high)
    if high - low <= LONGEST_LISTED:
        statements = [branches(group, key, ciphertext, range(low, high + 1))]
        return _listed(group, low, high).prove(transcript, statements, [value - low], [[nonce]], seed)
    if bits is None:
        bits = canonical_bits(value, low, high)
    drawn = draw(transcript, u64(value) + group.encode_scalar(nonce), seed, group)
    own = [drawn(j) for j in range(len(bits) - 1)]
    carried = [encrypt(group, group.decode_cached(key), b, s) for b, s in zip(bits[1:], own)]
    first = nonce - sum(w * s for w, s in zip(weights(low, high)[1:], own))
    statements = _bits_statement(group, transcript, key, carried, first_bit(group, ciphertext, low, high, carried))
    return b"".join(carried) + AndOfOr([BIT] * len(bits), group).prove(
        transcript, statements, [1 if b else 0 for b in bits], [[s] for s in [first] + own], seed)


def proof_size(low, high, group):
    e, s = group.element_bytes, group.scalar_bytes
    if high - low <= LONGEST_LISTED:
        return 2 * (high - low + 1) * e + (2 * (high - low) + 1) * s
    k = len(weights(low, high))
    return (6 * k - 2) * e + 3 * k * s


def equations(transcript, key, ciphertext, low, high, proof, group=RISTRETTO255):
    if low >= high:
        raise Failed("structure: bounds")
    if len(proof) != proof_size(low, high, group):
        raise Failed("structure: proof length")
    check_key_and_alpha(group, key, ciphertext)
    _absorb(group, transcript, key, ciphertext, low, high)
    if high - low <= LONGEST_LISTED:
        return _listed(group, low, high).equations(
            transcript, [branches(group, key, ciphertext, range(low, high + 1))], proof, CHAUM_PEDERSEN_IDENTITY)
    size, count = 2 * group.element_bytes, len(weights(low, high)) - 1
    carried = [proof[i:i + size] for i in range(0, size * count, size)]
    first = first_bit(group, ciphertext, low, high, carried)
    if any(halves(c, group)[0] == group.identity_bytes for c in [first] + carried):
        raise Failed("identity: alpha of a bit")
    statements = _bits_statement(group, transcript, key, carried, first)
    return AndOfOr([BIT] * (count + 1), group).equations(
        transcript, statements, proof[size * count:], CHAUM_PEDERSEN_IDENTITY)
