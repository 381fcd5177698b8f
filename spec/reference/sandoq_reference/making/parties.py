"""Trustees with their secrets, and the manifest they stand in."""

from .. import roster
from ..group import encode, multiply_generator
from ..layout import Value
from ..manifest import NO_PARENT
from ..rules.rule import from_json


class Trustee:
    def __init__(self, board, number, stream):
        self.board, self.number, self.stream = board, number, stream
        self.signing, self.encryption = stream.nonzero(), stream.nonzero()
        self.signing_key = encode(multiply_generator(self.signing))
        self.encryption_key = encode(multiply_generator(self.encryption))
        self.polynomial, self.salt, self.share = [], b"", 0


class Authority:
    """Who signs the attributes by which ties are broken."""

    def __init__(self, stream):
        self.stream, self.signing = stream, stream.nonzero()
        self.signing_key = encode(multiply_generator(self.signing))


def labels(**texts):
    return [Value(tag=tag.encode(), text=text.encode()) for tag, text in sorted(texts.items())]


def node(name, level, parent, **texts):
    return Value(id=name.encode(), level=level, parent=parent, labels=labels(**texts))


def contest(name, scope, options, most, least, blank, seats, alternates, floor=0, attributes=(), *, encoding=1, text=0, law=None,
            lists=None, ballot=None, **texts):
    """law: the JSON form of a rule but for its ballot rule, which follows where `ballot` does not say it; lists: id -> indices of
    options."""
    if law is not None:
        own = {"min": least, "max": most, "each": 1, "overvote": "reject", "list_code": "members" if lists else "none",
               "form": "free", **(ballot or {})}
        law = from_json({"format": 1, "ballot": own, **law})
    return Value(id=name.encode(), labels=labels(**texts), scope=scope, encoding=encoding, text=text, law=law,
                 lists=[Value(id=key.encode(), labels=[], options=list(members)) for key, members in (lists or {}).items()],
                 options=[Value(id=option.encode(), labels=[]) for option in options], max=most, min=least,
                 blank=int(blank), seats=seats, alternates=alternates, rule=2 if law else 1,
                 floor=floor, attributes=[Value(id=attribute.encode(), labels=[]) for attribute in attributes])


def style(name, contests):
    return Value(id=name.encode(), contests=list(contests))


def make_trustees(sizes, stream):
    """sizes: (threshold, number) of each board. Lists of trustees by board."""
    return [[Trustee(board, number, stream.fork(f"trustee/{board}/{number}")) for number in range(1, count + 1)]
            for board, (_, count) in enumerate(sizes)]


def make_manifest(places, sizes, trustees, domain, name, hook, authority=None):
    """places: dict with nodes, contests, styles, branch_styles, and beacon and eligibility if there are any; hook sees the
    manifest before and after the proofs."""
    boards = []
    for number, ((threshold, _), members) in enumerate(zip(sizes, trustees)):
        board_name = ("executive", "supervision")[number] if number < 2 else f"board-{number}"
        boards.append(Value(id=board_name.encode(), labels=labels(en=board_name.capitalize()), threshold=threshold, trustees=[
            Value(id=f"{board_name}-{member.number}".encode(), labels=[], signing_key=member.signing_key,
                  encryption_key=member.encryption_key, signing_proof=bytes(64), encryption_proof=bytes(64))
            for member in members]))
    signers = [Value(id=b"authority", labels=labels(en="Electoral authority"), signing_key=authority.signing_key,
                     signing_proof=bytes(64))] if authority else []
    manifest = Value(format=1, suite=b"sandoq-1", domain=domain, election=name.encode(),
                     title=labels(en="A made election", fa="انتخابات آزمایشی"), boards=boards,
                     authority=signers, **{"beacon": [], "eligibility": 0, **places})
    hook("manifest.keys", manifest)
    for board, members in zip(manifest.boards, trustees):
        for entry, member in zip(board.trustees, members):
            for which in roster.KEYS:
                proof = roster.prove(which, manifest, member.board, member.number, entry, getattr(member, which),
                                     member.stream.bytes(32))
                setattr(entry, which + "_proof", proof)
    for entry in manifest.authority:
        entry.signing_proof = roster.prove_authority(manifest, entry, authority.signing, authority.stream.bytes(32))
    hook("manifest", manifest)
    return manifest


def small_places(options=4, most=3):
    """A country with two districts and three branches, one of them left empty; two contests, two styles."""
    names = [f"candidate-{number:02}" for number in range(1, options + 1)]
    return {
        "nodes": [node("country", 0, NO_PARENT, en="Country", fa="کشور"), node("town", 4, 0, en="Town"),
                  node("north", 5, 1, en="North"), node("north-1", 7, 2), node("north-2", 7, 2),
                  node("south", 5, 1, en="South"), node("south-1", 7, 5)],
        "contests": [contest("council", 0, names, most, 1, True, min(2, options - 1), 1, en="Council", fa="شورا"),
                     contest("bridge", 5, ["yes", "no"], 1, 0, False, 1, 0, en="Shall the bridge be built?")],
        "styles": [style("council only", [0]), style("both", [0, 1])],
        "branch_styles": [[0], [0], [0, 1]],
    }
