CREATE TABLE invitations (
    id uuid NOT NULL,
    email varchar(320) NOT NULL,
    role varchar(32) NOT NULL,
    token_hash varchar(64) NOT NULL,
    invited_by_user_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    first_name varchar(100),
    last_name varchar(100),
    accepted_user_id uuid,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_invitations PRIMARY KEY (id),
    CONSTRAINT ck_invitations_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_invitations_expires_after_creation CHECK (expires_at > created_at),
    CONSTRAINT ck_invitations_ended_once CHECK (accepted_at IS NULL OR revoked_at IS NULL),
    CONSTRAINT ck_invitations_token_hash_sha256 CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_invitations_userrole CHECK (role IN ('junior_recruiter', 'senior_recruiter', 'admin')),
    CONSTRAINT uq_invitations_token_hash UNIQUE (token_hash),
    CONSTRAINT fk_invitations_invited_by_user_id_users
        FOREIGN KEY (invited_by_user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_invitations_accepted_user_id_users
        FOREIGN KEY (accepted_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX uq_invitations_open_email ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX ix_invitations_created_at ON invitations (created_at DESC);
CREATE INDEX ix_invitations_invited_by_user_id ON invitations (invited_by_user_id);
CREATE INDEX ix_invitations_accepted_user_id ON invitations (accepted_user_id);

CREATE TABLE api_keys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name varchar(100) NOT NULL,
    key_hash varchar(64) NOT NULL,
    hint varchar(16) NOT NULL,
    scopes varchar(32)[] NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT ck_api_keys_expires_after_creation CHECK (expires_at > created_at),
    CONSTRAINT ck_api_keys_key_hash_sha256 CHECK (key_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash),
    CONSTRAINT fk_api_keys_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_api_keys_user_id_created_at ON api_keys (user_id, created_at DESC);
