-- Which text a customer accepted by itself: a version alone is one of every language.
ALTER TABLE customer_acceptances ADD COLUMN agreement_id TEXT REFERENCES customer_agreements (id);
CREATE INDEX customer_acceptances_of_agreement ON customer_acceptances (agreement_id);

-- Of those there are, the request that was answered knows it.
UPDATE customer_acceptances SET agreement_id = (SELECT max(agreement_requests.agreement_id) FROM agreement_requests
        JOIN customer_agreements ON customer_agreements.id = agreement_requests.agreement_id
        WHERE agreement_requests.customer_id = customer_acceptances.customer_id
        AND agreement_requests.state = 'accepted' AND customer_agreements.version = customer_acceptances.version)
    WHERE attested_by IS NULL AND version IS NOT NULL;
