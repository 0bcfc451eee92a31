//! The Activity log: what was done, for whom, by whom; only one's own organisation's.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::activity::{Action, Change, Outcome};
use twotier::db::schema::activity_records;
use twotier::partners::model::Organisation;
use twotier::values::id::{ActivityId, CustomerId, PersonId};
use twotier::values::moment::Moment;
use twotier::values::name::sort_name;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

/// A record that was written at some time.
#[derive(Clone)]
struct Told {
    action: Action,
    customer: Option<(CustomerId, String)>,
    changes: Vec<Change>,
    outcome: Outcome,
    at: Moment,
}

impl Told {
    fn now(action: Action) -> Told {
        let at = Moment::now().plus_seconds(-60);
        Told { action, customer: None, changes: vec![], outcome: Outcome::Succeeded, at }
    }

    fn of(self, customer: &CustomerId, name: &str) -> Told {
        Told { customer: Some((*customer, name.to_owned())), ..self }
    }
}

async fn tell(portal: &Portal, organisation: &Organisation, told: Told) {
    let organisation = organisation.clone();
    let insert = move |conn: &mut twotier::db::Connection| {
        let customer = told.customer.as_ref();
        diesel::insert_into(activity_records::table)
            .values((
                activity_records::id.eq(ActivityId::new()),
                activity_records::organisation_id.eq(&organisation.id),
                activity_records::person_id.eq(PersonId::new()),
                activity_records::person_name.eq("Petra Person"),
                activity_records::person_organisation.eq(&organisation.name),
                activity_records::action.eq(told.action),
                activity_records::customer_id.eq(customer.map(|(id, _)| id)),
                activity_records::customer_name.eq(customer.map(|(_, name)| name)),
                activity_records::customer_sort_name.eq(customer.map(|(_, name)| sort_name(name))),
                activity_records::subject_kind.eq("subscription"),
                activity_records::subject_id.eq("0190a000-0000-8000-8000-000000000001"),
                activity_records::subject_name.eq("Business Basic"),
                activity_records::changes.eq(serde_json::to_string(&told.changes).expect("JSON")),
                activity_records::result.eq(told.outcome),
                activity_records::occurred_at.eq(told.at),
            ))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(insert).await.expect("the record is written");
}

fn day(days_ago: i64) -> String {
    Moment::now().plus_days(-days_ago).at(chrono_tz::Europe::Berlin).date_naive().to_string()
}

#[actix_web::test]
async fn an_organisation_sees_its_own_log_only() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let fabrikam = CustomerId::new();
    tell(&portal, &portal.harbor, Told::now(Action::AddCustomer).of(&fabrikam, "Fabrikam")).await;
    let mut billing = portal.browser_of(Role::BillingAdmin).await;
    billing.visit("/activity").await;
    billing.sees_heading("Activity log").sees("Fabrikam");
    let mut grace = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    grace.visit("/activity").await;
    grace.sees("Nothing in this period").sees_not("Fabrikam");
    grace.visit(&format!("/activity?customer={fabrikam}")).await;
    grace.sees("Nothing in this period").sees_not("Fabrikam");
    grace.visit("/activity/export").await;
    assert!(!grace.download().text().contains("Fabrikam"));
}

#[actix_web::test]
async fn what_somebody_does_stands_in_the_log() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/password").await;
    sam.fill("Current password", PASSWORD)
        .fill("New password", "a brand new password")
        .fill("New password again", "a brand new password")
        .press("Change password")
        .await;
    sam.visit("/activity").await;
    let row = sam.rows().into_iter().find(|row| row.iter().any(|cell| cell == "Change the own password"));
    let row = row.expect("the record");
    assert!(row.contains(&"Sam sales_agent".to_owned()), "one's own organisation goes without saying");
    assert!(row.contains(&"Succeeded".to_owned()));
}

#[actix_web::test]
async fn what_others_did_names_their_organisation_and_the_action_names_its_subject() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let customer = portal.has_customer("Alder").await;
    portal.has_delegation(&customer, &reseller).await;
    let basic = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let mut olga = portal.browser_in(&reseller, &[Role::AdminAgent]).await;
    olga.visit(&format!("/subscriptions/{basic}/suspension")).await;
    olga.choose("Reason", "Non-payment").press("Suspend subscription").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    sam.sees_row(&["Alder", "Suspend a subscription Business Basic", "Sam admin_agent Brightwater IT"]);
    // Days are written as on all pages.
    let until = sam.cell("Data kept until", "After");
    assert!(until.split(' ').count() == 3 && until.contains(" 20"), "{until}");
    sam.visit("/activity?action=sign_in").await;
    sam.sees_problem("Action", "Choose one from the list.");
    draft_a_request(&mut sam).await;
    sam.visit("/activity").await;
    sam.sees_row(&["Request a partnership olga@brightwater.example"]);
    let until = sam.cell("Valid until", "After");
    assert!(until.ends_with("(Berlin)"), "{until}");
}

async fn draft_a_request(sam: &mut Browser) {
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "olga@brightwater.example").press("Save text").await;
}

#[actix_web::test]
async fn the_period_is_the_most_recent_month_unless_chosen() {
    let portal = Portal::open().await;
    let old = Moment::now().plus_days(-40);
    tell(&portal, &portal.harbor, Told { at: old, ..Told::now(Action::CreateOrder) }).await;
    tell(&portal, &portal.harbor, Told::now(Action::CancelDraft)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    assert_eq!(sam.field("To"), day(0));
    let shown = sam.rows().into_iter().flatten().filter(|cell| cell.starts_with("Petra Person"));
    assert_eq!(shown.count(), 1);
    sam.fill("From", &day(41)).fill("To", &day(39)).press("Apply").await;
    sam.within("Petra Person").sees("Place an order");
    assert_eq!(sam.query("from"), Some(day(41)));
}

#[actix_web::test]
async fn the_log_is_filtered_by_customer_and_by_action() {
    let portal = Portal::open().await;
    let (bakery, brewery) = (CustomerId::new(), CustomerId::new());
    let harbor = &portal.harbor;
    tell(&portal, harbor, Told::now(Action::AddCustomer).of(&bakery, "Bäckerei Österle")).await;
    tell(&portal, harbor, Told::now(Action::SuspendSubscription).of(&bakery, "Bäckerei Österle")).await;
    tell(&portal, harbor, Told::now(Action::AddCustomer).of(&brewery, "100%_Brauhaus")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    sam.fill("Affected customer", "ÖSTER").press("Apply").await;
    sam.sees("Bäckerei Österle").sees_not("Brauhaus").sees("Customers like: ÖSTER");
    sam.choose("Action", "Suspend a subscription").press("Apply").await;
    assert_eq!(sam.rows().iter().filter(|row| row.contains(&"Bäckerei Österle".to_owned())).count(), 1);
    sam.follow("Remove filter Customers like: ÖSTER").await;
    sam.sees("Bäckerei Österle").sees_not("Customers like");
    sam.follow("Clear").await;
    sam.fill("Affected customer", "%_").press("Apply").await;
    sam.sees("100%_Brauhaus").sees_not("Bäckerei");
    sam.visit(&format!("/activity?customer={bakery}")).await;
    sam.sees("Customer: Bäckerei Österle").sees_not("Brauhaus");
}

#[actix_web::test]
async fn a_long_log_is_read_page_by_page() {
    let portal = Portal::open().await;
    let at = Moment::now().plus_seconds(-600);
    for number in 0..60 {
        // Many at the same moment: the id then decides.
        let told = Told { at: at.plus_seconds(number / 20), ..Told::now(Action::CreateOrder) };
        tell(&portal, &portal.harbor, told.of(&CustomerId::new(), &format!("Customer {number:02}"))).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    let customers = |rows: Vec<Vec<String>>| -> Vec<String> {
        rows.into_iter().flatten().filter(|cell| cell.starts_with("Customer ")).collect()
    };
    let first = customers(sam.rows());
    sam.follow("Next").await;
    let second = customers(sam.rows());
    sam.follow("Next").await;
    let third = customers(sam.rows());
    sam.sees_no_link("Next");
    let seen: Vec<String> = [first, second.clone(), third].concat();
    let expected: Vec<String> = (0..60).rev().map(|number| format!("Customer {number:02}")).collect();
    assert_eq!(seen, expected);
    sam.follow("Previous").await;
    assert_eq!(customers(sam.rows()), second);
}

#[actix_web::test]
async fn a_record_unfolds_to_old_and_new_values() {
    let portal = Portal::open().await;
    let changes = vec![Change::new("quantity", 5, 9), Change::new("status", "active", "suspended")];
    let failed = Told { changes, outcome: Outcome::Failed, ..Told::now(Action::UpdateSubscription) };
    tell(&portal, &portal.harbor, failed.of(&CustomerId::new(), "Fabrikam")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    sam.sees_row(&["Quantity", "5", "9"]).sees_row(&["Status", "Active", "Suspended"]);
    sam.sees("Subscription: Business Basic").sees("Refused by a rule. Nothing was changed.");
    assert_eq!(sam.href("Business Basic"), "/subscriptions/0190a000-0000-8000-8000-000000000001");
    sam.follow("Only this customer").await;
    sam.sees("Customer: Fabrikam");
}

#[actix_web::test]
async fn the_export_holds_exactly_what_is_filtered() {
    let portal = Portal::open().await;
    let fabrikam = CustomerId::new();
    let at = Moment::from_unix(Moment::now().unix() - 90);
    let changes = vec![Change::new("quantity", 5, 9), Change::set("mpn_id", "4810233")];
    let told = Told { changes, at, ..Told::now(Action::UpdateSubscription) };
    tell(&portal, &portal.harbor, told.of(&fabrikam, "=Fabrikam, \"Ltd\"")).await;
    tell(&portal, &portal.harbor, Told::now(Action::CreateOrder).of(&CustomerId::new(), "Contoso")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity?action=update_subscription").await;
    sam.follow("Export as CSV").await;
    let file = sam.download();
    assert_eq!(file.name, format!("activity-{}-{}.csv", sam.field("From"), sam.field("To")));
    let text = file.text();
    let record = text.lines().nth(1).and_then(|line| line.rsplit(',').next()).unwrap_or_default();
    let expected = format!(
        "\u{feff}Date-Time,Affected customer,Customer ID,Action,Subject,Subject ID,Details,Partner user,\
         Organization,Status,Record ID\r\n{},\"'=Fabrikam, \"\"Ltd\"\"\",{fabrikam},Update a subscription,\
         Business Basic,0190a000-0000-8000-8000-000000000001,Quantity: 5 → 9; Reseller (MPN ID): 4810233,\
         Petra Person,Harbor Distribution,Succeeded,{record}\r\n",
        at.iso()
    );
    assert_eq!(text, expected);
}

#[actix_web::test]
async fn the_export_goes_beyond_one_page() {
    let portal = Portal::open().await;
    for _ in 0..30 {
        tell(&portal, &portal.harbor, Told::now(Action::CreateOrder)).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity/export").await;
    assert_eq!(sam.download().text().lines().count(), 31);
}

#[actix_web::test]
async fn a_filter_that_cannot_be_is_explained() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity?from=2026-11-05&to=2026-11-01").await;
    sam.sees_problem("To", "Choose a day that is not before the first one.");
    sam.visit("/activity?from=yesterday").await;
    sam.sees_problem("From", "Write it like this: 2026-01-31");
    sam.visit("/activity?from=999999-01-01").await;
    sam.sees_problem("From", "Write the year with four digits");
    sam.visit("/activity?from=2026-11-31").await;
    sam.sees_problem("From", "There is no such day.");
    sam.visit("/activity?from=1969-12-31").await;
    sam.sees_problem("From", "Enter a day of 1970 or later.");
    // Without a calendar to choose from, people write days in many ways.
    sam.visit("/activity?from=2026/11/2&to=30+Nov+2026").await;
    assert_eq!((sam.field("From"), sam.field("To")), ("2026-11-02".to_owned(), "2026-11-30".to_owned()));
    sam.visit("/activity?action=fly").await;
    sam.sees_problem("Action", "Choose one from the list.");
    sam.visit("/activity?search=%00%00&after=nonsense").await;
    assert_eq!(sam.status(), StatusCode::OK);
    sam.visit("/activity?customer=everybody").await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    sam.visit("/activity/export?from=yesterday").await;
    assert_eq!(sam.status(), StatusCode::BAD_REQUEST);
}
