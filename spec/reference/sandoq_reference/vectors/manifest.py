"""Vectors of section 50: a manifest as JSON and as canonical bytes, what follows from it, and a bad one for each rule."""

import copy
import json

from .. import roster
from ..codes import OF_OPTIONS, Codes, encodings_of
from ..equations import Failed, culprits
from ..hashing import hash32
from ..items import MANIFEST
from ..layout import StructureError, Value
from ..making.parties import Authority, contest, labels, make_manifest, make_trustees, node, small_places, style
from ..making import mixed
from ..manifest import BRANCH, NO_PARENT, Election, constants_of, rule_problem
from ..random_stream import RandomStream
from ..rules.rule import to_json
from .section import Section, changed, plain

LEVELS = ("nation", "province", "constituency", "county", "city", "district", "neighbourhood", "branch")
ENCODINGS = {1: "bit-vector", 2: "slots", 3: "packed-subset", 4: "packed-ranking"}
SIZES = ((2, 3), (1, 1))


def _labels(values):
    return {label.tag.decode(): label.text.decode() for label in values}


def _text(value):
    return value.decode()


def manifest_json(manifest):
    """The JSON form of 50.8."""
    branch_styles = iter(manifest.branch_styles)
    nodes = []
    for entry in manifest.nodes:
        form = {"id": _text(entry.id), "level": LEVELS[entry.level], "labels": _labels(entry.labels)}
        if entry.level == BRANCH:
            form["styles"] = [_text(manifest.styles[index].id) for index in next(branch_styles)]
        else:
            form["children"] = []
        if entry.parent != NO_PARENT:
            nodes[entry.parent]["children"].append(form)
        nodes.append(form)
    form = {
        "format": 1, "suite": "sandoq-1", "domain": "real" if manifest.domain == 1 else "drill",
        "election": _text(manifest.election), "title": _labels(manifest.title),
        "boards": [{"id": _text(board.id), "labels": _labels(board.labels), "threshold": board.threshold, "trustees": [
            {"id": _text(trustee.id), "labels": _labels(trustee.labels), "signing_key": trustee.signing_key.hex(),
             "encryption_key": trustee.encryption_key.hex(), "signing_proof": trustee.signing_proof.hex(),
             "encryption_proof": trustee.encryption_proof.hex()} for trustee in board.trustees]}
            for board in manifest.boards],
        "tree": nodes[0],
        "contests": [{"id": _text(entry.id), "labels": _labels(entry.labels), "scope": _text(manifest.nodes[entry.scope].id),
                      "options": [{"id": _text(o.id), "labels": _labels(o.labels)} for o in entry.options], "max": entry.max,
                      "min": entry.min, "blank": bool(entry.blank), "seats": entry.seats, "alternates": entry.alternates,
                      "rule": to_json(entry.law) if entry.law else "plurality-at-large", **_optional(entry)} for entry in manifest.contests],
        "styles": [{"id": _text(entry.id), "contests": [_text(manifest.contests[i].id) for i in entry.contests]}
                   for entry in manifest.styles],
    }
    for authority in manifest.authority:
        form["authority"] = {"id": _text(authority.id), "labels": _labels(authority.labels),
                             "signing_key": authority.signing_key.hex(), "signing_proof": authority.signing_proof.hex()}
    if manifest.beacon:
        form["beacon"] = _labels(manifest.beacon)
    if manifest.eligibility:
        form["eligibility"] = "tokens"
    return form


def _optional(entry):
    """The optional members of a contest, where they are not what their absence means."""
    out = {"floor": entry.floor} if entry.floor else {}
    if entry.encoding != planned(entry):
        out["encoding"] = ENCODINGS[entry.encoding]
    if entry.text:
        out["text"] = entry.text
    if entry.lists:
        out["lists"] = [{"id": _text(each.id), "labels": _labels(each.labels),
                         "options": [_text(entry.options[option].id) for option in each.options]} for each in entry.lists]
    if entry.attributes:
        out["attributes"] = [{"id": _text(a.id), "labels": _labels(a.labels)} for a in entry.attributes]
    return out


def planned(entry):
    """The encoding that `auto` stands for (50.9)."""
    if entry.law and entry.law.ranking:
        return 4
    carried = encodings_of(entry.law.ballot, False) if entry.law else (1, 2, 3)
    if entry.text or carried == (3,):
        return 3
    codes = Codes(Value(**{**vars(entry), "encoding": 2 if 2 in carried else 1}))
    if codes.count <= 200:
        return 1
    if 2 in carried and codes.most <= 64:
        return 2
    return 1 if codes.count <= 1024 or codes.kind == OF_OPTIONS else 3


def _constants(contest, shape):
    """ciphertexts, bits, weights as in 50.6."""
    data = constants_of(contest, shape)
    first, second, count, *weights = (int.from_bytes(data[i:i + 4], "little") for i in range(0, len(data), 4))
    assert count == len(weights)
    return {"ciphertexts": first, "bits": second, "weights": weights}


def check_of(data):
    """The first check of section 90 that these canonical bytes fail, in its order, or None."""
    try:
        manifest = MANIFEST.decode(data)
    except StructureError:
        return "record.items"
    if MANIFEST.membership_problem(manifest):
        return "record.elements"
    if rule_problem(manifest):
        return "manifest.rules"
    try:
        if culprits(roster.items(Election(manifest, data)), hash32("manifest", data)):
            return "manifest.roster"
    except Failed:
        return "manifest.roster"
    return None


def _good(section, comment, manifest, form=None):
    data = MANIFEST.encode(manifest)
    assert check_of(data) is None, comment
    election = Election(manifest, data)
    contests = [{"id": _text(c.id), **_constants(c, shape), "descriptor": plain(descriptor)}
                for c, shape, descriptor in zip(election.contests, election.shapes, election.descriptors)]
    return section.add(comment, "manifest", json=form or manifest_json(manifest), bytes=data, e0=election.e0,
                       contests=contests, branches=election.branches, contest_sets=election.contest_sets)


def _bad_structure(section, base, manifest, data):
    def bad(comment, wrong):
        assert check_of(wrong) == "record.items", comment
        section.add(comment, "manifest", "reject", base, "record.items", bytes=wrong)

    bad("a byte missing", data[:-1])
    bad("a byte too many", data + b"\0")
    bad("nothing", b"")
    bad("format 2", changed(data, 0, 3))
    bad("another suite", changed(data, 15, 1))
    bad("domain 0", data[:16] + b"\0" + data[17:])
    bad("domain 3", data[:16] + b"\3" + data[17:])
    copy_of = copy.deepcopy(manifest)
    copy_of.contests[0].blank = 2
    bad("blank 2", MANIFEST.encode(copy_of))
    copy_of = copy.deepcopy(manifest)
    copy_of.title.reverse()
    bad("labels descending", MANIFEST.encode(copy_of))
    copy_of = copy.deepcopy(manifest)
    copy_of.election = b""
    bad("empty election id", MANIFEST.encode(copy_of))
    copy_of = copy.deepcopy(manifest)
    copy_of.contests[0].options[0].id = b"a\x00b"
    bad("U+0000 in an id", MANIFEST.encode(copy_of))
    copy_of = copy.deepcopy(manifest)
    copy_of.contests = []
    bad("no contests", MANIFEST.encode(copy_of))


RULES = {
    "threshold 0": lambda m: setattr(m.boards[0], "threshold", 0),
    "threshold above the number of trustees": lambda m: setattr(m.boards[0], "threshold", 4),
    "threshold 1 of three": lambda m: setattr(m.boards[0], "threshold", 1),
    "two boards with one id": lambda m: setattr(m.boards[1], "id", m.boards[0].id),
    "one trustee id in two boards": lambda m: setattr(m.boards[1].trustees[0], "id", m.boards[0].trustees[2].id),
    "the root has a parent": lambda m: setattr(m.nodes[0], "parent", 0),
    "a parent that comes later": lambda m: setattr(m.nodes[2], "parent", 5),
    "a node as its own parent": lambda m: setattr(m.nodes[2], "parent", 2),
    "a second root": lambda m: setattr(m.nodes[1], "parent", NO_PARENT),
    "not depth-first": lambda m: setattr(m.nodes[6], "parent", 2),
    "level 8": lambda m: setattr(m.nodes[6], "level", 8),
    "a child on its parent's level": lambda m: setattr(m.nodes[2], "level", 4),
    "a branch with children": lambda m: setattr(m.nodes[5], "level", 7),
    "a neighbourhood without children": lambda m: setattr(m.nodes[6], "level", 6),
    "two nodes with one id": lambda m: setattr(m.nodes[6], "id", m.nodes[3].id),
    "scope is no node": lambda m: setattr(m.contests[0], "scope", 7),
    "encoding 0": lambda m: setattr(m.contests[0], "encoding", 0),
    "encoding 5": lambda m: setattr(m.contests[0], "encoding", 5),
    "a ranking under plurality": lambda m: setattr(m.contests[0], "encoding", 4),
    "rule 0": lambda m: setattr(m.contests[0], "rule", 0),
    "rule 3": lambda m: setattr(m.contests[0], "rule", 3),
    "two options with one id": lambda m: setattr(m.contests[0].options[1], "id", m.contests[0].options[0].id),
    "an option called blank": lambda m: setattr(m.contests[0].options[1], "id", b"blank"),
    "an option called invalid": lambda m: setattr(m.contests[0].options[1], "id", b"invalid"),
    "max 0": lambda m: (setattr(m.contests[1], "max", 0)),
    "max above the options": lambda m: setattr(m.contests[0], "max", 5),
    "min above max": lambda m: setattr(m.contests[0], "min", 4),
    "blank without a minimum": lambda m: setattr(m.contests[0], "min", 0),
    "no seats": lambda m: setattr(m.contests[0], "seats", 0),
    "more seats than options": lambda m: (setattr(m.contests[0], "seats", 5), setattr(m.contests[0], "alternates", 0)),
    "more seats and alternates than options": lambda m: setattr(m.contests[0], "alternates", 3),
    "seats and alternates overflow": lambda m: setattr(m.contests[0], "alternates", 2**32 - 1),
    "attributes without an authority": lambda m: setattr(m.contests[0], "attributes", [Value(id=b"age", labels=[])]),
    "two contests with one id": lambda m: setattr(m.contests[1], "id", m.contests[0].id),
    "style of no contest": lambda m: setattr(m.styles[1], "contests", [0, 2]),
    "style not ascending": lambda m: setattr(m.styles[1], "contests", [1, 0]),
    "contest twice in a style": lambda m: setattr(m.styles[1], "contests", [0, 0]),
    "two styles with one id": lambda m: setattr(m.styles[1], "id", m.styles[0].id),
    "a branch without styles": lambda m: m.branch_styles.pop(),
    "styles of a branch too many": lambda m: m.branch_styles.append([0]),
    "branch style that is none": lambda m: setattr(m, "branch_styles", [[0], [0], [2]]),
    "branch styles not ascending": lambda m: setattr(m, "branch_styles", [[0], [0], [1, 0]]),
    "a contest of another place": lambda m: setattr(m, "branch_styles", [[1], [0], [0, 1]]),
}

ROSTER = {
    "a proof of another key": lambda m: setattr(m.boards[0].trustees[0], "signing_proof", m.boards[0].trustees[1].signing_proof),
    "signing and encryption proof swapped": lambda m: setattr(m.boards[0].trustees[0], "encryption_proof",
                                                              m.boards[0].trustees[0].signing_proof),
    "another election id": lambda m: setattr(m, "election", b"another"),
    "another domain": lambda m: setattr(m, "domain", 3 - m.domain),
    "two boards in another order": lambda m: m.boards.reverse(),
    "one key for signing and encryption": lambda m: setattr(m.boards[0].trustees[0], "encryption_key",
                                                            m.boards[0].trustees[0].signing_key),
    "one key in two boards": lambda m: setattr(m.boards[1].trustees[0], "signing_key", m.boards[0].trustees[0].signing_key),
    "a key is the identity": lambda m: setattr(m.boards[1].trustees[0], "signing_key", bytes(32)),
}


RICH_RULES = {
    "two attributes with one id": lambda m: setattr(m.contests[0].attributes[1], "id", m.contests[0].attributes[0].id),
    "the authority is taken away": lambda m: setattr(m, "authority", []),
}

RICH_ROSTER = {
    "a wrong proof of the authority": lambda m: setattr(m.authority[0], "signing_proof", m.boards[0].trustees[0].signing_proof),
    "the authority's key is the identity": lambda m: setattr(m.authority[0], "signing_key", bytes(32)),
    "the authority's key is a trustee's": lambda m: (
        setattr(m.authority[0], "signing_key", m.boards[0].trustees[0].encryption_key),
        setattr(m.authority[0], "signing_proof", m.boards[0].trustees[0].encryption_proof)),
    "the authority's proof in another domain": lambda m: setattr(m, "domain", 3 - m.domain),
}

RICH_STRUCTURE = {
    "eligibility 2": lambda m: setattr(m, "eligibility", 2),
    "two authorities": lambda m: m.authority.append(m.authority[0]),
    "nine attributes": lambda m: setattr(m.contests[0], "attributes",
                                         [Value(id=b"a%d" % i, labels=[]) for i in range(9)]),
    "an attribute without an id": lambda m: setattr(m.contests[0].attributes[0], "id", b""),
    "beacon labels descending": lambda m: m.beacon.reverse(),
}


def deep_places():
    """A tree with every level; a floor, attributes, a beacon, a log of tokens."""
    nodes = [node(name, level, level - 1 if level else NO_PARENT) for level, name in enumerate(LEVELS)]
    return {"nodes": nodes + [node("second branch", BRANCH, 6)],
            "contests": [contest("council", 6, ["a", "b", "c"], 2, 1, True, 1, 2, 30, ("age", "service"), en="Council"),
                         contest("mayor", 4, ["d", "e"], 1, 0, False, 1, 0, floor=2**32 - 1)],
            "styles": [style("both", [0, 1]), style("mayor", [1])], "branch_styles": [[0, 1], [1]],
            "beacon": labels(en="The index of the exchange on the day after", fa="شاخص بورس در روز پس از انتخابات"),
            "eligibility": 1}


def _rich(section, stream):
    manifest = make_manifest(deep_places(), SIZES, make_trustees(SIZES, stream), 1, "rich", lambda name, value: None,
                             Authority(stream.fork("authority")))
    base = _good(section, "every level, an authority, a beacon, an eligibility log, floors, attributes", manifest)
    _rejected(section, base, manifest, "record.items", RICH_STRUCTURE)
    _rejected(section, base, manifest, "manifest.rules", RICH_RULES)
    _rejected(section, base, manifest, "manifest.roster", RICH_ROSTER)
    form = manifest_json(manifest)
    plain_form = {**form, "beacon": {}, "eligibility": "none"}
    plain_form["contests"] = [{**entry, "floor": 0, "attributes": []} for entry in form["contests"]]
    del plain_form["authority"]
    manifest.authority, manifest.beacon, manifest.eligibility = [], [], 0
    for entry in manifest.contests:
        entry.floor, entry.attributes = 0, []
    _good(section, "the optional members written as what their absence means", manifest, plain_form)


def _options(count):
    return [Value(id=b"o%d" % i, labels=[]) for i in range(count)]


def _limits(index, **fields):
    """A change of a contest of the mixed election; `options` is their number."""
    def change(manifest):
        entry = manifest.contests[index]
        for name, value in fields.items():
            setattr(entry, name, _options(value) if name == "options" else value)
        if entry.law:
            entry.law.ballot.min, entry.law.ballot.max = entry.min, entry.max
    return change


def _ballot(index, **fields):
    def change(manifest):
        manifest.contests[index].law.ballot.__dict__.update(fields)
    return change


def _law(index, part, **fields):
    def change(manifest):
        getattr(manifest.contests[index].law, part)[0].__dict__.update(fields)
    return change


def _kept(seats):
    """The assembly under largest remainders that keep what is rounded up too often; with two lists and the independents."""
    def change(manifest):
        _limits(mixed.ASSEMBLY, options=1024, seats=seats)(manifest)
        _law(mixed.ASSEMBLY, "proportional", method=1, rounding=2, remainder=1, repair=3)(manifest)
    return change


def _under_irv(manifest):
    """Ballots that are no rankings under a rule for rankings."""
    council, chair = manifest.contests[mixed.COUNCIL], manifest.contests[mixed.CHAIR]
    council.rule, council.seats, council.law = 2, 1, copy.deepcopy(chair.law)
    council.law.ballot.min, council.law.ballot.max = council.min, council.max


MIXED_RULES = {
    "65 slots": _limits(mixed.COUNCIL, options=70, max=65),
    "a packed subset of 65": _limits(mixed.MOTTO, options=70, max=65),
    "room for a text of 241 bytes": _limits(mixed.MOTTO, text=241),
    "a ranking of 129 options": _limits(mixed.CHAIR, options=129),
    "a ranking under proportional seats": lambda m: setattr(m.contests[mixed.ASSEMBLY], "encoding", 4),
    "slots under a rule for rankings": _under_irv,
    "IRV with two seats": _limits(mixed.CHAIR, seats=2),
    "STV with ten seats": lambda m: (_limits(mixed.CHAIR, options=20, seats=10)(m),
                                     _law(mixed.CHAIR, "ranking", method=2, quota=1)(m)),
    "no seats under a rule": _limits(mixed.ASSEMBLY, seats=0),
    "more seats than options under a rule": _limits(mixed.ASSEMBLY, seats=7),
    "more alternates than options under a rule": _limits(mixed.ASSEMBLY, alternates=7),
    "another minimum in the rule": _ballot(mixed.ASSEMBLY, min=0),
    "another maximum in the rule": _ballot(mixed.ASSEMBLY, max=5),
    "a maximum above all votes that the options can have": _limits(mixed.ASSEMBLY, max=7),
    "void over-votes without blank ballots": lambda m: (_limits(mixed.ASSEMBLY, blank=0)(m),
                                                        _ballot(mixed.ASSEMBLY, overvote=3)(m)),
    "separate list codes beside options in a bit vector": _ballot(mixed.ASSEMBLY, list_code=3),
    "separate list codes in slots": lambda m: (_limits(mixed.ASSEMBLY, encoding=2)(m),
                                               _ballot(mixed.ASSEMBLY, list_code=3, exclusive=1)(m)),
    "open lists in a bit vector": _ballot(mixed.ASSEMBLY, form=2),
    "open lists in slots": lambda m: (_limits(mixed.ASSEMBLY, encoding=2)(m), _ballot(mixed.ASSEMBLY, form=2)(m)),
    "closed lists and strike-outs in a bit vector": _ballot(mixed.ASSEMBLY, form=1, strike=1),
    "closed lists, and no list": lambda m: (_limits(mixed.ASSEMBLY, lists=[])(m), _ballot(mixed.ASSEMBLY, form=1)(m)),
    "separate list codes, and no list": lambda m: (_limits(mixed.ASSEMBLY, lists=[])(m),
                                                   _ballot(mixed.ASSEMBLY, list_code=3, exclusive=1)(m)),
    "a closed list with fewer members than votes": lambda m: (_limits(mixed.ASSEMBLY, min=3)(m),
                                                              _ballot(mixed.ASSEMBLY, form=1)(m)),
    "a closed list with more members than votes": lambda m: (_limits(mixed.ASSEMBLY, max=2)(m),
                                                             _ballot(mixed.ASSEMBLY, form=1)(m)),
    "1,030 codes in a bit vector": lambda m: (_limits(mixed.ASSEMBLY, options=515)(m), _ballot(mixed.ASSEMBLY, each=2)(m)),
    "64 votes beside a list code": lambda m: (
        _limits(mixed.ASSEMBLY, encoding=3, options=80, max=64)(m), _ballot(mixed.ASSEMBLY, list_code=3)(m)),
    "a ranking that cuts off over-votes": _ballot(mixed.CHAIR, overvote=2),
    "an option on two lists": lambda m: m.contests[mixed.ASSEMBLY].lists[1].options.append(0),
    "an option on a list that there is none of": lambda m: m.contests[mixed.ASSEMBLY].lists[1].options.append(6),
    "two lists with one id": lambda m: setattr(m.contests[mixed.ASSEMBLY].lists[1], "id", b"P"),
    "lists under a rule for rankings": lambda m: setattr(m.contests[mixed.CHAIR], "lists",
                                                         m.contests[mixed.ASSEMBLY].lists[1:]),
    "an unknown method": _law(mixed.ASSEMBLY, "proportional", method=9),
    "a fraction that is not in lowest terms": _law(mixed.ASSEMBLY, "proportional", jump=Value(numerator=0, denominator=2)),
    "a quota for IRV": _law(mixed.CHAIR, "ranking", quota=1),
    "IRV with an alternate": _limits(mixed.CHAIR, alternates=1),
    "STV with an alternate": lambda m: (_limits(mixed.CHAIR, alternates=1)(m),
                                        _law(mixed.CHAIR, "ranking", method=2, quota=1)(m)),
    "seats that are kept above 1,024": _kept(1022),
    "an option with the name of a list in results": lambda m: setattr(m.contests[mixed.ASSEMBLY].options[5], "id", b"list:Q"),
}


# Other ballot rules of the assembly, which are carried.
MIXED_FORMS = {
    "closed lists": _ballot(mixed.ASSEMBLY, form=1),
    "two votes for one option, over-votes that are cut off": _ballot(mixed.ASSEMBLY, each=2, overvote=2),
    "separate list codes in a bit vector": _ballot(mixed.ASSEMBLY, list_code=3, exclusive=1),
    "open lists with codes of their own": lambda m: (_limits(mixed.ASSEMBLY, encoding=3, max=5)(m),
                                                     _ballot(mixed.ASSEMBLY, list_code=3, form=2)(m)),
}


def _no_method(manifest):
    manifest.contests[mixed.CHAIR].law.ranking = []


MIXED_STRUCTURE = {
    "a rule without a method": _no_method,
    "a rule of two methods": lambda m: setattr(m.contests[mixed.CHAIR].law, "proportional",
                                               m.contests[mixed.ASSEMBLY].law.proportional),
    "a rule of format 2": lambda m: setattr(m.contests[mixed.CHAIR].law, "format", 2),
    "an empty list": lambda m: setattr(m.contests[mixed.ASSEMBLY].lists[0], "options", []),
}


def _mixed(section, stream):
    """Contests of every encoding, rules as data; the limits of 50.5."""
    manifest = make_manifest(mixed.places(), SIZES, make_trustees(SIZES, stream), 2, "mixed", lambda name, value: None,
                             Authority(stream.fork("authority")))
    base = _good(section, "a contest of every encoding, two of them under rules of their own", manifest)
    largest = copy.deepcopy(manifest)
    _limits(mixed.COUNCIL, options=300, max=64)(largest)
    _limits(mixed.MOTTO, options=128, max=64, text=240)(largest)
    _limits(mixed.CHAIR, options=128, max=64)(largest)
    _good(section, "slots, subsets and rankings of 64", largest)
    for comment, change in MIXED_FORMS.items():
        other = copy.deepcopy(manifest)
        change(other)
        _good(section, comment, other)
    _rejected(section, base, manifest, "record.items", MIXED_STRUCTURE)
    _rejected(section, base, manifest, "manifest.rules", MIXED_RULES)


def _rejected(section, base, manifest, check, rules):
    for comment, change in rules.items():
        wrong = copy.deepcopy(manifest)
        change(wrong)
        data = MANIFEST.encode(wrong)
        assert check_of(data) == check, (comment, check_of(data))
        section.add(comment, "manifest", "reject", base, check, bytes=data)


def _most_ciphertexts(section, manifest):
    """Too large to be written out: a manifest like the base whose contests have these numbers of options, without blank."""
    def add(comment, base, options):
        changed_one = copy.deepcopy(manifest)
        changed_one.contests = [contest(f"c{i}", 1, [f"o{j}" for j in range(n)], 1, 1, False, 1, 0)
                                for i, n in enumerate(options)]
        check = check_of(MANIFEST.encode(changed_one))
        assert (check is None) == (base is None)
        return section.add(comment, "ciphertexts", "reject" if check else "accept", base, check, manifest_id="50-001",
                           options=options)

    base = add("contests with 32,768 ciphertexts", None, [1024] * 32)
    add("one ciphertext more", base, [1024] * 32 + [1])


def make():
    section = Section("50", "50-manifest/vectors/manifest.json")
    stream = RandomStream("50/manifest")
    trustees = make_trustees(SIZES, stream)
    manifest = make_manifest(small_places(), SIZES, trustees, 2, "vector election ۱", lambda name, value: None)
    base = _good(section, "two boards, seven nodes, two contests", manifest)
    data = MANIFEST.encode(manifest)
    form = json.loads(json.dumps(manifest_json(manifest)))
    relabelled = copy.deepcopy(manifest)
    relabelled.contests[0].labels = [Value(tag=b"ar", text="شوراي ك".encode()), Value(tag=b"en", text="Café".encode()),
                                     Value(tag=b"fa", text="شورای شهر ک".encode())]
    form["contests"][0]["labels"] = {"fa": "شوراي شهر ك", "en": "Cafe\u0301", "ar": "شوراي ك"}
    _good(section, "labels that are normalised when the bytes are made (and sorted); Arabic letters stay in `ar`",
          relabelled, form)
    tiny = {"nodes": [node("hall", BRANCH, NO_PARENT)], "contests": [contest("q", 0, ["yes"], 1, 0, False, 1, 0)],
            "styles": [style("s", [0])], "branch_styles": [[0]]}
    one = make_manifest(tiny, ((1, 1),), make_trustees(((1, 1),), stream.fork("one")), 1, "one",
                        lambda name, value: None)
    _good(section, "one board of one trustee, a tree of one branch, one option, no labels of places", one)
    _bad_structure(section, base, manifest, data)
    _rejected(section, base, manifest, "manifest.rules", RULES)
    _rejected(section, base, manifest, "manifest.roster", ROSTER)
    wrong = copy.deepcopy(manifest)
    wrong.boards[0].trustees[1].signing_key = b"\x01" + bytes(31)
    assert check_of(MANIFEST.encode(wrong)) == "record.elements"
    section.add("a key that is no element", "manifest", "reject", base, "record.elements", bytes=MANIFEST.encode(wrong))
    _rich(section, stream.fork("rich"))
    _mixed(section, stream.fork("mixed"))
    _most_ciphertexts(section, manifest)
    return section
