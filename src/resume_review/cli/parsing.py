"""What every command shares in reading its arguments and in saying what is wrong with them."""

import argparse
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

_Choice = TypeVar("_Choice", bound=StrEnum)


class CommandError(Exception):
    """Something the user can mend: shown as one line on standard error, exit code 2."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line that says where the help is.

    The standard library's parser is used because importing Typer and its models costs 300 ms, half of what
    a whole `extract` may take.
    """

    def __init__(self, prog: str, *, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Raises CommandError instead of printing the usage and leaving the process."""
        fault = message[0].upper() + message[1:]
        raise CommandError(f"{fault}. See: {self.prog} --help")


def choice(values: type[_Choice]) -> Callable[[str], _Choice]:
    """An argparse type: the member of an enum, with the possible values in the complaint."""

    def parse(text: str) -> _Choice:
        try:
            return values(text.lower())
        except ValueError:
            known = ", ".join(values)
            raise argparse.ArgumentTypeError(f"{text!r} is not one of: {known}") from None

    return parse


def comma_list(text: str) -> list[str]:
    """An argparse type: `CON01,TON` as two words; empty parts are dropped."""
    return [part.strip() for part in text.split(",") if part.strip()]


def percentage(text: str) -> int:
    """An argparse type: a whole number of points from 0 to 100."""
    if not text.isdecimal() or int(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a score; give a whole number from 0 to 100")
    return int(text)


def iso_date(text: str) -> date:
    """An argparse type: a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-11-21") from None
