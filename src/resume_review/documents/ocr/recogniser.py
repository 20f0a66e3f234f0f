"""Which model reads which page: decided on the first page, corrected where a page turns out badly."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from resume_review.documents.language import detect_language
from resume_review.documents.ocr.picture import Picture
from resume_review.documents.ocr.tesseract import Deadline, Model, Orientation, Tesseract
from resume_review.documents.ocr.words import Recognised, recognised

_AT_ONCE = 2
_POOR = 70.0  # mean confidence of a page that is upside down or in another script
_SURE_ROTATION = 1.5
_BY_LANGUAGE = {"de": Model.GERMAN, "fr": Model.FRENCH, "ja": Model.JAPANESE, "en": Model.ENGLISH}
_EAST_ASIAN = {"Japanese", "Han", "Hiragana", "Katakana", "Jpan"}


@dataclass(slots=True)
class Page:
    """A picture, the way up in which it was read, and what was read."""

    picture: Picture
    result: Recognised


def recognise(pictures: list[Picture], tesseract: Tesseract, deadline: Deadline) -> list[Page]:
    """Read pictures, each a page, side by side.

    Raises:
        UnreadableError: Out of time, or Tesseract gave up.
    """
    if not pictures:
        return []
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        reader = _Reader(tesseract, deadline)
        asked = threads.submit(reader.orientation, pictures[0])
        first = reader.read(pictures[0], reader.usual)
        seen = asked.result()
        model = reader.model(first, seen)
        start = [threads.submit(reader.upright, first, seen, model)] if model is reader.usual else []
        rest = [threads.submit(reader.best, picture, model) for picture in pictures[len(start) :]]
        return [page.result() for page in (*start, *rest)]


class _Reader:
    def __init__(self, tesseract: Tesseract, deadline: Deadline) -> None:
        self._tesseract = tesseract
        self._deadline = deadline
        self._models = tesseract.models - {Model.SCRIPTS}
        self.usual = Model.ENGLISH if Model.ENGLISH in self._models else min(self._models)

    def orientation(self, picture: Picture) -> Orientation | None:
        if Model.SCRIPTS not in self._tesseract.models:
            return None
        return self._tesseract.orientation(picture, self._deadline)

    def read(self, picture: Picture, model: Model) -> Page:
        answer = self._tesseract.recognise(picture, model, self._deadline)
        return Page(picture, recognised(answer, picture))

    def model(self, first: Page, seen: Orientation | None) -> Model:
        """The model for the document, given its first page as the usual model reads it."""
        wanted = self.usual
        if seen is not None and seen.script in _EAST_ASIAN:
            wanted = Model.JAPANESE
        elif first.result.confidence >= _POOR:
            language = detect_language(" ".join(word.text for word in first.result.words))
            wanted = _BY_LANGUAGE.get(language.code, self.usual) if language else self.usual
        elif seen is None:
            wanted = Model.JAPANESE
        return wanted if wanted in self._models else self.usual

    def best(self, picture: Picture, model: Model) -> Page:
        """The page as the model reads it, turned if that is needed."""
        page = self.read(picture, model)
        return (
            page if page.result.confidence >= _POOR else self.upright(page, self.orientation(picture), model)
        )

    def upright(self, page: Page, seen: Orientation | None, model: Model) -> Page:
        """The page, or the page turned as seen if it reads better then."""
        if page.result.confidence >= _POOR or seen is None or not seen.rotate or seen.sure < _SURE_ROTATION:
            return page
        turned = self.read(page.picture.rotated(seen.rotate), model)
        return turned if turned.result.confidence > page.result.confidence else page
