//! Every list, as both kinds of files, out of the demonstration, in which every list has rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use twotier::web::csv;

use super::workbook::{Cell, about, part, rows};
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};
use crate::support::table::table as read;

/// Those who see most, each of another kind of organisation; beside them comes somebody of a customer.
const PARTNERS: [&str; 3] =
    ["global.admin@harbor.example", "owner@brightwater.example", "operator@twotier.example"];
/// Who signs in for a company, none of whose accounts is over, and that has something, of which some is to move.
const ADMIN_OF_CUSTOMER: &str = "SELECT min(people.email) AS text FROM people \
     JOIN customers ON customers.tenant_id = people.organisation_id \
     JOIN subscriptions ON subscriptions.customer_id = customers.id \
     JOIN transfers ON transfers.company_id = customers.tenant_id AND transfers.kind = 'provider' \
     WHERE people.email LIKE 'admin@%' AND people.state = 'active' AND customers.ended_at IS NULL";

/// The same of a customer that has reservations.
const ADMIN_WITH_RESERVATIONS: &str = "SELECT min(people.email) AS text FROM people \
     JOIN customers ON customers.tenant_id = people.organisation_id \
     JOIN reservations ON reservations.customer_id = customers.id \
     WHERE people.email LIKE 'admin@%' AND people.state = 'active'";

/// In days.
const SECOND: f64 = 1.0 / 86_400.0;

#[actix_web::test]
async fn every_list_reads_back_and_is_the_same_as_a_workbook() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let customer = one(&portal, "SELECT id AS text FROM customers ORDER BY id LIMIT 1");
    let handover = one(&portal, "SELECT id AS text FROM handovers ORDER BY id LIMIT 1");
    let with_codes = one(&portal, "SELECT min(provider_id) AS text FROM validation_codes");
    let batch = |of: &str| {
        let of = format!("SELECT id FROM batches WHERE customer_id {of}");
        one(&portal, &format!("SELECT min(batch_id) AS text FROM batch_rows WHERE batch_id IN ({of})"))
    };
    let (upload, existing) = (batch("IS NOT NULL"), batch("IS NULL"));
    let (mut had, mut filled) = (BTreeSet::new(), BTreeSet::new());
    let reserving = one(&portal, "SELECT min(customer_id) AS text FROM reservations");
    let admins = [ADMIN_OF_CUSTOMER, ADMIN_WITH_RESERVATIONS].map(|sql| one(&portal, sql));
    for email in PARTNERS.into_iter().chain(admins.iter().map(String::as_str)) {
        let mut browser = portal.browser();
        browser.post("/session", &[("email", email), ("password", PASSWORD), ("next", "/")]).await;
        for route in super::routes() {
            let id = match route {
                route if route.starts_with("/uploads/") => &upload,
                route if route.starts_with("/existing-customers/") => &existing,
                route if route.contains("handovers") => &handover,
                route if route.starts_with("/customers/{id}/reservations") => &reserving,
                route if route.contains("validation-codes") => &with_codes,
                _ => &customer,
            };
            let path = route.replace("{id}", id);
            let Some(written) = taken(&mut browser, &format!("{path}?format=csv")).await else { continue };
            let table = read(&written);
            let heads = table.first().expect("heads").clone();
            let again = csv::rows(table.get(1..).unwrap_or_default().to_vec()).expect("it is written");
            let whole = [csv::head(&heads).expect("heads"), again].concat();
            assert_eq!(String::from_utf8_lossy(&whole), String::from_utf8_lossy(&written), "{route}");
            let book = taken(&mut browser, &format!("{path}?format=xlsx")).await.expect("a workbook");
            // Into the Security log comes each file that is taken, that one too.
            let mut lines = rows(&book, 1);
            let grown = usize::from(route == "/security/export");
            lines.drain(1..=grown);
            is_the_same(route, &table, &lines);
            assert!(!part(&book, "xl/worksheets/sheet1.xml").contains("<f>"), "{route}");
            let told = about(&book);
            let count = (table.len() - 1 + grown).to_string();
            assert!(told.contains(&("Rows".to_owned(), count)), "{route}: {told:?}");
            had.insert(route);
            filled.extend((table.len() > 1).then_some(route));
        }
    }
    let without = |found: &BTreeSet<&str>| super::routes().filter(|route| !found.contains(route)).collect();
    let (unseen, empty): (Vec<_>, Vec<_>) = (without(&had), without(&filled));
    assert!(unseen.is_empty() && empty.is_empty(), "nobody had {unseen:?}, nobody had rows of {empty:?}");
}

fn one(portal: &Portal, sql: &str) -> String {
    portal.database.texts(sql).pop().expect("there is one")
}

/// The file, if the browser’s person may have it.
async fn taken(browser: &mut Browser, path: &str) -> Option<Vec<u8>> {
    browser.visit(path).await;
    browser.status().is_success().then(|| browser.download().bytes)
}

/// Text is the same text, and never a number; a number is the same number.
fn is_the_same(route: &str, table: &[Vec<String>], book: &[BTreeMap<usize, Cell>]) {
    assert_eq!(table.len(), book.len(), "{route}");
    for (line, row) in table.iter().zip(book) {
        for (place, written) in line.iter().enumerate() {
            match row.get(&place) {
                None => assert_eq!(written, "", "{route}"),
                Some((kind, text)) if kind == "inlineStr" => assert_eq!(text, written, "{route}"),
                Some((_, number)) => {
                    let value = |text: &str| text.parse::<f64>().expect("a number");
                    let (meant, most) = match time(written) {
                        Some(time) => (days(time), SECOND),
                        None => (value(written), 1e-9),
                    };
                    assert!((value(number) - meant).abs() < most, "{route}: {number} {written}");
                }
            }
        }
    }
}

/// A day or a time, as CSV has it.
fn time(written: &str) -> Option<NaiveDateTime> {
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN));
    day.or_else(|_| DateTime::parse_from_rfc3339(written).map(|time| time.naive_utc())).ok()
}

/// As spreadsheets count them, from the end of 1899 on.
fn days(time: NaiveDateTime) -> f64 {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day").and_time(NaiveTime::MIN);
    let (past, rest) = (time - first, time.time() - NaiveTime::MIN);
    let whole = |number: i64| f64::from(i32::try_from(number).expect("no longer than that"));
    whole(past.num_days()) + whole(rest.num_milliseconds()) / 86_400_000.0
}

#[actix_web::test]
async fn what_nobody_adds_up_stays_text_also_when_it_is_changed() {
    let portal = Portal::open().await;
    portal.has_partner("=1+1", "DE", "0810233").await;
    let mut sam = portal.browser_of(twotier::access::Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.follow("Export for Excel").await;
    let book = sam.download().bytes;
    let row = rows(&book, 1).pop().expect("a row");
    assert_eq!(row.get(&0), Some(&("inlineStr".to_owned(), "=1+1".to_owned())));
    assert_eq!(row.get(&1), Some(&("inlineStr".to_owned(), "0810233".to_owned())));
    assert_eq!(row.get(&4), Some(&("n".to_owned(), "0".to_owned())));
    // The format of text, which every workbook knows by this number.
    let styles = part(&book, "xl/styles.xml");
    assert!(styles.contains("numFmtId=\"49\"") || styles.contains("formatCode=\"@\""), "{styles}");
}

#[actix_web::test]
async fn the_last_sheet_says_who_took_what() {
    let portal = Portal::open().await;
    let partner = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(twotier::access::Role::SalesAgent).await;
    sam.visit(&format!("/customers?search=al&reseller={}&sort=-name", partner.id)).await;
    sam.follow("Export for Excel").await;
    let told = about(&sam.download().bytes);
    for (name, value) in [
        ("Installation", "Twotier"),
        ("Organization", "Harbor Distribution"),
        ("Exported by", "Sam sales_agent"),
        ("List", "Customers"),
        ("Search", "al"),
        ("Indirect reseller", "Brightwater IT"),
        ("Order", "Company name, descending"),
        ("Rows", "0"),
    ] {
        assert!(told.contains(&(name.to_owned(), value.to_owned())), "{name}: {told:?}");
    }
    // What somebody types stays one value, and becomes no line of its own.
    sam.visit("/orders/export?format=xlsx&search=1%0AExported%20by%09Somebody%20Else").await;
    let forged = about(&sam.download().bytes);
    assert_eq!(forged.iter().filter(|(name, _)| name == "Exported by").count(), 1, "{forged:?}");
    assert!(!forged.iter().any(|(_, value)| value == "Somebody Else"), "{forged:?}");
    let address = told.iter().find(|(name, _)| name == "Address of the list").map(|(_, address)| address);
    assert!(address.is_some_and(|at| at.starts_with("http://portal.example/customers?search=al&reseller=")));
    sam.visit("/customers/export?format=xlsx").await;
    let told = about(&sam.download().bytes);
    assert!(told.contains(&("Filter".to_owned(), "None: the whole list".to_owned())), "{told:?}");
}

#[actix_web::test]
async fn the_security_log_names_every_list_however_many_were_taken() {
    let portal = Portal::open().await;
    portal.has_customer("Alder").await;
    let mut gina = portal.browser_of(twotier::access::Role::GlobalAdmin).await;
    for nth in 0..21 {
        gina.visit("/resellers/export").await;
        let renamed =
            format!("UPDATE security_events SET detail = '{nth}' WHERE detail = '/resellers/export'");
        portal.database.change(&renamed);
    }
    for list in ["/customers/export", "/people/export"] {
        gina.visit(list).await;
        let kept = format!("SELECT count(*) FROM security_events WHERE detail = '{list}'");
        assert_eq!(portal.database.number(&kept), 1, "{list}");
    }
}
