"""What a server does not know, learnt from its refusals."""

from collections.abc import Mapping

REJECTED = {400, 404, 422}
"""Statuses with which servers refuse a parameter."""


class RefusedParameters(set[str]):
    """Parameters that a server refused, left out of every later call."""

    def learn(self, message: str, signs: Mapping[str, tuple[str, ...]], *, already: frozenset[str]) -> bool:
        """Whether a refusal names a parameter that can be left out, which is then remembered.

        Args:
            message: The server's words.
            signs: The parameters in the order in which they go, each with the words that blame it.
            already: What was left out of the refused call; another call may have learnt more meanwhile.
        """
        words = message.lower()
        for name, blamed_by in signs.items():
            if name not in already and any(sign in words for sign in blamed_by):
                self.add(name)
                return True
        return False
