"""Bodies of the browser's sign-in routes."""

from pydantic import BaseModel

from resume_review.features.auth import LoginRequest, TokenType, UserResponse


class BrowserLogin(LoginRequest):
    """Who signs in, and whether the browser is to know them after it was closed."""

    remember: bool = False


class BrowserSession(BaseModel):
    """The access token, to be kept in memory only; `expires_in` is its life in seconds."""

    access_token: str
    token_type: TokenType = TokenType.BEARER
    expires_in: int
    user: UserResponse
