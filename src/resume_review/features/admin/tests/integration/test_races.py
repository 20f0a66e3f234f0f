import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.errors import AppError
from resume_review.database.enums import UserRole
from resume_review.database.models import User
from resume_review.database.session import Database
from resume_review.features.admin.errors import EmailTakenError, LastAdminError
from resume_review.features.admin.schemas import UserChange, UserCreate
from resume_review.features.admin.service import AccountService
from resume_review.features.auth import PasswordHasher
from resume_review.infrastructure.http import ClientInfo
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration

CLIENT = ClientInfo("127.0.0.1", "test", "request")
HASHER = PasswordHasher()


def service(session: AsyncSession, admin: User) -> AccountService:
    return AccountService(session, admin, hasher=HASHER, client=CLIENT)


async def admins(database: Database) -> int:
    async with database.transaction() as session:
        statement = select(func.count(User.id)).where(User.role == UserRole.ADMIN, User.is_active)
        return await session.scalar(statement) or 0


@pytest.fixture
async def pair(committed_database: Database) -> tuple[User, User]:
    """The only two administrators."""
    pair = make_user(role=UserRole.ADMIN), make_user(role=UserRole.ADMIN)
    async with committed_database.transaction() as session:
        session.add_all(pair)
    return pair


@pytest.mark.parametrize("change", [UserChange(role=UserRole.JUNIOR_RECRUITER), UserChange(is_active=False)])
@pytest.mark.parametrize("target", ["each other", "themselves"])
async def test_two_administrators_cannot_both_go_at_once(
    committed_database: Database, pair: tuple[User, User], change: UserChange, target: str
) -> None:
    victims = pair if target == "themselves" else (pair[1], pair[0])

    async def go(admin: User, victim: User) -> AppError | None:
        try:
            async with committed_database.transaction() as session:
                await service(session, admin).change(victim.id, change)
        except LastAdminError as error:
            return error
        return None

    outcomes = await asyncio.gather(*map(go, pair, victims))

    assert [type(outcome) for outcome in outcomes].count(LastAdminError) == 1
    assert await admins(committed_database) == 1


async def test_the_second_sees_what_the_first_did_while_it_waited(
    committed_database: Database, pair: tuple[User, User]
) -> None:
    first, second = pair
    async with committed_database.transaction() as session:
        await service(session, first).change(second.id, UserChange(is_active=False))
        waiting = asyncio.create_task(_resign(committed_database, first))
        while not await _somebody_waits(committed_database):
            continue

    with pytest.raises(LastAdminError):
        await waiting
    assert await admins(committed_database) == 1


async def _resign(database: Database, admin: User) -> None:
    async with database.transaction() as session:
        await service(session, admin).change(admin.id, UserChange(role=UserRole.SENIOR_RECRUITER))


async def _somebody_waits(database: Database) -> bool:
    async with database.transaction() as session:
        locks = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
        connection = await session.connection()
        return bool((await connection.exec_driver_sql(locks)).scalar())


async def test_one_address_is_given_once_even_at_once(
    committed_database: Database, pair: tuple[User, User]
) -> None:
    body = UserCreate(
        email="robin@agency.example",
        first_name="Robin",
        last_name="Sato",
        role=UserRole.JUNIOR_RECRUITER,
        temporary_password="Password123!",
    )

    async def create(admin: User) -> bool:
        try:
            async with committed_database.transaction() as session:
                await service(session, admin).create(body)
        except EmailTakenError:
            return False
        return True

    assert sorted(await asyncio.gather(*map(create, pair))) == [False, True]
