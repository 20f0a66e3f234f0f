INSERT INTO users (id, email, password_hash, first_name, last_name, role, is_active, email_verified, force_password_change,
    failed_login_attempts, created_at, updated_at)
VALUES (%(user)s::uuid, %(user)s::uuid || '@example.com', 'x', 'Robin', 'Sato', 'junior_recruiter', true, false, false, 0, now(), now());
UPDATE users SET last_login_at = now(), updated_at = now() WHERE id = %(user)s::uuid;
INSERT INTO candidates (id, first_name, last_name, created_by_user_id, email, status, created_at, updated_at)
VALUES (%(candidate)s::uuid, 'Jane', 'Doe', %(user)s::uuid, %(candidate)s::uuid || '@example.com', 'active', now(), now());
--
INSERT INTO resumes (id, candidate_id, uploaded_by_user_id, original_filename, stored_filename, file_hash, file_size, mime_type,
    version_number, status, progress, scan_status, extracted_text, document, uploaded_at)
VALUES (%(resume)s::uuid, %(candidate)s::uuid, %(user)s::uuid, 'cv.pdf', 'resumes/' || %(resume)s::uuid, repeat('0', 64), 1000, 'application/pdf',
    1, 'completed', 100, 'not_scanned', repeat('Led a team of five. ', 200), '{}', now());
INSERT INTO review_requests (id, resume_id, requested_by_user_id, target_industry, review_type, language, status, progress, attempt,
    requested_at)
VALUES (%(review)s::uuid, %(resume)s::uuid, %(user)s::uuid, 'tech_consulting', 'comprehensive', 'en', 'pending', 0, 0, now());
--
UPDATE review_requests SET status = 'processing', started_at = now(), attempt = 1, attempt_token = %(result)s::uuid
WHERE id = %(review)s::uuid AND status = 'pending';
SELECT id, extracted_text FROM resumes WHERE id = %(resume)s::uuid;
--
INSERT INTO review_results (id, review_request_id, engine, overall_score, ats_score, content_score, formatting_score, confidence,
    degraded, input_tokens, output_tokens, cost_usd, created_at)
VALUES (%(result)s::uuid, %(review)s::uuid, 'rubric', 70, 71, 72, 73, 0.9, false, 0, 0, 0, now());
INSERT INTO review_feedback_items (id, review_result_id, finding_id, check_id, feedback_type, category, severity_level, sequence_order,
    title, feedback_text, decision)
VALUES (uuidv7(), %(result)s::uuid, 'f1', 'CON01', 'weakness', 'content', 3, 0, 'Duty', 'Say what was achieved.', 'open');
UPDATE review_requests SET status = 'completed', progress = 100, completed_at = now()
WHERE id = %(review)s::uuid AND attempt_token = %(result)s::uuid;
--
UPDATE review_feedback_items SET decision = 'accepted', decided_by_user_id = %(user)s::uuid, decided_at = now()
WHERE review_result_id = %(result)s::uuid;
INSERT INTO activity_logs (id, entity_type, action, user_id, entity_id, created_at)
VALUES (uuidv7(), 'review', 'decide', %(user)s::uuid, %(review)s::uuid, now());
SELECT id, status, requested_at FROM review_requests WHERE requested_by_user_id = %(user)s::uuid ORDER BY requested_at DESC LIMIT 20;
