-- What lists of reviews filter and sort by is on the request itself, so that they never join to leave rows out.
ALTER TABLE review_requests
    ADD COLUMN candidate_id uuid,
    ADD COLUMN overall_score smallint,
    ADD COLUMN market_tier varchar(32),
    ADD COLUMN reused_from_id uuid;

UPDATE review_requests AS request
SET candidate_id = resume.candidate_id,
    overall_score = (SELECT overall_score FROM review_results WHERE review_request_id = request.id),
    market_tier = (SELECT market_tier FROM review_results WHERE review_request_id = request.id)
FROM resumes AS resume
WHERE resume.id = request.resume_id;

ALTER TABLE review_requests
    ALTER COLUMN candidate_id SET NOT NULL,
    ADD CONSTRAINT ck_review_requests_overall_score_range CHECK (overall_score BETWEEN 0 AND 100),
    ADD CONSTRAINT ck_review_requests_tier CHECK (market_tier IN ('entry', 'mid', 'senior', 'executive')),
    ADD CONSTRAINT fk_review_requests_reused_from_id_review_requests
        FOREIGN KEY (reused_from_id) REFERENCES review_requests (id) ON DELETE SET NULL;

-- A program of the release before writes no candidate, and nobody can write a wrong one.
CREATE FUNCTION set_candidate_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT candidate_id INTO NEW.candidate_id FROM resumes WHERE id = NEW.resume_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER set_candidate BEFORE INSERT OR UPDATE OF resume_id, candidate_id ON review_requests
    FOR EACH ROW EXECUTE FUNCTION set_candidate_of_review();

CREATE FUNCTION move_reviews_of_resume() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE review_requests SET candidate_id = NEW.candidate_id WHERE resume_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER move_reviews AFTER UPDATE OF candidate_id ON resumes
    FOR EACH ROW WHEN (OLD.candidate_id <> NEW.candidate_id) EXECUTE FUNCTION move_reviews_of_resume();

CREATE FUNCTION show_result_on_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE review_requests SET overall_score = NEW.overall_score, market_tier = NEW.market_tier
    WHERE id = NEW.review_request_id
      AND (overall_score, market_tier) IS DISTINCT FROM (NEW.overall_score, NEW.market_tier);
    RETURN NULL;
END
$$;
CREATE TRIGGER show_on_request AFTER INSERT OR UPDATE OF overall_score, market_tier ON review_results
    FOR EACH ROW EXECUTE FUNCTION show_result_on_request();

DROP INDEX ix_review_requests_requested_at;
DROP INDEX ix_review_requests_requested_by_user_id_requested_at;
DROP INDEX ix_review_requests_status_requested_at;
CREATE INDEX ix_review_requests_requested_at_id ON review_requests (requested_at DESC, id DESC);
CREATE INDEX ix_review_requests_requested_by_user_id_requested_at_id
    ON review_requests (requested_by_user_id, requested_at DESC, id DESC);
CREATE INDEX ix_review_requests_status_requested_at_id ON review_requests (status, requested_at DESC, id DESC);
-- Whoever sees some candidates only has their reviews counted one by one: from this index alone.
CREATE INDEX ix_review_requests_candidate_id_requested_at_id
    ON review_requests (candidate_id, requested_at DESC, id DESC)
    INCLUDE (target_industry, status, review_type, market_tier, overall_score, requested_by_user_id);
CREATE INDEX ix_review_requests_target_industry_requested_at_id
    ON review_requests (target_industry, requested_at DESC, id DESC);
CREATE INDEX ix_review_requests_review_type_requested_at_id
    ON review_requests (review_type, requested_at DESC, id DESC);
CREATE INDEX ix_review_requests_overall_score_requested_at_id
    ON review_requests (overall_score DESC NULLS LAST, requested_at DESC, id DESC);
CREATE INDEX ix_review_requests_reused_from_id ON review_requests (reused_from_id) WHERE reused_from_id IS NOT NULL;

ALTER TABLE review_results
    ADD COLUMN reuse_key varchar(64),
    ADD COLUMN document_fingerprint varchar(64),
    ADD CONSTRAINT ck_review_results_scores_together_0006 CHECK (
        num_nulls(overall_score, content_score, formatting_score) IN (0, 3)
        AND (overall_score IS NULL OR ats_score IS NOT NULL)) NOT VALID;
ALTER TABLE review_results VALIDATE CONSTRAINT ck_review_results_scores_together_0006;
ALTER TABLE review_results DROP CONSTRAINT ck_review_results_scores_together;
ALTER TABLE review_results
    RENAME CONSTRAINT ck_review_results_scores_together_0006 TO ck_review_results_scores_together;
CREATE INDEX ix_review_results_reuse_key ON review_results (reuse_key) WHERE reuse_key IS NOT NULL;

ALTER TABLE review_feedback_items ADD COLUMN decision_version integer DEFAULT 0 NOT NULL;

-- Counting a large table takes long, and one counter that everybody raises would make writers wait for each other.
-- So every statement adds what it changed as rows of its own, and now and then they are summed up.
CREATE TABLE review_tallies (
    target_industry varchar(50) NOT NULL,
    status varchar(32) NOT NULL,
    review_type varchar(32) NOT NULL,
    market_tier varchar(32) NOT NULL,
    reviews bigint NOT NULL,
    scored bigint NOT NULL,
    score_sum bigint NOT NULL,
    CONSTRAINT pk_review_tallies PRIMARY KEY (target_industry, status, review_type, market_tier)
);
CREATE TABLE review_tally_changes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    target_industry varchar(50) NOT NULL,
    status varchar(32) NOT NULL,
    review_type varchar(32) NOT NULL,
    market_tier varchar(32) NOT NULL,
    reviews bigint NOT NULL,
    scored bigint NOT NULL,
    score_sum bigint NOT NULL,
    CONSTRAINT pk_review_tally_changes PRIMARY KEY (id)
);

INSERT INTO review_tallies
SELECT target_industry, status, review_type, coalesce(market_tier, 'unknown'),
       count(*), count(overall_score), coalesce(sum(overall_score), 0)
FROM review_requests GROUP BY 1, 2, 3, 4;

CREATE FUNCTION tally_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO review_tally_changes
            (target_industry, status, review_type, market_tier, reviews, scored, score_sum)
        SELECT target_industry, status, review_type, coalesce(market_tier, 'unknown'),
               count(*), count(overall_score), coalesce(sum(overall_score), 0)
        FROM new_rows GROUP BY 1, 2, 3, 4;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO review_tally_changes
            (target_industry, status, review_type, market_tier, reviews, scored, score_sum)
        SELECT target_industry, status, review_type, coalesce(market_tier, 'unknown'),
               -count(*), -count(overall_score), -coalesce(sum(overall_score), 0)
        FROM old_rows GROUP BY 1, 2, 3, 4;
    ELSE
        INSERT INTO review_tally_changes
            (target_industry, status, review_type, market_tier, reviews, scored, score_sum)
        SELECT target_industry, status, review_type, coalesce(market_tier, 'unknown'),
               sum(sign), coalesce(sum(sign) FILTER (WHERE overall_score IS NOT NULL), 0),
               coalesce(sum(sign * overall_score), 0)
        FROM (SELECT 1 AS sign, * FROM new_rows UNION ALL SELECT -1, * FROM old_rows) AS change
        GROUP BY 1, 2, 3, 4
        HAVING sum(sign) <> 0 OR coalesce(sum(sign * overall_score), 0) <> 0
            OR coalesce(sum(sign) FILTER (WHERE overall_score IS NOT NULL), 0) <> 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tally_insert AFTER INSERT ON review_requests
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_reviews();
CREATE TRIGGER tally_update AFTER UPDATE ON review_requests
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_reviews();
CREATE TRIGGER tally_delete AFTER DELETE ON review_requests
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_reviews();
