DROP INDEX locations_head_office;
DROP INDEX agreement_acceptances_of_agreement;
DROP INDEX letters_by_state;
