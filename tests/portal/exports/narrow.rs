//! Lists of a few, each as its reader sees it: what partners lack, a provider's validation codes, and what a customer has.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::{Moment, months_after};

use crate::qualifications::{issues, summit};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::table::table;

/// The file behind a page's “Export as CSV”, without the heads; those must be these.
async fn file(browser: &mut Browser, heads: &[&str]) -> Vec<Vec<String>> {
    browser.follow("Export as CSV").await;
    let mut lines = table(&browser.download().bytes);
    assert_eq!(lines.remove(0), heads);
    lines
}

#[actix_web::test]
async fn what_partners_lack_is_a_file_of_all_or_of_those_that_lack_something() {
    let portal = Portal::open().await;
    let heads = ["Name", "MPN ID", "Missing", "Microsoft ID"];
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers/eligibility").await;
    sam.sees("No indirect reseller yet").sees_no_link("Export as CSV");
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let overdue = portal.has_partner("=Overdue", "DE", "4810234").await;
    portal.has_suspended(&overdue, "60 days overdue.").await;
    sam.reload().await;
    let all = file(&mut sam, &heads).await;
    let (good, bad) = (brightwater.id.to_string(), overdue.id.to_string());
    assert_eq!(
        all,
        [
            ["=Overdue", "4810234", "lifted_suspension", bad.as_str()],
            ["Brightwater IT", "4810233", "", good.as_str()]
        ]
    );
    sam.choose("Show", "Something missing").press("Apply").await;
    assert_eq!(file(&mut sam, &heads).await, all[..1]);
}

#[actix_web::test]
async fn the_validation_codes_of_a_provider_are_a_file() {
    let portal = Portal::open().await;
    let (provider, _, mut robin) = summit(&portal).await;
    let place = format!("/operator/organisations/{}/validation-codes", provider.id);
    robin.visit(&place).await;
    robin.sees("No validation codes yet").sees_no_link("Export as CSV");
    for (code, most) in [("GCC-1", "1"), ("GCC-2", "20")] {
        issues(&mut robin, &provider, (code, most)).await;
    }
    robin.visit(&place).await;
    robin.follow("Close the code GCC-1").await;
    robin.press("Close the code").await;
    let heads = [
        "Code ID",
        "Validation code",
        "State",
        "Used",
        "Number of customers",
        "Issued",
        "Issued by",
        "Closed",
        "Closed by",
    ];
    robin.visit(&place).await;
    let lines = file(&mut robin, &heads).await;
    let said = |line: &Vec<String>| [1, 2, 3, 4].map(|place| line[place].clone());
    assert_eq!(said(&lines[0]), ["GCC-2", "open", "0", "20"]);
    assert_eq!(said(&lines[1]), ["GCC-1", "closed", "0", "1"]);
    assert!(lines[0][7].is_empty() && !lines[1][7].is_empty() && lines[1][6] == lines[1][8], "{lines:?}");
    // Only providers have codes, and another kind of organisation is none.
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    robin.visit(&format!("/operator/organisations/{}/validation-codes/export", reseller.id)).await;
    assert_eq!(robin.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_customer_takes_away_what_it_has_without_prices_and_partners() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (juniper, alder) = (portal.has_customer("Juniper Hall").await, portal.has_customer("Alder").await);
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.visit("/own/subscriptions").await;
    cora.sees("No subscription yet").sees_no_link("Export as CSV");
    portal.has_subscription(&alder, PlainSubscription::new("Visio Plan")).await;
    let trial = portal.has_subscription(&juniper, PlainSubscription::trial("Trial E5")).await;
    let named = Some(("4810233".to_owned(), brightwater.id));
    let named = PlainSubscription { incentives: named, ..PlainSubscription::new("Enterprise E3") };
    let id = portal.has_subscription(&juniper, named).await;
    cora.reload().await;
    let heads =
        ["Subscription ID", "Subscription", "Nickname", "Quantity", "Unit", "Status", "Renews", "Ends"];
    let lines = file(&mut cora, &heads).await;
    let day = months_after(Moment::now().day(), 12).to_string();
    assert_eq!(
        lines,
        [
            [id.as_str(), "Enterprise E3", "", "25", "licenses", "active", &day, ""],
            [trial.as_str(), "Trial E5", "", "25", "licenses", "active", "", &day]
        ]
    );
    // Who took a file stands in the Security log, whoever it was.
    let told = "SELECT count(*) AS number FROM security_events WHERE kind = 'export' AND organisation_id = \
                (SELECT tenant_id FROM customers WHERE company_name = 'Juniper Hall')";
    assert_eq!(portal.database.number(told), 1);
}
