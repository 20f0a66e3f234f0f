"""A wall around words that are not ours: the resume is data, whatever it says."""

import secrets
from dataclasses import dataclass, field

NONCE_BYTES = 8


@dataclass(frozen=True)
class Fence:
    """The two marks of one call; nobody who wrote a resume can know them."""

    nonce: str = field(default_factory=lambda: secrets.token_hex(NONCE_BYTES))

    @property
    def opening(self) -> str:
        """The mark before untrusted words."""
        return f"<<<untrusted {self.nonce}>>>"

    @property
    def closing(self) -> str:
        """The mark after untrusted words."""
        return f"<<<end {self.nonce}>>>"

    def around(self, text: str) -> str:
        """The text between its marks; anything in it that looks like a mark is taken apart."""
        harmless = text.replace("<<<", "< < <").replace(">>>", "> > >")
        return f"{self.opening}\n{harmless}\n{self.closing}"
