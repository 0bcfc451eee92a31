-- What the operator looks at across all organisations.
CREATE INDEX letters_by_state ON letters (state, created_at, id);
CREATE INDEX agreement_acceptances_of_agreement ON agreement_acceptances (agreement_id);
-- The head office is one place, whoever adds locations at the same moment.
CREATE UNIQUE INDEX locations_head_office ON locations (organisation_id) WHERE is_head_office;
