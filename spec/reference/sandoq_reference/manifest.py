"""What follows from a manifest: its rules, tree, contest sets and derived constants (spec 50)."""

from bisect import bisect_left

from .bit_vector import Shape
from .hashing import hash32, u32
from .items import CONTEST, MANIFEST

NO_PARENT = 2**32 - 1
BRANCH = 7
MOST_CIPHERTEXTS = 32768  # of all contests together


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
    if sum(len(contest.options) + contest.blank for contest in manifest.contests) > MOST_CIPHERTEXTS:
        return f"more than {MOST_CIPHERTEXTS} ciphertexts in all contests together"
    for contest in manifest.contests:
        name, options = f"contest {_show(contest.id)}: ", len(contest.options)
        ids = [option.id for option in contest.options]
        if contest.scope >= len(manifest.nodes):
            return name + "its scope is no node"
        if contest.encoding != 1 or contest.rule != 1:
            return name + "unknown encoding or rule"
        if _repeated(ids) is not None or b"blank" in ids:
            return name + "option ids are not distinct, or one is `blank`"
        if not 1 <= contest.max <= options or contest.min > contest.max:
            return name + "limits"
        if contest.blank and contest.min < 1:
            return name + "blank without a minimum of one"
        if not 1 <= contest.seats <= options or contest.seats + contest.alternates > options:
            return name + "seats and alternates"
        if _repeated(attribute.id for attribute in contest.attributes) is not None:
            return name + "two attributes with one id"
        if contest.attributes and not manifest.authority:
            return name + "attributes, and no authority to sign them"
    return None


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
        self.shapes = [Shape(len(c.options), c.max, c.min, bool(c.blank)) for c in self.contests]
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
        contest, shape = self.contests[index], self.shapes[index]
        return hash32("contest", self.e0, u32(index), CONTEST.encode(contest), u32(shape.ciphertexts), u32(shape.bits),
                      u32(shape.bits), *map(u32, shape.weights))

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

    def option_names(self, contest):
        """Names of the counts of a contest, in ciphertext order."""
        names = [_show(option.id) for option in self.contests[contest].options]
        return names + (["blank"] if self.contests[contest].blank else [])

    def trustees(self):
        """(board index, trustee number, board, trustee) in order."""
        for number, board in enumerate(self.boards):
            for index, trustee in enumerate(board.trustees, 1):
                yield number, index, board, trustee
