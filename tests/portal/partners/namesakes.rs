//! Two organizations of one name: allowed, but told to whoever runs the portal, and told apart wherever one chooses.

use twotier::access::{OrganisationKind, Role};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const TOLD: &str = "SELECT count(*) FROM letters WHERE subject_kind = 'namesake'";

async fn with_operator(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    portal.browser_in(&operator, &[Role::GlobalAdmin]).await
}

async fn rename(browser: &mut Browser, name: &str) {
    browser.visit("/organisation/profile").await;
    browser.fill("Legal name", name).press("Save").await;
}

#[actix_web::test]
async fn whoever_takes_anothers_name_is_told_of_however_it_is_written() {
    let portal = Portal::open().await;
    let mut robin = with_operator(&portal).await;
    portal.has_reseller("Müller IT", "DE", "4810233").await;
    let other = portal.has_reseller("Alder IT", "AT", "4810299").await;
    let mut ada = portal.browser_in(&other, &[Role::GlobalAdmin]).await;
    fill_profile(&mut ada).await;
    robin.visit("/operator/organisations").await;
    robin.sees_not("Another organization has this name");
    rename(&mut ada, "MULLER  it").await;
    ada.sees("The organization profile is changed.");
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("a letter");
    assert_eq!(letter.subject, "Alder IT now has a name that another organization has: MULLER it");
    assert!(letter.to_email.as_str().starts_with("global_admin."), "{}", letter.to_email);
    for body in [&letter.body_text, &letter.body_html] {
        assert!(body.contains("Müller IT, Germany, MPN ID 4810233"), "{body}");
    }
    robin.visit("/activity").await;
    robin.sees_row(&["Called like", "Müller IT"]);
    robin.visit("/operator/organisations").await;
    robin.sees_row(&["MULLER it Another organization has this name; this one has MPN ID 4810299"]);
    robin.sees_row(&["Müller IT Another organization has this name; this one has MPN ID 4810233"]);
    robin.follow("Müller IT").await;
    robin.sees("Other organizations have this name, too.").sees_link("MULLER it");
    // The same name written otherwise is not told again.
    rename(&mut ada, "Muller It").await;
    assert_eq!(portal.database.number(TOLD), 1);
    rename(&mut ada, "Alder IT").await;
    assert_eq!(portal.database.number(TOLD), 1);
    robin.visit("/operator/organisations").await;
    robin.sees_not("Another organization has this name");
}

#[actix_web::test]
async fn without_an_operator_a_name_is_changed_all_the_same() {
    let portal = Portal::open().await;
    portal.has_reseller("Birch IT", "DE", "4810233").await;
    let other = portal.has_reseller("Alder IT", "AT", "4810299").await;
    let mut ada = portal.browser_in(&other, &[Role::GlobalAdmin]).await;
    fill_profile(&mut ada).await;
    rename(&mut ada, "Birch IT").await;
    ada.sees("The organization profile is changed.");
    assert_eq!(portal.database.number(TOLD), 0);
}

#[actix_web::test]
async fn namesakes_show_their_mpn_ids_where_a_support_contact_is_chosen() {
    let portal = Portal::open().await;
    let birch = portal.has_partner("Birch IT", "DE", "4810233").await;
    let alder = portal.has_partner("Alder IT", "DE", "4810244").await;
    portal.has_reseller("birch it", "AT", "4810299").await;
    let customer = portal.has_customer("Juniper").await;
    portal.has_delegation(&customer, &birch).await;
    portal.has_delegation(&customer, &alder).await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{subscription}")).await;
    sam.choose("Designated support contact", "Birch IT (MPN ID 4810233)");
    sam.choose("Designated support contact", "Alder IT");
}

async fn fill_profile(browser: &mut Browser) {
    browser.visit("/organisation/profile").await;
    browser.fill("Address line 1", "12 Mill Lane").fill("City", "Vienna").fill("ZIP/Postal code", "1010");
    browser.fill("First name", "Bo").fill("Last name", "Reed");
    browser.fill("Email address", "bo@alder.example").fill("Support email address", "help@alder.example");
    browser.press("Save").await;
}
