"""Exponential ElGamal (spec 20)."""

from .group import GENERATOR, IDENTITY, add, decode, encode, equal, multiply_generator

ZERO_BYTES = bytes(64)  # (identity, identity)


def encrypt(key_table, message, nonce):
    """Enc(m; r) as 64 bytes; key_table: FixedBase of K."""
    beta = add(key_table.multiply(nonce), multiply_generator(message))
    return encode(multiply_generator(nonce)) + encode(beta)


def decode_pair(data):
    return decode(data[:32]), decode(data[32:])


def add_pairs(a, b):
    return add(a[0], b[0]), add(a[1], b[1])


def encode_pair(pair):
    return encode(pair[0]) + encode(pair[1])


def small_log(point, most):
    """m in 0..most with mG = point; None if there is none."""
    running = IDENTITY
    for m in range(most + 1):
        if equal(running, point):
            return m
        running = add(running, GENERATOR)
    return None
