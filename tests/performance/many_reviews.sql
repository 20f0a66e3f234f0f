-- A database as an agency has it after years; psycopg fills in the numbers. Ids are counted, so that the bench knows them.
-- Triggers and foreign keys are off in this session, and indexes are made at the end: a million rows in seconds.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET work_mem = '256MB';
SET statement_timeout = 0;

CREATE FUNCTION pg_temp.counted(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('0190000' || kind || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid
$$;

CREATE TEMP TABLE held AS
SELECT indexdef, schemaname || '.' || indexname AS name FROM pg_indexes
WHERE tablename IN ('candidates', 'resumes', 'review_requests', 'review_results')
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = (schemaname || '.' || indexname)::regclass);
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT * FROM held LOOP EXECUTE 'DROP INDEX ' || one.name; END LOOP;
END $$;

INSERT INTO users (id, email, password_hash, first_name, last_name, role, is_active, email_verified,
                   force_password_change, failed_login_attempts, created_at, updated_at)
SELECT pg_temp.counted(1, n), 'recruiter' || n || '@agency.example', {password_hash}, 'Robin', 'Recruiter ' || n,
       'senior_recruiter', true, true, false, 0, now(), now()
FROM generate_series(0, {users} - 1) AS n;

INSERT INTO refresh_tokens (id, user_id, token_hash, family_id, session_id, expires_at, status, created_at)
SELECT pg_temp.counted(2, n), pg_temp.counted(1, n), encode(sha256(n::text::bytea), 'hex'),
       pg_temp.counted(2, n), pg_temp.counted(2, n), now() + interval '7 days', 'active', now()
FROM generate_series(0, {users} - 1) AS n;

CREATE TEMP TABLE people AS
SELECT row_number() OVER () - 1 AS n, first, last, company,
       lower(first || ' ' || last || ' ' || last || first || ' ' || company) AS words
FROM unnest(ARRAY['Jane', 'Amir', 'Yuki', 'Marta', 'Chen', 'Olu', 'Ines', 'Liam', 'Priya', 'Tomas', 'Ada', 'Noor',
                  'Hana', 'Felix', 'Rosa', 'Ken', 'Lucia', 'Omar', 'Greta', 'Ivan']) AS first,
     unnest(ARRAY['Doe', 'Sato', 'Novak', 'Okafor', 'Garcia', 'Weber', 'Rossi', 'Kim', 'Patel', 'Silva', 'Haas',
                  'Mori', 'Costa', 'Lindt', 'Abe', 'Young', 'Klein', 'Dubois', 'Ferro', 'Stone']) AS last,
     unnest(ARRAY['Northbridge Partners', 'Harrow & Lane', 'Delta Energy', 'Kaneda Retail', 'Orion Bank']) AS company;

INSERT INTO candidates (id, first_name, last_name, created_by_user_id, email, current_company, years_experience,
                        status, created_at, updated_at, search_text, search_grams)
SELECT pg_temp.counted(3, n), first, last, pg_temp.counted(1, n % {users}), 'person' || n || '@mail.example', company,
       n % 30, CASE n % 20 WHEN 0 THEN 'archived' WHEN 1 THEN 'placed' ELSE 'active' END,
       now() - n * interval '5 minutes', now() - n * interval '5 minutes', words, grams
FROM generate_series(0, {candidates} - 1) AS n
JOIN (SELECT people.n AS person, first, last, company, words, array_agg(DISTINCT pair ORDER BY pair) AS grams
      FROM people, LATERAL (SELECT substr(' ' || words || ' ', at, 2) AS pair
                            FROM generate_series(1, length(words) + 1) AS at) AS pairs
      GROUP BY 1, 2, 3, 4, 5) AS names ON person = n % (SELECT count(*) FROM people);

INSERT INTO resumes (id, candidate_id, uploaded_by_user_id, original_filename, stored_filename, file_hash, file_size,
                     mime_type, version_number, status, progress, scan_status, extracted_text, word_count,
                     page_count, language, document, uploaded_at, processed_at)
SELECT pg_temp.counted(4, n), pg_temp.counted(3, n), pg_temp.counted(1, n % {users}), 'resume.pdf', 'resumes/' || n,
       encode(sha256(n::text::bytea), 'hex'), 80000, 'application/pdf', 1, 'completed', 100, 'not_scanned',
       {text}, 120, 1, 'en', jsonb_build_object('version', 'document/1', 'text', {text}::text),
       now() - n * interval '5 minutes', now() - n * interval '5 minutes'
FROM generate_series(0, {candidates} - 1) AS n;

INSERT INTO review_requests (id, resume_id, requested_by_user_id, target_industry, review_type, language, status,
                             progress, error_code, attempt, requested_at, started_at, completed_at, candidate_id,
                             overall_score, market_tier)
SELECT pg_temp.counted(5, n), pg_temp.counted(4, n % {candidates}), pg_temp.counted(1, n % {users}),
       (ARRAY['strategy_consulting', 'tech_consulting', 'ma_financial', 'full_service_consulting', 'system_integrator'])[1 + n % 5],
       'comprehensive', 'en', status, 100, CASE status WHEN 'failed' THEN 'analysis.failed' END, 1, asked, asked, asked + interval '1 second',
       pg_temp.counted(3, n % {candidates}),
       CASE status WHEN 'completed' THEN 40 + n % 55 END,
       CASE status WHEN 'completed' THEN (ARRAY['entry', 'mid', 'senior', 'executive'])[1 + n % 4] END
FROM generate_series(0, {reviews} - 1) AS n,
     LATERAL (SELECT now() - n * interval '40 seconds' AS asked,
                     CASE n % 20 WHEN 18 THEN 'failed' WHEN 19 THEN 'cancelled' ELSE 'completed' END AS status) AS of;

INSERT INTO review_results (id, review_request_id, engine, overall_score, ats_score, content_score, formatting_score,
                            confidence, market_tier, executive_summary, detailed_scores, degraded,
                            processing_time_ms, input_tokens, output_tokens, created_at)
SELECT pg_temp.counted(6, n), pg_temp.counted(5, n), 'rubric', 40 + n % 55, 60, 55, 70, 0.9,
       (ARRAY['entry', 'mid', 'senior', 'executive'])[1 + n % 4],
       'A consultant with six years in retail and energy. Results are stated in numbers; two roles lack dates.',
       '{{"version": "scores/1", "dimensions": [{{"id": "impact", "score": 62}}, {{"id": "clarity", "score": 71}}]}}',
       false, 800, 0, 0, now() - n * interval '40 seconds'
FROM generate_series(0, {reviews} - 1) AS n
WHERE n % 20 < 18;

INSERT INTO review_tallies
SELECT target_industry, status, review_type, coalesce(market_tier, 'unknown'),
       count(*), count(overall_score), coalesce(sum(overall_score), 0)
FROM review_requests GROUP BY 1, 2, 3, 4;

DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT * FROM held LOOP EXECUTE one.indexdef; END LOOP;
END $$;
ANALYZE users, refresh_tokens, candidates, resumes, review_requests, review_results, review_tallies;
