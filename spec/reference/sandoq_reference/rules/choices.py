"""What one ballot says by the ballot rule (spec 76.2)."""

from ..layout import Value

OPTION, LIST, STRIKE = 1, 2, 3
COUNTED, BLANK, VOID, REFUSED = "counted", "blank", "void", "refused"


def read_choices(ballot, lists, options, entries):
    """(status, {option: votes}, list or None) of entries (kind, index) in the order in which they were made."""
    read = read_entries(ballot, lists, options, entries)
    return read.status, read.votes, read.list if ballot.list_code == 3 else None


def _said(status, votes=(), chosen=None, overvote=False):
    return Value(status=status, votes=dict(votes), list=chosen, overvote=overvote)


def read_entries(ballot, lists, options, entries):
    """The same with the list whose code was entered, whatever it is for, and whether an over-vote decided the status."""
    list_of = {option: index for index, entry in enumerate(lists) for option in entry.options}
    codes = [index for kind, index in entries if kind == LIST]
    singles = [index for kind, index in entries if kind == OPTION]
    strikes = {index for kind, index in entries if kind == STRIKE}
    if not entries:
        return _said(BLANK if ballot.min == 0 else VOID)
    wrong = (len(codes) > 1 or (codes and ballot.list_code == 1) or (singles and ballot.form == 1)
             or (strikes and not ballot.strike) or (ballot.exclusive and codes and singles)
             or any(index >= len(lists) for index in codes) or any(index >= options for index in singles))
    touched = set(codes) | {list_of.get(option) for option in singles if option < options}
    if wrong or (ballot.form == 2 and len(touched) > 1):
        return _said(VOID)
    chosen = codes[0] if codes else None
    members = lists[chosen].options if codes and ballot.list_code == 2 else []
    if not strikes <= set(members):
        return _said(VOID)
    votes, total, over = {}, 0, False
    for option in [o for o in members if o not in strikes] + singles:
        if votes.get(option, 0) == ballot.each or total == ballot.max:
            over = True
            continue
        votes[option] = votes.get(option, 0) + 1
        total += 1
    if over and ballot.overvote != 2:
        return _said(REFUSED if ballot.overvote == 1 else VOID, overvote=True)
    separate = ballot.list_code == 3 and chosen is not None
    if total < ballot.min and not separate:
        return _said(VOID)
    return _said(COUNTED, votes, chosen) if total or separate else _said(BLANK)
