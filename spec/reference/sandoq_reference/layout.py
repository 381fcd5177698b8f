"""Layouts of canonical bytes: bounded decoding, encoding, and a walk over elements and scalars (spec 00.2)."""

from .group import InvalidElement, decode_cached, decode_scalar


class StructureError(ValueError):
    """Bytes that are no canonical encoding; the message says where and why."""


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        end = self.at + count
        if end > len(self.data):
            raise StructureError(f"byte {self.at}: {count} bytes wanted, {len(self.data) - self.at} left")
        out = self.data[self.at:end]
        self.at = end
        return out

    def integer(self, width):
        return int.from_bytes(self.take(width), "little")

    def fail(self, why):
        raise StructureError(f"byte {self.at}: {why}")


class Integer:
    def __init__(self, width, allowed=None):
        self.width, self.allowed = width, allowed

    def read(self, reader):
        value = reader.integer(self.width)
        if self.allowed is not None and value not in self.allowed:
            reader.fail(f"value {value} is not allowed here")
        return value

    def write(self, out, value):
        out += value.to_bytes(self.width, "little")

    def members(self, value, place):
        return iter(())


class Fixed:
    """bN; `pattern` names what each 32-byte block is: E an element, S a scalar, . neither."""

    def __init__(self, size, pattern=""):
        self.size, self.pattern = size, pattern

    def read(self, reader):
        return reader.take(self.size)

    def write(self, out, value):
        if len(value) != self.size:
            raise ValueError(f"{len(value)} bytes for a field of {self.size}")
        out += value

    def members(self, value, place):
        for index, kind in enumerate(self.pattern):
            if kind != ".":
                yield kind, value[32 * index:32 * index + 32], place


class Variable:
    """var with bounds on its length; subclasses restrict the bytes."""

    def __init__(self, lowest=0, most=2**32 - 1, each=None):
        self.lowest, self.most, self.each = lowest, most, each

    def read(self, reader):
        length = reader.integer(4)
        if not self.lowest <= length <= self.most:
            reader.fail(f"length {length} outside {self.lowest}..{self.most}")
        value = reader.take(length)
        self.check(value, reader)
        return value

    def check(self, value, reader):
        if self.each is not None and not self.each.issuperset(value):
            reader.fail("a byte that is not allowed here")

    def write(self, out, value):
        out += len(value).to_bytes(4, "little")
        out += value

    def members(self, value, place):
        return iter(())


class Text(Variable):
    """Values stay bytes; they are valid UTF-8."""

    def check(self, value, reader):
        try:
            value.decode("utf-8")  # Python's decoder takes shortest forms only, no surrogates, up to U+10FFFF
        except UnicodeDecodeError:
            reader.fail("not valid UTF-8")


class Exactly(Text):
    def __init__(self, value):
        super().__init__(0, 256)
        self.value = value

    def check(self, value, reader):
        if value != self.value:
            reader.fail(f"{self.value.decode()!r} wanted")


class Identifier(Text):
    def __init__(self):
        super().__init__(1, 256)

    def check(self, value, reader):
        super().check(value, reader)
        if any(byte < 0x20 or byte == 0x7F for byte in value):
            reader.fail("a control character in an id")


class ListOf:
    def __init__(self, item, lowest, most):
        self.item, self.lowest, self.most = item, lowest, most

    def read(self, reader):
        count = reader.integer(4)
        if not self.lowest <= count <= self.most:
            reader.fail(f"count {count} outside {self.lowest}..{self.most}")
        read = self.item.read
        return [read(reader) for _ in range(count)]

    def write(self, out, values):
        out += len(values).to_bytes(4, "little")
        for value in values:
            self.item.write(out, value)

    def members(self, values, place):
        for index, value in enumerate(values):
            yield from self.item.members(value, f"{place}[{index}]")


class LabelList(ListOf):
    """Language tags strictly ascending as byte strings."""

    def __init__(self):
        super().__init__(Struct("label", tag=Text(1, 16), text=Text(0, 1024)), 0, 8)

    def read(self, reader):
        values = super().read(reader)
        if any(a.tag >= b.tag for a, b in zip(values, values[1:])):
            reader.fail("language tags are not strictly ascending")
        return values


class Value:
    """Fields of a decoded struct, as attributes."""

    def __init__(self, /, **fields):
        self.__dict__.update(fields)

    def __eq__(self, other):
        return isinstance(other, Value) and self.__dict__ == other.__dict__

    def __repr__(self):
        return f"Value({self.__dict__!r})"


class Only:
    """A field of a struct that is there only if the fields before it say so; without it, it has the value `without`."""

    def __init__(self, condition, layout, without):
        self.condition, self.layout, self.without = condition, layout, without


class Struct:
    def __init__(self, name, /, **fields):
        self.name, self.fields = name, fields

    def _present(self, value):
        """The fields that this value has, one after another."""
        for name, layout in self.fields.items():
            if not isinstance(layout, Only):
                yield name, layout
            elif layout.condition(value):
                yield name, layout.layout

    def read(self, reader):
        value = Value(**{name: layout.without for name, layout in self.fields.items() if isinstance(layout, Only)})
        fields = value.__dict__
        for name, layout in self._present(value):
            try:
                fields[name] = layout.read(reader)
            except StructureError as error:
                raise StructureError(f"{name}: {error}") from None
        return value

    def write(self, out, value, until=None):
        for name, layout in self._present(value):
            if name == until:
                return
            layout.write(out, getattr(value, name))

    def members(self, value, place):
        for name, layout in self._present(value):
            yield from layout.members(getattr(value, name), f"{place}.{name}")

    def decode(self, data):
        reader = Reader(data)
        value = self.read(reader)
        if reader.at != len(data):
            raise StructureError(f"byte {reader.at}: {len(data) - reader.at} bytes too many")
        return value

    def encode(self, value):
        out = bytearray()
        self.write(out, value)
        return bytes(out)

    def before(self, value, field):
        """The canonical bytes before `field`."""
        out = bytearray()
        self.write(out, value, field)
        return bytes(out)

    def membership_problem(self, value):
        """Place and reason of the first element or scalar that does not decode, or None."""
        for kind, data, place in self.members(value, self.name):
            try:
                decode_cached(data) if kind == "E" else decode_scalar(data)
            except InvalidElement as error:
                return f"{place}: {error}"
        return None


class ByEncoding(Struct):
    """u8 encoding, then what the struct of that encoding has; values have the fields of both."""

    def __init__(self, name, /, **structs):
        """structs: e1, e2, ... by encoding."""
        super().__init__(name)
        self.structs = {int(key[1:]): Struct(name, encoding=Integer(1, (int(key[1:]),)), **fields)
                        for key, fields in structs.items()}

    def read(self, reader):
        encoding = reader.data[reader.at] if reader.at < len(reader.data) else reader.integer(1)
        if encoding not in self.structs:
            reader.fail(f"encoding {encoding}")
        return self.structs[encoding].read(reader)

    def write(self, out, value, until=None):
        self.structs[value.encoding].write(out, value, until)

    def members(self, value, place):
        return self.structs[value.encoding].members(value, place)


def decode_one(layout, data):
    """A single value of any layout, with nothing after it."""
    reader = Reader(data)
    value = layout.read(reader)
    if reader.at != len(data):
        raise StructureError(f"byte {reader.at}: {len(data) - reader.at} bytes too many")
    return value


def encode_one(layout, value):
    out = bytearray()
    layout.write(out, value)
    return bytes(out)


U8, U16, U32, U64 = Integer(1), Integer(2), Integer(4), Integer(8)
B32, B48, B64 = Fixed(32), Fixed(48), Fixed(64)
ELEMENT = Fixed(32, "E")
SCALAR = Fixed(32, "S")
CIPHERTEXT = Fixed(64, "EE")
SCHNORR_PROOF = SIGNATURE = Fixed(64, "ES")
CHAUM_PEDERSEN_PROOF = Fixed(96, "EES")
DOMAIN = Integer(1, (1, 2))
FORMAT = Integer(4, (1,))
SUITE = Exactly(b"sandoq-1")
ID = Identifier()
LABELS = LabelList()
SIGNERS = ListOf(Struct("signed", trustee=U32, signature=SIGNATURE), 1, 64)  # one entry of a quorum
QUORUM = ListOf(SIGNERS, 1, 8)
REMARK = Text(0, 1024)
