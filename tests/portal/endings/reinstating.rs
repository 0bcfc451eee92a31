//! A relationship that ended is taken up again.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::id::CustomerId;
use twotier::values::moment::Moment;

use super::{end, has_ended_before};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// What the database keeps of customers, but how often each row was written.
fn kept(portal: &Portal) -> Vec<(String, Vec<String>)> {
    let is_sqlite = portal.database.url.starts_with("sqlite");
    let mut all = Vec::new();
    for table in [
        "customers",
        "customer_users",
        "customer_words",
        "delegations",
        "subscriptions",
        "orders",
        "order_lines",
        "partnerships",
        "agreement_requests",
        "customer_acceptances",
        "organisations",
    ] {
        let columns = match is_sqlite {
            true => format!("SELECT name AS text FROM pragma_table_info('{table}')"),
            false => format!(
                "SELECT column_name::text AS text FROM information_schema.columns
                 WHERE table_name = '{table}' AND table_schema = current_schema()"
            ),
        };
        for column in portal.database.texts(&columns).into_iter().filter(|column| column != "version") {
            let rows =
                format!("SELECT COALESCE(CAST({column} AS TEXT), '-') AS text FROM {table} ORDER BY 1");
            all.push((format!("{table}.{column}"), portal.database.texts(&rows)));
        }
    }
    assert!(all.len() > 80, "the columns were read");
    all
}

/// What somebody reads about a customer.
async fn read(browser: &mut Browser, customer: &CustomerId) -> Vec<String> {
    let mut pages = Vec::new();
    for page in ["account", "subscriptions", "relationships", "orders"] {
        browser.visit(&format!("/customers/{customer}/{page}")).await;
        pages.push(browser.text());
    }
    browser.visit("/customers").await;
    pages.push(browser.text());
    pages
}

#[actix_web::test]
async fn ending_and_reinstating_leaves_an_equal_account() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), brightwater.id)),
        ..PlainSubscription::new("Business Basic")
    };
    let base = portal.has_subscription(&alder, named).await;
    portal.has_subscription(&alder, PlainSubscription::add_on("Extra Storage", &base)).await;
    let supported = portal.has_subscription(&alder, PlainSubscription::new("Enterprise E3")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/subscriptions/{supported}")).await;
    ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    let before = (kept(&portal), read(&mut ada, &alder).await, read(&mut olga, &alder).await);
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("Customer request").press("Suspend all").await;
    end(&mut ada, &alder).await;
    assert_ne!(kept(&portal), before.0);
    ada.follow("Reinstate").await;
    ada.sees_heading("Reinstate the relationship with Alder");
    ada.sees("Brightwater IT administers it again, once the customer has agreed.");
    ada.sees_row(&["Enterprise E3", "127.50"]);
    ada.press("Reinstate").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem(
        "Has the customer agreed?",
        "Say whether the customer has agreed, or choose to reinstate without it.",
    );
    ada.check("Yes, as stated here").press("Reinstate").await;
    ada.sees_problem("Day of the consent", "Enter the day of the consent.");
    ada.fill("Day of the consent", &Moment::now().day().to_string());
    for one in ["Business Basic", "Extra Storage", "Enterprise E3"] {
        ada.check(one);
    }
    ada.press("Reinstate").await;
    ada.sees("The relationship with Alder is reinstated.").sees_not("Ended on");
    // Once more, without the sentence that says so.
    ada.reload().await;
    let after = (kept(&portal), read(&mut ada, &alder).await, read(&mut olga, &alder).await);
    for ((column, old), (_, new)) in before.0.iter().zip(&after.0) {
        assert_eq!(old, new, "{column}");
    }
    assert_eq!(before.1, after.1);
    assert_eq!(before.2, after.2);
    olga.visit(&format!("/subscriptions/{supported}")).await;
    olga.sees("Brightwater IT");
    let of = |sql: &str| portal.database.number(&format!("SELECT count(*) FROM {sql}"));
    assert_eq!(of("endings WHERE state = 'reinstated' AND consent_name = 'Cora Customer'"), 1);
    assert_eq!(of("letters WHERE state = 'waiting'"), 0, "the customer is not told of an end that is none");
    assert_eq!(of("activity_records WHERE action = 'reinstate_customer_relationship'"), 2);
    assert_eq!(of("notifications WHERE kind = 'relationship_reinstated'"), 1);
}

#[actix_web::test]
async fn without_consent_nobody_but_the_provider_has_it_until_the_customer_agrees() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    portal.has_delegation(&alder, &newleaf).await;
    portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    end(&mut ada, &alder).await;
    portal
        .database
        .change(&format!("UPDATE partnerships SET state = 'removed' WHERE reseller_id = '{}'", newleaf.id));
    ada.follow("Reinstate").await;
    ada.sees("Newleaf does not come back.");
    let mut twice = ada.clone_session();
    twice.visit(&format!("/customers/{alder}/reinstatement")).await;
    ada.check("Not yet: reinstate without it").press("Reinstate").await;
    ada.sees("The relationship with Alder is reinstated.").sees("No delegated administration.");
    twice.check("Not yet: reinstate without it").press("Reinstate").await;
    twice.sees("The relationship with Alder lasts.");
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    ada.visit(&format!("/customers/{alder}/admin-password")).await;
    ada.sees_heading("No delegated administration of Alder");
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees_no_link("Reset password").sees_no_link("Associate a reseller");
    ada.follow("Record its consent").await;
    ada.press("Record consent").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.fill("First name", "Carl").fill("Day of the consent", &Moment::now().day().to_string());
    ada.press("Record consent").await;
    ada.sees("It is recorded that the customer agreed again").sees_not("No delegated administration.");
    ada.follow("Relationships").await;
    ada.sees_row(&["Brightwater IT", "Active"]).sees_row(&["Newleaf", "Ended"]);
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::OK);
    ada.visit(&format!("/customers/{alder}/reinstatement/consent")).await;
    ada.sees("No consent is awaited from this customer.");
    // It can end again, and the second end is one of its own.
    end(&mut ada, &alder).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM endings"), 2);
}

#[actix_web::test]
async fn a_customer_that_lets_its_provider_in_again_brings_its_resellers_back() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let user_name = portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    end(&mut ada, &alder).await;
    ada.follow("Reinstate").await;
    ada.check("Not yet: reinstate without it").press("Reinstate").await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit("/own/partners").await;
    cora.follow("Give delegated admin to Harbor Distribution").await;
    cora.press("Give delegated admin again").await;
    cora.sees_heading("Brightwater IT").sees("It administers your account");
    ada.reload().await;
    ada.sees_not("No delegated administration.");
    ada.follow("Relationships").await;
    ada.sees_row(&["Brightwater IT", "Active"]);
    let told = "SELECT count(*) FROM notifications WHERE kind = 'relationship_reinstated'";
    assert_eq!(portal.database.number(told), 1);
}

#[actix_web::test]
async fn a_delegation_whose_last_day_is_over_stays_ended() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    end(&mut ada, &alder).await;
    let yesterday = Moment::now().plus_days(-1).day();
    portal.database.change(&format!("UPDATE delegations SET ends_on = '{yesterday}'"));
    ada.follow("Reinstate").await;
    ada.sees("Brightwater IT does not come back. The last day of its delegation is over.");
    ada.fill("First name", "Carl").fill("Day of the consent", &Moment::now().day().to_string());
    ada.check("Yes, as stated here").press("Reinstate").await;
    ada.sees("The relationship with Alder is reinstated.");
    ada.follow("Relationships").await;
    ada.sees_row(&["Brightwater IT", "Ended"]).sees_link("Associate a reseller");
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ended_at IS NULL"), 0);
}

#[actix_web::test]
async fn after_the_time_for_it_the_page_says_so_and_takes_nothing() {
    let portal = Portal::open_with(|site| site.reinstate_days = 30).await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    end(&mut ada, &alder).await;
    ada.follow("Reinstate").await;
    ada.check("Not yet: reinstate without it");
    has_ended_before(&portal, &alder, 31);
    ada.press("Reinstate").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("It can no longer be reinstated.");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NULL"), 0);
}

#[actix_web::test]
async fn an_add_on_without_its_base_undoes_all_of_it() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let base = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    portal.has_subscription(&alder, PlainSubscription::add_on("Extra Storage", &base)).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("Fraud").press("Suspend all").await;
    end(&mut ada, &alder).await;
    ada.follow("Reinstate").await;
    ada.check("Not yet: reinstate without it").check("Extra Storage").press("Reinstate").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Extra Storage cannot be active again, and nothing was done.");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NOT NULL"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM endings WHERE state = 'ended'"), 1);
}

#[actix_web::test]
async fn what_the_customer_took_away_itself_nobody_attests() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let cora = portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    end(&mut ada, &alder).await;
    ada.follow("Reinstate").await;
    ada.check("Yes, as stated here").fill("Day of the consent", &Moment::now().day().to_string());
    let mut company = portal.signed_in(&cora).await;
    company.visit("/own/partners").await;
    company.sees("It ended its relationship with your company on");
    company.follow("Remove delegated admin of Harbor Distribution").await;
    company.press("Remove delegated admin").await;
    // Meanwhile what was typed is of no use any more.
    ada.press("Reinstate").await;
    ada.sees("The relationship with Alder is reinstated.");
    let is = |sql: &str| portal.database.number(&format!("SELECT count(*) FROM {sql}"));
    assert_eq!(is("customers WHERE ended_at IS NULL AND NOT is_delegated AND undelegated_at IS NOT NULL"), 1);
    assert_eq!(is("delegations WHERE ended_at IS NULL"), 0);
    ada.sees_no_link("Record its consent");
    ada.visit(&format!("/customers/{alder}/reinstatement/consent")).await;
    ada.sees("No consent is awaited from this customer.");
    end(&mut ada, &alder).await;
    ada.follow("Reinstate").await;
    ada.sees("The customer took it from your organization on").sees_not("Yes, as stated here");
    company.visit(&format!("/own/partners/{alder}/return")).await;
    company.press("Give delegated admin again").await;
    company.sees("cannot administer your account now");
    assert_eq!(is("customers WHERE is_delegated"), 0);
}
