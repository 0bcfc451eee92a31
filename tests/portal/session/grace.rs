//! The second factor that those in charge are asked for by default, and the days that they have for it.

use twotier::access::{OrganisationKind, Role};
use twotier::config::SecondFactorRule;

use super::second_factor::set_up;
use crate::support::portal::{PASSWORD, Portal};

const EIGHT_DAYS_AGO: &str = "UPDATE people SET second_factor_asked_at = '2026-01-01 00:00:00' WHERE second_factor_asked_at IS NOT NULL";

async fn open() -> Portal {
    Portal::open_with(|site| site.second_factor = SecondFactorRule::Admins).await
}

#[actix_web::test]
async fn a_global_admin_is_told_how_many_days_are_left_and_then_sets_it_up_first() {
    let portal = open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people").await;
    gina.sees_heading("User management").sees("Set up a second factor within 7 days.");
    gina.follow("Set it up now").await;
    gina.sees_heading("Set up a second factor").sees("Add a second factor until").sees_link("Cancel");
    portal.database.change(EIGHT_DAYS_AGO);
    gina.visit("/people").await;
    gina.sees_heading("Set up a second factor").sees("Add a second factor first.").sees_no_link("Cancel");
    set_up(&mut gina).await;
    gina.visit("/people").await;
    gina.sees_heading("User management").sees_not("Set up a second factor within");
    // It stays: whoever is asked for one can replace it, not remove it.
    gina.visit("/profile/second-factor").await;
    gina.sees_no_link("Remove");
}

#[actix_web::test]
async fn the_days_count_from_the_first_page_on_and_not_anew_with_each_sign_in() {
    let portal = open().await;
    let email = portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    assert_eq!(asked(&portal), 0);
    for _ in 0..2 {
        let mut gina = portal.browser();
        super::try_password(&mut gina, &email, PASSWORD).await;
        gina.sees("Set up a second factor within");
        assert_eq!(asked(&portal), 1);
    }
    let at =
        portal.database.texts("SELECT CAST(second_factor_asked_at AS TEXT) AS text FROM people").remove(0);
    let mut gina = portal.browser();
    super::try_password(&mut gina, &email, PASSWORD).await;
    let still = portal.database.texts("SELECT CAST(second_factor_asked_at AS TEXT) AS text FROM people");
    assert_eq!(still, [at]);
}

fn asked(portal: &Portal) -> i64 {
    portal.database.number("SELECT count(*) FROM people WHERE second_factor_asked_at IS NOT NULL")
}

#[actix_web::test]
async fn everybody_of_the_operator_is_asked_and_agents_are_not() {
    let portal = open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Portal operations", "DE").await;
    let mut helen = portal.browser_in(&operator, &[Role::HelpdeskAgent]).await;
    helen.visit("/profile").await;
    helen.sees("Set up a second factor within");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/profile").await;
    sam.sees_not("Set up a second factor within");
    assert_eq!(asked(&portal), 1);
}
