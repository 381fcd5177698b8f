"""Files of length-delimited Protocol Buffers items (spec 80.2)."""

from .layout import StructureError

MOST = 16 * 1024 * 1024


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def item_bytes(kind, canonical):
    message = b"\x08" + varint(kind) + b"\x12" + varint(len(canonical)) + canonical
    return varint(len(message)) + message


class SegmentReader:
    """Iterates over (offset, kind, canonical bytes) of an open binary file, one item in memory at a time."""

    def __init__(self, stream):
        self.stream, self.at = stream, 0

    def __iter__(self):
        return self

    def _byte(self):
        data = self.stream.read(1)
        if not data:
            self._fail("the file ends inside an item")
        self.at += 1
        return data[0]

    def _fail(self, why):
        raise StructureError(f"byte {self.at}: {why}")

    def _varint(self, first, most):
        value, shift, byte = 0, 0, first
        while True:
            value |= (byte & 127) << shift
            if value > most:
                self._fail("a number is too large")
            if byte < 128:
                if byte == 0 and shift:
                    self._fail("a varint that is not in its shortest form")
                return value
            shift += 7
            if shift > 63:
                self._fail("a varint that is too long")
            byte = self._byte()

    def __next__(self):
        start = self.at
        first = self.stream.read(1)
        if not first:
            raise StopIteration
        self.at += 1
        length = self._varint(first[0], MOST + 16)
        end = self.at + length
        if self._byte() != 0x08:
            self._fail("field 1 (kind) wanted")
        kind = self._varint(self._byte(), 2**32 - 1)
        if kind == 0:
            self._fail("kind 0")
        if self._byte() != 0x12:
            self._fail("field 2 (canonical bytes) wanted")
        size = self._varint(self._byte(), MOST)
        if self.at + size != end:
            self._fail("the lengths of message and field differ")
        data = self.stream.read(size)
        if len(data) != size:
            self._fail("the file ends inside an item")
        self.at += size
        return start, kind, data
