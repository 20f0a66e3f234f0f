"""A list of reviews as CSV, in pieces, so that its length costs neither memory nor a long transaction."""

import csv
import io
from collections.abc import AsyncGenerator, Sequence

from resume_review.database.models import User
from resume_review.features.resume_analysis.answers import review_item
from resume_review.features.resume_analysis.filters import Cursor, Order, ReviewFilter, Sort
from resume_review.features.resume_analysis.history import HistoryRepository, HistoryRow
from resume_review.features.resume_analysis.schemas import ReviewItem
from resume_review.infrastructure.transactions import Transactions

ROWS_AT_ONCE = 500
# Without it, spreadsheets read names in other scripts as Latin-1.
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = tuple(ReviewItem.model_fields)
# What a spreadsheet takes for the beginning of a formula; the wide forms too, as some turn them into narrow ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


async def csv_lines(transactions: Transactions, user: User, wanted: ReviewFilter) -> AsyncGenerator[str]:
    """The reviews the user may see, newest first, after a line with the names of the columns."""
    yield BYTE_ORDER_MARK + _csv([COLUMNS])
    after: Cursor | None = None
    while True:
        async with transactions.transaction() as session:
            rows = await HistoryRepository(session).page(
                user, wanted, sort=Sort.DATE, order=Order.DESCENDING, limit=ROWS_AT_ONCE, after=after
            )
        if rows:
            yield _csv([_cells(row) for row in rows])
        if len(rows) < ROWS_AT_ONCE:
            return
        after = Cursor(rows[-1].requested_at, rows[-1].id)


def neutral(value: str) -> str:
    """The text in a form that no spreadsheet runs."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def _cells(row: HistoryRow) -> list[str]:
    values = review_item(row).model_dump(mode="json")
    return ["" if values[name] is None else neutral(str(values[name])) for name in COLUMNS]


def _csv(lines: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
