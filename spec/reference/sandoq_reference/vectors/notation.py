"""Vectors of section 00: canonical types, hashes, Merkle trees."""

from .. import layout
from ..hashing import frame, hash32, hash64, merkle_path, merkle_root, root_from_path, u32, wide
from ..random_stream import RandomStream
from .section import Section, changed

TYPES = {
    "u8": layout.U8, "u16": layout.U16, "u32": layout.U32, "u64": layout.U64, "b32": layout.B32,
    "var": layout.Variable(), "text": layout.Text(), "id": layout.ID, "labels": layout.LABELS,
    "list of u32": layout.ListOf(layout.U32, 0, 2**32 - 1),
}


def _accept(section, name, data, comment, value=None):
    decoded = layout.decode_one(TYPES[name], data)
    assert layout.encode_one(TYPES[name], decoded) == data
    fields = {} if value is None else {"value": value}
    return section.add(comment, "decode", type=name, bytes=data, **fields)


def _reject(section, name, data, comment, base):
    try:
        layout.decode_one(TYPES[name], data)
    except layout.StructureError:
        section.add(comment, "decode", "reject", base, "structure", type=name, bytes=data)
        return
    raise AssertionError(comment)


def _labels(*pairs):
    return u32(len(pairs)) + b"".join(frame(tag) + frame(text) for tag, text in pairs)


def _types(section):
    stream = RandomStream("00/types")
    for width in (1, 2, 4, 8):
        data = stream.bytes(width)
        base = _accept(section, f"u{8 * width}", data, "little-endian", int.from_bytes(data, "little"))
        _reject(section, f"u{8 * width}", data[:-1], "one byte short", base)
        _reject(section, f"u{8 * width}", data + b"\0", "one byte long", base)
    _accept(section, "b32", stream.bytes(32), "bytes as they stand")
    base = _accept(section, "var", frame(b"abc"), "length and bytes", "616263")
    _reject(section, "var", frame(b"abc")[:-1], "truncated", base)
    _reject(section, "var", frame(b"abc") + b"x", "trailing byte", base)
    _reject(section, "var", b"\xff\xff\xff\xff" + b"abc", "length far beyond the data", base)
    base = _accept(section, "list of u32", u32(2) + u32(7) + u32(9), "count and items", [7, 9])
    _reject(section, "list of u32", u32(3) + u32(7) + u32(9), "count too large", base)
    _reject(section, "list of u32", u32(1) + u32(7) + u32(9), "count too small", base)
    good = "صندوق, ballot, \U0001F5F3".encode()
    base = _accept(section, "text", frame(good), "valid UTF-8 of one to four bytes")
    _accept(section, "text", frame(b""), "empty text")
    _accept(section, "text", frame(b"\0\x1f\x7f"), "control characters are text")
    _accept(section, "text", frame("\uD7FF\uE000\uFFFF\U0010FFFF".encode()), "edges of UTF-8")
    for data, why in ((b"\xc0\x80", "overlong two bytes"), (b"\xe0\x9f\xbf", "overlong three bytes"),
                      (b"\xf0\x8f\xbf\xbf", "overlong four bytes"), (b"\xed\xa0\x80", "surrogate"),
                      (b"\xf4\x90\x80\x80", "above U+10FFFF"), (b"\x80", "lone continuation"),
                      (b"\xd8", "cut sequence"), (b"\xff", "no UTF-8 byte"), (b"\xf5\x80\x80\x80", "lead byte F5")):
        _reject(section, "text", frame(data), why, base)
    base = _accept(section, "id", frame("حوزه ۱/a b".encode()), "an id")
    _accept(section, "id", frame(b"x" * 256), "longest id")
    _accept(section, "id", frame(b"\xc2\x80"), "U+0080 is allowed")
    for data, why in ((b"", "empty"), (b"x" * 257, "too long"), (b"a\x00b", "U+0000"), (b"a\x1f", "U+001F"),
                      (b"\x7f", "U+007F"), (b"\xed\xbf\xbf", "surrogate")):
        _reject(section, "id", frame(data), why, base)
    base = _accept(section, "labels", _labels((b"en", b"Council"), (b"fa", "شورا".encode())), "two languages")
    _accept(section, "labels", _labels(), "no labels")
    _accept(section, "labels", _labels((b"a", b""), (b"aa", b""), (b"b", b"")), "a prefix comes first")
    _accept(section, "labels", _labels(*((b"%d" % i, b"x" * 1024) for i in range(8))), "as many and long as may be")
    for data, why in ((_labels((b"fa", b"x"), (b"en", b"y")), "descending tags"),
                      (_labels((b"en", b"x"), (b"en", b"y")), "repeated tag"),
                      (_labels(*((b"%d" % i, b"") for i in range(9))), "nine labels"),
                      (_labels((b"", b"x")), "empty tag"), (_labels((b"x" * 17, b"x")), "long tag"),
                      (_labels((b"en", b"x" * 1025)), "long text"), (_labels((b"en", b"\xff")), "not UTF-8")):
        _reject(section, "labels", data, why, base)


def _hashes(section):
    stream = RandomStream("00/hashes")
    for tag, size in (("manifest", 0), ("election", 1), ("ballot", 32), ("code", 127), ("x", 128), ("node", 1000)):
        data = stream.bytes(size)
        digest = hash64(tag, data)
        section.add(f"{size} bytes", "hash", tag=tag, data=data, h64=digest, h=hash32(tag, data))
    for digest in (bytes(64), b"\xff" * 64, stream.bytes(64), stream.bytes(64)):
        section.add("64 bytes modulo the order", "wide", digest=digest,
                    scalar=wide(digest).to_bytes(32, "little"))


def _trees(section):
    stream = RandomStream("00/trees")
    for count in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 33):
        leaves = [stream.bytes(32) for _ in range(count)]
        section.add(f"{count} leaves", "merkle", tag="ballot/node", leaves=leaves,
                    root=merkle_root("ballot/node", leaves))
    for count, index in ((1, 1), (2, 1), (2, 2), (3, 3), (5, 4), (5, 5), (7, 6), (8, 3), (11, 9)):
        leaves = [stream.bytes(32) for _ in range(count)]
        root, path = merkle_root("seed/node", leaves), merkle_path("seed/node", leaves, index)
        fields = {"tag": "seed/node", "index": index, "count": count, "leaf": leaves[index - 1], "root": root}
        base = section.add(f"leaf {index} of {count}", "merkle-path", path=path, **fields)
        bad = [(path + [bytes(32)], "a sibling too many")]
        if path:
            bad += [(path[:-1], "a sibling missing"), ([changed(path[0], 5)] + path[1:], "a wrong sibling")]
        if len(path) > 1:
            bad.append((path[::-1], "siblings reversed"))
        for wrong, why in bad:
            assert root_from_path("seed/node", leaves[index - 1], index, count, wrong) != root
            section.add(why, "merkle-path", "reject", base, "path", path=wrong, **fields)
        for wrong in ({"index": index + 1 if index < count else index - 1}, {"index": 0}, {"index": count + 1}):
            section.add(f"index {wrong['index']}", "merkle-path", "reject", base, "path", path=path,
                        **{**fields, **wrong})


def make():
    section = Section("00", "00-notation/vectors/notation.json")
    _types(section)
    _hashes(section)
    _trees(section)
    return section
