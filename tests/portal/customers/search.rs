//! Finding a customer by what a keyboard can type, and the order of the list.

use twotier::access::Role;

use super::names;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const SEARCH: &str = "Search name, domain or Microsoft ID";

#[actix_web::test]
async fn what_people_type_finds_what_is_written() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let written = [
        "Ångström AB",
        "Jaskółka Sp. z o.o.",
        "Ärger & Söhne",
        "Straßenbau Ost",
        "İstanbul Ticaret",
        "ＸＹＺ商事",
        "ガス工業",
        "ΑΘΉΝΑ Α.Ε.",
        "Королёв",
        "Nguyễn Huệ",
    ];
    for (number, name) in written.iter().enumerate() {
        let domain = format!("d{number}.onmicrosoft.com");
        let customer = portal.has_customer_at(&portal.harbor, name, &domain).await;
        portal.has_delegation(&customer, &reseller).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut olga = portal.browser_in(&reseller, &[Role::SalesAgent]).await;
    for (typed, name) in [
        ("angstrom", "Ångström AB"),
        ("A\u{30a}NGSTRO\u{308}M", "Ångström AB"),
        ("ån", "Ångström AB"),
        ("jaskolka", "Jaskółka Sp. z o.o."),
        ("ARGER", "Ärger & Söhne"),
        ("sohne", "Ärger & Söhne"),
        ("STRASSENBAU", "Straßenbau Ost"),
        ("istanbul", "İstanbul Ticaret"),
        ("xyz", "ＸＹＺ商事"),
        ("商事", "ＸＹＺ商事"),
        ("商", "ＸＹＺ商事"),
        ("ｶﾞｽ", "ガス工業"),
        ("工業", "ガス工業"),
        ("αθηνα", "ΑΘΉΝΑ Α.Ε."),
        ("КОРОЛЕВ", "Королёв"),
        ("nguyen hue", "Nguyễn Huệ"),
    ] {
        for browser in [&mut sam, &mut olga] {
            search(browser, typed).await;
            assert_eq!(names(browser), [name], "{typed}");
        }
    }
    search(&mut sam, "カス").await;
    sam.sees_heading("No customer matches");
}

#[actix_web::test]
async fn names_stand_among_those_of_their_letter() {
    let portal = Portal::open().await;
    let added = ["Zeta", "ÖBB", "Olsen", "Omega", "Sander", "Škoda", "Stahl", "ångstrom", "Alder"];
    for (number, name) in added.iter().enumerate() {
        portal.has_customer_at(&portal.harbor, name, &format!("d{number}.onmicrosoft.com")).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    let expected = ["Alder", "ångstrom", "ÖBB", "Olsen", "Omega", "Sander", "Škoda", "Stahl", "Zeta"];
    assert_eq!(names(&sam), expected);
}

async fn search(browser: &mut Browser, typed: &str) {
    browser.visit("/customers").await;
    browser.fill(SEARCH, typed).press("Apply").await;
}
