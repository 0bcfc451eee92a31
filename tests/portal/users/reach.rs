//! Whose users they are.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{adds, opens_mia};
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_looks_after_the_users_of_its_customers_and_the_provider_reads_of_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    portal.has_delegation(&alder, &brightwater).await;
    let mut rita = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    adds(&mut rita, &alder, ("Mia", "Moss", "mia")).await;
    rita.sees_heading("1 user to hand a password to");
    rita.visit(&format!("/customers/{birch}/users")).await;
    assert_eq!(rita.status(), StatusCode::NOT_FOUND);
    let records = "SELECT count(*) FROM activity_records WHERE action = 'add_customer_user'";
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 1);
    }
}

#[actix_web::test]
async fn a_user_of_another_customer_is_not_there() {
    let portal = Portal::open().await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    opens_mia(&mut ada, &alder).await;
    let user = ada.path().rsplit('/').next().expect("an id").to_owned();
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    for (browser, customer) in [(&mut ada, birch), (&mut stranger, alder)] {
        for path in ["", "/password", "/deletion"] {
            browser.visit(&format!("/customers/{customer}/users/{user}{path}")).await;
            assert_eq!(browser.status(), StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["", "/password", "/deletion", "/restoration"] {
            let fields = [("version", "1"), ("display_name", "X"), ("location", "DE"), ("replaced", "")];
            browser.post(&format!("/customers/{customer}/users/{user}{path}"), &fields).await;
            assert_eq!(browser.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[actix_web::test]
async fn where_the_customer_took_delegated_administration_the_page_says_so() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.database.change(&format!("UPDATE customers SET is_delegated = FALSE WHERE id = '{alder}'"));
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees_heading("No delegated administration").sees("Only the customer gives it to you");
    ada.post(&format!("/customers/{alder}/users"), &[("id", "0199d3f2-0000-7000-8000-000000000001")]).await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
}

#[actix_web::test]
async fn a_user_admin_who_sees_no_customers_looks_after_users() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/").await;
    uma.follow("Users and licenses").await;
    uma.fill("Search name, domain or Microsoft ID", "beech").press("Apply").await;
    uma.sees("No customer matches");
    uma.follow("Show all customers").await;
    uma.follow("Alder").await;
    uma.sees("Nobody at Alder has an account.").sees_no_link("Account");
    adds(&mut uma, &alder, ("Mia", "Moss", "mia")).await;
    uma.press("Done").await;
    uma.sees_row(&["Mia Moss", "mia@alder.onmicrosoft.com"]).sees_no_link("Subscriptions");
}

#[actix_web::test]
async fn once_the_relationship_has_ended_users_can_be_read_and_not_changed() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let mia = opens_mia(&mut ada, &alder).await;
    portal.database.change(&format!("UPDATE customers SET ended_at = created_at WHERE id = '{alder}'"));
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_link("Mia Moss").sees_no_link("Add user");
    ada.visit(&mia).await;
    ada.sees_no_button("Save").sees_no_link("Delete").sees_no_link("Reset password");
    for path in ["/deletion", "/restoration", "/password", ""] {
        let fields = [("version", "1"), ("display_name", "X"), ("location", "DE"), ("replaced", "")];
        ada.post(&format!("{mia}{path}"), &fields).await;
        assert_eq!(ada.status(), StatusCode::CONFLICT, "{path}");
    }
}

#[actix_web::test]
async fn a_suspended_provider_takes_roles_away_and_gives_none() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    opens_mia(&mut ada, &alder).await;
    ada.check(BILLING).press("Save").await;
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    ada.follow("Mia Moss").await;
    ada.uncheck(BILLING).press("Save").await;
    ada.sees("is changed");
    ada.follow("Mia Moss").await;
    ada.check(BILLING).press("Save").await;
    assert_eq!(ada.status(), StatusCode::FORBIDDEN);
    ada.sees("60 days overdue.");
}

const BILLING: &str =
    "Billing adminLooks after the company’s bills in its services. Here it opens the own profile only.";

#[actix_web::test]
async fn a_reseller_changes_deletes_and_restores_them_and_gives_new_passwords() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut rita = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    let mia = opens_mia(&mut rita, &alder).await;
    rita.fill("Display name", "Mia M.").press("Save").await;
    rita.visit(&mia).await;
    rita.follow("Reset password").await;
    rita.press("Reset password").await;
    rita.sees_heading("New temporary password for mia@alder.onmicrosoft.com");
    rita.visit(&mia).await;
    rita.follow("Delete").await;
    rita.press("Yes, delete user").await;
    rita.visit(&mia).await;
    rita.press("Restore").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/activity").await;
    for deed in [
        "Add a user of a customer",
        "Change a user of a customer",
        "Reset a customer user’s password",
        "Delete a user of a customer",
        "Restore a user of a customer",
    ] {
        ada.sees_row(&["Alder", deed]);
    }
    ada.sees("Brightwater IT");
}
