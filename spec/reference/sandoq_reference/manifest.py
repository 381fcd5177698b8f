"""What follows from a manifest: its rules, tree, contest sets and derived constants (spec 50)."""

from bisect import bisect_left

from . import bit_vector, packed, slots
from .codes import CLOSED, LIST_NAME, MEMBERS, OF_LISTS, OF_OPTIONS, TRUNCATE, VOID, Codes, encodings_of
from .hashing import hash32, u32
from .items import BIT_VECTOR, CONTEST, ENCODINGS, MANIFEST, PACKED, PLURALITY, RANKING, RULE_THAT_FOLLOWS, SLOTS, SUBSET
from .rules.rule import MOST_SEATS, MOST_TRANSFERS, RuleError, check_lists, check_rule

NO_PARENT = 2**32 - 1
BRANCH = 7
MOST_CIPHERTEXTS = 32768  # that are added up, of all contests together
MOST_CODES = {1: 1024, 2: 8192, 3: 8192, 4: 128}
MOST_BINOMIALS = 1048576  # of all packed subsets together
MOST_SLOTS, MOST_WIDTH, MOST_TEXT = 64, 16, 240
TRANSFERABLE, KEEP, OWN = (1, 2), 3, 2


def _repeated(values):
    seen = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _show(value):
    return value.decode("utf-8", "replace")


def _board_problem(manifest):
    if _repeated(board.id for board in manifest.boards) is not None:
        return "two boards with one id"
    for board in manifest.boards:
        trustees = len(board.trustees)
        if not 1 <= board.threshold <= trustees or board.threshold == 1 and trustees != 1:
            return f"board {_show(board.id)}: threshold {board.threshold} of {trustees}"
    if _repeated(t.id for board in manifest.boards for t in board.trustees) is not None:
        return "two trustees with one id"
    return None


def _tree_problem(manifest):
    nodes = manifest.nodes
    if _repeated(node.id for node in nodes) is not None:
        return "two nodes with one id"
    open_path = []  # ancestors of the node before, itself last
    has_child = [False] * len(nodes)
    for index, node in enumerate(nodes):
        if node.level > BRANCH:
            return f"node {index}: level {node.level}"
        if index == 0:
            if node.parent != NO_PARENT:
                return "node 0 has a parent"
        else:
            if node.parent >= index:
                return f"node {index}: its parent does not come before it"
            while open_path and open_path[-1] != node.parent:
                open_path.pop()
            if not open_path:
                return f"node {index}: not in depth-first order"
            if node.level <= nodes[node.parent].level:
                return f"node {index}: its level is not below its parent's"
            has_child[node.parent] = True
        open_path.append(index)
    for index, node in enumerate(nodes):
        if has_child[index] == (node.level == BRANCH):
            return f"node {index}: a branch with children, or another node without"
    return None


def _contest_problem(manifest):
    if _repeated(contest.id for contest in manifest.contests) is not None:
        return "two contests with one id"
    if sum(added_up(contest) for contest in manifest.contests) > MOST_CIPHERTEXTS:
        return f"more than {MOST_CIPHERTEXTS} ciphertexts in all contests together"
    for contest in manifest.contests:
        problem = (_limits_problem(manifest, contest) or _encoding_problem(contest)
                   or (_plurality_problem(contest) if contest.rule == PLURALITY else _law_problem(contest)))
        if problem:
            return f"contest {_show(contest.id)}: {problem}"
    subsets = [Codes(contest) for contest in manifest.contests if contest.encoding == SUBSET]
    if sum(codes.count * codes.most for codes in subsets) > MOST_BINOMIALS:
        return f"more than {MOST_BINOMIALS} binomial coefficients for all packed subsets together"
    return None


def added_up(contest):
    """How many ciphertexts of its ballots are added up (70.2)."""
    if contest.encoding == BIT_VECTOR:
        return Codes(contest).count + contest.blank
    return contest.blank if contest.encoding == SLOTS else 0


def _limits_problem(manifest, contest):
    ids = [option.id for option in contest.options]
    if contest.scope >= len(manifest.nodes):
        return "its scope is no node"
    if _repeated(ids) is not None or b"blank" in ids or b"invalid" in ids:
        return "option ids are not distinct, or one is `blank` or `invalid`"
    if any(LIST_NAME.encode() + entry.id in ids for entry in contest.lists):
        return "an option has the name that a list has in reports"
    votes = len(ids) * Codes(contest).each
    if not 1 <= contest.max <= votes or contest.min > contest.max:
        return "limits"
    if contest.blank and contest.min < 1:
        return "blank without a minimum of one"
    if _repeated(attribute.id for attribute in contest.attributes) is not None:
        return "two attributes with one id"
    if contest.attributes and not manifest.authority:
        return "attributes, and no authority to sign them"
    return None


def _encoding_problem(contest):
    """The first limit of its encoding (50.5) that the contest breaks, or None."""
    if contest.encoding not in ENCODINGS or contest.rule not in (PLURALITY, RULE_THAT_FOLLOWS):
        return "unknown encoding or rule"
    codes = Codes(contest)
    if codes.count > MOST_CODES[contest.encoding]:
        return f"{codes.count} codes"
    if contest.encoding != BIT_VECTOR and codes.most > MOST_SLOTS:
        return f"a maximum of {codes.most}"
    if contest.text > MOST_TEXT:
        return f"a text of {contest.text} bytes"
    if contest.encoding in PACKED and shape_of(contest).width > MOST_WIDTH:
        return f"a width of {shape_of(contest).width}"
    return None


def _plurality_problem(contest):
    options = len(contest.options)
    if contest.encoding == RANKING:
        return "rankings, and a rule without them"
    if not 1 <= contest.seats <= options or contest.seats + contest.alternates > options:
        return "seats and alternates"
    return None


def _most_elected(contest):
    """Every party may keep a seat too many."""
    part = contest.law.proportional[0] if contest.law.proportional else None
    if part is None or part.repair != KEEP:
        return contest.seats
    return contest.seats + len(contest.lists) + (len(contest.options) if part.independents == OWN else 1)


def _law_problem(contest):
    """What a contest of rule 2 breaks, or None."""
    options, law = len(contest.options), contest.law
    try:
        check_rule(law)
        check_lists(contest.lists, options)
    except RuleError as error:
        return str(error)
    if contest.lists and not law.proportional:
        return "lists, and a rule without them"
    if bool(law.ranking) != (contest.encoding == RANKING):
        return "a ranking of ballots that are none, or another method for rankings"
    method = law.ranking[0].method if law.ranking else None
    most = {1: 1, 2: MOST_TRANSFERS}.get(method, MOST_SEATS)
    if not 1 <= contest.seats <= min(options, most) or contest.alternates > options:
        return "seats and alternates"
    if method in TRANSFERABLE and contest.alternates:
        return "alternates of a method that has none"
    if _most_elected(contest) > MOST_SEATS:
        return "seats that cannot all be kept"
    return _ballot_rule_problem(contest, law.ballot)


def _ballot_rule_problem(contest, ballot):
    """What its ballot rule (76.2), a rule that keeps 76, breaks of 50.5, or None."""
    codes = Codes(contest)
    if (ballot.min, ballot.max) != (contest.min, contest.max):
        return "its ballot rule has other limits"
    if ballot.overvote == VOID and not contest.blank:
        return "void over-votes, and no blank ballots that they could be counted with"
    if contest.encoding not in encodings_of(ballot, contest.encoding == RANKING):
        return "its encoding does not carry its ballot rule"
    if (codes.kind != OF_OPTIONS or ballot.form == CLOSED) and not contest.lists:
        return "codes of lists, and no list"
    if codes.kind == OF_LISTS and ballot.list_code == MEMBERS:
        most = None if ballot.overvote == TRUNCATE else contest.max
        for entry in contest.lists:
            if len(entry.options) < contest.min or most and len(entry.options) > most:
                return f"list {_show(entry.id)}: a ballot with its {len(entry.options)} members is outside the limits"
    return None


def shape_of(contest):
    """What 45, 46 or 47 derive from the limits of a contest, and its codes."""
    codes = Codes(contest)
    limits = (codes.count, codes.most, codes.least, bool(contest.blank))
    if contest.encoding == BIT_VECTOR:
        shape = bit_vector.Shape(*limits, codes.heavy)
    elif contest.encoding == SLOTS:
        shape = slots.Shape(*limits)
    else:
        shape = packed.Shape(*limits, contest.encoding == RANKING, contest.text)
    shape.codes = codes
    return shape


def constants_of(contest, shape):
    """The constants of 50.6, as bytes."""
    if contest.encoding in PACKED:
        return u32(shape.width) + u32(0) + u32(0)
    weights = shape.weights if contest.encoding == BIT_VECTOR else []
    return u32(shape.ciphertexts) + u32(shape.bits) + u32(len(weights)) + b"".join(map(u32, weights))


def _ascending(values, bound):
    return all(a < b for a, b in zip(values, values[1:])) and all(value < bound for value in values)


def _style_problem(manifest):
    if _repeated(style.id for style in manifest.styles) is not None:
        return "two styles with one id"
    for style in manifest.styles:
        if not _ascending(style.contests, len(manifest.contests)):
            return f"style {_show(style.id)}: contests not strictly ascending, or none such"
    branches = [index for index, node in enumerate(manifest.nodes) if node.level == BRANCH]
    if len(branches) != len(manifest.branch_styles):
        return f"{len(manifest.branch_styles)} lists of styles for {len(branches)} branches"
    for branch, styles in zip(branches, manifest.branch_styles):
        if not _ascending(styles, len(manifest.styles)):
            return f"branch {branch}: styles not strictly ascending, or none such"
        above, node = set(), branch
        while node != NO_PARENT:
            above.add(node)
            node = manifest.nodes[node].parent
        for style in styles:
            for contest in manifest.styles[style].contests:
                if manifest.contests[contest].scope not in above:
                    return f"branch {branch}: style {style} holds contest {contest} of another place"
    return None


def rule_problem(manifest):
    """The first rule of 50.3 to 50.7 (keys and proofs apart) that the manifest breaks, or None."""
    return (_board_problem(manifest) or _tree_problem(manifest) or _contest_problem(manifest)
            or _style_problem(manifest))


class Election:
    """A manifest that keeps its rules, with everything derived from it."""

    def __init__(self, manifest, data=None):
        self.manifest = manifest
        self.data = MANIFEST.encode(manifest) if data is None else data
        self.e0 = hash32("manifest", self.data)
        self.domain = manifest.domain
        self.boards, self.contests = manifest.boards, manifest.contests
        self.shapes = [shape_of(contest) for contest in self.contests]
        self.descriptors = [self._descriptor(index) for index in range(len(self.contests))]
        self.branches = [i for i, node in enumerate(manifest.nodes) if node.level == BRANCH]
        self.styles_of = {branch: frozenset(styles)
                          for branch, styles in zip(self.branches, manifest.branch_styles)}
        self.children = [[] for _ in manifest.nodes]
        for index, node in enumerate(manifest.nodes[1:], 1):
            self.children[node.parent].append(index)
        self.contest_sets = self._contest_sets()
        self.authority = manifest.authority[0] if manifest.authority else None
        self.has_beacon = bool(manifest.beacon)
        self.has_eligibility = manifest.eligibility == 1
        self._ends = {}

    def __deepcopy__(self, memo):
        return self  # never changed

    def _descriptor(self, index):
        contest = self.contests[index]
        return hash32("contest", self.e0, u32(index), CONTEST.encode(contest), constants_of(contest, self.shapes[index]))

    def _contest_sets(self):
        """The ascending contest list of every node (70.2)."""
        manifest = self.manifest
        sets = [set() for _ in manifest.nodes]
        for branch, styles in zip(self.branches, manifest.branch_styles):
            for style in styles:
                sets[branch].update(manifest.styles[style].contests)
        for index in range(len(sets) - 1, 0, -1):
            sets[manifest.nodes[index].parent] |= sets[index]
        return [sorted(contests) for contests in sets]

    def branches_under(self, node):
        """The branches that are the node or lie below it."""
        return self.branches[bisect_left(self.branches, node):bisect_left(self.branches, self._end(node))]

    def _end(self, node):
        """The index behind the last node under this one; nodes under a node are contiguous."""
        if node not in self._ends:
            self._ends[node] = self._end(self.children[node][-1]) if self.children[node] else node + 1
        return self._ends[node]

    def is_under(self, node, above):
        """Is the node the other one, or below it?"""
        return above <= node < self._end(above)

    def is_mixed(self, contest):
        """Are its ballots opened one by one, after a mix?"""
        return self.contests[contest].encoding != BIT_VECTOR

    def has_sums(self, contest):
        return added_up(self.contests[contest]) > 0

    def sum_size(self, contest):
        """How many ciphertexts the sum of a contest has (70.2)."""
        return added_up(self.contests[contest])

    def summed(self, contest, values):
        """Of one value for each ciphertext of a contest ballot, those of the ciphertexts that are added up."""
        return values[len(values) - self.sum_size(contest):]

    def mixed(self, contest, values):
        """The others: those of the ciphertexts that go into the mix."""
        return values[:len(values) - self.sum_size(contest)]

    def count_places(self, contest):
        """How many counts a result of the contest has (75.1)."""
        entry = self.contests[contest]
        return (0 if entry.encoding == RANKING else self.shapes[contest].codes.count) + entry.blank + (entry.encoding in PACKED)

    def told(self, contest, counts):
        """{name: votes} as people read it (90.1) of the counts of 75.1, of slots with or without that of blanks."""
        entry, out = self.contests[contest], {}
        if entry.encoding != RANKING:
            codes = self.shapes[contest].codes
            out = codes.told(counts)
            counts = counts[codes.count:]
        names = (["blank"] if entry.blank else []) + (["invalid"] if entry.encoding in PACKED else [])
        return {**out, **dict(zip(names, counts))}

    def told_sum(self, contest, counts):
        """The same of an opened sum, which is of slots that of blanks alone."""
        return {"blank": counts[0]} if self.is_mixed(contest) else self.told(contest, counts)

    def trustees(self):
        """(board index, trustee number, board, trustee) in order."""
        for number, board in enumerate(self.boards):
            for index, trustee in enumerate(board.trustees, 1):
                yield number, index, board, trustee
