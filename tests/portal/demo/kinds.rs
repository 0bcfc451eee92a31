//! What the demonstration shows: every state of everything.

use twotier::demo;
use twotier::values::moment::Moment;

use super::{SUFFIX, count, wanted};
use crate::support::database::Database;

#[actix_web::test]
async fn there_is_something_of_every_kind() {
    let database = Database::migrated().await;
    let db = database.open();
    demo::fill(&db, &wanted(250), SUFFIX, Moment::now()).await.expect("it is filled");
    for (least, of) in [
        (30, "organisations WHERE kind = 'reseller' AND state = 'enrolled'"),
        (
            30,
            "organisations WHERE kind = 'reseller' AND city <> '' AND contact_email <> '' AND sort_name <> ''",
        ),
        (1, "partner_agreements WHERE audience = 'reseller'"),
        (30, "agreement_acceptances"),
        (
            3,
            "partnerships WHERE state = 'active' AND reseller_id NOT IN (SELECT organisation_id FROM agreement_acceptances)",
        ),
        (25, "partnerships WHERE state = 'active'"),
        (1, "partnerships WHERE state = 'removed'"),
        (3, "partnership_requests WHERE state = 'open' AND expires_at > CURRENT_TIMESTAMP"),
        (2, "partnership_requests WHERE state = 'open' AND expires_at < CURRENT_TIMESTAMP"),
        (2, "partnership_requests WHERE state = 'declined' AND decline_reason <> ''"),
        (1, "partnership_requests WHERE state = 'revoked'"),
        (1, "partnership_requests WHERE state = 'open' AND addressee_only"),
        (1, "partnership_requests WHERE state = 'accepted' AND answered_by_email <> to_email"),
        (
            1,
            "partnership_requests WHERE state = 'open' AND expires_at > CURRENT_TIMESTAMP AND to_email IN (SELECT email FROM people)",
        ),
        (25, "partnership_requests WHERE state = 'accepted' AND reseller_id IS NOT NULL"),
        (20, "letters WHERE state = 'sent'"),
        (1, "letters WHERE state = 'waiting'"),
        (1, "letters WHERE state = 'failed' AND last_error <> ''"),
        (60, "offers"),
        (120, "offer_prices WHERE currency IN ('EUR', 'USD') AND valid_from <= CURRENT_DATE"),
        (60, "offer_prices WHERE valid_from >= CURRENT_DATE AND is_sold"),
        (16, "offer_prices WHERE valid_from >= CURRENT_DATE AND NOT is_sold"),
        (500, "offer_prices WHERE retail_monthly_minor > monthly_minor"),
        (3, "offer_upgrades"),
        (3, "pinned_offers"),
        (3, "subscriptions WHERE upgraded_from_id IS NOT NULL AND status = 'active'"),
        (3, "subscriptions WHERE end_reason = 'upgraded'"),
        (1, "offer_audiences WHERE rule = 'only'"),
        (1, "offer_audiences WHERE rule = 'all_but'"),
        (5, "listed_resellers"),
        (2, "subscriptions WHERE term_months = 1 AND NOT is_trial AND status = 'active'"),
        (2, "subscriptions WHERE term_months = 36 AND status = 'active'"),
        (60, "offers WHERE publisher = 'Microsoft'"),
        (1, "offers WHERE converts_to IS NOT NULL"),
        (1, "offer_prerequisites"),
        (200, "subscriptions WHERE status = 'active'"),
        (
            5,
            "subscriptions WHERE status = 'suspended' AND kept_until > CURRENT_DATE AND suspension_reason <> ''",
        ),
        (1, "subscriptions WHERE status = 'pending'"),
        (1, "subscriptions WHERE status = 'deleted' AND kept_until IS NOT NULL"),
        (1, "subscriptions WHERE end_reason = 'cancelled_alone' AND ended_on >= starts_on"),
        (1, "promotions WHERE starts_on > CURRENT_DATE"),
        (2, "promotions WHERE starts_on <= CURRENT_DATE AND ends_on >= CURRENT_DATE AND ended_at IS NULL"),
        (1, "promotions WHERE ends_on < CURRENT_DATE"),
        (1, "promotions WHERE ended_at IS NOT NULL AND ended_by_name <> ''"),
        (1, "promotions WHERE for_new_customers"),
        (1, "subscriptions s JOIN order_lines l ON l.subscription_id = s.id WHERE s.promotion_id IS NOT NULL AND l.promotion_name <> ''"),
        (1, "offers WHERE reduction_days = 0 AND cancellation_days = 0"),
        (1, "offers WHERE reduction_days BETWEEN 1 AND 9998 AND cancellation_days BETWEEN 1 AND 9998"),
        (1, "offers WHERE reduction_days = 9999 AND cancellation_days = 9999"),
        (1, "subscriptions WHERE is_trial AND status = 'active'"),
        (1, "subscriptions WHERE trial_offer_id IS NOT NULL AND NOT is_trial"),
        (10, "subscriptions WHERE parent_id IS NOT NULL"),
        (50, "subscriptions WHERE billing = 'annual'"),
        (50, "subscriptions WHERE billing = 'monthly'"),
        (50, "subscriptions WHERE mpn_id <> ''"),
        (20, "subscriptions WHERE mpn_id = ''"),
        (
            5,
            "subscriptions s WHERE s.mpn_id <> '' AND NOT EXISTS (SELECT 1 FROM delegations d
                 WHERE d.customer_id = s.customer_id AND d.reseller_id = s.mpn_reseller_id)",
        ),
        (
            5,
            "subscriptions s JOIN partnerships p ON p.provider_id = s.provider_id AND p.reseller_id = s.mpn_reseller_id
                 JOIN locations l ON l.id = p.location_id WHERE l.mpn_id <> s.mpn_id",
        ),
        (
            1,
            "delegations d JOIN delegations f ON f.customer_id = d.customer_id AND f.ended_at = d.since",
        ),
        (100, "usage_rows"),
        (10, "subscriptions WHERE support_organisation_id <> provider_id"),
        (20, "customers c WHERE NOT EXISTS (SELECT 1 FROM delegations d WHERE d.customer_id = c.id)"),
        (150, "delegations WHERE ended_at IS NULL"),
        (1, "delegations WHERE ended_at IS NOT NULL"),
        (3, "customers WHERE agreement = 'awaited'"),
        (3, "customer_agreements"),
        (1, "customer_agreements WHERE country = 'DE'"),
        (2, "agreement_requests WHERE state = 'open' AND expires_at > CURRENT_TIMESTAMP"),
        (1, "agreement_requests WHERE state = 'open' AND expires_at < CURRENT_TIMESTAMP"),
        (1, "agreement_requests WHERE state = 'declined' AND decline_reason <> ''"),
        (1, "agreement_requests WHERE state = 'revoked' AND revoked_by_name <> ''"),
        (1, "agreement_requests WHERE state = 'accepted' AND customer_id IS NOT NULL"),
        (1, "agreement_requests WHERE draft_id IS NOT NULL"),
        (3, "customer_requests WHERE state = 'open' AND expires_at > CURRENT_TIMESTAMP"),
        (1, "customer_requests WHERE state = 'open' AND expires_at < CURRENT_TIMESTAMP"),
        (1, "customer_requests WHERE state = 'declined' AND reseller_id IS NULL AND decline_reason <> ''"),
        (1, "customer_requests WHERE state = 'declined' AND reseller_id IS NOT NULL"),
        (1, "customer_requests WHERE state = 'revoked'"),
        (1, "customer_requests WHERE state = 'open' AND sent_at IS NULL AND expires_at > CURRENT_TIMESTAMP"),
        (1, "customer_requests WHERE state = 'open' AND reminded_at IS NOT NULL AND expires_at > CURRENT_TIMESTAMP"),
        (8, "letters WHERE subject_kind = 'customer_request' AND state = 'sent'"),
        (1, "letters WHERE subject_kind = 'customer_request' AND state = 'failed'"),
        (1, "customer_requests WHERE state = 'accepted' AND reseller_id IS NULL AND customer_id IS NOT NULL"),
        (1, "customer_requests WHERE state = 'accepted' AND reseller_id IS NOT NULL"),
        (1, "customer_requests r JOIN customers c ON c.id = r.customer_id WHERE r.state = 'accepted'
                 AND r.reseller_id IS NULL AND NOT r.includes_administration AND NOT c.is_delegated"),
        (1, "customer_requests r JOIN delegations d ON d.customer_id = r.customer_id AND d.reseller_id = r.reseller_id
                 WHERE r.state = 'accepted' AND NOT r.includes_administration AND d.ended_at = d.since"),
        // A contact whose mailbox is gone, as long as nobody names another one.
        (1, "letters l JOIN agreement_requests r ON l.subject_kind = 'agreement_request' AND l.subject_id = r.id
                 JOIN customers c ON c.id = r.customer_id AND c.email = l.to_email
                 WHERE l.state = 'failed' AND l.last_error <> '' AND r.state = 'open'"),
        (
            1,
            "customers WHERE agreement = 'accepted' AND agreement_attested_by IS NULL AND agreement_version IS NOT NULL",
        ),
        (100, "activity_records"),
        (1, "activity_records WHERE result = 'failed'"),
        (1, "orders WHERE state = 'cancelled' AND cancelled_at <= cancellable_until"),
        (1, "orders WHERE state = 'placed' AND cancellable_until IS NOT NULL"),
        (1, "activity_records WHERE action = 'cancel_order' AND subject_kind = 'order'"),
        (1, "activity_records WHERE changes LIKE '%unit_price%'"),
        (2, "qualification_reviews WHERE state = 'in_review'"),
        (1, "qualification_reviews WHERE state = 'withdrawn'"),
        // One that can be reinstated, one for which it is too late, and a plan.
        (2, "endings e JOIN customers c ON c.id = e.customer_id WHERE e.state = 'ended' AND c.ended_at IS NOT NULL AND c.ended_by_name <> ''"),
        (100, "licenses WHERE released_at IS NULL"),
        (1, "licenses WHERE released_at IS NOT NULL"),
        (5, "licenses WHERE plans_off <> ''"),
        (1, "ended_delegations"),
        (1, "endings e JOIN customers c ON c.id = e.customer_id WHERE e.state = 'planned' AND c.ending_on <= e.planned_on"),
        (1, "endings WHERE state = 'dropped' AND closed_by_name <> '' AND planned_on > CURRENT_DATE"),
        (2, "activity_records WHERE action = 'give_customer_back'"),
        // One whose day has passed in vain, and one that came back and has not agreed again.
        (1, "endings e JOIN customers c ON c.id = e.customer_id WHERE e.state = 'refused' AND e.hindrance <> '' AND c.ended_at IS NULL"),
        (1, "endings e JOIN customers c ON c.id = e.customer_id WHERE e.state = 'reinstated' AND e.consent_on IS NULL
                 AND c.ended_at IS NULL AND NOT c.is_delegated AND c.undelegated_at IS NULL"),
        (1, "customers WHERE NOT is_delegated AND undelegated_at IS NOT NULL"),
        (1, "delegations WHERE is_revoked"),
        (60, "customer_users WHERE NOT is_first_admin AND deleted_at IS NULL"),
        (3, "customer_users u JOIN people p ON p.id = u.person_id WHERE u.deleted_at = p.deactivated_at"),
        (3, "customer_users u JOIN people p ON p.id = u.person_id WHERE p.invited_at IS NOT NULL"),
        (3, "customer_users u JOIN people p ON p.id = u.person_id WHERE p.must_change_password"),
        (3, "customer_users u JOIN person_roles r ON r.person_id = u.person_id WHERE r.role = 'billing_admin'"),
        (5, "delegations WHERE ended_at IS NULL AND ends_on >= CURRENT_DATE"),
        (1, "delegations WHERE ended_at IS NOT NULL AND ends_on IS NOT NULL AND ended_by_name = ''"),
        (1, "delegation_plans WHERE state = 'open' AND begins_on > CURRENT_DATE"),
        (1, "delegation_plans p JOIN delegations d ON d.customer_id = p.customer_id AND d.reseller_id = p.reseller_id
                 WHERE p.state = 'done' AND d.since = p.settled_at"),
        (1, "delegation_plans WHERE state = 'dropped' AND settled_by_name <> ''"),
        (1, "delegation_plans WHERE state = 'failed' AND obstacle <> ''"),
        (1, "qualification_reviews r JOIN customers c ON c.id = r.customer_id WHERE r.state = 'approved' AND c.qualification = 'education'"),
        (1, "qualification_reviews WHERE state = 'denied' AND reason <> ''"),
        (1, "validation_codes WHERE used > 0 AND used < maximum AND closed_at IS NULL"),
        (1, "validation_codes WHERE used > 0 AND used = maximum AND closed_at IS NULL"),
        (1, "validation_codes WHERE closed_at IS NOT NULL"),
        (1, "customers WHERE qualification = 'government' AND validation_code <> ''"),
        (1, "customers WHERE qualification = 'nonprofit'"),
        // Many at once: with every result, and in every state that lasts.
        (1, "handovers WHERE state = 'done' AND done > 0 AND unchanged > 0 AND refused > 0"),
        (1, "handovers WHERE state = 'stopped' AND settled_by_name <> ''"),
        (1, "handovers h JOIN jobs j ON j.id = h.job_id WHERE h.state = 'working' AND h.settled_at IS NULL
                 AND j.state = 'waiting' AND j.due_at > CURRENT_TIMESTAMP"),
        (2, "handover_customers t JOIN handovers h ON h.id = t.handover_id WHERE h.state = 'working' AND t.result = 'done'"),
        (2, "handover_customers t JOIN handovers h ON h.id = t.handover_id WHERE h.state = 'working' AND t.result = 'waiting'"),
        (2, "handover_customers t JOIN handovers h ON h.id = t.handover_id WHERE h.state = 'stopped' AND t.result = 'waiting'"),
        (2, "handover_customers WHERE result = 'unchanged' AND why = 'administers_already'"),
        (1, "handover_customers WHERE result = 'refused' AND why = 'removed_by_customer'"),
        // Transfers to other partners: in every state, of every kind, with every result.
        (1, "transfers WHERE state = 'customer' AND settled_at IS NULL AND NOT is_shown"),
        (1, "transfers WHERE state = 'provider' AND kind = 'reseller' AND starter_id = source_id"),
        (1, "transfers WHERE state = 'partner' AND kind = 'provider' AND is_shown"),
        (1, "transfers WHERE state = 'partner' AND kind = 'reseller' AND is_shown"),
        (1, "transfers WHERE state = 'partner' AND kind = 'outside' AND target_id IS NULL"),
        (1, "transfers t JOIN orders o ON o.transfer_id = t.id WHERE t.state = 'done'"),
        (1, "transfers WHERE state = 'refused' AND kind = 'provider' AND reason <> ''"),
        (1, "transfers WHERE state = 'withdrawn' AND settled_by_name <> ''"),
        (1, "transfers WHERE state = 'expired' AND settled_by_name = ''"),
        (1, "transfer_items i JOIN subscriptions s ON s.id = i.subscription_id JOIN subscriptions b ON b.id = i.became_id
                 WHERE i.result = 'moved' AND s.end_reason = 'transferred' AND b.status = 'active'"),
        (1, "transfer_items WHERE result = 'refused' AND why <> ''"),
        (1, "transfer_items WHERE result = 'failed' AND why = 'quantity_changed'"),
        (1, "transfer_items WHERE result = 'left'"),
        (1, "transfer_answers WHERE side = 'customer' AND is_yes AND by_link"),
        (1, "transfer_answers WHERE side = 'provider' AND NOT is_yes AND reason <> ''"),
        // Files of users: in every state that lasts, with every verdict, every result and passwords that wait.
        (1, "batches WHERE state = 'shown' AND expires_at > CURRENT_TIMESTAMP AND applied_at IS NULL"),
        (1, "batches WHERE state = 'done' AND expires_at > CURRENT_TIMESTAMP AND head LIKE '%Workbook%'"),
        (1, "batches WHERE state = 'stopped' AND settled_by_name <> ''"),
        (1, "batches WHERE state = 'returned' AND settled_by_name <> ''"),
        (1, "batches b JOIN jobs j ON j.id = b.job_id WHERE b.state = 'working' AND b.settled_at IS NULL
                 AND j.state = 'waiting' AND j.due_at > CURRENT_TIMESTAMP"),
        (1, "batches b WHERE state = 'done' AND expires_at IS NULL AND row_count > 0
                 AND NOT EXISTS (SELECT 1 FROM batch_rows r WHERE r.batch_id = b.id)"),
        (2, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'shown' AND r.verdict = 'new'"),
        (1, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'shown' AND r.verdict = 'changed'"),
        (2, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'shown' AND r.verdict = 'same'"),
        (3, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'shown' AND r.verdict = 'refused'"),
        (2, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'stopped' AND r.result = 'waiting'"),
        (2, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'done' AND r.result = 'unchanged'"),
        (2, "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE b.state = 'done' AND r.result = 'refused'"),
        (1, "batch_rows WHERE result = 'changed' AND undo LIKE '%before%'"),
        (2, "batch_rows WHERE result = 'taken_back' AND undo LIKE '%before%'"),
        (1, "batch_rows WHERE result = 'added' AND built_on = 'signed_in'"),
        (1, "batch_rows WHERE why LIKE '%Cells%'"),
        (1, "batch_rows WHERE why LIKE '%Twice%'"),
        (1, "batch_rows WHERE why LIKE '%NotBought%'"),
        (3, "batch_rows r JOIN customer_users u ON u.id = r.made_id JOIN people p ON p.id = u.person_id
                 WHERE r.result = 'added' AND r.password_at = p.password_set_at AND p.must_change_password"),
        (4, "activity_records WHERE subject_kind = 'upload' AND customer_id IS NOT NULL"),
        // Added before its country demanded what it has not told.
        (1, "customers WHERE country = 'PL' AND registration_id = ''"),
        (2, "drafts WHERE state = 'open'"),
        (2, "enrolments WHERE state = 'waiting'"),
        (1, "enrolments WHERE state = 'refused' AND refusal_reason <> ''"),
        (4, "draft_lines"),
        (10, "notifications"),
        (3, "muted_notifications"),
    ] {
        let found = count(&db, of).await;
        assert!(found >= least, "{found} of {of}, not {least}");
    }
}

#[actix_web::test]
async fn azure_budgets_and_tenant_owners_stand_in_every_state_where_there_are_enough_customers() {
    let database = Database::migrated().await;
    let db = database.open();
    demo::fill(&db, &wanted(1_500), SUFFIX, Moment::now()).await.expect("it is filled");
    for (least, of) in [
        (1_000, "usage_rows"),
        (1, "azure_accounts WHERE standing = 'exceeded'"),
        (1, "azure_accounts WHERE standing = 'nearing'"),
        (1, "azure_accounts WHERE standing = 'within'"),
        (2, "azure_accounts WHERE standing = 'no_budget'"),
        (3, "azure_alerts"),
        (1, "tenant_owners WHERE ended_at IS NULL"),
        (1, "tenant_owners WHERE end_reason = 'withdrawn'"),
    ] {
        let found = count(&db, of).await;
        assert!(found >= least, "{found} of {of}, not {least}");
    }
    // Sums say what the rows say.
    let sum = |table: &str| format!("(SELECT sum(cost_millionths) FROM {table})");
    let (rows, days, months) = (sum("usage_rows"), sum("usage_days"), sum("usage_months"));
    assert_eq!(count(&db, &format!("organisations WHERE {rows} <> {days} OR {days} <> {months}")).await, 0);
}
