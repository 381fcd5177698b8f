"""What the codes of a ballot stand for, and which of them are permitted together (spec 50.10)."""

from .items import BIT_VECTOR, RANKING
from .layout import Value
from .rules.choices import COUNTED, LIST, OPTION, BLANK as NOTHING, read_entries

REJECT, TRUNCATE, VOID = 1, 2, 3  # over-votes
NONE, MEMBERS, SEPARATE = 1, 2, 3  # list codes
CLOSED, OPEN, FREE = 1, 2, 3  # forms
OF_OPTIONS, OF_LISTS, OF_BOTH = 1, 2, 3  # what codes are of
CODES, BLANK, REFUSED = "codes", "blank", "refused"  # what a device makes of entries
LIST_NAME = "list:"  # before the id of a list among names of options


def kind_of(ballot):
    """Are the codes of ballots under this ballot rule of options, of lists, or of options and behind them of lists?"""
    if ballot.form == CLOSED and not ballot.strike:
        return OF_LISTS
    return OF_BOTH if ballot.list_code == SEPARATE else OF_OPTIONS


def encodings_of(ballot, ranking):
    """The encodings that go with a ballot rule (50.5); ranking: is it that of a rule for rankings?"""
    if ranking:
        return (4,) if ballot.overvote == REJECT else ()
    kind = kind_of(ballot)
    if kind == OF_LISTS or kind == OF_OPTIONS and ballot.form == FREE:
        return (1, 2, 3)
    return (1, 3) if kind == OF_BOTH and ballot.form == FREE and ballot.exclusive else (3,)


def _plain(contest):
    """The ballot rule of contests and rankings whose codes are the options."""
    return Value(min=contest.min, max=contest.max, each=1, overvote=REJECT, list_code=NONE, form=FREE, exclusive=0, strike=0)


def _show(value):
    return value.decode("utf-8", "replace")


class Codes:
    """The codes of a contest of the manifest.

    count, most, least: n*, L*, Lmin*; each: e; heavy: how many codes have the weight L in a bit vector.
    """

    def __init__(self, contest):
        self.contest = contest
        self.rule = contest.law.ballot if contest.law and contest.encoding != RANKING else _plain(contest)
        self.kind = kind_of(self.rule)
        self.options, self.lists = len(contest.options), contest.lists
        self.each = 1 if self.rule.form == CLOSED else self.rule.each
        self.of_options = 0 if self.kind == OF_LISTS else self.options * self.each
        self.count = self.of_options + (0 if self.kind == OF_OPTIONS else len(self.lists))
        self.most, self.least = self._limits()
        self.heavy = len(self.lists) if self.kind == OF_BOTH and contest.encoding == BIT_VECTOR else 0

    def _limits(self):
        most, least = self.contest.max, self.contest.min
        if self.kind == OF_LISTS:
            return 1, min(least, 1)
        if self.kind == OF_BOTH and self.contest.encoding != BIT_VECTOR:
            return most + (not self.rule.exclusive), min(least, 1)
        return most, least

    def stands_for(self, code):
        """(OPTION or LIST, its index) of a code from 1 to count."""
        return (OPTION, (code - 1) // self.each) if code <= self.of_options else (LIST, code - 1 - self.of_options)

    def told(self, counts):
        """{option id: votes, "list:" and its id: ballots with the list's code} of one count for each code, for reports (90.1)."""
        votes, _ = self.votes(counts)
        out = {_show(option.id): number for option, number in zip(self.contest.options, votes)}
        if self.kind != OF_OPTIONS:
            own = counts[self.of_options:self.count]
            out.update((LIST_NAME + _show(entry.id), number) for entry, number in zip(self.lists, own))
        return out

    def problem(self, codes):
        """Why 50.10 does not permit these codes, ascending ones from 1 to count, or None."""
        lists = [code for code in codes if code > self.of_options]
        votes = {}
        for code in codes[:len(codes) - len(lists)]:
            option, nth = divmod(code - 1, self.each)
            if nth != votes.get(option, 0):
                return f"code {code}, which is not the next one of option {option}"
            votes[option] = nth + 1
        total = len(codes) - len(lists)
        if len(lists) > 1 or lists and self.rule.exclusive and total or total > self.contest.max:
            return f"{len(lists)} codes of lists and {total} of options"
        if not lists and total < self.contest.min and (total or not self.contest.blank):
            return f"{total} codes, which are fewer than {self.contest.min}"
        return self._form_problem(votes, [code - 1 - self.of_options for code in lists])

    def _form_problem(self, options, lists):
        """Conditions 4 and 5."""
        if self.rule.form == FREE:
            return None
        list_of = {option: index for index, entry in enumerate(self.lists) for option in entry.options}
        touched = {list_of.get(option) for option in options} | set(lists)
        if len(touched) > 1:
            return "options of two lists"
        return "an option of no list" if self.rule.form == CLOSED and None in touched else None

    def votes(self, counts):
        """(votes of every option, ballots of every list or None) of one count for each code (75.7)."""
        votes = [0] * self.options
        if self.kind == OF_LISTS:
            if self.rule.list_code == MEMBERS:
                for entry, count in zip(self.lists, counts):
                    for option in entry.options[:self.contest.max]:
                        votes[option] += count
        else:
            votes = [sum(counts[i:i + self.each]) for i in range(0, self.of_options, self.each)]
        return votes, list(counts[self.of_options:self.count]) if self.rule.list_code == SEPARATE else None

    def of_entries(self, entries):
        """(CODES, BLANK or REFUSED; the codes): what a device makes of entries (kind, index)."""
        read = read_entries(self.rule, self.lists, self.options, entries)
        if self.contest.blank and not entries or read.overvote and self.rule.overvote == VOID:
            return BLANK, []
        if read.status not in (COUNTED, NOTHING):
            return REFUSED, []
        return CODES, self._of_votes(read.votes, read.list)

    def _of_votes(self, votes, chosen):
        codes = [] if self.kind == OF_LISTS else [option * self.each + nth for option, number in sorted(votes.items())
                                                  for nth in range(1, number + 1)]
        return codes + ([self.of_options + chosen + 1] if self.kind != OF_OPTIONS and chosen is not None else [])
