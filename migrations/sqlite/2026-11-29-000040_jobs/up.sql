-- What the portal does by itself at its times, such as clearing away, and what somebody asked for that takes longer than a
-- page. Whoever works at one holds it by a lease. One that fails waits for its next try, and keeps why.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    recurs BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    lease TEXT,
    leased_until TIMESTAMP,
    attempts INTEGER NOT NULL CONSTRAINT jobs_attempts_check CHECK (attempts >= 0),
    progress_done BIGINT NOT NULL CONSTRAINT jobs_progress_done_check CHECK (progress_done >= 0),
    progress_total BIGINT CONSTRAINT jobs_progress_total_check CHECK (progress_total >= 0),
    last_error TEXT,
    failed_at TIMESTAMP,
    ended_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT jobs_lease_check CHECK ((lease IS NULL) = (leased_until IS NULL)),
    CONSTRAINT jobs_failure_check CHECK ((last_error IS NULL) = (failed_at IS NULL))
) WITHOUT ROWID;
-- There is one of a kind that recurs.
CREATE UNIQUE INDEX jobs_recurring ON jobs (kind) WHERE recurs;
CREATE INDEX jobs_due ON jobs (state, due_at);
CREATE INDEX jobs_held ON jobs (leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX jobs_failing ON jobs (failed_at) WHERE failed_at IS NOT NULL;
