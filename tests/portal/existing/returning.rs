//! Taking a file of customers back.

use twotier::access::Role;

use super::{HEADS, applies, customers, file, row, uploads, works};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

async fn takes_back(portal: &Portal, browser: &mut Browser, button: &str) {
    browser.follow(button).await;
    browser.press(button).await;
    works(portal).await;
    browser.reload().await;
}

#[actix_web::test]
async fn what_nobody_built_on_is_as_if_it_had_never_been_and_the_file_can_be_sent_again() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 500)).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_customer("Ours").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let heads = format!("{HEADS},Reseller MPN ID,Agreement accepted on,Offer,Quantity,Incentives MPN ID");
    let rows = [
        format!("{},4810233,2024-05-06,Suite,5,4810233", row("Alder", "alder")),
        "Ours,ours,,,,,,,,,Suite,7,".to_owned(),
    ];
    let file = format!("{heads}\n{}\n", rows.join("\n"));
    let tables =
        ["organisations", "people", "customer_users", "delegations", "customer_acceptances", "orders"];
    let count = |table: &str| portal.database.number(&format!("SELECT count(*) FROM {table}"));
    let before: Vec<i64> = tables.iter().map(|table| count(table)).collect();
    for _ in 0..2 {
        uploads(&mut ada, &file).await;
        ada.sees("1 new, 1 changed, 0 the same, 0 refused.");
        applies(&mut ada, "Apply 2 rows").await;
        assert_eq!(customers(&portal), 2);
        takes_back(&portal, &mut ada, "Take back").await;
        ada.sees("2 rows were taken back.").sees_row(&["2", "Taken back"]).sees_row(&["3", "Taken back"]);
        let after: Vec<i64> = tables.iter().map(|table| count(table)).collect();
        assert_eq!((customers(&portal), &after), (1, &before), "{tables:?}");
    }
    let mut bo = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    bo.visit("/customers").await;
    bo.sees_not("Alder");
    bo.visit("/activity").await;
    bo.sees("Take an added customer back");
    ada.visit("/activity").await;
    ada.sees("Take an added customer back").sees("Take a subscription back that was brought along");
}

#[actix_web::test]
async fn what_was_built_on_is_told_row_by_row_and_the_others_can_go() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let rows =
        [row("Alder", "alder"), row("Birch", "birch"), row("Cedar", "cedar"), row("Dogwood", "dogwood")];
    uploads(&mut ada, file(&rows)).await;
    applies(&mut ada, "Apply 4 rows").await;
    let page = ada.path().to_owned();
    ada.visit("/customers").await;
    ada.follow("Alder").await;
    ada.follow("Account").await;
    ada.follow("Update company and bill-to info").await;
    ada.fill("Company name", "Alder & Co").press("Save").await;
    ada.visit("/customers").await;
    ada.follow("Birch").await;
    ada.follow("Users and licenses").await;
    ada.follow("Add user").await;
    ada.fill("Display name", "Bea").fill("User name", "bea").press("Add").await;
    ada.visit("/customers").await;
    ada.follow("Cedar").await;
    ada.follow("Users and licenses").await;
    ada.follow("Ada Finch").await;
    ada.follow("Reset password").await;
    ada.press("Reset password").await;
    ada.visit(&page).await;
    takes_back(&portal, &mut ada, "Take back").await;
    ada.sees("Nothing was taken back: something was built on 3 rows.");
    assert_eq!(customers(&portal), 4);
    ada.sees_row(&["2", "Stays: the customer, who administers it, or a subscription was changed since."]);
    ada.sees_row(&["3", "Stays: something was done for the customer since"]);
    ada.sees_row(&["4", "Stays: the first user was given a password"]);
    takes_back(&portal, &mut ada, "Take the others back").await;
    ada.sees("1 row was taken back.").sees("3 rows stay");
    assert_eq!(customers(&portal), 3);
}

#[actix_web::test]
async fn a_base_goes_with_its_add_ons_and_whoever_earned_is_told() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 500)).await;
    let mail = PlainOffer { is_add_on: true, needs: vec![suite], ..PlainOffer::new("Mail archive", 100) };
    portal.has_offer(mail).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_customer("Ours").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let file = "Company name,Primary domain name,Offer,Quantity,Incentives MPN ID\n\
        Ours,ours,Suite,7,4810233\nOurs,ours,Mail archive,7,\n";
    uploads(&mut ada, file).await;
    applies(&mut ada, "Apply 2 rows").await;
    takes_back(&portal, &mut ada, "Take back").await;
    ada.sees("2 rows were taken back.");
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions"), 0);
    let mut bo = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    bo.visit("/activity").await;
    bo.sees("Suite").sees("4810233");
}
