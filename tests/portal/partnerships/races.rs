//! Several at once: one partnership, one letter, and a friendly answer for the others.

use futures_util::future::join_all;
use twotier::access::Role;

use super::{asked, drafted, owner};
use crate::support::portal::{ORIGIN, Portal};

const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";

#[actix_web::test]
async fn accepting_in_two_tabs_makes_one_partnership_and_both_read_that_it_holds() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(&portal, &brightwater).await;
    let mut tab = olga.clone_session();
    for browser in [&mut olga, &mut tab] {
        browser.visit(&link).await;
        browser.check(CONSENT);
    }
    for browser in [&mut olga, &mut tab] {
        browser.press("Authorize indirect provider").await;
        let said = browser.text();
        assert!(
            said.contains("is now your indirect provider") || said.contains("You have accepted already"),
            "{said}"
        );
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 1);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn accepting_at_the_same_time_makes_one_partnership() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olgas = Vec::new();
    for role in [Role::AdminAgent, Role::GlobalAdmin, Role::AdminAgent, Role::AdminAgent] {
        let mut olga = portal.browser_in(&brightwater, &[role]).await;
        olga.visit(&link).await;
        olga.check(CONSENT);
        olgas.push(olga);
    }
    join_all(olgas.iter_mut().map(|olga| olga.press("Authorize indirect provider"))).await;
    for olga in &olgas {
        let said = olga.text();
        let is_friendly = [
            "is now your indirect provider",
            "already is your indirect provider",
            "You have accepted already",
        ]
        .iter()
        .any(|words| said.contains(words));
        assert!(is_friendly, "{said}");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships WHERE state = 'active'"), 1);
    let made = "SELECT count(*) FROM activity_records WHERE action = 'create_partner_relationship' AND result = 'succeeded'";
    assert_eq!(portal.database.number(made), 2);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn of_two_resellers_with_one_link_one_becomes_partner() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut browsers = Vec::new();
    for (name, mpn_id) in [("Brightwater IT", "4810233"), ("Alder IT", "5550004"), ("Birch IT", "5550005")] {
        let reseller = portal.has_reseller(name, "DE", mpn_id).await;
        let mut browser = owner(&portal, &reseller).await;
        browser.visit(&link).await;
        browser.check(&CONSENT.replace("Brightwater IT", name));
        browsers.push(browser);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Authorize indirect provider"))).await;
    let won =
        browsers.iter().filter(|browser| browser.text().contains("is now your indirect provider")).count();
    let lost = browsers.iter().filter(|browser| browser.text().contains("This link has been used")).count();
    assert_eq!((won, lost), (1, 2));
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 1);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn accepting_and_declining_at_once_has_one_outcome() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut yes = owner(&portal, &brightwater).await;
    let mut no = owner(&portal, &brightwater).await;
    yes.visit(&link).await;
    yes.check(CONSENT);
    no.visit(&link).await;
    no.fill("Reason", "Not now.");
    join_all([&mut yes, &mut no].map(|browser| {
        let button =
            if browser.field("Reason").is_empty() { "Authorize indirect provider" } else { "Decline" };
        browser.press(button)
    }))
    .await;
    let made = portal.database.number("SELECT count(*) FROM partnerships");
    let declined =
        portal.database.number("SELECT count(*) FROM partnership_requests WHERE state = 'declined'");
    assert_eq!(made + declined, 1);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn sending_twice_at_once_sends_one_letter() {
    let portal = Portal::open().await;
    let sam = drafted(&portal).await;
    let path = sam.path().to_owned();
    let mut tabs: Vec<_> = (0..4).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&path).await;
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Send"))).await;
    assert_eq!(portal.carry_mail().await, 1);
    assert!(tabs.iter().all(|tab| tab.text().contains("Partnership request to")));
    assert!(portal.letters()[0].body_text.contains(ORIGIN));
}
