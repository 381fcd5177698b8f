"""Vectors of section 20."""

from ..elgamal import add_pairs, decode_pair, encode_pair, encrypt
from ..group import FixedBase, encode, map_to_group, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from .section import Section


def make():
    section = Section("20", "20-elgamal/vectors/elgamal.json")
    stream = RandomStream("20/elgamal")
    for _ in range(3):
        point = map_to_group(stream.bytes(64))
        key, table = encode(point), FixedBase(point)
        texts = []
        for message in (0, 1, 2, stream.below(1 << 20)):
            nonce = stream.nonzero()
            texts.append(encrypt(table, message, nonce))
            section.add(f"encryption of {message}", "encrypt", key=key, message=message,
                        nonce=scalar_bytes(nonce), ciphertext=texts[-1])
        total = encode_pair(add_pairs(decode_pair(texts[1]), decode_pair(texts[2])))
        section.add("sum, component by component", "add", left=texts[1], right=texts[2], sum=total)
    for message in (0, 1, 17, 4095):
        secret = stream.nonzero()
        point = multiply_generator(secret)
        nonce = stream.nonzero()
        text = encrypt(FixedBase(point), message, nonce)
        section.add("a count is found by search up to `most`", "count", key=encode(point), secret=scalar_bytes(secret),
                    ciphertext=text, factor=encode(multiply(secret, decode_pair(text)[0])),
                    value=encode(multiply_generator(message)), most=5000, count=message)
    value = encode(multiply_generator(301))
    base = section.add("the largest count allowed", "small-log", value=value, most=301, count=301)
    section.add("a count above the bound", "small-log", "reject", base, "range", value=value, most=300)
    section.add("no small count", "small-log", "reject", base, "range", value=stream.element(), most=300)
    return section
