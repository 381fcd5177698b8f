"""ChaCha20-Poly1305 of RFC 8439 for the 32 bytes of a share (spec 55.3)."""

import hmac
import struct

NONCE = bytes(12)


def _rotate(value, count):
    value &= 0xFFFFFFFF
    return (value << count | value >> 32 - count) & 0xFFFFFFFF


def _quarter(s, a, b, c, d):
    for x, y, z, count in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = (s[x] + s[y]) & 0xFFFFFFFF
        s[z] = _rotate(s[z] ^ s[x], count)


def _block(key, counter):
    start = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key)
                 + (counter,) + struct.unpack("<3I", NONCE))
    state = list(start)
    for _ in range(10):
        for column in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                       (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            _quarter(state, *column)
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(state, start)))


def _tag(key, ciphertext):
    one_time = _block(key, 0)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    s = int.from_bytes(one_time[16:32], "little")
    padded = ciphertext + bytes(-len(ciphertext) % 16) + struct.pack("<QQ", 0, len(ciphertext))
    total = 0
    for i in range(0, len(padded), 16):
        total = (total + int.from_bytes(padded[i:i + 16], "little") + (1 << 128)) * r % ((1 << 130) - 5)
    return ((total + s) & (1 << 128) - 1).to_bytes(16, "little")


def seal(key, message):
    """32 bytes of message to 48 bytes; nonce of 12 zero bytes, no associated data."""
    if len(message) != 32:
        raise ValueError("a share has 32 bytes")
    ciphertext = bytes(a ^ b for a, b in zip(message, _block(key, 1)))
    return ciphertext + _tag(key, ciphertext)


def open_box(key, box):
    """The message, or None if the box is not authentic."""
    ciphertext = box[:-16]
    if len(box) != 48 or not hmac.compare_digest(_tag(key, ciphertext), box[-16:]):
        return None
    return bytes(a ^ b for a, b in zip(ciphertext, _block(key, 1)))
