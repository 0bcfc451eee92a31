-- A table that somebody sent as a file: what each row would do, and what came of it.
CREATE TABLE batches (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    -- Of whose users it is; none where it is of customers.
    customer_id TEXT REFERENCES customers (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    person_name TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    -- The columns of the file, what it was read from, and what is chosen for all of its rows, as JSON.
    head TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT batches_state_check CHECK (state IN ('reading', 'shown', 'working', 'done', 'stopped', 'mailing', 'checking', 'returning', 'returned', 'discarded')),
    row_count BIGINT NOT NULL,
    -- How many rows would do what, and what came of them, as JSON; and what later rows need to know of those read so far.
    tally TEXT NOT NULL,
    memory TEXT NOT NULL,
    -- Up to which row the work in hand has come.
    reached BIGINT NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    applied_at TIMESTAMP,
    applied_by_name TEXT NOT NULL,
    settled_at TIMESTAMP,
    settled_by_name TEXT NOT NULL,
    -- When passwords were downloaded last, and by whom.
    handed_at TIMESTAMP,
    handed_by_name TEXT NOT NULL,
    -- Until when a preview waits, and then until when the rows are kept.
    expires_at TIMESTAMP,
    -- For whom the portal works at it now, or did last, and by which job.
    worker_id TEXT NOT NULL REFERENCES people (id),
    job_id TEXT NOT NULL
);
CREATE INDEX batches_of_organisation ON batches (organisation_id, customer_id, uploaded_at, id);
CREATE INDEX batches_of_customer ON batches (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX batches_of_person ON batches (person_id);
CREATE INDEX batches_of_worker ON batches (worker_id);
CREATE INDEX batches_by_end ON batches (expires_at) WHERE expires_at IS NOT NULL;

-- The rows of a file in portions, from the moment when it was sent until each of them has been looked at.
CREATE TABLE batch_pieces (
    batch_id TEXT NOT NULL REFERENCES batches (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (batch_id, number)
);

CREATE TABLE batch_rows (
    batch_id TEXT NOT NULL REFERENCES batches (id),
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    cells TEXT NOT NULL,
    -- Whom or what the row is about, by the name that is the same in every spelling; empty where it names nothing.
    subject TEXT NOT NULL,
    -- What others have in common with it that may be the same, in the order of their kinds; empty where that is unknown.
    likeness TEXT NOT NULL DEFAULT '',
    second_likeness TEXT NOT NULL DEFAULT '',
    third_likeness TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL CONSTRAINT batch_rows_verdict_check CHECK (verdict IN ('new', 'changed', 'likely', 'same', 'refused')),
    result TEXT NOT NULL CONSTRAINT batch_rows_result_check CHECK (result IN ('waiting', 'added', 'changed', 'unchanged', 'refused', 'taken_back')),
    -- Why it is refused, or what it changes, as JSON.
    why TEXT NOT NULL,
    -- What somebody chose for a row that may be of what is there already; none for others.
    choice TEXT CONSTRAINT batch_rows_choice_check CHECK (choice IN ('open', 'add', 'join', 'leave')),
    -- What it made or changed, and how that was before and after it, as JSON.
    made_id TEXT,
    undo TEXT,
    -- What was built on it, so that it is not taken back.
    built_on TEXT CONSTRAINT batch_rows_built_on_check CHECK (built_on IN ('signed_in', 'changed', 'has_roles', 'deleted', 'used', 'failed')),
    -- When the password was set that nobody has seen yet, or that was handed over last.
    password_at TIMESTAMP,
    PRIMARY KEY (batch_id, number)
);
CREATE INDEX batch_rows_by_verdict ON batch_rows (batch_id, verdict, number);
CREATE INDEX batch_rows_by_result ON batch_rows (batch_id, result, number);
CREATE INDEX batch_rows_built_on ON batch_rows (batch_id, number) WHERE built_on IS NOT NULL;
CREATE INDEX batch_rows_by_subject ON batch_rows (batch_id, subject, number);
CREATE INDEX batch_rows_by_likeness ON batch_rows (batch_id, likeness, number);
CREATE INDEX batch_rows_by_second_likeness ON batch_rows (batch_id, second_likeness, number);
CREATE INDEX batch_rows_to_choose ON batch_rows (batch_id, number) WHERE choice IS NOT NULL;
CREATE INDEX batch_rows_by_third_likeness ON batch_rows (batch_id, third_likeness, number);
CREATE INDEX batch_rows_by_made ON batch_rows (batch_id, made_id) WHERE made_id IS NOT NULL;
