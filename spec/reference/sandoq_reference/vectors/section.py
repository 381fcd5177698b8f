"""What all vector files share."""

import json

from ..items import KIND_OF
from ..layout import StructureError, Value


class Section:
    """Collects the vectors of one section; ids count in order of making."""

    def __init__(self, number, path):
        self.number, self.path = number, path
        self.vectors = []

    def add(self, comment, kind, expect="accept", base_id=None, fails_check=None, **fields):
        """A vector; bytes become lower-case hex. Returns its id."""
        vector = {"id": f"{self.number}-{len(self.vectors) + 1:03}", "comment": comment, "kind": kind}
        vector.update((name, plain(value)) for name, value in fields.items())
        vector["expect"] = expect
        if expect == "reject":
            vector["base_id"] = base_id
            vector["fails_check"] = fails_check
        self.vectors.append(vector)
        return vector["id"]

    def text(self):
        head = json.dumps({"section": self.number})[:-1]
        lines = ",\n".join(json.dumps(vector, ensure_ascii=True) for vector in self.vectors)
        return f'{head}, "vectors": [\n{lines}\n]}}\n'


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def changed(data, position, mask=1):
    """The bytes with one bit changed."""
    out = bytearray(data)
    out[position] ^= mask
    return bytes(out)


def add_structure(section, layout, value, wrong):
    """An item, and it cut, prolonged, and with fields outside their bounds; wrong: comment -> fields."""
    data, kind = layout.encode(value), KIND_OF[layout.name]
    base = section.add(f"a {layout.name}", "item", item=kind, bytes=data)
    bad = {"a byte missing": data[:-1], "a byte too many": data + b"\0", "nothing": b""}
    bad |= {comment: layout.encode(Value(**{**vars(value), **change})) for comment, change in wrong.items()}
    for comment, made in bad.items():
        try:
            layout.decode(made)
        except StructureError:
            section.add(f"{layout.name}: {comment}", "item", "reject", base, "record.items", item=kind, bytes=made)
        else:
            raise AssertionError(comment)
