//! Add existing customers: customers that a provider had before come in from a file, with what they run already.

mod choosing;
mod returning;
mod subscriptions;

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// What a new customer in Germany needs.
const HEADS: &str =
    "Company name,Primary domain name,Address line 1,City,Postal code,First name,Last name,Email address";

/// A row with all that is needed.
fn row(company: &str, domain: &str) -> String {
    format!("{company},{domain},12 Mill Lane,Hamburg,20095,Ada,Finch,ada@{domain}.example")
}

fn file(rows: &[String]) -> String {
    format!("{HEADS}\n{}\n", rows.join("\n"))
}

/// Uploads a file, and shows what it would do.
async fn uploads(browser: &mut Browser, file: impl AsRef<[u8]>) {
    // Not everybody who adds customers sees their list.
    browser.visit("/drafts").await;
    browser.follow("Add existing customers").await;
    browser.follow("Add existing customers").await;
    browser.attach("File", file).press("Show what it does").await;
}

/// Does what the portal has to do with files of customers.
pub async fn works(portal: &Portal) {
    let kinds: Vec<_> = twotier::server::chores::kinds();
    let kinds: Vec<_> = kinds.into_iter().filter(|kind| kind.name == "work_off_customers").collect();
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let done = portal.worker(&kinds, Moment::now()).work_due(&stopped).await.expect("the work is done");
    assert!(done > 0, "there was nothing to do");
    let failed = "SELECT count(*) FROM jobs WHERE kind = 'work_off_customers' AND failed_at IS NOT NULL";
    assert_eq!(portal.database.number(failed), 0, "it failed");
}

async fn applies(browser: &mut Browser, button: &str) {
    browser.press(button).await;
    browser.sees("Applied. Below stands what came of each row.");
}

fn customers(portal: &Portal) -> i64 {
    portal.database.number("SELECT count(*) FROM customers")
}

#[actix_web::test]
async fn customers_of_before_come_in_with_agreement_and_reseller() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/customers").await;
    ada.follow("Add existing customers").await;
    ada.sees("No file was sent");
    let heads = format!("{HEADS},Reseller MPN ID,Agreement accepted on,Colour");
    let alder = format!("{},4810233,2024-05-06,red", row("Alder Mill", "aldermill.onmicrosoft.com"));
    let birch = format!("{},,,blue", row("Birch & Sons", "birch"));
    uploads(&mut ada, format!("{heads}\n{alder}\n{birch}\n")).await;
    ada.sees("2 new, 0 changed, 0 the same, 0 refused.").sees("Nothing has happened yet.");
    ada.sees("This column is not known and is left out: Colour.");
    ada.sees_row(&["2", "Alder Mill", "4810233", "New"]);
    assert_eq!(customers(&portal), 0);
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("2 added, 0 changed, 0 unchanged, 0 refused.");
    ada.sees("1 customer has neither accepted the customer agreement nor been asked.");
    // The first user is there, and nobody has a password for it.
    ada.visit("/customers").await;
    ada.follow("Alder Mill").await;
    ada.follow("Account").await;
    ada.sees("12 Mill Lane").sees("Ada Finch").sees("6 May 2024");
    let mut bo = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    bo.visit("/customers").await;
    bo.sees("Alder Mill").sees_not("Birch & Sons");
    bo.visit("/activity").await;
    bo.sees("Alder Mill");
    ada.visit("/activity").await;
    ada.sees("Apply an uploaded file").sees("Finish an uploaded file").sees("Birch & Sons");
}

#[actix_web::test]
async fn those_who_have_not_accepted_are_asked_all_at_once_and_nobody_twice() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Alder", "alder"), row("Birch", "birch")])).await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("2 customers have neither accepted the customer agreement nor been asked.");
    let page = ada.path().to_owned();
    ada.press("Ask all of them by letter").await;
    ada.sees("The customers are being asked.");
    works(&portal).await;
    ada.visit(&page).await;
    ada.sees("2 customers were asked for the agreement.").sees_not("Ask all of them by letter");
    assert_eq!(portal.carry_mail().await, 2);
    let letter = portal.letter_to("ada@alder.example");
    let link = letter.body_text.split_whitespace().find(|word| word.contains("/consents/")).expect("a link");
    let mut customer = portal.browser();
    customer.visit(link).await;
    customer.sees("Alder");
    ada.visit("/activity").await;
    ada.sees("Ask many customers for the customer agreement");
}

#[actix_web::test]
async fn what_is_wrong_stands_at_the_cell_and_comes_back_as_a_file() {
    let portal = Portal::open().await;
    let other = portal.has_organisation(OrganisationKind::Provider, "Mistral Cloud", "FR").await;
    portal.has_customer_of(&other, "Taken").await;
    portal.has_customer("Ours").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let heads = format!("{HEADS},Reseller MPN ID,Agreement accepted on");
    let rows = [
        format!("{},,", row("Taken", "taken")),
        format!("{},,", row("Ours", "ours")),
        format!("{},9999999,", row("Cedar", "cedar")),
        format!("{},,2999-01-01", row("Dogwood", "dogwood")),
        "Elm,elm.example.com,,,,,,,,".to_owned(),
        "Fir,fir,,,,,,,,".to_owned(),
        format!("{},,", row("Good", "good")),
        format!("{},,", row("Good again", "good")),
    ];
    uploads(&mut ada, format!("{heads}\n{}\n", rows.join("\n"))).await;
    ada.sees("1 new, 0 changed, 1 the same, 6 refused.");
    ada.sees("This domain is taken.").sees("No location here has this MPN ID.");
    ada.sees("Customers of this portal have domains that end with .onmicrosoft.com.");
    ada.sees("The same stands in line 8, which goes first.");
    ada.sees_row(&["3", "Ours", "Same"]).sees_row(&["7", "Fir", "Refused"]);
    applies(&mut ada, "Apply 1 row").await;
    ada.sees("1 added, 0 changed, 1 unchanged, 6 refused.").sees("Done, rows refused");
    ada.follow("Refused rows as CSV").await;
    let refused = ada.download().text();
    assert_eq!(refused.lines().count(), 7, "{refused}");
    assert!(refused.lines().next().unwrap().ends_with("Status update"), "{refused}");
    assert!(refused.contains("This domain is taken"), "{refused}");
    // What came back can be sent again.
    uploads(&mut ada, refused).await;
    ada.sees("0 new, 0 changed, 1 the same, 5 refused.").sees("There is nothing to apply.");
}

#[actix_web::test]
async fn the_same_file_again_adds_nobody() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let file = file(&[row("Alder", "alder"), row("Birch", "birch")]);
    for (new, same) in [(2, 0), (0, 2)] {
        uploads(&mut ada, &file).await;
        ada.sees(&format!("{new} new, 0 changed, {same} the same, 0 refused."));
        if new > 0 {
            applies(&mut ada, "Apply 2 rows").await;
        }
    }
    ada.sees("The same file was applied on");
    assert_eq!(customers(&portal), 2);
}

#[actix_web::test]
async fn what_somebody_added_meanwhile_is_refused_as_overtaken() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Alder", "alder"), row("Birch", "birch")])).await;
    portal.has_customer("Alder").await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("1 added, 0 changed, 0 unchanged, 1 refused.");
    ada.sees("Somebody else changed something after you had read what the file does.");
}

#[actix_web::test]
async fn only_whoever_attests_may_say_when_a_customer_accepted() {
    let portal = Portal::open().await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/existing-customers/new").await;
    uma.sees("Your roles do not let you say that a customer has accepted the agreement");
    let heads = format!("{HEADS},Agreement accepted on");
    uploads(&mut uma, format!("{heads}\n{},2024-05-06\n", row("Alder", "alder"))).await;
    uma.sees("Your roles do not let you say that a customer has accepted.");
}

#[actix_web::test]
async fn files_of_another_organisation_and_of_users_are_not_there() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Alder", "alder")])).await;
    let page = ada.path().to_owned();
    let other = portal.has_organisation(OrganisationKind::Provider, "Mistral Cloud", "FR").await;
    let mut mia = portal.browser_in(&other, &[Role::AdminAgent]).await;
    for place in [page.clone(), page.replace("/existing-customers/", "/uploads/")] {
        mia.visit(&place).await;
        assert_eq!(mia.status(), StatusCode::NOT_FOUND, "{place}");
    }
    ada.visit(&page.replace("/existing-customers/", "/uploads/")).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut bo = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    bo.visit("/existing-customers").await;
    assert_eq!(bo.status(), StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn what_cannot_be_read_says_why_and_loses_nothing() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/existing-customers/new").await;
    ada.press("Show what it does").await;
    ada.sees("There are no rows with customers in it.");
    ada.fill("Or paste its text", "Company name\nAlder").press("Show what it does").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Primary domain name");
    assert!(ada.field("Or paste its text").contains("Alder"));
    ada.follow("the sample").await;
    let sample = ada.download().text();
    assert!(sample.contains("examplecompany.onmicrosoft.com"), "{sample}");
    uploads(&mut ada, sample).await;
    ada.sees("Example Company");
}

#[actix_web::test]
async fn whoever_declined_is_not_asked_again_and_a_country_elsewhere_is_refused() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(
        &mut ada,
        format!("{HEADS},Country\n{},DE\n{},JP\n", row("Alder", "alder"), row("Birch", "birch")),
    )
    .await;
    ada.sees("1 new, 0 changed, 0 the same, 1 refused.").sees("You sell inside your own region only.");
    applies(&mut ada, "Apply 1 row").await;
    let page = ada.path().to_owned();
    ada.press("Ask all of them by letter").await;
    works(&portal).await;
    portal.carry_mail().await;
    let letter = portal.letter_to("ada@alder.example");
    let link = letter.body_text.split_whitespace().find(|word| word.contains("/consents/")).expect("a link");
    let mut customer = portal.browser();
    customer.visit(link).await;
    customer.fill("Reason", "We go elsewhere.").press("Decline").await;
    ada.visit(&page).await;
    ada.sees_not("Ask all of them by letter");
}
