"""The industries a resume can be reviewed for."""

import difflib
from enum import StrEnum

from resume_review.rubric.errors import UnknownIndustryError


class Industry(StrEnum):
    """Codes as requests, results and pack files carry them."""

    STRATEGY_CONSULTING = "strategy_consulting"
    TECH_CONSULTING = "tech_consulting"
    MA_FINANCE = "ma_finance"
    FINANCIAL_ADVISORY = "financial_advisory"
    FULL_SERVICE_CONSULTING = "full_service_consulting"
    SYSTEM_INTEGRATOR = "system_integrator"


INDUSTRIES = tuple(Industry)

# Codes of earlier releases, still sent by old clients and found in old data.
OLD_CODES = {
    "strategy_tech": Industry.STRATEGY_CONSULTING,
    "ma_financial": Industry.MA_FINANCE,
    "consulting": Industry.FULL_SERVICE_CONSULTING,
    "general": Industry.FULL_SERVICE_CONSULTING,
}


def resolve_industry(code: str) -> Industry:
    """The industry of a code; codes of earlier releases are mapped.

    Raises:
        UnknownIndustryError: The message lists the codes and names the nearest one.
    """
    wanted = code.strip().lower()
    if wanted in OLD_CODES:
        return OLD_CODES[wanted]
    try:
        return Industry(wanted)
    except ValueError:
        close = difflib.get_close_matches(wanted, [*INDUSTRIES, *OLD_CODES], n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        message = f"There is no industry {code[:40]!r}; choose one of {', '.join(INDUSTRIES)}.{hint}"
        raise UnknownIndustryError(message) from None
