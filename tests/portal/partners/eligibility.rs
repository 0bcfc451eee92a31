//! Whether a reseller can be named for something new: one answer, wherever it is asked.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{agreement_acceptances, organisations, partner_agreements};
use twotier::partners::model::Organisation;
use twotier::values::moment::Moment;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::{PlainOffer, sam_adds_juniper_hall};
use crate::support::portal::Portal;

const SUSPENDED: &str = "This reseller is suspended. Whoever runs this portal can lift that";
const UNSIGNED: &str =
    "This reseller has not accepted version 1 of the partner agreement. Its Global admin does that";

#[actix_web::test]
async fn a_suspended_reseller_administers_no_new_customer_though_a_draft_chose_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = sam_adds_juniper_hall(&portal, &brightwater).await;
    sam.press("Next: Subscriptions").await;
    sam.press("Next: Subscriptions").await;
    let draft = sam.path().replace("/subscriptions", "");
    portal.has_suspended(&brightwater, "Overdue.").await;
    sam.visit(&format!("{draft}/review")).await;
    sam.sees("The customer’s indirect reseller: This reseller is suspended.").sees_no_button("Submit");
    sam.post(&format!("{draft}/submission"), &[("version", "3"), ("mark", "x")]).await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM customers"), 0);
    sam.visit(&format!("{draft}/customer?check=yes")).await;
    sam.sees_problem("Indirect reseller (optional)", SUSPENDED);
    set_state(&portal, &brightwater, "enrolled").await;
    sam.visit(&format!("{draft}/review")).await;
    sam.press("Submit").await;
    sam.sees("Juniper Hall");
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM delegations"), 1);
}

#[actix_web::test]
async fn who_comes_back_into_good_standing_is_delegated_what_the_form_says() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = sam_adds_juniper_hall(&portal, &brightwater).await;
    portal.has_suspended(&brightwater, "Overdue.").await;
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Indirect reseller (optional)", SUSPENDED);
    let id = portal.database.texts("SELECT id AS text FROM drafts").remove(0);
    let draft = format!("/drafts/{id}");
    set_state(&portal, &brightwater, "enrolled").await;
    sam.visit(&format!("{draft}/review")).await;
    sam.press("Submit").await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM delegations"), 1);
}

#[actix_web::test]
async fn a_suspended_reseller_earns_by_no_new_order_though_it_administers_the_customer() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let customer = portal.has_customer("Juniper").await;
    portal.has_delegation(&customer, &brightwater).await;
    portal.has_offer(PlainOffer::new("Business Basic", 500)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.fill("Licenses of Business Basic", "5").press("Next: Review").await;
    sam.sees("Brightwater IT (MPN ID 4810233) earns incentives for this order.");
    let review = sam.path().to_owned();
    portal.has_suspended(&brightwater, "Overdue.").await;
    sam.press("Submit").await;
    sam.sees("Brightwater IT was to earn incentives. This reseller is suspended.").sees_no_button("Submit");
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM orders"), 0);
    sam.visit(&format!("{}?check=yes", review.replace("/review", "/subscriptions"))).await;
    sam.sees(SUSPENDED).sees_link("Partners that cannot be named now, and why");
    sam.choose("Reseller (MPN ID) for incentives", "No reseller").press("Next: Review").await;
    sam.press("Submit").await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM orders"), 1);
}

#[actix_web::test]
async fn an_unsigned_agreement_bars_a_reseller_everywhere_but_not_from_a_partnership() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let customer = portal.has_customer("Juniper").await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    publish(&portal, 1).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", brightwater.id)).await;
    sam.sees(UNSIGNED);
    let page = format!("/subscriptions/{subscription}/reseller");
    sam.visit(&page).await;
    sam.fill("Or enter an MPN ID (optional)", "4810233").press("Submit").await;
    sam.sees_problem("Or enter an MPN ID (optional)", UNSIGNED);
    let newleaf = portal.has_reseller("Newleaf", "IE", "4822915").await;
    let mut aoife = portal.browser_in(&newleaf, &[Role::GlobalAdmin]).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "a@newleaf.example").press("Save text").await;
    let link = sam.html().split("id=\"personal-link\">").nth(1).and_then(|rest| rest.split("</code>").next());
    let link = link.expect("a link").replace("<wbr>", "");
    aoife.visit(&link).await;
    aoife.sees("Your organization has not accepted version 1 of the partner agreement.");
    aoife.check("I have read what accepting means, and I consent to it for Newleaf.");
    aoife.press("Authorize indirect provider").await;
    aoife.sees("is now your indirect provider");
    accept(&portal, &brightwater).await;
    sam.visit(&page).await;
    sam.fill("Or enter an MPN ID (optional)", "4810233").press("Submit").await;
    sam.sees("The reseller (MPN ID) is set.");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn how_strangers_stand_is_told_to_nobody() {
    let portal = Portal::open().await;
    let stranger = portal.has_reseller("Stranger", "DE", "4810299").await;
    portal.has_suspended(&stranger, "Overdue.").await;
    let customer = portal.has_customer("Juniper").await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{subscription}/reseller")).await;
    sam.fill("Or enter an MPN ID (optional)", "4810299").press("Submit").await;
    sam.sees_problem("Or enter an MPN ID (optional)", "This reseller is not in partnership with you.");
}

#[actix_web::test]
async fn the_board_names_what_is_missing_and_a_reminder_goes_once_a_day() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let paused = portal.has_partner("Paused IT", "DE", "4810299").await;
    portal.has_suspended(&paused, "Overdue.").await;
    let whole = portal.has_partner("Whole IT", "DE", "4810298").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.follow("Eligibility").await;
    sam.sees_row(&["Brightwater IT", "4810233", "Nothing"]);
    sam.sees_row(&["Paused IT", "4810299", "Suspended: whoever runs this portal can lift it."]);
    publish(&portal, 1).await;
    accept(&portal, &whole).await;
    sam.choose("Show", "Something missing").press("Apply").await;
    sam.sees("Version 1 of the partner agreement: its Global admin accepts it here.")
        .sees_no_row(&["Whole IT"]);
    sam.within("Brightwater IT").press("Mail a reminder to Brightwater IT").await;
    sam.sees("The reminder is on its way to the Global admins of Brightwater IT.");
    sam.within("Brightwater IT").sees("Reminded").sees_no_button("Mail a reminder to Brightwater IT");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letter_to(&olga);
    assert!(letter.body_text.contains("/organisation/agreement"), "{}", letter.body_text);
    assert!(letter.reply_to.expect("an answer goes to the sender").as_str().starts_with("sales_agent"));
    sam.post(&format!("/resellers/{}/reminder", brightwater.id), &[]).await;
    sam.sees("No reminder was made");
    assert_eq!(portal.carry_mail().await, 0);
    sam.visit("/activity").await;
    sam.sees_row(&["Remind a reseller"]);
}

#[actix_web::test]
async fn nobody_is_reminded_who_lacks_nothing_or_is_no_partner() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let stranger = portal.has_reseller("Stranger", "DE", "4810299").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.post(&format!("/resellers/{}/reminder", brightwater.id), &[]).await;
    sam.sees("No reminder was made");
    sam.post(&format!("/resellers/{}/reminder", stranger.id), &[]).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn pressing_remind_in_many_tabs_mails_once() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    publish(&portal, 1).await;
    let sam = portal.browser_of(Role::SalesAgent).await;
    let mut tabs: Vec<_> = (0..4).map(|_| sam.clone_session()).collect();
    let path = format!("/resellers/{}/reminder", brightwater.id);
    join_all(tabs.iter_mut().map(|tab| tab.post(&path, &[]))).await;
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn a_new_version_makes_the_board_show_who_signs_again() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    publish(&portal, 1).await;
    accept(&portal, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers/eligibility?missing=yes").await;
    sam.sees("Nothing is missing");
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin: Browser = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    robin.visit("/operator/agreements/new?audience=reseller").await;
    robin.fill("Text", "Second.").press("Preview").await;
    robin.press("Yes, publish version 2").await;
    sam.reload().await;
    sam.sees_row(&["Brightwater IT", "4810233"]).sees("Version 2 of the partner agreement");
}

async fn publish(portal: &Portal, version: i32) {
    let row = (
        partner_agreements::id.eq(format!("0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a{version}")),
        partner_agreements::audience.eq("reseller"),
        partner_agreements::version.eq(version),
        partner_agreements::body.eq("You resell."),
        partner_agreements::published_by_name.eq("Robin"),
        partner_agreements::published_at.eq(Moment::now()),
    );
    let insert = move |conn: &mut twotier::db::Connection| {
        Ok(diesel::insert_into(partner_agreements::table).values(row.clone()).execute(conn)?)
    };
    portal.db.write(insert).await.expect("published");
}

async fn accept(portal: &Portal, reseller: &Organisation) {
    let email = portal.add_person(reseller, &[Role::GlobalAdmin]).await;
    let person =
        portal.database.texts(&format!("SELECT id AS text FROM people WHERE email = '{email}'")).remove(0);
    let row = (
        agreement_acceptances::organisation_id.eq(reseller.id),
        agreement_acceptances::agreement_id.eq("0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a1"),
        agreement_acceptances::person_id.eq(person),
        agreement_acceptances::person_name.eq("Olga"),
        agreement_acceptances::accepted_at.eq(Moment::now()),
    );
    let insert = move |conn: &mut twotier::db::Connection| {
        Ok(diesel::insert_into(agreement_acceptances::table).values(row.clone()).execute(conn)?)
    };
    portal.db.write(insert).await.expect("accepted");
}

async fn set_state(portal: &Portal, organisation: &Organisation, state: &'static str) {
    let id = organisation.id;
    let set = move |conn: &mut twotier::db::Connection| {
        Ok(diesel::update(organisations::table.find(&id))
            .set(organisations::state.eq(state))
            .execute(conn)?)
    };
    portal.db.write(set).await.expect("changed");
}
