-- Null until the program has written them: what an older release writes meanwhile is filled in at the next start.
ALTER TABLE candidates ADD COLUMN search_text text, ADD COLUMN search_grams text[];
CREATE INDEX ix_candidates_search_grams ON candidates USING gin (search_grams);
CREATE INDEX ix_candidates_unsearchable ON candidates (id) WHERE search_text IS NULL;
CREATE INDEX ix_candidates_created_at_id ON candidates (created_at DESC, id DESC);
CREATE INDEX ix_candidates_last_name_first_name_id ON candidates (last_name, first_name, id);

CREATE TABLE erasures (
    id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    erased_by_user_id uuid,
    email_hash varchar(64),
    file_hashes varchar(64)[] NOT NULL,
    erased_at timestamptz NOT NULL,
    CONSTRAINT pk_erasures PRIMARY KEY (id),
    CONSTRAINT ck_erasures_email_hash_sha256 CHECK (email_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT uq_erasures_candidate_id UNIQUE (candidate_id)
);
CREATE INDEX ix_erasures_erased_at ON erasures (erased_at DESC);

CREATE TABLE file_deletions (
    id uuid NOT NULL,
    storage_key varchar(255) NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_file_deletions PRIMARY KEY (id),
    CONSTRAINT uq_file_deletions_storage_key UNIQUE (storage_key)
);
