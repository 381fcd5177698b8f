"""Packed ballots: a choice as a number, an element and a ciphertext (spec 47)."""

from math import comb

from . import plaintext_knowledge
from .group import InvalidElement, add, decode, encode, multiply_generator
from .transcript import Nonces

PART_BITS = 240
PART_BYTES = PART_BITS // 8


class Shape:
    """What 47.1 derives from the limits of a contest."""

    packed = True

    def __init__(self, options, most, least, blank, ranked=False, text_bytes=0):
        self.options, self.most, self.least, self.blank = options, most, least, blank
        self.ranked, self.text_bytes = ranked, text_bytes
        self.values = (options + 1) ** most if ranked else sum(comb(options, i) for i in range(most + 1))
        self.choice_parts = max(1, -(-(self.values - 1).bit_length() // PART_BITS))
        self.width = self.ciphertexts = self.choice_parts + -(-text_bytes // PART_BYTES)


def number_of_subset(options, codes):
    """V of codes in ascending order."""
    return (sum(comb(options, i) for i in range(len(codes)))
            + sum(comb(code - 1, j) for j, code in enumerate(codes, 1)))


def subset_of_number(options, number):
    size = 0
    while number >= comb(options, size):
        number -= comb(options, size)
        size += 1
    codes = []
    for j in range(size, 0, -1):
        low, high = j, options  # the largest code with C(code - 1, j) <= number
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if comb(middle - 1, j) <= number else (low, middle - 1)
        codes.append(low)
        number -= comb(low - 1, j)
    return codes[::-1]


def number_of_ranking(options, ranks):
    return sum(code * (options + 1) ** j for j, code in enumerate(ranks))


def parts_of(shape, number, text=b""):
    """v_1 ... v_w."""
    out = [number >> PART_BITS * i & (1 << PART_BITS) - 1 for i in range(shape.choice_parts)]
    padded = text.ljust(shape.text_bytes, b"\0")
    return out + [int.from_bytes(padded[i:i + PART_BYTES], "little") for i in range(0, shape.text_bytes, PART_BYTES)]


def is_encoding(number):
    try:
        decode(number.to_bytes(32, "little"))
    except InvalidElement:
        return False
    return True


def element_bytes(m):
    """The encoding of element(m)."""
    for counter in range(256):
        s = 2 * (256 * m + counter)
        if is_encoding(s):
            return s.to_bytes(32, "little")
    raise ValueError("no element: the device stops")


def number_of_element(data):
    """m, or None if the element is not readable."""
    s = int.from_bytes(data, "little")
    m, counter = s >> 9, s >> 1 & 255
    if not 1 <= m <= 1 << PART_BITS or any(is_encoding(2 * (256 * m + c)) for c in range(counter)):
        return None
    return m


def read_choice(shape, elements):
    """(codes, or ranks; text) of a permitted choice, or None for an invalid vote (47.4)."""
    numbers = [number_of_element(element) for element in elements]
    if None in numbers:
        return None
    parts = [m - 1 for m in numbers]
    number = sum(v << PART_BITS * i for i, v in enumerate(parts[:shape.choice_parts]))
    if number >= shape.values:
        return None
    text = _text(shape, parts[shape.choice_parts:])
    if text is None:
        return None
    codes = _ranks(shape, number) if shape.ranked else subset_of_number(shape.options, number)
    used = 0 if codes is None else sum(1 for code in codes if code)
    if codes is None or not (shape.least <= used <= shape.most or (used == 0 and shape.blank)):
        return None
    return codes, text


def _ranks(shape, number):
    ranks = []
    for _ in range(shape.most):
        number, code = divmod(number, shape.options + 1)
        ranks.append(code)
    used = [code for code in ranks if code]
    if len(set(used)) != len(used) or ranks[:len(used)] != used:
        return None
    return ranks


def _text(shape, parts):
    data = b""
    for i, part in enumerate(parts):
        size = min(PART_BYTES, shape.text_bytes - PART_BYTES * i)
        if part >> 8 * size:
            return None
        data += part.to_bytes(size, "little")
    data = data.rstrip(b"\0")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_text(shape, data):
    """Is it a text that a choice may have, without the zero bytes behind it?"""
    padded = data.ljust(shape.text_bytes, b"\0")
    parts = [int.from_bytes(padded[i:i + PART_BYTES], "little") for i in range(0, shape.text_bytes, PART_BYTES)]
    return len(data) <= shape.text_bytes and not data.endswith(b"\0") and _text(shape, parts) is not None


def encryption_nonces(context, parts, seed):
    witness = b"".join(v.to_bytes(PART_BYTES, "little") for v in parts)
    nonces = Nonces(context.transcript("sandoq-1/encrypt"), witness, seed)
    return [nonces[i] for i in range(len(parts))]


def encrypt(key_table, parts, nonces):
    """The ciphertexts, 64 bytes each."""
    return [encode(multiply_generator(r)) + encode(add(key_table.multiply(r), decode(element_bytes(v + 1))))
            for v, r in zip(parts, nonces)]


def statement_transcript(context, width):
    out = context.transcript("sandoq-1/packed")
    out.append_integer("width", width)
    return out


def _pairs(ciphertexts):
    return [(c[:32], c[32:]) for c in ciphertexts]


def prove(context, ciphertexts, nonces, seed):
    return plaintext_knowledge.prove(statement_transcript(context, len(ciphertexts)), context.key, _pairs(ciphertexts),
                                     nonces, seed)


def equations(context, ciphertexts, proof):
    return plaintext_knowledge.equations(statement_transcript(context, len(ciphertexts)), context.key,
                                         _pairs(ciphertexts), proof)
