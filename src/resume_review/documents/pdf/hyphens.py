"""Words broken at the end of a line: which go on in the next line, and whether their hyphen stays."""

import re

HYPHENS = "-\u2010\u2011"
# Programs that break words on their own; others only break at hyphens the author wrote.
_BREAKING = re.compile(
    r"\b(?:pdf|lua|xe|p?dvi)?(?:la)?tex\b|typst|dvips|xdvipdf|indesign|prince|weasyprint|quarkxpress|troff|scribus",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[@/]|www\.|\w\.\w")
# The last letters of an address that a narrow column cut.
_CUT_DOMAIN = re.compile(r"@.+\.(?:c\|om|co\|m|n\|et|ne\|t|o\|rg|or\|g|i\|nfo|in\|fo|inf\|o|e\|du|ed\|u)$")
# First halves of common English compounds, so that "cross-border" keeps its hyphen where a program breaks words.
_FIRST_HALVES = frozenset(
    re.findall(
        r"\w+",
        "all anti award back best board bottom brand business buy by carve cash change "
        "client close cloud co cost cross customer cutting data day deal debt decision deep "
        "detail double down early eight emerging end enterprise equity event ever evidence executive face "
        "fact fast first five fixed follow four free front full fully future general global "
        "go goal growth half hands hard head health high higher highly home human in "
        "industry inter job joint key know large late lead least life line long longer "
        "low machine market medical medium mid mobile month multi near new next nine non "
        "north off on one open opt out over owner paper part pay peer people "
        "performance pilot point policy post pre price private pro problem process product profit project "
        "public purpose quality quarter quick rapid rate re real record research result results revenue "
        "risk role rule run sales second self sell semi senior service seven shop short "
        "sign single six small smart social soft software solution start state step sub system "
        "target task team tech technology ten test third three time top trade trend trunk "
        "two under up user value water web week well wide win work workflow working "
        "world year zero ",
    )
)


def breaks_words(producer: str) -> bool:
    """Whether the program named in the file breaks words at line ends on its own."""
    return _BREAKING.search(producer) is not None


def only_at_line_ends(texts: list[str]) -> bool:
    """Whether the file keeps the hyphen sign for words that a program broke; authors type the plain hyphen."""
    return not any(re.search(r"\w\u2010\w", text) for text in texts)


def join(
    last: str, following: str, *, vocabulary: frozenset[str], breaking: bool, signed: bool = False
) -> str | None:
    """The last word of a line if the first word of the next line goes on with it, else None.

    `signed` says that the file uses the hyphen sign (U+2010) only where a program broke a word.
    """
    if not last or not following:
        return None
    if last[-1] not in HYPHENS:
        return last if _address_goes_on(last, following) else None
    stem = last[:-1]
    if not stem or not (stem[-1].isalnum() and following[0].isalnum()):
        return None
    if signed and last[-1] == "\u2010" and stem[-1].isalpha() and following[0].islower():
        return stem
    if _keeps_hyphen(stem, following, vocabulary, breaking=breaking):
        return stem + "-"
    return stem


def _address_goes_on(last: str, following: str) -> bool:
    if "@" in last:
        if re.search(_CUT_DOMAIN, f"{last}|{following}"):
            return True
        return (
            not re.search(r"@.+\.\w{2,}$", last)
            and "@" not in following
            and ("." in following or last[-1] == ".")
        )
    if "@" in following:
        return following[0] in "@._" or (last[-1] in "._" and _ADDRESS.search(last) is not None)
    return (
        last[-1] in "/_"
        and re.match(r"(https?://|www\.)|[\w-]+\.\w+/", last) is not None
        and following[0].isalnum()
    )


def _keeps_hyphen(stem: str, following: str, vocabulary: frozenset[str], *, breaking: bool) -> bool:
    first = re.split(r"[^\w'’]", stem)[-1]
    second = re.match(r"\w+", following)
    rest = second.group() if second else following
    if (
        _ADDRESS.search(stem)
        or not rest[0].islower()
        or (not first.islower() and first[1:].upper() == first[1:])
    ):
        return True
    if first[-1].isdigit() or "-" in stem or following[len(rest) : len(rest) + 1] == "-":
        return True
    whole, parted = (first + rest).casefold(), f"{first}-{rest}".casefold()
    if whole in vocabulary:
        return False
    if parted in vocabulary or not breaking:
        return True
    if first.casefold() in _FIRST_HALVES and len(rest) > 3:
        return True
    return first.casefold() in vocabulary and rest.casefold() in vocabulary
