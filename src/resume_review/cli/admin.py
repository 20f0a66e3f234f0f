"""`admin`: accounts, on the word of whoever runs the platform."""

import argparse
import asyncio
import getpass
import secrets
import sys
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import AppError, StartupError
from resume_review.core.settings import Settings, load_settings
from resume_review.database.embedded import Mode
from resume_review.database.enums import UserRole
from resume_review.database.startup import open_database
from resume_review.features.auth import PasswordHasher, create_user, reset_password

GENERATED_BYTES = 15


def run(arguments: Sequence[str]) -> int:
    """Create an account or give it a new password."""
    given = _parser().parse_args(arguments)
    generated = None if given.ask else secrets.token_urlsafe(GENERATED_BYTES)
    password = generated or getpass.getpass("Password: ")
    act = _create if given.action == "create-user" else _reset
    try:
        asyncio.run(act(load_settings(), given, password))
    except (StartupError, AppError) as error:
        raise CommandError(error.detail) from None
    shown = f" with the password {generated} (shown only this once)" if generated else ""
    sys.stdout.write(f"{given.email} can sign in{shown}.\n")
    return 0


def _parser() -> Parser:
    parser = Parser("resume-review admin", description="Manage accounts.")
    parser.add_argument("action", choices=["create-user", "reset-password"], help="what to do")
    parser.add_argument("email", help="address of the account")
    parser.add_argument("--role", type=UserRole, choices=list(UserRole), default=UserRole.JUNIOR_RECRUITER)
    parser.add_argument("--first-name", default="", help="given name of a new account")
    parser.add_argument("--last-name", default="", help="family name of a new account")
    parser.add_argument("--ask", action="store_true", help="ask for the password instead of generating one")
    return parser


async def _create(settings: Settings, given: argparse.Namespace, password: str) -> None:
    email: str = given.email
    try:
        async with (
            open_database(settings, mode=Mode.SHARE) as opened,
            opened.database.transaction() as session,
        ):
            await create_user(
                session,
                PasswordHasher(),
                email=email,
                password=password,
                first_name=given.first_name or email.partition("@")[0],
                last_name=given.last_name,
                role=given.role,
            )
    except IntegrityError:
        raise StartupError(
            f"{email} has an account already. Use: resume-review admin reset-password {email}"
        ) from None


async def _reset(settings: Settings, given: argparse.Namespace, password: str) -> None:
    async with open_database(settings, mode=Mode.SHARE) as opened, opened.database.transaction() as session:
        if not await reset_password(session, PasswordHasher(), email=given.email, password=password):
            raise StartupError(
                f"{given.email} has no account. Use: resume-review admin create-user {given.email}"
            )
