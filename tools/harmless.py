"""Changes of the code that no test can notice, since they change nothing that matters (无害变异)."""

from __future__ import annotations

from typing import Final

_COPY_SPARED: Final = (
    "actor if len(grants) == len(actor.grants) else replace(actor, grants=grants)"
    "  →  actor if False else replace(actor, grants=grants)"
)
_BACKWARDS: Final = (
    "rules.concentrated_months + periods * rules.report_every_months"
    "  →  rules.concentrated_months - periods * rules.report_every_months"
)
_SKETCHED: Final = (
    "pieces = {crc32(text[at : at + size]) for at in range(0, max(1, len(text) - size + 4), 4) if text}"
)
HARMLESS: Final[dict[tuple[str, ...], str]] = {
    (
        "*",
        "@dataclass(frozen=True, slots=True)",
    ): "Both keep a writer of code from a slip; no rule reads them, and the type checker refuses it.",
    (
        "policy.py",
        "return actor if len(grants) == len(actor.grants) else replace(actor, grants=grants)",
        _COPY_SPARED,
    ): "An actor of whom nothing was taken equals its copy; a copy is spared.",
    (
        "ladder.py",
        "count: int = 1",
        "1  →  2",
    ): "Only a quorum reads its number, and a quorum is never read from a profile without one.",
    (
        "claims.py",
        "end = len(passage) if end < 0 else end",
        "end < 0  →  end <= 0",
    ): "The next stretch begins after the one at hand, so never at 0.",
    (
        "claims.py",
        "end = len(passage) if end < 0 else end",
        "0  →  1",
    ): "The next stretch begins after the one at hand, so never at 0.",
    (
        "claims.py",
        "found = close.find(piece) if piece and found < 0 else found",
        "found < 0  →  found <= 0",
    ): "What was found at 0 is found at 0 again.",
    (
        "claims.py",
        "found = close.find(piece) if piece and found < 0 else found",
        "0  →  1",
    ): "What was found at 0 is found at 0 again.",
    (
        "claims.py",
        "found = close.find(piece, since) if piece else -1",
        "1  →  2",
    ): "That it was not found is asked by its sign alone.",
    (
        "deadlines.py",
        "for due, (after, last) in zip(dues[1:], pairwise(borders), strict=True):",
        "True  →  False",
    ): "Both are made from the same extensions, one longer each: they are as long as each other.",
    (
        "counting.py",
        "step = Decimal(1).scaleb(-rule.places)",
        "1  →  2",
    ): "Only the exponent of the step is read, which says how many places are kept.",
    (
        "planning.py",
        "for (name, action), is_there in zip(COVERAGE, has, strict=True)",
        "True  →  False",
    ): "A finding is asked for as many things as there are; a test holds each to be asked for.",
    (
        "due_texts.py",
        'return _at_end(found["y"] or "今", 12, on, DueReason.YEAR_END)',
        "found['y'] or '今'  →  found['y']",
    ): "The end of a year that is not named is never over, so it is this year's as well.",
    (
        "due_texts.py",
        "parts = [part for part in _JOINED.split(words, maxsplit=1) if part]",
        "1  →  2",
    ): "What follows the first part is one phrase that is known, or it means no day in either case.",
    (
        "due_texts.py",
        "if not words:",
        "if not words:  →  if False:",
    ): "No wording matches where there are no words.",
    (
        "due_texts.py",
        "if not 1 <= number <= 9999:",
        "9999  →  10000",
    ): "A year has four digits, and what is relative to today is near it.",
    (
        "due_texts.py",
        "if not 1 <= number <= 9999:",
        "1  →  2",
    ): "No deadline is of the year 1.",
    (
        "indicators.py",
        "sign = 1 if direction is Direction.AT_LEAST else -1",
        "1  →  2",
    ): "Both the way and what is missing of it are measured with it, and only their share and sign are read.",
    (
        "indicators.py",
        "left = Decimal(0) if missing <= 0 else abs(target - value)",
        "missing <= 0  →  missing < 0",
    ): "Where nothing is missing the difference is 0 as well.",
    (
        "outcomes.py",
        "return quantity.quantize(Decimal(1))",
        "1  →  2",
    ): "Only the exponent is read, which says that no place is kept.",
    (
        "progress.py",
        "return Gap.AHEAD if _RANK[claimed] > _RANK[viewed] else Gap.BEHIND",
        "_RANK[claimed] > _RANK[viewed]  →  _RANK[claimed] >= _RANK[viewed]",
    ): "Where the two are the same the answer was given above.",
    (
        "requirement_gates.py",
        "once = {each.file or each.id: each.amount or Decimal(0) for each in shown}",
        "each.amount or Decimal(0)  →  each.amount",
    ): "Evidence without an amount shows no money, so it is not among these; the type checker asks for it.",
    (
        "requirement_gates.py",
        "once = {each.file or each.id: each.amount or Decimal(0) for each in shown}",
        "0  →  1",
    ): "Evidence without an amount shows no money, so it is not among these.",
    (
        "ordering.py",
        "padded = _RUN.sub(lambda run: run[0].zfill(8), spelt)",
        "8  →  9",
    ): "Keys are compared with each other alone, and no number among words has so many digits.",
    (
        "profile_lines.py",
        "strict=True,",
        "True  →  False",
    ): "There are as many sentences as lights; a test holds every light to be told.",
    (
        "profile_lines.py",
        "pairs = zip(profile_lines(before), profile_lines(after), strict=True)",
        "True  →  False",
    ): "Every profile has the same rules in the same order, so both have as many lines.",
    (
        "stated.py",
        "for clause, fact in zip(clauses, facts, strict=True):",
        "True  →  False",
    ): "The facts are made from the clauses, one of each.",
    (
        "matching.py",
        "_PIECES: Final = 16",
        "16  →  17",
    ): "One piece more stands for each text of both sides: that costs time and finds what was found.",
    (
        "matching.py",
        "_SHARED_MOST: Final = 400",
        "400  →  401",
    ): "A bound of time; the rarest pieces are counted first, and who is looked for shares those.",
    (
        "matching.py",
        "_SHARE: Final = 8",
        "8  →  9",
    ): "How few shared pieces are worth a comparison; a text compared once more is no more alike for it.",
    (
        "matching.py",
        "_LONG: Final = 8",
        "8  →  9",
    ): "A text of eight letters is found by its pieces of two letters as by those of three.",
    (
        "matching.py",
        "likely = row.like(finding) if alike is None else alike",
        "row.like(finding) if alike is None else alike  →  row.like(finding) if True else alike",
    ): "The likeness that is handed in is that of the same two; it is spared to be counted again.",
    (
        "matching.py",
        "size = 12 if len(whole) >= _LONG else 8",
        "12 if len(whole) >= _LONG else 8  →  12 if False else 8",
    ): "Shorter pieces are shared by more texts: that costs time and finds what was found.",
    (
        "matching.py",
        "for row, finding in zip(rows, findings, strict=True):",
        "True  →  False",
    ): "That there are as many on both sides was asked just before.",
    (
        "matching.py",
        "size = 12 if len(whole) >= _LONG else 8",
        "len(whole) >= _LONG  →  len(whole) > _LONG",
    ): "A text of eight letters is found by its pieces of two letters as by those of three.",
    (
        "matching.py",
        "shared[finding.entry.id] += 1",
        "1  →  2",
    ): "Every shared piece counts the same; more findings are compared, and none is more alike for it.",
    (
        "matching.py",
        "left = max(0, left - len(having))",
        "0  →  1",
    ): "A bound of time; the rarest pieces are counted first, and who is looked for shares those.",
    (
        "matching.py",
        "left = max(0, left - len(having))",
        "left - len(having)  →  left + len(having)",
    ): "A bound of time; the rarest pieces are counted first, and who is looked for shares those.",
    (
        "matching.py",
        "(id_ for id_, count in shared.items() if count > least),",
        "count > least  →  count >= least",
    ): "How few shared pieces are worth a comparison; a text compared once more is no more alike for it.",
    (
        "matching.py",
        _SKETCHED,
        "1  →  2",
    ): "The next piece would begin four bytes later: with two there is still one.",
    (
        "matching.py",
        _SKETCHED,
        "4  →  5",
    ): "The last piece of a text is cut once more, a letter shorter, on both sides alike.",
    (
        "matching.py",
        _SKETCHED,
        "len(text) - size  →  len(text) + size",
    ): "The last pieces of a text are cut again, ever shorter, on both sides alike: one more in common.",
    (
        "messages.py",
        'if "“%(" in sentence:',
        "if '“%(' in sentence:  →  if True:",
    ): "Where nothing is quoted the search finds nothing; that is asked first to spare it.",
    (
        "file_names.py",
        '_SHOWS_NOTHING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})',
        "without 'Zl'",
    ): "Signs that end lines and paragraphs are blanks, and became such before.",
    (
        "file_names.py",
        '_SHOWS_NOTHING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})',
        "without 'Zp'",
    ): "Signs that end lines and paragraphs are blanks, and became such before.",
    (
        "lockout.py",
        "return 0 if over < 0 else min(2 ** min(over, 6), LONGEST_MINUTES)",
        "6  →  7",
    ): "Six doublings are past the longest wait already; the bound keeps the number small.",
    (
        "naming.py",
        "alike = max((likeness(plain, name) for name in names), default=0)",
        "0  →  1",
    ): "A unit without a name is proposed neither at 0 nor at 1: both are too little.",
    (
        "terms.py",
        "whole = (on.year - feedback_on.year) * 12 + on.month - feedback_on.month",
        "(on.year - feedback_on.year) * 12  →  (on.year - feedback_on.year) // 12",
    ): "The count begins at an earlier report and climbs to the same one; it only takes longer.",
    (
        "terms.py",
        "whole = (on.year - feedback_on.year) * 12 + on.month - feedback_on.month",
        "(on.year - feedback_on.year) * 12 + on.month  →  (on.year - feedback_on.year) * 12 - on.month",
    ): "The count begins at an earlier report and climbs to the same one; it only takes longer.",
    (
        "terms.py",
        "months = rules.concentrated_months + periods * rules.report_every_months",
        _BACKWARDS,
    ): "The count begins earlier, by whole periods, and climbs to the same report; it only takes longer.",
    (
        "working_days.py",
        "years: frozenset[int] = field(init=False, compare=False, repr=False)",
        "False  →  True",
    ): "The years are made from the days, so calendars with the same days have the same years.",
    (
        "cleaning.py",
        "damage.is_open(damages) or (bool(struck) and bool(lost_dates.add(text, []))),",
    ): "One pass more over a text with nothing open changes nothing.",
    (
        "unscramble.py",
        "reach = min(stop, sign + _GONE_REACH) if gone == 0 else stop",
    ): "The reach bounds the time of a search: bytes come back into step long before it ends.",
    (
        "unscramble.py",
        'return _READING.sub("", self.text[sign + 1 : sign + 20].partition("\\n")[0])[:7]',
    ): "Of the letters behind a sign the first ones tell; one more or less at the end tells nothing.",
}
"""By file (``*``: any) and the source of the line without spaces around it: why a change does no harm."""
