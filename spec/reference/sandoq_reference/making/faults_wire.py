"""Bytes that no encoder writes: other forms of an item on the wire, and bounds of fields (spec 00.2, 80.2)."""

from ..segments import MOST, SegmentReader, item_bytes, varint
from .mutating import Mutation as M
from .mutating import setting, to

FILE = "tally.pb"


def first_item(function):
    """The first item of tally.pb gets another form; function(kind, canonical bytes): the new bytes."""
    def change(data, maker):
        start, kind, canonical = next(SegmentReader(_Bytes(data[FILE])))
        size = len(item_bytes(kind, canonical))
        data[FILE] = data[FILE][:start] + function(kind, canonical) + data[FILE][start + size:]
    return change


class _Bytes:
    def __init__(self, data):
        self.data = data

    def read(self, count):
        out, self.data = self.data[:count], self.data[count:]
        return out


def _message(body):
    return varint(len(body)) + body


def _kind(kind):
    return b"\x08" + varint(kind)


def _canonical(data):
    return b"\x12" + varint(len(data)) + data


def _long(number):
    """A varint with one byte more than it needs."""
    short = varint(number)
    return short[:-1] + bytes([short[-1] | 128, 0])


def _long_length(kind, data):
    body = _kind(kind) + _canonical(data)
    return _long(len(body)) + body


def _long_kind(kind, data):
    return _message(b"\x08" + _long(kind) + _canonical(data))


def _swapped(kind, data):
    return _message(_canonical(data) + _kind(kind))


def _kind_twice(kind, data):
    return _message(_kind(kind) + _kind(kind) + _canonical(data))


def _data_twice(kind, data):
    return _message(_kind(kind) + _canonical(data) + _canonical(data))


def _unknown_field(kind, data):
    return _message(_kind(kind) + _canonical(data) + b"\x18\x01")


def _wire_type(kind, data):
    return _message(b"\x0d" + kind.to_bytes(4, "little") + _canonical(data))


def _huge(kind, data):
    return _message(_kind(kind) + b"\x12" + varint(MOST + 1) + data)


def _cut_short(kind, data):
    return item_bytes(kind, data[:-1])


def _longer(kind, data):
    return item_bytes(kind, data + b"\0")


def wire(name, what, function):
    return M(name, "T30", "record.items", what, "bytes", first_item(function))


def _empty_file(data, maker):
    last = [name for name in data if name.startswith("ballots-")][-1]
    items = list(data.items())
    at = [name for name, _ in items].index(last) + 1
    items.insert(at, (f"ballots-{int(last[8:14]) + 1:06}.pb", b""))
    data.clear()
    data.update(items)


WIRE = [
    wire("length-not-shortest", "the length of an item is not in its shortest form", _long_length),
    wire("kind-not-shortest", "the kind of an item is not in its shortest form", _long_kind),
    wire("kind-0", "an item has kind 0", lambda kind, data: item_bytes(0, data)),
    wire("kind-unknown", "an item has a kind that does not exist", lambda kind, data: item_bytes(99, data)),
    wire("fields-in-other-order", "the two fields of an item stand in the other order", _swapped),
    wire("kind-twice", "an item has its kind twice", _kind_twice),
    wire("bytes-twice", "an item has its bytes twice", _data_twice),
    wire("field-unknown", "an item has a third field", _unknown_field),
    wire("kind-of-fixed-length", "an item's kind is written in four bytes", _wire_type),
    wire("length-beyond-16-mib", "an item says that it has more than 16 MiB", _huge),
    wire("item-byte-missing", "the last byte of an item is gone, and its lengths say so", _cut_short),
    wire("item-byte-too-many", "an item has a byte behind its last field", _longer),
    M("ballot-file-empty", "T30 T9", "record.items", "the last ballot file has no items", "bytes", _empty_file),
    M("head-suite", "T4", "record.head", "the head names another suite", "head", setting("suite", to(b"sandoq-2"))),
    M("manifest-suite", "T4", "record.items", "the manifest names another suite", "manifest.keys",
      setting("suite", to(b"sandoq-2"))),
    M("head-twice", "T30", "record.head", "the head stands there twice", "all",
      lambda data, maker: data.update({"head.pb": data["head.pb"] * 2})),
    M("ballot-file-not-listed-in-order", "T30", "record.head", "the head lists two ballot files in the other order", "head",
      lambda head, maker: head.files.__setitem__(slice(2, 4), head.files[3:1:-1])),
    M("ballot-file-missing-number", "T30", "record.head", "the number of a ballot file is left out", "head",
      setting("files.3.name", to(b"ballots-000007.pb"))),
]
