-- The schema as of revision 0001: what the models say, plus the triggers that they cannot say.

CREATE TABLE users (
    id uuid NOT NULL,
    email varchar(320) NOT NULL,
    password_hash varchar(255) NOT NULL,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    role varchar(32) NOT NULL,
    is_active boolean NOT NULL,
    email_verified boolean NOT NULL,
    force_password_change boolean NOT NULL,
    last_login_at timestamptz,
    password_changed_at timestamptz,
    failed_login_attempts integer NOT NULL,
    locked_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT ck_users_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_users_failed_login_attempts_not_negative CHECK (failed_login_attempts >= 0),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT ck_users_userrole CHECK (role IN ('junior_recruiter', 'senior_recruiter', 'admin'))
);
CREATE INDEX ix_users_created_at ON users (created_at DESC);

CREATE TABLE refresh_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash varchar(64) NOT NULL,
    family_id uuid NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    status varchar(32) NOT NULL,
    device_info varchar(255),
    ip_address varchar(45),
    rotated_at timestamptz,
    replaced_by_id uuid,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (id),
    CONSTRAINT ck_refresh_tokens_expires_after_creation CHECK (expires_at > created_at),
    CONSTRAINT fk_refresh_tokens_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_refresh_tokens_token_hash UNIQUE (token_hash),
    CONSTRAINT ck_refresh_tokens_sessionstatus CHECK (status IN ('active', 'expired', 'revoked')),
    CONSTRAINT fk_refresh_tokens_replaced_by_id_refresh_tokens
        FOREIGN KEY (replaced_by_id) REFERENCES refresh_tokens (id) ON DELETE SET NULL
);
CREATE INDEX ix_refresh_tokens_expires_at ON refresh_tokens (expires_at);
CREATE INDEX ix_refresh_tokens_family_id ON refresh_tokens (family_id);
CREATE INDEX ix_refresh_tokens_replaced_by_id ON refresh_tokens (replaced_by_id);
CREATE INDEX ix_refresh_tokens_session_id ON refresh_tokens (session_id);
CREATE INDEX ix_refresh_tokens_user_id_status ON refresh_tokens (user_id, status);

CREATE TABLE candidates (
    id uuid NOT NULL,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    created_by_user_id uuid NOT NULL,
    email varchar(320),
    phone varchar(50),
    current_company varchar(255),
    current_position varchar(255),
    years_experience smallint,
    status varchar(32) NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_candidates PRIMARY KEY (id),
    CONSTRAINT ck_candidates_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_candidates_years_experience_range CHECK (years_experience BETWEEN 0 AND 50),
    CONSTRAINT fk_candidates_created_by_user_id_users
        FOREIGN KEY (created_by_user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT uq_candidates_email UNIQUE (email),
    CONSTRAINT ck_candidates_candidatestatus CHECK (status IN ('active', 'placed', 'archived'))
);
CREATE INDEX ix_candidates_created_by_user_id ON candidates (created_by_user_id);
CREATE INDEX ix_candidates_status_created_at ON candidates (status, created_at DESC);

CREATE TABLE user_candidate_assignments (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    assignment_type varchar(32) NOT NULL,
    assigned_by_user_id uuid,
    assigned_at timestamptz NOT NULL,
    unassigned_at timestamptz,
    unassigned_reason varchar(255),
    is_active boolean NOT NULL,
    CONSTRAINT pk_user_candidate_assignments PRIMARY KEY (id),
    CONSTRAINT ck_user_candidate_assignments_ended_when_inactive CHECK (is_active = (unassigned_at IS NULL)),
    CONSTRAINT fk_user_candidate_assignments_user_id_users
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_candidate_assignments_candidate_id_candidates
        FOREIGN KEY (candidate_id) REFERENCES candidates (id) ON DELETE CASCADE,
    CONSTRAINT ck_user_candidate_assignments_assignmenttype
        CHECK (assignment_type IN ('primary', 'secondary', 'viewer')),
    CONSTRAINT fk_user_candidate_assignments_assigned_by_user_id_users
        FOREIGN KEY (assigned_by_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ix_user_candidate_assignments_candidate_id ON user_candidate_assignments (candidate_id);
CREATE UNIQUE INDEX uq_user_candidate_assignments_active ON user_candidate_assignments (user_id, candidate_id) WHERE is_active;

CREATE TABLE resumes (
    id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    uploaded_by_user_id uuid NOT NULL,
    original_filename varchar(255) NOT NULL,
    stored_filename varchar(255) NOT NULL,
    file_hash varchar(64) NOT NULL,
    file_size bigint NOT NULL,
    mime_type varchar(127) NOT NULL,
    version_number integer NOT NULL,
    status varchar(32) NOT NULL,
    progress smallint NOT NULL,
    error_code varchar(64),
    error_message text,
    scan_status varchar(32) NOT NULL,
    extracted_text text,
    word_count integer,
    page_count integer,
    language varchar(8),
    document jsonb,
    uploaded_at timestamptz NOT NULL,
    processed_at timestamptz,
    CONSTRAINT pk_resumes PRIMARY KEY (id),
    CONSTRAINT uq_resumes_candidate_id_version_number UNIQUE (candidate_id, version_number),
    CONSTRAINT ck_resumes_file_hash_sha256 CHECK (file_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_resumes_version_number_positive CHECK (version_number >= 1),
    CONSTRAINT ck_resumes_completed_has_text CHECK (status <> 'completed' OR extracted_text IS NOT NULL),
    CONSTRAINT ck_resumes_error_has_code CHECK (status <> 'error' OR error_code IS NOT NULL),
    CONSTRAINT ck_resumes_progress_range CHECK (progress BETWEEN 0 AND 100),
    CONSTRAINT ck_resumes_file_size_not_negative CHECK (file_size >= 0),
    CONSTRAINT ck_resumes_word_count_not_negative CHECK (word_count >= 0),
    CONSTRAINT fk_resumes_candidate_id_candidates
        FOREIGN KEY (candidate_id) REFERENCES candidates (id) ON DELETE CASCADE,
    CONSTRAINT fk_resumes_uploaded_by_user_id_users
        FOREIGN KEY (uploaded_by_user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT uq_resumes_stored_filename UNIQUE (stored_filename),
    CONSTRAINT ck_resumes_resumestatus CHECK (status IN ('pending', 'processing', 'completed', 'error')),
    CONSTRAINT ck_resumes_scanstatus CHECK (scan_status IN ('not_scanned', 'clean', 'infected', 'failed'))
);
CREATE INDEX ix_resumes_candidate_id_uploaded_at ON resumes (candidate_id, uploaded_at DESC);
CREATE INDEX ix_resumes_file_hash ON resumes (file_hash);
CREATE INDEX ix_resumes_unfinished ON resumes (uploaded_at) WHERE status IN ('pending', 'processing');
CREATE INDEX ix_resumes_uploaded_by_user_id_uploaded_at ON resumes (uploaded_by_user_id, uploaded_at DESC);

CREATE TABLE resume_sections (
    id uuid NOT NULL,
    resume_id uuid NOT NULL,
    section_type varchar(32) NOT NULL,
    content text NOT NULL,
    sequence_order integer NOT NULL,
    section_title text,
    start_page integer,
    end_page integer,
    start_position integer,
    end_position integer,
    section_metadata jsonb,
    CONSTRAINT pk_resume_sections PRIMARY KEY (id),
    CONSTRAINT uq_resume_sections_resume_id_sequence_order UNIQUE (resume_id, sequence_order),
    CONSTRAINT ck_resume_sections_position_order CHECK (start_position <= end_position),
    CONSTRAINT ck_resume_sections_page_order CHECK (start_page <= end_page),
    CONSTRAINT ck_resume_sections_start_position_not_negative CHECK (start_position >= 0),
    CONSTRAINT ck_resume_sections_sequence_order_not_negative CHECK (sequence_order >= 0),
    CONSTRAINT fk_resume_sections_resume_id_resumes FOREIGN KEY (resume_id) REFERENCES resumes (id) ON DELETE CASCADE,
    CONSTRAINT ck_resume_sections_sectiontype
        CHECK (section_type IN ('contact', 'summary', 'experience', 'education', 'skills', 'certifications', 'languages', 'projects', 'publications', 'awards', 'interests', 'references', 'other'))
);

CREATE TABLE review_requests (
    id uuid NOT NULL,
    resume_id uuid NOT NULL,
    requested_by_user_id uuid NOT NULL,
    target_industry varchar(50) NOT NULL,
    target_role varchar(255),
    experience_level varchar(32),
    review_type varchar(32) NOT NULL,
    language varchar(8) NOT NULL,
    status varchar(32) NOT NULL,
    progress smallint NOT NULL,
    step varchar(64),
    error_code varchar(64),
    error_message text,
    attempt smallint NOT NULL,
    attempt_token uuid,
    job_id bigint,
    requested_at timestamptz NOT NULL,
    started_at timestamptz,
    completed_at timestamptz,
    CONSTRAINT pk_review_requests PRIMARY KEY (id),
    CONSTRAINT ck_review_requests_target_industry_code CHECK (target_industry ~ '^[a-z][a-z0-9_]*$'),
    CONSTRAINT ck_review_requests_completed_at_when_ended
        CHECK ((status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)),
    CONSTRAINT ck_review_requests_failed_has_code CHECK (status <> 'failed' OR error_code IS NOT NULL),
    CONSTRAINT ck_review_requests_processing_is_claimed
        CHECK (status <> 'processing' OR (attempt_token IS NOT NULL AND started_at IS NOT NULL)),
    CONSTRAINT ck_review_requests_progress_range CHECK (progress BETWEEN 0 AND 100),
    CONSTRAINT ck_review_requests_attempt_not_negative CHECK (attempt >= 0),
    CONSTRAINT fk_review_requests_resume_id_resumes FOREIGN KEY (resume_id) REFERENCES resumes (id) ON DELETE CASCADE,
    CONSTRAINT fk_review_requests_requested_by_user_id_users
        FOREIGN KEY (requested_by_user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT ck_review_requests_experiencelevel CHECK (experience_level IN ('entry', 'mid', 'senior', 'executive')),
    CONSTRAINT ck_review_requests_reviewtype CHECK (review_type IN ('comprehensive', 'quick_scan', 'ats_check')),
    CONSTRAINT ck_review_requests_reviewrequeststatus
        CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled'))
);
CREATE INDEX ix_review_requests_requested_at ON review_requests (requested_at DESC);
CREATE INDEX ix_review_requests_requested_by_user_id_requested_at ON review_requests (requested_by_user_id, requested_at DESC);
CREATE INDEX ix_review_requests_resume_id_requested_at ON review_requests (resume_id, requested_at DESC);
CREATE INDEX ix_review_requests_status_requested_at ON review_requests (status, requested_at DESC);

CREATE TABLE review_results (
    id uuid NOT NULL,
    review_request_id uuid NOT NULL,
    engine varchar(32) NOT NULL,
    overall_score smallint,
    ats_score smallint,
    content_score smallint,
    formatting_score smallint,
    confidence double precision,
    market_tier varchar(32),
    executive_summary text,
    detailed_scores jsonb,
    degraded boolean NOT NULL,
    degraded_reason text,
    ai_model_used varchar(100),
    processing_time_ms integer,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    cost_usd numeric(12, 6) NOT NULL,
    raw_ai_response jsonb,
    receipt jsonb,
    review jsonb,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_review_results PRIMARY KEY (id),
    CONSTRAINT ck_review_results_overall_score_range CHECK (overall_score BETWEEN 0 AND 100),
    CONSTRAINT ck_review_results_ats_score_range CHECK (ats_score BETWEEN 0 AND 100),
    CONSTRAINT ck_review_results_content_score_range CHECK (content_score BETWEEN 0 AND 100),
    CONSTRAINT ck_review_results_formatting_score_range CHECK (formatting_score BETWEEN 0 AND 100),
    CONSTRAINT ck_review_results_confidence_range CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT ck_review_results_processing_time_ms_not_negative CHECK (processing_time_ms >= 0),
    CONSTRAINT ck_review_results_input_tokens_not_negative CHECK (input_tokens >= 0),
    CONSTRAINT ck_review_results_output_tokens_not_negative CHECK (output_tokens >= 0),
    CONSTRAINT ck_review_results_cost_usd_not_negative CHECK (cost_usd >= 0),
    CONSTRAINT ck_review_results_degraded_has_reason CHECK (NOT degraded OR degraded_reason IS NOT NULL),
    CONSTRAINT ck_review_results_scores_together
        CHECK (num_nulls(overall_score, ats_score, content_score, formatting_score) IN (0, 4)),
    CONSTRAINT uq_review_results_review_request_id UNIQUE (review_request_id),
    CONSTRAINT fk_review_results_review_request_id_review_requests
        FOREIGN KEY (review_request_id) REFERENCES review_requests (id) ON DELETE CASCADE,
    CONSTRAINT ck_review_results_engine CHECK (engine IN ('rubric', 'rubric+llm')),
    CONSTRAINT ck_review_results_tier CHECK (market_tier IN ('entry', 'mid', 'senior', 'executive'))
);
CREATE INDEX ix_review_results_created_at ON review_results (created_at DESC);

CREATE TABLE review_feedback_items (
    id uuid NOT NULL,
    review_result_id uuid NOT NULL,
    finding_id varchar(64) NOT NULL,
    check_id varchar(32) NOT NULL,
    feedback_type varchar(32) NOT NULL,
    category varchar(32) NOT NULL,
    severity_level smallint NOT NULL,
    sequence_order integer NOT NULL,
    title text NOT NULL,
    feedback_text text NOT NULL,
    suggestion text,
    original_text text,
    suggested_text text,
    confidence_score double precision,
    span_start integer,
    span_end integer,
    page integer,
    boxes jsonb,
    section varchar(64),
    resume_section_id uuid,
    decision varchar(32) NOT NULL,
    decided_by_user_id uuid,
    decided_at timestamptz,
    edited_text text,
    CONSTRAINT pk_review_feedback_items PRIMARY KEY (id),
    CONSTRAINT uq_review_feedback_items_review_result_id_sequence_order UNIQUE (review_result_id, sequence_order),
    CONSTRAINT ck_review_feedback_items_severity_level_range CHECK (severity_level BETWEEN 1 AND 5),
    CONSTRAINT ck_review_feedback_items_confidence_score_range CHECK (confidence_score BETWEEN 0 AND 1),
    CONSTRAINT ck_review_feedback_items_span_start_not_negative CHECK (span_start >= 0),
    CONSTRAINT ck_review_feedback_items_span_order CHECK (span_start <= span_end),
    CONSTRAINT ck_review_feedback_items_span_has_quote CHECK (num_nulls(span_start, span_end, original_text) IN (0, 3)),
    CONSTRAINT ck_review_feedback_items_decided_at_when_decided CHECK ((decision = 'open') = (decided_at IS NULL)),
    CONSTRAINT ck_review_feedback_items_edited_has_text CHECK ((decision = 'edited') = (edited_text IS NOT NULL)),
    CONSTRAINT fk_review_feedback_items_review_result_id_review_results
        FOREIGN KEY (review_result_id) REFERENCES review_results (id) ON DELETE CASCADE,
    CONSTRAINT ck_review_feedback_items_findingtype
        CHECK (feedback_type IN ('strength', 'weakness', 'suggestion', 'error')),
    CONSTRAINT ck_review_feedback_items_category
        CHECK (category IN ('ats', 'organization', 'formatting', 'content', 'tone', 'completeness', 'appeal', 'integrity')),
    CONSTRAINT fk_review_feedback_items_resume_section_id_resume_sections
        FOREIGN KEY (resume_section_id) REFERENCES resume_sections (id) ON DELETE SET NULL,
    CONSTRAINT ck_review_feedback_items_feedbackdecision CHECK (decision IN ('open', 'accepted', 'edited', 'rejected')),
    CONSTRAINT fk_review_feedback_items_decided_by_user_id_users
        FOREIGN KEY (decided_by_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ix_review_feedback_items_check_id_decision ON review_feedback_items (check_id, decision);
CREATE INDEX ix_review_feedback_items_resume_section_id ON review_feedback_items (resume_section_id);

CREATE TABLE prompts (
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    template text NOT NULL,
    version varchar(32) NOT NULL,
    prompt_type varchar(32) NOT NULL,
    agent_type varchar(32) NOT NULL,
    description text,
    variables jsonb,
    is_active boolean NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_prompts PRIMARY KEY (id),
    CONSTRAINT uq_prompts_name UNIQUE (name),
    CONSTRAINT ck_prompts_prompttype CHECK (prompt_type IN ('system', 'analysis', 'extraction')),
    CONSTRAINT ck_prompts_agenttype CHECK (agent_type IN ('base_agent', 'structure_agent', 'appeal_agent')),
    CONSTRAINT fk_prompts_created_by_users FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE prompt_versions (
    id uuid NOT NULL,
    prompt_id uuid NOT NULL,
    version varchar(32) NOT NULL,
    locale varchar(8) NOT NULL,
    body jsonb NOT NULL,
    content_hash varchar(64) NOT NULL,
    author varchar(320),
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_prompt_versions PRIMARY KEY (id),
    CONSTRAINT uq_prompt_versions_prompt_id_version_locale UNIQUE (prompt_id, version, locale),
    CONSTRAINT ck_prompt_versions_content_hash_sha256 CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT fk_prompt_versions_prompt_id_prompts FOREIGN KEY (prompt_id) REFERENCES prompts (id) ON DELETE CASCADE
);
CREATE INDEX ix_prompt_versions_content_hash ON prompt_versions (content_hash);

CREATE TABLE prompt_labels (
    id uuid NOT NULL,
    prompt_id uuid NOT NULL,
    prompt_version_id uuid NOT NULL,
    label varchar(64) NOT NULL,
    locale varchar(8) NOT NULL,
    updated_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_prompt_labels PRIMARY KEY (id),
    CONSTRAINT uq_prompt_labels_prompt_id_label_locale UNIQUE (prompt_id, label, locale),
    CONSTRAINT fk_prompt_labels_prompt_id_prompts FOREIGN KEY (prompt_id) REFERENCES prompts (id) ON DELETE CASCADE,
    CONSTRAINT fk_prompt_labels_prompt_version_id_prompt_versions
        FOREIGN KEY (prompt_version_id) REFERENCES prompt_versions (id) ON DELETE CASCADE,
    CONSTRAINT fk_prompt_labels_updated_by_users FOREIGN KEY (updated_by) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ix_prompt_labels_prompt_version_id ON prompt_labels (prompt_version_id);

CREATE TABLE prompt_usage_history (
    id uuid NOT NULL,
    agent_name varchar(64) NOT NULL,
    prompt_name varchar(100) NOT NULL,
    prompt_version varchar(32) NOT NULL,
    content_hash varchar(64) NOT NULL,
    review_request_id uuid,
    prompt_id uuid,
    actual_prompt text,
    variables_used jsonb,
    agent_response text,
    provider varchar(32),
    model varchar(100),
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    tokens_used integer NOT NULL,
    cost_usd numeric(12, 6) NOT NULL,
    latency_ms integer,
    error_code varchar(64),
    experiment_key varchar(100),
    arm varchar(64),
    used_at timestamptz NOT NULL,
    CONSTRAINT pk_prompt_usage_history PRIMARY KEY (id),
    CONSTRAINT ck_prompt_usage_history_input_tokens_not_negative CHECK (input_tokens >= 0),
    CONSTRAINT ck_prompt_usage_history_output_tokens_not_negative CHECK (output_tokens >= 0),
    CONSTRAINT ck_prompt_usage_history_tokens_used_not_negative CHECK (tokens_used >= 0),
    CONSTRAINT ck_prompt_usage_history_cost_usd_not_negative CHECK (cost_usd >= 0),
    CONSTRAINT ck_prompt_usage_history_latency_ms_not_negative CHECK (latency_ms >= 0),
    CONSTRAINT fk_prompt_usage_history_review_request_id_review_requests
        FOREIGN KEY (review_request_id) REFERENCES review_requests (id) ON DELETE CASCADE,
    CONSTRAINT fk_prompt_usage_history_prompt_id_prompts
        FOREIGN KEY (prompt_id) REFERENCES prompts (id) ON DELETE SET NULL
);
CREATE INDEX ix_prompt_usage_history_experiment_key_arm ON prompt_usage_history (experiment_key, arm);
CREATE INDEX ix_prompt_usage_history_prompt_id ON prompt_usage_history (prompt_id);
CREATE INDEX ix_prompt_usage_history_review_request_id ON prompt_usage_history (review_request_id);
CREATE INDEX ix_prompt_usage_history_used_at ON prompt_usage_history (used_at DESC);

CREATE TABLE experiments (
    id uuid NOT NULL,
    key varchar(100) NOT NULL,
    salt varchar(64) NOT NULL,
    arms jsonb NOT NULL,
    metric varchar(64) NOT NULL,
    unit varchar(32) NOT NULL,
    status varchar(32) NOT NULL,
    guardrails jsonb,
    description text,
    started_at timestamptz,
    stopped_at timestamptz,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_experiments PRIMARY KEY (id),
    CONSTRAINT ck_experiments_started_has_time CHECK (status = 'draft' OR started_at IS NOT NULL),
    CONSTRAINT ck_experiments_stopped_has_time CHECK ((status = 'stopped') = (stopped_at IS NOT NULL)),
    CONSTRAINT uq_experiments_key UNIQUE (key),
    CONSTRAINT ck_experiments_experimentunit CHECK (unit IN ('user', 'candidate', 'resume')),
    CONSTRAINT ck_experiments_experimentstatus CHECK (status IN ('draft', 'running', 'stopped')),
    CONSTRAINT fk_experiments_created_by_users FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE rollouts (
    id uuid NOT NULL,
    key varchar(100) NOT NULL,
    salt varchar(64) NOT NULL,
    percentage numeric(5, 2) NOT NULL,
    status varchar(32) NOT NULL,
    description text,
    rolled_back_at timestamptz,
    rollback_reason text,
    updated_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_rollouts PRIMARY KEY (id),
    CONSTRAINT ck_rollouts_percentage_range CHECK (percentage BETWEEN 0 AND 100),
    CONSTRAINT ck_rollouts_rolled_back_is_zero
        CHECK (status <> 'rolled_back' OR (percentage = 0 AND rolled_back_at IS NOT NULL AND rollback_reason IS NOT NULL)),
    CONSTRAINT uq_rollouts_key UNIQUE (key),
    CONSTRAINT ck_rollouts_rolloutstatus CHECK (status IN ('active', 'paused', 'rolled_back')),
    CONSTRAINT fk_rollouts_updated_by_users FOREIGN KEY (updated_by) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE activity_logs (
    id uuid NOT NULL,
    entity_type varchar(32) NOT NULL,
    action varchar(32) NOT NULL,
    user_id uuid,
    entity_id uuid,
    old_values jsonb,
    new_values jsonb,
    ip_address varchar(45),
    request_id varchar(64),
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_activity_logs PRIMARY KEY (id),
    CONSTRAINT ck_activity_logs_entitytype
        CHECK (entity_type IN ('user', 'session', 'candidate', 'resume', 'review', 'finding', 'prompt', 'experiment', 'rollout')),
    CONSTRAINT ck_activity_logs_activityaction
        CHECK (action IN ('create', 'update', 'delete', 'view', 'download', 'export', 'assign', 'unassign', 'reject_upload', 'cancel', 'retry', 'decide', 'login', 'login_failed', 'logout', 'lock', 'change_password', 'reset_password', 'token_reuse', 'revoke_session', 'roll_back'))
);
CREATE INDEX ix_activity_logs_created_at ON activity_logs (created_at DESC);
CREATE INDEX ix_activity_logs_entity_id_created_at ON activity_logs (entity_id, created_at DESC);
CREATE INDEX ix_activity_logs_user_id_created_at ON activity_logs (user_id, created_at DESC);

CREATE UNLOGGED TABLE rate_limits (
    key varchar(255) NOT NULL,
    theoretical_arrival_at timestamptz NOT NULL,
    CONSTRAINT pk_rate_limits PRIMARY KEY (key)
) WITH (fillfactor = 50);

CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL,
    route varchar(255) NOT NULL,
    key varchar(255) NOT NULL,
    body_hash varchar(64) NOT NULL,
    status_code smallint,
    answer jsonb,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, route, key),
    CONSTRAINT ck_idempotency_keys_status_code_range CHECK (status_code BETWEEN 100 AND 599),
    CONSTRAINT ck_idempotency_keys_body_hash_sha256 CHECK (body_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT fk_idempotency_keys_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);

-- A log that can be rewritten proves nothing. New versions of prompts are new rows for the same reason.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: rows of this table are written once', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;
CREATE TRIGGER activity_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON activity_logs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER prompt_versions_immutable BEFORE UPDATE ON prompt_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
