//! The mailed link: what it shows to whom, and the answers.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{locations, organisations};
use twotier::partners::model::Organisation;

use super::{OLGA, asked, brightwater_opens, expire_all, owner};
use crate::support::portal::{PASSWORD, Portal};

const ACCEPT: &str = "Authorize indirect provider";
const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";

#[actix_web::test]
async fn somebody_signs_in_comes_back_and_authorizes_the_provider() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let email = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading("Harbor Distribution asks for a partnership").sees("Asked by Sam sales_agent");
    olga.sees("What accepting means")
        .sees("You can answer until")
        .sees("No account yet?")
        .sees("Whoever runs this portal enrolls them")
        .sees_no_button(ACCEPT);
    assert_eq!(olga.header("x-robots-tag"), Some("noindex, nofollow"));
    assert_eq!(olga.header("referrer-policy"), Some("same-origin"));
    assert_eq!(olga.header("cache-control"), Some("private, no-store"));
    olga.follow("Sign in").await;
    olga.fill("Email address", &email).fill("Password", PASSWORD).press("Sign in").await;
    olga.sees_heading("Harbor Distribution asks for a partnership")
        .sees("Main office, Hamburg · MPN ID 4810233");
    olga.press(ACCEPT).await;
    olga.sees("Consent: Tick this to go on.");
    assert_eq!(olga.status(), StatusCode::UNPROCESSABLE_ENTITY);
    olga.check(CONSENT).press(ACCEPT).await;
    olga.sees_heading("Indirect providers").sees("Harbor Distribution is now your indirect provider");
    olga.sees_row(&["Harbor Distribution", "Germany", "4810233", "0"]);
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letters().pop().expect("a letter");
    assert_eq!(letter.subject, "Brightwater IT accepted your partnership request");
    assert!(letter.to_email.as_str().starts_with("sales_agent."));
    assert!(letter.body_text.contains("MPN ID 4810233") && letter.body_html.contains("MPN ID 4810233"));
    sam.visit("/resellers").await;
    sam.sees_row(&["Brightwater IT", "4810233", "Germany", "0", "Add new customer"]);
    sam.visit("/partnership-requests?state=accepted").await;
    sam.sees_row(&[OLGA, "Accepted"]);
    sam.follow(OLGA).await;
    sam.sees("Brightwater IT accepted.").sees("Letter about the answer").sees("Sam admin_agent");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'create_partner_relationship' AND result = 'succeeded'";
    assert_eq!(portal.database.number(records), 2, "one in each log");
}

#[actix_web::test]
async fn a_link_works_with_the_end_of_its_sentence() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(&portal, &brightwater).await;
    for behind in [").", "%22", "%20", "%E2%80%8B"] {
        olga.visit(&format!("{link}{behind}")).await;
        olga.sees_button(ACCEPT);
    }
}

#[actix_web::test]
async fn whoever_enrolls_because_of_a_request_reads_whose_it_is() {
    let portal = Portal::open().await;
    portal.has_organisation(OrganisationKind::Operator, "Twotier operator", "DE").await;
    let (_, link) = asked(&portal).await;
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.follow("Enroll as an indirect reseller").await;
    olga.sees("Harbor Distribution asks you for a partnership.");
}

#[actix_web::test]
async fn a_suspended_reseller_can_only_decline() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(&portal, &brightwater).await;
    portal.has_suspended(&brightwater, "Overdue.").await;
    olga.visit(&link).await;
    olga.sees("Brightwater IT cannot accept now").sees("Overdue.").sees_no_button(ACCEPT);
    olga.fill("Reason", "Not at the moment.").press("Decline").await;
    olga.sees("You declined. Harbor Distribution is told by mail.");
    sam.visit("/partnership-requests?state=declined").await;
    sam.sees_row(&[OLGA, "Declined"]);
}

#[actix_web::test]
async fn looking_changes_nothing() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(&portal, &brightwater).await;
    for _ in 0..3 {
        olga.visit(&link).await;
        olga.sees_button(ACCEPT);
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 0);
    assert_eq!(portal.database.number("SELECT version FROM partnership_requests"), 2, "made and sent");
}

#[actix_web::test]
async fn a_location_is_chosen_where_there_are_several_but_never_the_head_office() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    portal.has_location(&brightwater, "Berlin", "4810247").await;
    let head = portal.has_location(&brightwater, "Head office", "4810200").await;
    portal
        .query(|conn| {
            let head = locations::table.filter(locations::mpn_id.eq("4810200"));
            diesel::update(head).set(locations::is_head_office.eq(true)).execute(conn)?;
            Ok(())
        })
        .await;
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit(&link).await;
    olga.sees_not("4810200");
    olga.check(CONSENT).press(ACCEPT).await;
    olga.sees_problem("Location", "Choose the location.");
    assert_eq!(olga.field(CONSENT), "on");
    let acceptance = format!("{link}/acceptance");
    let path = acceptance.trim_start_matches(crate::support::portal::ORIGIN).to_owned();
    for tampered in [head.to_string(), "nonsense\0".to_owned(), "1".to_owned()] {
        olga.post(&path, &[("consent", "yes"), ("location", &tampered)]).await;
        olga.sees_problem("Location", "Choose one from the list.");
    }
    olga.choose("Location", "Berlin, Hamburg · MPN ID 4810247").check(CONSENT).press(ACCEPT).await;
    olga.sees_row(&["Harbor Distribution", "4810247"]);
    sam.visit("/resellers").await;
    sam.sees_row(&["Brightwater IT", "4810247"]);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_request_is_declined_with_a_reason() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.press("Decline").await;
    olga.sees_problem("Reason", "Enter the reason.");
    olga.fill("Reason", "We have a provider <already>.\nThank you.").press("Decline").await;
    olga.sees_heading("Indirect providers").sees("You declined. Harbor Distribution is told by mail.");
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("a letter");
    assert_eq!(letter.subject, "Brightwater IT declined your partnership request");
    assert!(letter.body_text.contains("We have a provider <already>.\nThank you."));
    assert!(letter.body_html.contains("&#60;already&#62;.<br>Thank you."), "{}", letter.body_html);
    sam.visit("/partnership-requests?state=declined").await;
    sam.follow(OLGA).await;
    sam.sees("Brightwater IT declined.").sees("We have a provider <already>.").sees_no_button("Resend");
    olga.visit(&link).await;
    olga.sees_heading("This request was declined");
    assert_eq!(olga.status(), StatusCode::GONE);
    let records = "SELECT count(*) FROM activity_records WHERE action = 'decline_partnership'";
    assert_eq!(portal.database.number(records), 2, "one in each log");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 0);
}

#[actix_web::test]
async fn everybody_who_cannot_accept_reads_why() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    sam.visit(&link).await;
    sam.sees_heading("This is your own request");
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let abroad = portal.has_reseller("Kiwi Cloud", "NZ", "5550001").await;
    let homeless = portal.has_organisation(OrganisationKind::Reseller, "Homeless IT", "DE").await;
    let enrolling = portal.has_reseller("Enrolling IT", "DE", "5550003").await;
    set_state(&portal, &enrolling, "enrolling").await;
    for (organisation, heading) in [
        (&summit, "Only an indirect reseller can accept"),
        (&operator, "Only an indirect reseller can accept"),
        (&abroad, "The provider is in another region"),
        (&homeless, "A location is missing"),
        (&enrolling, "Your organization is not enrolled yet"),
    ] {
        let mut somebody = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        somebody.visit(&link).await;
        somebody.sees_heading(heading).sees_no_button(ACCEPT);
        assert_eq!(somebody.status(), StatusCode::FORBIDDEN, "{heading}");
        let path = format!("{}/acceptance", somebody.path());
        somebody.post(&path, &[("consent", "yes"), ("location", "x")]).await;
        assert_eq!(somebody.status(), StatusCode::FORBIDDEN, "{heading}");
    }
    let partner = portal.has_partner("Alder IT", "DE", "5550004").await;
    let mut alder = owner(&portal, &partner).await;
    alder.visit(&link).await;
    alder.sees_heading("You are partners already");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 1, "the one that was there");
}

#[actix_web::test]
async fn who_lacks_the_right_reads_which_role_and_which_colleague_has_it() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut rita = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    rita.visit(&link).await;
    rita.sees("Global admin, Admin agent").sees("Nobody in your organization has one");
    portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    rita.reload().await;
    rita.sees("Somebody else has to answer").sees("Sam global_admin").sees_no_button(ACCEPT);
    for answer in ["acceptance", "refusal"] {
        let path = format!("{}/{answer}", rita.path());
        rita.post(&path, &[("consent", "yes"), ("reason", "No")]).await;
        assert_eq!(rita.status(), StatusCode::FORBIDDEN);
        rita.visit(&link).await;
    }
}

#[actix_web::test]
async fn a_link_that_no_longer_holds_says_so() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.check(CONSENT);
    expire_all(&portal).await;
    olga.press(ACCEPT).await;
    olga.sees_heading("This link has expired").sees("ask Sam sales_agent");
    assert_eq!(olga.status(), StatusCode::GONE);
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 0);
    for unknown in ["x", "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4", "%00", &"A".repeat(43), &"a".repeat(3000)] {
        olga.visit(&format!("/partnerships/{unknown}")).await;
        olga.sees_heading("This link is not known");
        assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    }
}

#[actix_web::test]
async fn a_used_link_brings_no_removed_partnership_back() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    let mut late = olga.clone_session();
    late.visit(&link).await;
    olga.check(CONSENT).press(ACCEPT).await;
    let mut ada = portal.browser_of(twotier::access::Role::AdminAgent).await;
    ada.visit("/resellers").await;
    ada.follow("Remove partnership").await;
    ada.press("Yes, remove partnership").await;
    olga.visit(&link).await;
    olga.sees_heading("The partnership has ended");
    assert_eq!(olga.status(), StatusCode::GONE);
    late.check(CONSENT).press(ACCEPT).await;
    late.sees_heading("The partnership has ended");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships WHERE state = 'active'"), 0);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_used_link_is_good_for_nobody_else() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.check(CONSENT).press(ACCEPT).await;
    olga.visit(&link).await;
    olga.sees_heading("You have accepted already");
    olga.follow("See your indirect providers").await;
    let alder = portal.has_reseller("Alder IT", "DE", "5550004").await;
    let mut other = owner(&portal, &alder).await;
    for browser in [&mut other, &mut portal.browser()] {
        browser.visit(&link).await;
        browser.sees_heading("This link has been used").sees_not("Brightwater");
        assert_eq!(browser.status(), StatusCode::GONE);
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn what_cannot_be_a_link_is_not_found_whatever_is_sent_to_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(&portal, &brightwater).await;
    for path in ["a%0Ab", "a%01", "nonsense"] {
        olga.visit(&format!("/partnerships/{path}")).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{path}");
        for answer in ["acceptance", "refusal"] {
            olga.post(&format!("/partnerships/{path}/{answer}"), &[("consent", "yes"), ("reason", "No")])
                .await;
            assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{path}/{answer}");
        }
    }
}

async fn set_state(portal: &Portal, organisation: &Organisation, state: &'static str) {
    let id = organisation.id;
    portal
        .query(move |conn| {
            let one = organisations::table.filter(organisations::id.eq(&id));
            diesel::update(one).set(organisations::state.eq(state)).execute(conn)?;
            Ok(())
        })
        .await;
}
