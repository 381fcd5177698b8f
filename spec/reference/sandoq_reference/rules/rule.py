"""The rule of a contest: its canonical bytes, JSON form and checks (spec 76.1 to 76.4)."""

from math import gcd

from ..layout import ID, LABELS, U8, U32, U64, Integer, ListOf, Struct, StructureError, Value

MOST_OPTIONS, MOST_LISTS, MOST_RANKED, MOST_SEATS, MOST_TRANSFERS = 8192, 1024, 128, 1024, 9

FRACTION = Struct("fraction", numerator=U32, denominator=U32)
BALLOT_RULE = Struct("ballot rule", min=U32, max=U32, each=U32, overvote=U8, list_code=U8, form=U8, exclusive=U8, strike=U8)
THRESHOLD = Struct("threshold", share=FRACTION, base=U8, strict=U8, applies=U8)
PLURALITY = Struct("plurality", threshold=ListOf(THRESHOLD, 0, 1), runoff=U32)
PROPORTIONAL = Struct("proportional", base=U8, method=U8, divisors=ListOf(FRACTION, 0, MOST_SEATS), rounding=U8,
                      remainder=U8, one_extra=U8, repair=U8, threshold=ListOf(THRESHOLD, 0, 1), quota_votes=U8,
                      independents=U8, list_overflow=U8, pool_overflow=U8, order=U8, jump=FRACTION, jump_base=U8,
                      alternates=U8, alternates_share=FRACTION, alternates_rounding=U8, vacancy=U8, list_tie=U8)
RANKING = Struct("ranking", method=U8, quota=U8, overvote=U8, skipped=U8, batch=U8, strength=U8, points=U8)
RULE = Struct("rule", format=Integer(4, (1,)), ballot=BALLOT_RULE, plurality=ListOf(PLURALITY, 0, 1),
              proportional=ListOf(PROPORTIONAL, 0, 1), ranking=ListOf(RANKING, 0, 1))
LIST = Struct("list", id=ID, labels=LABELS, options=ListOf(U32, 1, MOST_OPTIONS))
LISTS = ListOf(LIST, 0, MOST_LISTS)
RANKED_BALLOT = Struct("ranked ballot", count=U64, ranks=ListOf(ListOf(U32, 0, MOST_RANKED), 0, MOST_RANKED))

# Names of the JSON form, in order of their codes; None stands for a code that has no name (0: not used).
FLAG = (False, True)
ROUNDING = (None, "floor", "half-up", "half-even", "ceiling")
OVERFLOW = (None, "all", "lists", "independents", "nobody")
NAMES = {
    BALLOT_RULE: {"overvote": (None, "reject", "truncate", "void"), "list_code": (None, "none", "members", "separate"),
                  "form": (None, "closed", "open", "free"), "exclusive": FLAG, "strike": FLAG},
    THRESHOLD: {"base": (None, "valid-ballots", "all-ballots", "votes", "votes-per-seat"), "strict": FLAG,
                "applies": (None, "all", "lists")},
    PLURALITY: {},
    PROPORTIONAL: {"base": (None, "member-votes", "list-ballots"),
                   "method": (None, "hare", "droop", "hagenbach-bischoff", "imperiali", "d-hondt", "sainte-lague",
                              "sainte-lague-1.4", "custom"),
                   "rounding": ROUNDING[:4], "remainder": (None, "largest-remainder", "highest-share", "highest-average"),
                   "one_extra": FLAG, "repair": (None, "smallest-claim", "smallest-share", "keep"),
                   "quota_votes": (None, "all", "passing"), "independents": (None, "pooled", "own", "excluded"),
                   "list_overflow": OVERFLOW, "pool_overflow": OVERFLOW, "order": (None, "votes", "fixed", "quota-jump"),
                   "jump_base": (None, "votes-per-seat", "party-votes"), "alternates": ("none", "number", "share"),
                   "alternates_rounding": ROUNDING, "vacancy": (None, "same-party", "same-party-then-votes", "votes"),
                   "list_tie": (None, "lot", "votes-then-lot")},
    RANKING: {"method": (None, "irv", "stv", "schulze", "borda"), "quota": (None, "hare", "droop"),
              "overvote": (None, "equal", "skip", "end"), "skipped": (None, "close-up", "end"), "batch": FLAG,
              "strength": (None, "winning-votes", "margins"), "points": (None, "averaged", "ranked-only", "from-the-top")},
}
PARTS = {"plurality": PLURALITY, "proportional": PROPORTIONAL, "ranking": RANKING}
QUOTAS, CUSTOM = (1, 2, 3, 4), 8


class RuleError(ValueError):
    """A rule that breaks a condition of 76; `check` is the condition's name."""

    def __init__(self, check, why):
        super().__init__(check, why)  # both, so that a worker can hand it to its parent
        self.check, self.why = check, why

    def __str__(self):
        return f"{self.check}: {self.why}"


def _need(condition, check, why):
    if not condition:
        raise RuleError(check, why)


def _fraction(value, what, lowest=0):
    _need(value.denominator >= 1 and gcd(value.numerator, value.denominator) == 1, "rule.fraction",
          f"{what}: {value.numerator}/{value.denominator} is not in lowest terms")
    _need(value.numerator >= lowest, "rule.fraction", f"{what}: must not be 0")


def _codes(layout, value, check, unused=()):
    """Every code has a name, and is 0 exactly where it is not used."""
    for name, names in NAMES[layout].items():
        code = getattr(value, name)
        if name in unused:
            _need(code == 0, check, f"{name} has no meaning here and must be 0")
        else:
            _need(code < len(names) and names[code] is not None, check, f"{name}: unknown code {code}")


def _check_threshold(thresholds):
    for threshold in thresholds:
        _codes(THRESHOLD, threshold, "rule.threshold")
        _fraction(threshold.share, "threshold", 1)
        _need(threshold.base == 4 or threshold.share.numerator <= threshold.share.denominator, "rule.threshold",
              "a share above 1")


def _zero(value, what):
    _need(value.numerator == 0 and value.denominator == 1, "rule.proportional", f"{what} has no meaning here and must be 0/1")


def _check_proportional(part):
    unused = [] if part.method in QUOTAS else ["rounding", "remainder", "one_extra", "repair"]
    unused += [] if part.order == 3 else ["jump_base"]
    unused += [] if part.alternates == 2 else ["alternates_rounding"]
    _codes(PROPORTIONAL, part, "rule.proportional", unused)
    _check_threshold(part.threshold)
    _need(bool(part.divisors) == (part.method == CUSTOM), "rule.proportional", "divisors belong to the custom method alone")
    before = None
    for divisor in part.divisors:
        _fraction(divisor, "divisor", 1)
        _need(before is None or before.numerator * divisor.denominator < divisor.numerator * before.denominator,
              "rule.proportional", "divisors are not strictly ascending")
        before = divisor
    _fraction(part.jump, "jump")
    _fraction(part.alternates_share, "alternates_share")
    if part.order != 3:
        _zero(part.jump, "jump")
    if part.alternates != 2:
        _zero(part.alternates_share, "alternates_share")
    _need(part.alternates_share.numerator <= part.alternates_share.denominator * 16, "rule.proportional",
          "more than 16 alternates a seat")


def _check_ranking(part):
    unused = {1: ["quota", "strength", "points"], 2: ["strength", "points"], 3: ["quota", "batch", "points"],
              4: ["quota", "batch", "strength"]}.get(part.method, [])
    _codes(RANKING, part, "rule.ranking", unused)


def check_rule(rule):
    """76.2 to 76.4; RuleError names the condition."""
    ballot = rule.ballot
    _need(len(rule.plurality) + len(rule.proportional) + len(rule.ranking) == 1, "rule.method", "exactly one method is there")
    _codes(BALLOT_RULE, ballot, "rule.ballot")
    _need(1 <= ballot.max <= MOST_OPTIONS and ballot.min <= ballot.max and 1 <= ballot.each <= ballot.max, "rule.ballot",
          "needs min <= max, 1 <= each <= max <= 8192")
    _need(not ballot.strike or ballot.list_code == 2, "rule.ballot", "only members whom a list code gave a vote are struck out")
    _need(not ballot.exclusive or ballot.list_code != 1, "rule.ballot", "exclusive, and no list codes")
    _need(ballot.form != 1 or ballot.list_code != 1, "rule.ballot", "closed lists, and no list codes")
    for part in rule.plurality:
        _check_threshold(part.threshold)
        _need(part.runoff <= 16, "rule.plurality", "run-off of more than 16 options a seat")
    for part in rule.proportional:
        _check_proportional(part)
        _need(part.base == 1 or ballot.list_code == 3, "rule.proportional",
              "list ballots are counted only if list codes are votes of their own")
    for part in rule.ranking:
        _check_ranking(part)
        _need(ballot.list_code == 1 and ballot.each == 1 and ballot.form == 3, "rule.ranking",
              "rankings have no lists, and no votes to heap up")


def decode_rule(data):
    """The rule of canonical bytes, checked; RuleError otherwise."""
    try:
        rule = RULE.decode(data)
    except StructureError as error:
        raise RuleError("rule.structure", str(error)) from None
    check_rule(rule)
    return rule


def check_lists(lists, options):
    """76.5: ids distinct, every option on at most one list."""
    _need(len({entry.id for entry in lists}) == len(lists), "rule.lists", "two lists with one id")
    seen = set()
    for entry in lists:
        for option in entry.options:
            _need(option < options, "rule.lists", f"option {option} of {options}")
            _need(option not in seen, "rule.lists", f"option {option} stands twice")
            seen.add(option)


def _show(fraction):
    return f"{fraction.numerator}/{fraction.denominator}"


def _to_json(layout, value):
    out = {}
    for name, field in layout.fields.items():
        entry = getattr(value, name)
        if name == "divisors":
            entry = [_show(item) for item in entry]
        elif name == "threshold":
            entry = _to_json(THRESHOLD, entry[0]) if entry else None
        elif field is FRACTION:
            entry = _show(entry) if entry.numerator else None
        elif name in NAMES[layout]:
            entry = NAMES[layout][name][entry]
        out[name] = entry
    return out


def to_json(rule):
    """The JSON form of a checked rule (76.4): fields in layout order, those without meaning left out (null)."""
    part = next(name for name in PARTS if getattr(rule, name))
    out = {"format": 1, "ballot": _to_json(BALLOT_RULE, rule.ballot), part: _to_json(PARTS[part], getattr(rule, part)[0])}
    return {name: {key: entry for key, entry in value.items() if entry is not None and entry != []}
            if isinstance(value, dict) else value for name, value in out.items()}


def _json_fraction(text):
    top, _, bottom = text.partition("/") if isinstance(text, str) else ("", "", "")
    for digits in (top, bottom):
        _need(digits.isascii() and digits.isdigit() and len(digits) <= 10 and str(int(digits)) == digits
              and int(digits) < 2**32, "rule.fraction", f"{text!r} is no fraction N/D")
    return Value(numerator=int(top), denominator=int(bottom))


def _from_json(layout, source, place):
    _need(isinstance(source, dict), "rule.structure", f"{place}: an object is wanted")
    for name in source:
        _need(name in layout.fields, "rule.structure", f"{place}: unknown member {name!r}")
        _need(source[name] is not None, "rule.structure", f"{place}: {name} is null; leave it out")
    value = Value()
    for name, field in layout.fields.items():
        given, where = source.get(name), f"{place}.{name}"
        if name == "threshold":
            made = [] if given is None else [_from_json(THRESHOLD, given, where)]
        elif name == "divisors":
            made = [_json_fraction(item) for item in (given or [])]
        elif field is FRACTION:
            made = Value(numerator=0, denominator=1) if given is None else _json_fraction(given)
        elif name in NAMES[layout]:
            names = NAMES[layout][name]
            _need(given is None or any(type(given) is type(n) and given == n for n in names), "rule.structure",
                  f"{where}: unknown value {given!r}")
            made = 0 if given is None else names.index(given)
        else:
            _need(type(given) is int and 0 <= given < 2**32, "rule.structure", f"{where}: a number is wanted")
            made = given
        setattr(value, name, made)
    return value


def from_json(source):
    """The rule of a JSON object, checked."""
    _need(isinstance(source, dict) and source.get("format") == 1 and type(source["format"]) is int, "rule.structure",
          "format must be 1")
    parts = [name for name in PARTS if name in source]
    _need(set(source) <= {"format", "ballot", *PARTS}, "rule.structure", "unknown member")
    rule = Value(format=1, ballot=_from_json(BALLOT_RULE, source.get("ballot"), "ballot"), plurality=[], proportional=[],
                 ranking=[])
    for name in parts:
        setattr(rule, name, [_from_json(PARTS[name], source[name], name)])
    check_rule(rule)
    return rule
