-- Who asked for letters of what renews and ends next, how many days ahead, and when the next one is due.
CREATE TABLE renewal_letters (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    days_ahead INTEGER NOT NULL CONSTRAINT renewal_letters_days_ahead_check CHECK (days_ahead BETWEEN 1 AND 366),
    next_on DATE NOT NULL
);
CREATE INDEX renewal_letters_due ON renewal_letters (next_on, person_id);
