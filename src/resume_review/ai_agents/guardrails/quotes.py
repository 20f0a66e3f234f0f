"""Whether a model quotes what stands in the resume: a quote that cannot be found is worth nothing."""

from rapidfuzz import fuzz

from resume_review.ai_agents.guardrails.folding import Folded, fold, numbers_in
from resume_review.documents import Span

SAME_WORDS = 92.0
"""Percentage of agreement from which a slip of the model's pen still counts as a quote."""

_SHORTEST = 3
_SHORTEST_WIDE = 2
_SHORTEST_FUZZY = 12
_MOST_CHARACTERS = 2_000


class QuoteFinder:
    """Finds quotes in one text."""

    def __init__(self, text: str) -> None:
        """Fold the text once; every search uses it."""
        self._text = text
        self._folded = fold(text)

    @property
    def folded(self) -> Folded:
        """The text as it is compared."""
        return self._folded

    def find(self, quote: str) -> Span | None:
        """Where the text says this, or null where it does not.

        Spelling of spaces, case, dashes and quotation marks does not matter, nor a slip of a few letters; every
        number must be there as it is.
        """
        wanted = fold(quote[:_MOST_CHARACTERS]).text.strip(" .…\"'")
        if len(wanted) < (_SHORTEST if wanted.isascii() else _SHORTEST_WIDE):
            return None
        start = self._folded.text.find(wanted)
        if start >= 0:
            return self._span(start, start + len(wanted))
        return self._almost(wanted)

    def _almost(self, wanted: str) -> Span | None:
        if not _SHORTEST_FUZZY <= len(wanted) <= len(self._folded.text):
            return None
        found = fuzz.partial_ratio_alignment(wanted, self._folded.text, score_cutoff=SAME_WORDS)
        if found is None:
            return None
        start, end = self._whole_words(found.dest_start, found.dest_end)
        span = self._span(start, end)
        if not numbers_in(wanted) <= numbers_in(self._text[span.start : span.end]):
            return None
        return span

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        text = self._folded.text
        while start > 0 and _joined(text[start - 1], text[start]):
            start -= 1
        while end < len(text) and _joined(text[end - 1], text[end]):
            end += 1
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        return start, end

    def _span(self, start: int, end: int) -> Span:
        first, last = self._folded.original(start, end)
        return Span(start=first, end=last)


def _joined(left: str, right: str) -> bool:
    """Whether a cut here would split a Latin word or a number."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
