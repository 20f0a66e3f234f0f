"""Text that is in the file but not on the page: outside it, too small, invisible, covered or without ink."""

from collections.abc import Callable
from dataclasses import dataclass, field

from resume_review.documents.model import Box, IntegrityKind, IntegrityMark
from resume_review.documents.pdf import picture as pictures
from resume_review.documents.pdf.objects import PageObjects
from resume_review.documents.pdf.overlay import Overlay
from resume_review.documents.pdf.page import PageGlyphs
from resume_review.documents.pdf.picture import Picture
from resume_review.documents.pdf.words import Word

_TINY = 3.5  # points
CLEAR = 26  # alpha of 255 below which nothing is seen
INVISIBLE_MODES = frozenset({3, 7})
_FEWEST_LETTERS = 4
_FEWEST_TINY = 8
_FEWEST_COVERED = 12
_HIDDEN_LINE = 0.7
_SCAN_SHARE = 0.5
_RECOGNITION_SLACK = 0.6  # ems
_MOST_LAYERS = 4
_SHARED_PLACE = 0.15
_SMALLEST_IMAGE = 100  # square points
_MOST_IMAGES = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a word is not seen."""

    kind: IntegrityKind
    detail: str


_NO_INK = Verdict(
    IntegrityKind.HIDDEN_TEXT,
    "The letters leave no ink on the page: same colour as what is behind them, covered or cut off.",
)
_COVERED = Verdict(
    IntegrityKind.HIDDEN_TEXT,
    "The letters are not what is seen at their place: other content covers or replaces them.",
)
_INVISIBLE = Verdict(IntegrityKind.HIDDEN_TEXT, "The text is drawn in the invisible rendering mode.")
_UNDRAWN = Verdict(IntegrityKind.HIDDEN_TEXT, "The scan shows nothing where this text is said to stand.")
_TRANSPARENT = Verdict(IntegrityKind.HIDDEN_TEXT, "The text is fully transparent.")
_LAYER_OFF = Verdict(IntegrityKind.OPTIONAL_CONTENT_OFF, "The text is on a layer that is switched off.")
_OFF_PAGE = Verdict(IntegrityKind.OFF_PAGE, "The text stands outside the visible page.")
_SMALL = Verdict(IntegrityKind.TINY_TEXT, "The text is smaller than 3.5 points.")


@dataclass(slots=True)
class PageView:
    """What is needed to judge the words of one page.

    Attributes:
        on_colour: Identities of the words whose place holds more than their own strokes on white.
    """

    glyphs: PageGlyphs
    objects: PageObjects
    max_pixels: int
    layers_off: bool = False
    on_colour: set[int] = field(default_factory=set[int])
    _drawn: dict[bool, Picture | None] = field(default_factory=dict[bool, Picture | None])

    @property
    def picture(self) -> Picture | None:
        """The page in grey, drawn once."""
        return self._once(colour=False)

    @property
    def coloured(self) -> Picture | None:
        """The page in colour and closer, drawn once."""
        return self._once(colour=True)

    def _once(self, *, colour: bool) -> Picture | None:
        if colour not in self._drawn:
            self._drawn[colour] = self.draw(colour=colour)
        return self._drawn[colour]

    def draw(self, *, colour: bool = False) -> Picture | None:
        return pictures.draw(
            self.glyphs.handle,
            self.glyphs.width,
            self.glyphs.height,
            max_pixels=self.max_pixels,
            colour=colour,
        )


def part_hidden(words: list[Word], view: PageView) -> tuple[list[Word], list[IntegrityMark]]:
    """The words that are seen, and marks for the others."""
    verdicts = _verdicts(words, view)
    visible = [word for word, verdict in zip(words, verdicts, strict=True) if verdict is None]
    marks: list[IntegrityMark] = []
    group: list[Word] = []
    reason: Verdict | None = None
    for word, verdict in [*zip(words, verdicts, strict=True), (None, None)]:
        if word is not None and verdict is not None and (reason is None or verdict.kind == reason.kind):
            group.append(word)
            reason = reason or verdict
            continue
        if group and reason:
            if _counts(group, reason):
                marks.append(_mark(group, reason, view.glyphs.number))
            elif reason in {_SMALL, _COVERED, _UNDRAWN}:
                visible.extend(group)
        group, reason = ([word], verdict) if word is not None and verdict is not None else ([], None)
    place = {id(word): index for index, word in enumerate(words)}
    visible.sort(key=lambda word: place[id(word)])
    return visible, marks


def _letters(words: list[Word]) -> int:
    return sum(char.isalnum() for word in words for char in word.text)


def _counts(group: list[Word], reason: Verdict) -> bool:
    """A stray blank, dot or ornament is nobody's secret, nor is a word under the strokes of a watermark."""
    fewest = {_SMALL: _FEWEST_TINY, _COVERED: _FEWEST_COVERED, _UNDRAWN: _FEWEST_COVERED}.get(
        reason, _FEWEST_LETTERS
    )
    return _letters(group) >= fewest


def _mark(group: list[Word], reason: Verdict, page: int) -> IntegrityMark:
    box: Box = (
        round(min(w.x0 for w in group), 2), round(min(w.y0 for w in group), 2),
        round(max(w.x1 for w in group), 2), round(max(w.y1 for w in group), 2),
    )  # fmt: skip
    text = " ".join(word.text for word in group)
    return IntegrityMark(kind=reason.kind, page=page, box=box, text=text, detail=reason.detail)


def _verdicts(words: list[Word], view: PageView) -> list[Verdict | None]:
    """One verdict a word, None for words that are seen."""
    picture = view.picture
    if picture is None or not words:
        return [None] * len(words)
    is_scan = _is_scan(words, view)
    verdicts: list[Verdict | None] = []
    doubtful: list[int] = []
    for index, word in enumerate(words):
        verdict = _plain_verdict(word, view, picture)
        invisible = word.style.mode in INVISIBLE_MODES or word.style.alpha < CLEAR
        if is_scan and invisible and verdict is _NO_INK:
            verdict = None if _near_ink(word, picture) else _UNDRAWN
        elif verdict is _NO_INK or (verdict is None and invisible and not is_scan):
            doubtful.append(index)
        verdicts.append(verdict)
    over = _over_something(words, view)
    for index in over:
        if verdicts[index] is None and index not in doubtful and not is_scan:
            doubtful.append(index)
    if doubtful:
        _settle(words, verdicts, doubtful, view)
        _complete(words, verdicts)
    return verdicts


def _near_ink(word: Word, picture: Picture) -> bool:
    """Whether the picture of a scan shows anything where character recognition, never exact, put the word."""
    slack = _RECOGNITION_SLACK * word.size
    return picture.box_has_ink(word.x0 - slack, word.y0 - slack, word.x1 + slack, word.y1 + slack)


def _complete(words: list[Word], verdicts: list[Verdict | None]) -> None:
    """A line in one look of which most is hidden is hidden as a whole, whatever shines through in places."""
    begin = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and _same_look(words[index - 1], words[index]):
            continue
        line = range(begin, index)
        reasons = [verdict for verdict in verdicts[begin:index] if verdict]
        letters = _letters(words[begin:index])
        if reasons and sum(_letters([words[i]]) for i in line if verdicts[i]) >= _HIDDEN_LINE * letters:
            for place in line:
                verdicts[place] = verdicts[place] or reasons[0]
        begin = index


def _same_look(one: Word, other: Word) -> bool:
    return one.base == other.base and (one.style is other.style or one.style == other.style)


def _plain_verdict(word: Word, view: PageView, picture: Picture) -> Verdict | None:
    """What place, size and ink alone say."""
    glyphs = view.glyphs
    middle_x, middle_y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    if not (-1 <= middle_x <= glyphs.width + 1 and -1 <= middle_y <= glyphs.height + 1):
        return _OFF_PAGE
    if word.size < _TINY and max(word.y1 - word.y0, 0.0) < 2 * _TINY:
        return _SMALL
    if not word.angle and picture.crosses_strokes(word.x0, word.x1, word.base, word.size, len(word.glyphs)):
        return None
    view.on_colour.add(id(word))
    if not any(char.isalnum() for char in word.text):
        return None
    if word.angle:
        return None if picture.box_has_ink(word.x0, word.y0, word.x1, word.y1) else _NO_INK
    spans = [(glyphs.left[glyph], glyphs.right[glyph]) for glyph in word.glyphs]
    return None if picture.shows_word(word.x0, word.x1, word.base, word.size, spans) else _NO_INK


def _is_scan(words: list[Word], view: PageView) -> bool:
    """Whether the text is the invisible layer that character recognition lays over a picture of the page."""
    area = view.glyphs.width * view.glyphs.height
    if not any(image.area > _SCAN_SHARE * area for image in view.objects.images):
        return False
    invisible = sum(word.style.mode in INVISIBLE_MODES or word.style.alpha < CLEAR for word in words)
    return invisible > 0.8 * len(words)


def _over_something(words: list[Word], view: PageView) -> list[int]:
    """Words that share their place with other words or with a picture."""
    images = [image.box for image in view.objects.images if image.area > _SMALLEST_IMAGE][:_MOST_IMAGES]
    found = {i for i, word in enumerate(words) for box in images if _inside(word, box)}
    placed = sorted((*_band(word), word.x0, word.x1, index) for index, word in enumerate(words))
    for position, (_, bottom, left, right, index) in enumerate(placed):
        for other_top, _, other_left, other_right, other in placed[position + 1 :]:
            if other_top >= bottom:
                break
            if (
                other_left < right
                and left < other_right
                and _overlap(words[index], words[other]) > _SHARED_PLACE
            ):
                found.update((index, other))
    return sorted(found)


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _overlap(one: Word, other: Word) -> float:
    """Shared area as a share of the smaller one, from the top of capitals to under the writing line."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    if wide <= 0:
        return 0.0
    (top, bottom), (other_top, other_bottom) = _band(one), _band(other)
    high = min(bottom, other_bottom) - max(top, other_top)
    if high <= 0:
        return 0.0
    smaller = min((one.x1 - one.x0) * (bottom - top), (other.x1 - other.x0) * (other_bottom - other_top))
    return wide * high / smaller if smaller > 0 else 0.0


def _band(word: Word) -> tuple[float, float]:
    if word.angle:
        return word.y0, word.y1
    return word.base - 0.7 * word.size, word.base + 0.15 * word.size


def _settle(words: list[Word], verdicts: list[Verdict | None], doubtful: list[int], view: PageView) -> None:
    """Look closer at doubtful words: in colour, and against a drawing of nothing but these words."""
    coloured = view.coloured
    if coloured is None:
        return
    glyphs = view.glyphs
    overlays = [
        (
            layer,
            Overlay.draw(view.objects, _handles([words[i] for i in layer], glyphs), coloured, _colours(view)),
        )
        for layer in _layers(words, doubtful)
    ]
    for layer, overlay in overlays:
        for index in layer:
            if any(char.isalnum() for char in words[index].text):
                verdicts[index] = _settled(words[index], verdicts[index], view, coloured, overlay)


def _handles(words: list[Word], glyphs: PageGlyphs) -> set[int]:
    found = {glyphs.objects[glyph] for word in words for glyph in word.glyphs}
    return {handle for handle in found if handle is not None}


def _layers(words: list[Word], doubtful: list[int]) -> list[list[int]]:
    """Doubtful words dealt out so that none covers another of its layer; the last takes what is left."""
    layers: list[list[int]] = [[]]
    for index in doubtful:
        for layer in layers:
            if all(_overlap(words[index], words[other]) < _SHARED_PLACE for other in layer):
                layer.append(index)
                break
        else:
            if len(layers) < _MOST_LAYERS:
                layers.append([index])
            else:
                layers[-1].append(index)
    return layers


def _settled(
    word: Word, verdict: Verdict | None, view: PageView, coloured: Picture, overlay: Overlay | None
) -> Verdict | None:
    invisible = word.style.mode in INVISIBLE_MODES or word.style.alpha < CLEAR
    shown = overlay.shows(word, invisible=invisible) if overlay else None
    if shown is None:  # its font cannot be drawn: only the colours can tell
        return _by_facts(word, coloured)
    return None if shown else _named(word, verdict or _COVERED, view, overlay)


def _colours(view: PageView) -> Callable[[], Picture | None]:
    return lambda: view.draw(colour=True)


def _named(word: Word, verdict: Verdict, view: PageView, overlay: Overlay | None) -> Verdict:
    """The plainest reason there is."""
    if view.layers_off and (overlay is None or overlay.is_blank(word)):
        return _LAYER_OFF
    if word.style.mode in INVISIBLE_MODES:
        return _INVISIBLE
    if word.style.alpha < CLEAR:
        return _TRANSPARENT
    return verdict


def _by_facts(word: Word, coloured: Picture) -> Verdict | None:
    """Judge by declared colour, for glyphs that PDFium has no shapes for."""
    style = word.style
    if style.mode in INVISIBLE_MODES:
        return _INVISIBLE
    if style.alpha < CLEAR:
        return _TRANSPARENT
    first, last = coloured.span(word.x0, word.x1)
    rows = coloured.rows(word.y0, word.y1)
    if not rows:
        return None
    behind = coloured.row(rows[len(rows) // 2], first, last)
    blue, green, red = behind[0], behind[1], behind[2]
    apart = max(abs(a - b) for a, b in zip(style.colour, (red, green, blue), strict=True))
    return None if apart >= pictures.CONTRAST else _NO_INK
