"""Cells of tables that a spreadsheet will open."""

# What spreadsheets take for the start of a formula, in half and in full width.
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = ("\t", "\r", "\n")


def plain_cell(text: str) -> str:
    """The text, marked as text where a spreadsheet would run it as a formula.

    The mark is an apostrophe in front, as OWASP advises for CSV; leading blanks do not hide a formula.
    """
    if text.startswith(_CONTROL) or text.lstrip().startswith(_STARTS):
        return f"'{text}"
    return text
