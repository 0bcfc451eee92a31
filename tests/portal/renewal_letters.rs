//! Letters ahead of renewals: who gets them, what they say, and that each comes once.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::renewal_letters::model::next_after;
use twotier::values::id::{CustomerId, SubscriptionId};
use twotier::values::moment::{Moment, days_after};

use crate::support::bought::PlainSubscription;
use crate::support::portal::{ORIGIN, Portal};

const JOB: &str = "write_renewal_letters";
const PAGE: &str = "/renewals/letters";

/// Renews in so many days.
fn due_in(portal: &Portal, id: &SubscriptionId, days: u64) {
    let day = days_after(Moment::now().day(), days);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}' WHERE id = '{id}'"));
}

async fn has_due(
    portal: &Portal,
    customer: &CustomerId,
    plain: PlainSubscription,
    days: u64,
) -> SubscriptionId {
    let id = portal.has_subscription(customer, plain).await;
    due_in(portal, &id, days);
    id
}

/// The letters of this kind to an address.
fn letters_to(portal: &Portal, email: &str) -> i64 {
    let kind = "subject_kind = 'renewals_ahead'";
    portal.database.number(&format!("SELECT count(*) FROM letters WHERE {kind} AND to_email = '{email}'"))
}

#[actix_web::test]
async fn whoever_asked_reads_each_monday_what_is_ahead() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso & Søn <Ltd>").await;
    has_due(&portal, &contoso, PlainSubscription::new("Business Basic"), 5).await;
    has_due(&portal, &contoso, PlainSubscription::trial("Trial E5"), 6).await;
    has_due(&portal, &contoso, PlainSubscription::new("Enterprise E3"), 40).await;
    let day = days_after(Moment::now().day(), 2);
    portal.database.change(&format!(
        "INSERT INTO offer_prices (offer_id, currency, valid_from, monthly_minor, annual_minor)
         SELECT id, 'EUR', '{day}', 700, 8400 FROM offers WHERE name = 'Business Basic'"
    ));
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let other = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.signed_in(&email).await;
    sam.follow("Renewals").await;
    sam.follow("Letters").await;
    assert_eq!(sam.field("A letter tells what renews and ends"), "No letters");
    sam.choose("A letter tells what renews and ends", "Within 30 days").press("Save letters").await;
    sam.sees("A letter comes within the hour, and then each Monday: what renews and ends within 30 days.");
    let now = Moment::now();
    portal.does(JOB, now).await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&email);
    assert_eq!(letter.subject, "What renews and ends within 30 days");
    let text = letter.body_text.replace(['\u{2068}', '\u{2069}'], "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "Business Basic of Contoso & Søn <Ltd> renews, and one unit costs € 7.00 instead of € 5.10."
        ),
        "{text}"
    );
    assert!(text.contains("the trial Trial E5 of Contoso & Søn <Ltd> ends."), "{text}");
    assert!(!text.contains("Enterprise E3"), "{text}");
    assert!(text.contains(&format!("{ORIGIN}/renewals?within=30")), "{text}");
    // Not again on the same day, nor on any other before Monday; then once, also where Monday passed unseen.
    let monday = Moment::start_of(next_after(now.day()));
    portal.does(JOB, now.plus_seconds(7_200)).await;
    assert_eq!(letters_to(&portal, &email), 1);
    portal.does(JOB, monday.plus_days(3)).await;
    assert_eq!(letters_to(&portal, &email), 2);
    portal.does(JOB, monday.plus_days(6)).await;
    assert_eq!((letters_to(&portal, &email), letters_to(&portal, &other)), (2, 0));
    portal.does(JOB, monday.plus_days(7)).await;
    assert_eq!(letters_to(&portal, &email), 3);
}

#[actix_web::test]
async fn a_choice_is_changed_and_taken_back() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    has_due(&portal, &contoso, PlainSubscription::new("Business Basic"), 50).await;
    let email = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let mut hal = portal.signed_in(&email).await;
    hal.visit(PAGE).await;
    hal.choose("A letter tells what renews and ends", "Within 7 days").press("Save letters").await;
    let now = Moment::now();
    portal.does(JOB, now).await;
    assert_eq!(letters_to(&portal, &email), 0, "nothing is ahead");
    hal.visit(PAGE).await;
    hal.choose("A letter tells what renews and ends", "Within 60 days").press("Save letters").await;
    hal.visit(PAGE).await;
    assert_eq!(hal.field("A letter tells what renews and ends"), "Within 60 days");
    hal.press("Save letters").await;
    hal.sees("Nothing was changed");
    let monday = Moment::start_of(next_after(now.day()));
    portal.does(JOB, monday.plus_seconds(60)).await;
    assert_eq!(letters_to(&portal, &email), 1);
    hal.visit(PAGE).await;
    hal.choose("A letter tells what renews and ends", "No letters").press("Save letters").await;
    hal.sees("No letters ahead of renewals come from now on.");
    portal.does(JOB, monday.plus_days(7).plus_seconds(60)).await;
    assert_eq!(letters_to(&portal, &email), 1);
    for bad in ["8", "x", "-30"] {
        hal.stay().post(PAGE, &[("days", bad)]).await;
        assert_eq!(hal.status(), StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[actix_web::test]
async fn a_reseller_reads_of_what_names_it_and_nobody_of_more_than_the_roles_show() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let contoso = portal.has_customer("Contoso").await;
    let incentives = Some(("4810233".to_owned(), brightwater.id));
    let named = PlainSubscription { incentives, ..PlainSubscription::new("Business Basic") };
    has_due(&portal, &contoso, named, 5).await;
    has_due(&portal, &contoso, PlainSubscription::new("Secret Suite"), 5).await;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let former = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let gone = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for email in [&olga, &former, &gone] {
        let mut browser = portal.signed_in(email).await;
        browser.post(PAGE, &[("days", "30")]).await;
    }
    portal.database.change(&format!(
        "UPDATE person_roles SET role = 'billing_admin'
         WHERE person_id = (SELECT id FROM people WHERE email = '{former}')"
    ));
    portal.database.change(&format!("UPDATE people SET state = 'inactive' WHERE email = '{gone}'"));
    portal.does(JOB, Moment::now()).await;
    portal.carry_mail().await;
    let text = portal.letter_to(&olga).body_text;
    assert!(text.contains("Business Basic") && !text.contains("Secret Suite"), "{text}");
    assert_eq!((letters_to(&portal, &former), letters_to(&portal, &gone)), (0, 0));
    assert_eq!(
        portal.database.number("SELECT count(*) FROM renewal_letters"),
        2,
        "whoever is gone is forgotten"
    );
}

#[actix_web::test]
async fn a_letter_names_the_first_and_leads_to_the_rest() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for number in 0..31 {
        has_due(&portal, &contoso, PlainSubscription::new(&format!("Offer {number:02}")), number + 1).await;
    }
    let email = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    portal.signed_in(&email).await.post(PAGE, &[("days", "60")]).await;
    portal.does(JOB, Moment::now()).await;
    portal.carry_mail().await;
    let text = portal.letter_to(&email).body_text;
    assert!(text.contains("Offer 29") && !text.contains("Offer 30"), "{text}");
    assert!(text.contains("There are more. All of them stand in Renewals"), "{text}");
}
