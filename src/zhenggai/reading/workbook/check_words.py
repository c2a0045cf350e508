"""The rules of a ledger's cells (台账校验规则): what must hold, and how to repair what does not."""

from __future__ import annotations

from typing import Final, NamedTuple

from zhenggai.domain.messages import msg


class Rule(NamedTuple):
    """One rule: its sentence, the repair, whether a breach only asks."""

    rule: str
    repair: str
    is_question: bool = False


RULES: Final[dict[str, Rule]] = {
    "no_ledger": Rule(
        msg("No sheet has a row of column names with one for the problem (问题、反馈问题、存在问题 …)."),
        msg("Name the columns in one row above the findings, or say on the page which column holds what."),
    ),
    "ledger_turned": Rule(
        msg("The names of columns stand in one row, a finding below another; here they stand in one column."),
        msg("Copy the table, paste it transposed into a new sheet and hand in that one."),
    ),
    "missing_problem": Rule(
        msg(
            "A row with a number, measures, a unit or a status names its problem; here the problem is empty."
        ),
        msg("Write the problem, or merge this cell with the one above if the row goes on with that finding."),
    ),
    "problem_as_above": Rule(
        msg("A row with a number of its own names its own problem; here it was taken from %(first)s."),
        msg("Write the problem out, or take the number away if the row only goes on with that finding."),
        is_question=True,
    ),
    "number_is_day": Rule(
        msg("A number is no day: the program made one of what was typed, which was read as %(number)s."),
        msg("Give the column the format “text” and write the number again."),
        is_question=True,
    ),
    "duplicate_number": Rule(
        msg("Every finding has a number of its own; this number stands at %(first)s already."),
        msg("Give one of the two another number."),
    ),
    "number_gap": Rule(
        msg("The numbers follow one another; after %(before)s comes %(number)s."),
        msg("Look whether a finding is missing, or number the rows anew."),
        is_question=True,
    ),
    "duplicate_problem": Rule(
        msg("No problem stands twice in one ledger; this one stands at %(first)s already, word for word."),
        msg("Take one of the two out, or say what is different."),
        is_question=True,
    ),
    "unknown_status": Rule(
        msg("A status is one of the words for it, such as 整改完成, 基本完成, 正在整改, 未启动 or 长期坚持."),
        msg("Write one of these words, or move the text to what was done."),
    ),
    "unknown_closed": Rule(
        msg("Whether a finding is closed is said by 是 or 否, a tick, 已销号 or 未销号."),
        msg("Write 是 or 否."),
    ),
    "unknown_nature": Rule(
        msg("The nature is 立行立改, 限期整改 or 长期坚持."),
        msg("Write one of these three."),
    ),
    "date_impossible": Rule(
        msg("The calendar has no such day or month."),
        msg("Write a day that exists, as 2024年6月30日."),
    ),
    "date_unreadable": Rule(
        msg("A deadline or day is a date, a month with its year, a number of days, 立行立改 or 长期坚持."),
        msg("Write it as 2024年6月30日 or 2024年6月底前."),
    ),
    "date_without_year": Rule(
        msg("A deadline names its year; which one is meant here cannot be told."),
        msg("Write the year, as 2024年6月底前."),
        is_question=True,
    ),
    "date_far": Rule(
        msg("A day of a ledger lies between 1990 and 2099."),
        msg("Look at the year; perhaps two figures were swapped."),
    ),
    "range_reversed": Rule(
        msg("A stretch of days ends after it begins."),
        msg("Exchange the two days, or correct the one that is wrong."),
    ),
    "due_before_start": Rule(
        msg("The deadline lies after the day of beginning, which is %(other)s."),
        msg("Correct one of the two days."),
    ),
    "due_before_found": Rule(
        msg(
            "The deadline lies after the day on which the problem was found or fed back, which is %(other)s."
        ),
        msg("Correct one of the two days."),
    ),
    "done_before_start": Rule(
        msg("What is completed was begun and found before; the day of that is %(other)s."),
        msg("Correct one of the two days."),
    ),
    "closed_before_done": Rule(
        msg("A finding is closed after it was found, begun and completed; the day of that is %(other)s."),
        msg("Correct one of the two days."),
    ),
    "closed_in_future": Rule(
        msg("What is closed was closed before the ledger was filled in, on %(other)s."),
        msg("Correct the day, or take it out until the finding is closed."),
    ),
    "status_contradicts_closed": Rule(
        msg("A closed finding is a completed one; the status says “%(other)s”."),
        msg("Correct the status, or say that the finding is not closed."),
    ),
    "closed_contradicts_status": Rule(
        msg("Status and column on closing agree; the status says “%(other)s”."),
        msg("Correct one of the two."),
    ),
    "closed_without_date": Rule(
        msg("A closed finding has its day of closing, and the ledger has a column for it."),
        msg("Write the day of closing, or say that the finding is not closed."),
    ),
    "dated_not_closed": Rule(
        msg("A day of closing stands only where the finding is closed; the column says “%(other)s”."),
        msg("Take the day out, or say that the finding is closed."),
    ),
    "done_on_contradicts_status": Rule(
        msg("A day of completion stands only where the work is completed; the status says “%(other)s”."),
        msg("Take the day out, or correct the status."),
    ),
    "unit_missing": Rule(
        msg("Every finding has a responsible unit; here none is named."),
        msg("Write the unit that answers for it."),
    ),
    "leader_missing": Rule(
        msg("Every finding has a responsible leader or person; here none is named."),
        msg("Write who answers for it."),
    ),
    "due_missing": Rule(
        msg("What is not done has a deadline, unless it is 立行立改 or 长期坚持; here none is named."),
        msg("Write the deadline."),
    ),
    "measures_missing": Rule(
        msg("Every finding has at least one measure; here none is named."),
        msg("Write what will be done."),
    ),
    "result_missing": Rule(
        msg("A finding that is called done says what was done; here nothing is said."),
        msg("Write what was done, or correct the status."),
    ),
    "amount_unreadable": Rule(
        msg("An amount is a number, with 元, 万元 or 亿元 if need be."),
        msg("Write the amount in figures, and anything else in a column beside it."),
    ),
    "recovered_over_amount": Rule(
        msg("No more is recovered than the problem amounts to, which is %(other)s."),
        msg("Look at both amounts and their units."),
        is_question=True,
    ),
    "merged_number": Rule(
        msg("One number is merged over several problems, so that they have no numbers of their own."),
        msg("Undo the merging and number every problem."),
    ),
    "merged_problem": Rule(
        msg("One problem is merged over several numbers; it was read once for each of them."),
        msg("Undo the merging and write every problem, or merge the numbers, too."),
        is_question=True,
    ),
    "merged_over_findings": Rule(
        msg("Status and closing are said of each finding; this cell is merged over several of them."),
        msg("Undo the merging and fill in every row."),
        is_question=True,
    ),
    "merged_hides": Rule(
        msg("This cell lies under the merged cell %(other)s and holds something else, which nobody sees."),
        msg("Undo the merging and look at both values."),
    ),
    "cell_truncated": Rule(
        msg("A cell of Excel holds at most 32,767 characters; what was longer was cut off here."),
        msg("Fetch the end of the text from where it came from, and divide it over several rows."),
    ),
    "formula_error": Rule(
        msg("The formula of this cell has failed and shows an error instead of a value."),
        msg("Repair the formula, or write the value."),
    ),
    "formula_uncalculated": Rule(
        msg(
            "A formula is saved with the value it comes to; cells here that have none: %(count)s. "
            "They were read as empty."
        ),
        msg("Open the file in Excel or WPS once, save it and choose it again, or write the value."),
    ),
    "character_lost": Rule(
        msg("A character of this cell was lost when the file was saved in a wrong encoding."),
        msg("Write the cell again, or save the file anew from where it came from."),
    ),
    "cell_far": Rule(
        msg(
            "The cells of a sheet stand together; this one stands far from all others and was not read "
            "(such cells on the sheet: %(count)s)."
        ),
        msg("Delete it if it stands there by mistake, or move it to the table."),
    ),
    "column_without_name": Rule(
        msg("Every column has a name; this one has values and none."),
        msg("Write its name in the row of names."),
        is_question=True,
    ),
    "second_table": Rule(
        msg("A sheet holds one ledger; here another table begins, of which nothing was read."),
        msg("Put it into a sheet of its own, or give it the columns of the first and put it below."),
    ),
    "number_unknown": Rule(
        msg("A list joins the ledger by the numbers of its findings; this one is not there, or there twice."),
        msg("Write the number that the finding has in the ledger."),
    ),
    "total_differs": Rule(
        msg("The totals agree with the rows above; there are %(count)s findings."),
        msg("Correct the total, or look whether a row is missing."),
        is_question=True,
    ),
}
