//! What customers run already.

use twotier::access::Role;

use super::{HEADS, applies, customers, row, uploads};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

fn heads() -> String {
    format!("{HEADS},Offer,Quantity,Billing,Starts on,Renews on,Incentives MPN ID")
}

/// In which year the next first of March is.
fn next_first_of_march() -> i32 {
    use chrono::Datelike as _;
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Berlin).date_naive();
    if today.month() < 3 { today.year() } else { today.year() + 1 }
}

#[actix_web::test]
async fn what_runs_already_is_brought_along_and_nothing_is_ordered() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 500)).await;
    let mail = PlainOffer { is_add_on: true, needs: vec![suite], ..PlainOffer::new("Mail archive", 100) };
    portal.has_offer(mail).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let rows = [
        format!("{},suite,25,monthly,2024-03-01,,4810233", row("Alder", "alder")),
        "Alder,alder,,,,,,,Mail archive,25,,,,".to_owned(),
        "Alder,alder,,,,,,,Nothing,25,,,,".to_owned(),
        "Alder,alder,,,,,,,Suite,0,,,,".to_owned(),
    ];
    let file = format!("{}\n{}\n", heads(), rows.join("\n"));
    uploads(&mut ada, &file).await;
    ada.sees("1 new, 1 changed, 0 the same, 2 refused.");
    let renews = format!("renewing on 1 Mar {}", next_first_of_march());
    ada.sees(&format!("Brings along Suite × 25, from 1 Mar 2024, {renews}")).sees("€ 125.00 a month");
    // An add-on renews with its base.
    ada.sees_row(&["3", "Brings along Mail archive × 25, from"]).sees(&format!("{renews}, € 25.00 a month"));
    ada.sees("Nothing in the catalog is called Nothing.");
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("1 added, 1 changed, 0 unchanged, 2 refused.");
    ada.visit("/customers").await;
    ada.follow("Alder").await;
    ada.follow("Subscriptions").await;
    ada.sees_row(&["Suite", "25"]).sees_row(&["Mail archive", "25"]);
    ada.follow("Orders of this customer").await;
    ada.sees("Brought along");
    let order = portal.database.texts("SELECT id AS text FROM orders ORDER BY number").remove(0);
    ada.visit(&format!("/orders/{order}")).await;
    ada.sees("Nothing was ordered, and nothing can be cancelled here").sees_not("Cancel order");
    // Its reseller earns from now on, and knows.
    let mut bo = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    bo.visit("/subscriptions").await;
    bo.sees_row(&["Suite", "Alder"]);
    // The same file again brings nothing twice.
    uploads(&mut ada, &file).await;
    ada.sees("0 new, 0 changed, 2 the same, 2 refused.");
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions"), 2);
}

#[actix_web::test]
async fn a_customer_who_is_there_gets_what_it_has_and_no_other_quantity_of_it() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 500)).await;
    portal.has_customer("Ours").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let heads = "Company name,Primary domain name,Offer,Quantity,Starts on";
    uploads(&mut ada, format!("{heads}\nOurs,ours,Suite,5,2025-01-02\n")).await;
    ada.sees("0 new, 1 changed, 0 the same, 0 refused.");
    applies(&mut ada, "Apply 1 row").await;
    uploads(&mut ada, format!("{heads}\nOurs,ours,Suite,7,2025-01-02\n")).await;
    ada.sees("The customer has this subscription already, with a quantity of 5.");
    assert_eq!(customers(&portal), 1);
}

#[actix_web::test]
async fn without_its_base_an_add_on_stays_behind_and_so_does_what_is_of_nobody() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 500)).await;
    let mail = PlainOffer { is_add_on: true, needs: vec![suite], ..PlainOffer::new("Mail archive", 100) };
    portal.has_offer(mail).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let add_on = format!("{},Mail archive,2,,,,", row("Alder", "alder"));
    uploads(&mut ada, format!("{}\n{add_on}\n", heads())).await;
    ada.sees("This is an add-on, and the customer has none of these: Suite.");
    // The customer itself is left out by choice; what hangs on it, too.
    portal.has_customer("Birch").await;
    let rows = [format!("{},,,,,,", row("Birch", "birch2")), "Birch,birch2,,,,,,,Suite,3,,,,".to_owned()];
    uploads(&mut ada, format!("{}\n{}\n", heads(), rows.join("\n"))).await;
    ada.press("Leave all of them out").await;
    applies(&mut ada, "Apply 1 row").await;
    ada.sees("The customer was not added, so nothing could be brought along.");
    assert_eq!(customers(&portal), 1);
}

#[actix_web::test]
async fn two_who_send_the_same_file_bring_everything_once() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 500)).await;
    portal.has_offer(PlainOffer::new("Mail", 100)).await;
    portal.has_customer("Ours").await;
    let rows = [
        format!("{},Suite,5,,2025-01-02,,", row("Alder", "alder")),
        "Alder,alder,,,,,,,Mail,5,,,,".to_owned(),
        "Ours,ours,,,,,,,Suite,7,,,,".to_owned(),
        "Ours,ours,,,,,,,Suite,7,,2025-03-04,,".to_owned(),
    ];
    let file = format!("{}\n{}\n", heads(), rows.join("\n"));
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let mut ben = portal.browser_of(Role::SalesAgent).await;
    for browser in [&mut ada, &mut ben] {
        uploads(browser, &file).await;
        browser.sees("1 new, 3 changed, 0 the same, 0 refused.");
    }
    applies(&mut ada, "Apply 4 rows").await;
    ada.sees("1 added, 3 changed");
    applies(&mut ben, "Apply 4 rows").await;
    ben.sees("0 added, 0 changed, 3 unchanged, 1 refused.");
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions"), 4);
    uploads(&mut ben, &file).await;
    ben.sees("0 new, 0 changed, 4 the same, 0 refused.");
}

#[actix_web::test]
async fn whoever_may_not_order_brings_nothing_along() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 500)).await;
    portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    let rows =
        [format!("{},Suite,5,,,,4810233", row("Alder", "alder")), format!("{},,,,,,", row("Birch", "birch"))];
    uploads(&mut uma, format!("{}\n{}\n", heads(), rows.join("\n"))).await;
    uma.sees("1 new, 0 changed, 0 the same, 1 refused.");
    uma.sees("Your roles do not let you order for customers, nor bring along what they have.");
}

#[actix_web::test]
async fn a_renewal_lies_within_the_term() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer { term_months: 1, ..PlainOffer::new("Suite", 500) }).await;
    portal.has_customer("Ours").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let later = (chrono::Utc::now().date_naive() + chrono::Days::new(300)).to_string();
    let rows = [
        format!("Ours,ours,,,,,,,Suite,7,,,{later},"),
        "Ours,ours,,,,,,,Suite,7,,,2020-01-01,".to_owned(),
        "Ours,ours,,,,,,,Suite,7,annually or so,,,".to_owned(),
        "Ours,ours,,,,,,,,7,,,,".to_owned(),
    ];
    uploads(&mut ada, format!("{}\n{}\n", heads(), rows.join("\n"))).await;
    ada.sees("0 new, 0 changed, 0 the same, 4 refused.");
    ada.sees("The term of this offer is shorter")
        .sees("Write a day after today")
        .sees("Write monthly or annual.");
}
