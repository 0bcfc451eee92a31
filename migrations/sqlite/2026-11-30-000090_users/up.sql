-- A user of a customer's company has names of its own beside the one that is shown, and a country whose services it uses.
ALTER TABLE customer_users ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_users ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_users ADD COLUMN location TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_users ADD COLUMN added_by_name TEXT NOT NULL DEFAULT '';
-- Since when the user is deleted; purged a while later.
ALTER TABLE customer_users ADD COLUMN deleted_at TIMESTAMP;
CREATE INDEX customer_users_deleted ON customer_users (deleted_at) WHERE deleted_at IS NOT NULL;
UPDATE customer_users SET first_name = customers.first_name, last_name = customers.last_name, location = customers.country FROM customers WHERE customers.id = customer_users.customer_id;

-- What was made for users and waits to be handed over: temporary passwords, sealed, for one hour and one person.
CREATE TABLE credential_sheets (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX credential_sheets_of_customer ON credential_sheets (customer_id);
CREATE INDEX credential_sheets_of_person ON credential_sheets (person_id);
CREATE INDEX credential_sheets_by_end ON credential_sheets (expires_at);
CREATE TABLE sheet_credentials (
    sheet_id TEXT NOT NULL REFERENCES credential_sheets (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES customer_users (id),
    position INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sheet_id, user_id)
);
CREATE INDEX sheet_credentials_of_user ON sheet_credentials (user_id);
