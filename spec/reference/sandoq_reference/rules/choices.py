"""What one ballot says by the ballot rule (spec 76.5)."""

OPTION, LIST, STRIKE = 1, 2, 3
COUNTED, BLANK, VOID, REFUSED = "counted", "blank", "void", "refused"


def read_choices(ballot, lists, options, entries):
    """(status, {option: votes}, list or None) of entries (kind, index) in the order in which they were made."""
    list_of = {option: index for index, entry in enumerate(lists) for option in entry.options}
    codes = [index for kind, index in entries if kind == LIST]
    singles = [index for kind, index in entries if kind == OPTION]
    strikes = {index for kind, index in entries if kind == STRIKE}
    if not entries:
        return (BLANK if ballot.min == 0 else VOID), {}, None
    wrong = (len(codes) > 1 or (codes and ballot.list_code == 1) or (singles and ballot.form == 1)
             or (strikes and not ballot.strike) or (ballot.exclusive and codes and singles)
             or any(index >= len(lists) for index in codes) or any(index >= options for index in singles))
    touched = set(codes) | {list_of.get(option) for option in singles if option < options}
    if wrong or (ballot.form == 2 and len(touched) > 1):
        return VOID, {}, None
    chosen = codes[0] if codes else None
    members = lists[chosen].options if codes and ballot.list_code == 2 else []
    if not strikes <= set(members):
        return VOID, {}, None
    votes, total, over = {}, 0, False
    for option in [o for o in members if o not in strikes] + singles:
        if votes.get(option, 0) == ballot.each or total == ballot.max:
            over = True
            continue
        votes[option] = votes.get(option, 0) + 1
        total += 1
    if over and ballot.overvote != 2:
        return (REFUSED if ballot.overvote == 1 else VOID), {}, None
    own = chosen if ballot.list_code == 3 else None
    if total < ballot.min and own is None:
        return VOID, {}, None
    return (BLANK, {}, None) if total == 0 and own is None else (COUNTED, votes, own)
