"""Case 50: a review is started, cancelled, retried and deleted in any order, while a real worker does it."""

from typing import TYPE_CHECKING, Any, ClassVar, LiteralString

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from resume_review.testing.consultant import UNFINISHED, Consultant, consultant
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from tests.reliability.abuse.conftest import Site

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

EXAMPLES, STEPS = 8, 14
ENDED = {"completed", "error", "cancelled"}
# From how a review was seen to how it may be seen next, when nobody but the worker touched it since.
BY_ITSELF = {
    "pending": {"pending", "processing", "completed"},
    "processing": {"pending", "processing", "completed"},
    "completed": {"completed"},
    "cancelled": {"cancelled"},
}
ORPHANS: dict[str, LiteralString] = {
    "results": "SELECT count(*) FROM review_results WHERE review_request_id NOT IN (SELECT id FROM review_requests)",
    "findings": "SELECT count(*) FROM review_feedback_items WHERE review_result_id NOT IN (SELECT id FROM review_results)",
    "jobs": """
        SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'resume_analysis.analyse' AND status = 'todo'
        AND args ->> 'subject' NOT IN (SELECT id::text FROM review_requests WHERE status IN ('pending', 'processing'))
    """,
    "half": """
        SELECT count(*) FROM review_requests AS r
        WHERE (status = 'completed') <> EXISTS (SELECT FROM review_results WHERE review_request_id = r.id)
    """,
}


class AnyOrder(RuleBasedStateMachine):
    """Reviews of resumes, as one user sees them; `seen` is how each was seen last, null once it was deleted."""

    resumes = Bundle("resumes")
    reviews = Bundle("reviews")

    robin: ClassVar[Consultant]

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, str | None] = {}
        self.of: dict[str, str] = {}
        self.deleted: set[str] = set()

    @rule(target=resumes, number=st.integers(0, 1_000_000))
    def upload(self, number: int) -> str:
        path = f"/resume_upload/candidates/{self._candidate()}/resumes"
        text = MARKDOWN.replace("2.1 points", f"2.1 points in {number} shops")
        return (
            self.robin.client.post(path, files={"file": ("cv.md", text.encode())})
            .raise_for_status()
            .json()["id"]
        )

    @rule(target=reviews, resume=resumes)
    def start(self, resume: str) -> str:
        body = {"industry": "strategy_consulting", "force": True}
        answer = self.robin.client.post(f"/analysis/resumes/{resume}/analyze", json=body)
        if resume in self.deleted:
            assert answer.status_code == 404
            return ""
        review = str(answer.raise_for_status().json()["analysis_id"])
        self.seen[review], self.of[review] = "pending", resume
        return review

    @rule(review=reviews)
    def cancel(self, review: str) -> None:
        if review:
            self._told(review, self.robin.client.delete(f"/analysis/{review}/cancel"), "cancelled")

    @rule(review=reviews)
    def retry(self, review: str) -> None:
        if review:
            self._told(review, self.robin.client.post(f"/analysis/analysis/{review}/retry"), "pending")

    @rule(review=reviews)
    def wait(self, review: str) -> None:
        if review and self.seen[review] in UNFINISHED:
            assert self.robin.ended(review)["status"] == "completed"
            self.seen[review] = "completed"

    @rule(resume=resumes)
    def delete(self, resume: str) -> None:
        answer = self.robin.client.delete(f"/resume_upload/{resume}", params={"with_reviews": True})
        assert answer.status_code == (404 if resume in self.deleted else 200)
        self.deleted.add(resume)
        self.seen |= {review: None for review, of in self.of.items() if of == resume}

    @invariant()
    def every_review_stands_as_it_may(self) -> None:
        for review, before in self.seen.items():
            answer = self.robin.client.get(f"/analysis/analysis/{review}/status")
            if before is None:
                assert answer.status_code == 404
                continue
            body: dict[str, Any] = answer.raise_for_status().json()
            assert body["status"] in BY_ITSELF[before]
            assert (body["result"] is not None) == (body["status"] == "completed")
            self.seen[review] = body["status"]

    def teardown(self) -> None:
        """Nothing is left open for the next story."""
        for review, state in self.seen.items():
            if state in UNFINISHED:
                assert self.robin.ended(review)["status"] == "completed"

    def _candidate(self) -> str:
        created = self.robin.client.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"})
        return created.json()["candidate"]["id"]

    def _told(self, review: str, answer: httpx2.Response, wanted: str) -> None:
        """The deed was done, or refused for how the review stood; the worker may have been faster."""
        before = self.seen[review]
        if before is None:
            assert answer.status_code == 404
        elif answer.status_code == 409:
            assert (
                before in UNFINISHED
                or (before == "cancelled") == (wanted == "cancelled")
                or before == "completed"
            )
        else:
            answer.raise_for_status()
            assert before in (UNFINISHED if wanted == "cancelled" else {"cancelled"})
            self.seen[review] = wanted


def test_case_50_any_order_of_deeds_leaves_reviews_in_legal_states_and_no_orphan(site: "Site") -> None:
    with consultant(site.server.api) as robin:
        AnyOrder.robin = robin
        run_state_machine_as_test(
            AnyOrder,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )

    assert {name: site.rows(statement)[0][0] for name, statement in ORPHANS.items()} == dict.fromkeys(
        ORPHANS, 0
    )
