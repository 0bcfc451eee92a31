//! Export for Excel.

use std::io::{Cursor, Read as _};

use scraper::{Html, Selector};
use twotier::access::Role;

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

/// What stands in a part of the workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

/// The cells of the first sheet: type, style and what stands there, row by row.
fn cells(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let sheet = part(bytes, "xl/worksheets/sheet1.xml");
    let page = Html::parse_fragment(&sheet);
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let cell = |cell: scraper::ElementRef<'_>| {
        let kind = cell.value().attr("t").unwrap_or("n").to_owned();
        (kind, cell.text().collect::<String>())
    };
    page.select(&select("row")).map(|row| row.select(&select("c")).map(cell).collect()).collect()
}

#[actix_web::test]
async fn the_workbook_has_numbers_as_numbers_days_as_days_and_no_formula() {
    let portal = Portal::open().await;
    let alpha = portal.has_customer("=1+1 \"Alpha\" & Co").await;
    portal.has_subscription(&alpha, PlainSubscription::new("Business Basic")).await;
    portal.has_customer("Beta 株式会社").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.follow("Export for Excel").await;
    let file = sam.download();
    assert_eq!(file.name, "customers.xlsx");
    assert_eq!(file.kind, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let rows = cells(&file.bytes);
    assert_eq!(rows.len(), 3);
    let heads: Vec<&str> = rows.iter().take(1).flatten().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        heads,
        [
            "Microsoft ID",
            "Company name",
            "Primary domain name",
            "Relationship",
            "State",
            "Since",
            "Monthly value",
            "Currency",
            "In other currencies",
            "Ended"
        ]
    );
    let first: Vec<(&str, &str)> =
        rows.iter().skip(1).take(1).flatten().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    assert_eq!(first.first(), Some(&("inlineStr", alpha.as_str())));
    assert_eq!(first.get(1), Some(&("inlineStr", "=1+1 \"Alpha\" & Co")));
    assert_eq!(first.get(6), Some(&("n", "127.5")));
    // Days are numbers with a format of days: so many since 1899 ended.
    let (kind, day) = first.get(5).copied().expect("a day");
    assert!(kind == "n" && day.parse::<u32>().is_ok_and(|day| day > 46_000), "{day}");
    assert!(
        part(&file.bytes, "xl/styles.xml").contains("yyyy\\-mm\\-dd")
            || part(&file.bytes, "xl/styles.xml").contains("yyyy-mm-dd")
    );
    assert!(!part(&file.bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

/// The companies in a workbook, in its order.
fn companies(bytes: &[u8]) -> Vec<String> {
    let names = cells(bytes).into_iter().skip(1).filter_map(|row| row.into_iter().nth(1));
    names.map(|(_, name)| name).collect()
}

#[actix_web::test]
async fn a_workbook_of_what_is_selected_or_of_a_view_holds_that_and_nothing_else() {
    let portal = Portal::open().await;
    portal.has_customer("Alder").await;
    let birch = portal.has_customer("Birch").await;
    portal.has_customer("Cedar").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/customers").await;
    ada.check("Select Alder").check("Select Cedar").press("Select ticked").await;
    ada.follow("Export selected for Excel").await;
    assert_eq!(companies(&ada.download().bytes), ["Alder", "Cedar"]);
    ada.visit(&format!("/customers/{birch}/end")).await;
    ada.press("Go on").await;
    ada.press("End the relationship").await;
    ada.visit("/customers?view=ended").await;
    ada.follow("Export for Excel").await;
    assert_eq!(companies(&ada.download().bytes), ["Birch"]);
}

#[actix_web::test]
async fn taking_a_workbook_is_on_record_as_any_export_is() {
    let portal = Portal::open().await;
    portal.has_customer("Alder").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/customers/export?format=xlsx").await;
    assert_eq!(cells(&gina.download().bytes).len(), 2);
    let count = "SELECT count(*) FROM security_events WHERE kind = 'export'";
    assert_eq!(portal.database.number(count), 1);
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/customers/export?format=xlsx").await;
    assert_eq!(helen.status(), actix_web::http::StatusCode::FORBIDDEN);
}
