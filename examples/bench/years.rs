//! What years leave behind: relationships that ended, and requests to become a customer. The demonstration shows one of
//! each kind however large it is; here there are as many as there would be, so that what they cost shows.

use diesel::connection::SimpleConnection as _;
use twotier::db::Connection;

/// Of so many customers one has left.
const LEFT: u32 = 50;
/// Of so many customers one was asked by a personal link, and every second of them by the reseller.
const ASKED: u32 = 10;

/// # Errors
/// Database errors.
pub fn pass(conn: &mut Connection, provider: &str, reseller: &str) -> diesel::QueryResult<()> {
    conn.batch_execute(&ended())?;
    conn.batch_execute(&asked(provider, reseller))?;
    conn.batch_execute("DROP TABLE numbered")
}

fn ended() -> String {
    let gone = format!("(SELECT id FROM numbered WHERE n % {LEFT} = 25)");
    format!(
        "CREATE TEMPORARY TABLE numbered AS
         SELECT id, row_number() OVER (ORDER BY id) AS n FROM customers
         WHERE id NOT IN (SELECT customer_id FROM endings) AND id NOT IN (SELECT customer_id FROM drafts WHERE customer_id IS NOT NULL);
         UPDATE delegations SET ended_at = CURRENT_TIMESTAMP, ended_by_name = 'Friederike Harms'
         WHERE ended_at IS NULL AND customer_id IN {gone};
         UPDATE subscriptions SET status = 'suspended', suspended_at = CURRENT_TIMESTAMP,
             suspension_reason = 'customer_request', kept_until = CURRENT_DATE
         WHERE status IN ('active', 'pending') AND customer_id IN {gone};
         INSERT INTO endings (id, customer_id, provider_id, state, by_person, by_name, by_email, letter_language,
             letter_subject, letter_text, installation, created_at, ended_at, state_since, version)
         SELECT customers.id, customers.id, customers.provider_id, 'ended', people.id, people.name, people.email, 'en',
             '', '', 'Twotier', customers.created_at, customers.created_at, customers.created_at, 2
         FROM customers JOIN people ON people.organisation_id = customers.provider_id
         WHERE people.email LIKE 'global.admin@%' AND customers.id IN {gone};
         UPDATE customers SET ended_at = created_at, ended_by_name = 'Friederike Harms', ending_on = NULL WHERE id IN {gone};"
    )
}

fn asked(provider: &str, reseller: &str) -> String {
    let asked = format!("numbered.n % {ASKED} = 0");
    let state = format!(
        "CASE numbered.n / {ASKED} % 8 WHEN 1 THEN 'declined' WHEN 3 THEN 'revoked' WHEN 5 THEN 'open' ELSE 'accepted' END"
    );
    format!(
        "INSERT INTO customer_requests (id, provider_id, reseller_id, requested_by, requested_by_name,
             requested_by_email, to_email, to_name, includes_administration, language, subject, body, token_hash, state,
             created_at, sent_at, expires_at, answered_by_name, company_name, customer_id, version)
         SELECT customers.id, customers.provider_id, CASE WHEN numbered.n % {both} = 0 THEN '{reseller}' END, people.id,
             people.name, people.email, customers.email, customers.first_name, TRUE, 'en', 'A request', 'A request',
             customers.id, {state}, customers.created_at, customers.created_at, customers.created_at, 'Somebody',
             customers.company_name, CASE WHEN {state} = 'accepted' THEN customers.id END, 2
         FROM numbered JOIN customers ON customers.id = numbered.id
         JOIN people ON people.organisation_id = customers.provider_id
         WHERE people.email LIKE 'global.admin@%' AND {asked} AND customers.provider_id = '{provider}'",
        both = 2 * ASKED,
    )
}
