-- Whoever looks for what refers to a row, and whoever deletes one, finds it by an index.
CREATE INDEX agreement_acceptances_of_person ON agreement_acceptances (person_id);
CREATE INDEX delegations_ever_of_reseller ON delegations (reseller_id);
CREATE INDEX delegations_ever_of_provider ON delegations (provider_id);
CREATE INDEX draft_lines_of_offer ON draft_lines (offer_id);
CREATE INDEX drafts_of_person ON drafts (made_by);
CREATE INDEX drafts_of_customer ON drafts (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX drafts_of_reseller ON drafts (reseller_id) WHERE reseller_id IS NOT NULL;
CREATE INDEX letters_of_organisation ON letters (organisation_id);
CREATE INDEX order_lines_of_offer ON order_lines (offer_id);
CREATE INDEX order_lines_of_subscription ON order_lines (subscription_id);
CREATE INDEX partnership_requests_of_person ON partnership_requests (requested_by);
CREATE INDEX partnership_requests_of_reseller ON partnership_requests (reseller_id) WHERE reseller_id IS NOT NULL;
CREATE INDEX partnerships_of_location ON partnerships (location_id);
CREATE INDEX partnerships_of_request ON partnerships (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX subscriptions_of_provider ON subscriptions (provider_id);
CREATE INDEX subscriptions_by_offer ON subscriptions (offer_id);
CREATE INDEX subscriptions_of_supporter ON subscriptions (support_organisation_id);
CREATE INDEX wrong_tries_of_person ON wrong_tries (person_id) WHERE person_id IS NOT NULL;
