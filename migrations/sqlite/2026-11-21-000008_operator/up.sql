-- What the operator looks at across all organisations.
CREATE INDEX letters_by_state ON letters (state, created_at, id);
CREATE INDEX agreement_acceptances_of_agreement ON agreement_acceptances (agreement_id);
