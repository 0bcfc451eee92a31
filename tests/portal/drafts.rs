//! Drafts: whose they are, how they are listed, continued, cancelled and come to an end.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::Connection;
use twotier::db::schema::{activity_records, drafts, orders};
use twotier::values::id::{DraftId, OrderId};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_draft_belongs_to_its_makers_organisation() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let draft = begin(&mut portal.browser_of(Role::SalesAgent).await, "Juniper Hall").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin, Role::AdminAgent]).await;
    for page in ["customer", "cancellation"] {
        for id in [draft.as_str(), DraftId::new().as_str(), "1", "%00"] {
            stranger.visit(&format!("/drafts/{id}/{page}")).await;
            assert_eq!(stranger.status(), 404, "{id} {page}");
            stranger.post(&format!("/drafts/{id}/{page}"), &[("company", "Mine")]).await;
            assert_eq!(stranger.status(), 404, "{id} {page}");
        }
    }
    stranger.post("/customers", &[("draft", draft.as_str()), ("company", "Mine")]).await;
    assert_eq!(stranger.status(), 404, "nor can its id be used again");
    stranger.visit("/drafts").await;
    stranger.sees_not("Juniper Hall").sees("No open draft");
    let mut colleague = portal.browser_of(Role::UserAdmin).await;
    colleague.visit("/drafts").await;
    colleague.sees_row(&["Juniper Hall", "New customer", "Sam sales_agent", "(Berlin)", "New customer"]);
    colleague.follow("Continue Juniper Hall").await;
    assert_eq!(colleague.field("Company name"), "Juniper Hall");
}

#[actix_web::test]
async fn the_list_says_where_a_draft_goes_on() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let unfinished = begin(&mut sam, "Half Done").await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.stay().press("Next: Subscriptions").await;
    sam.visit("/drafts").await;
    sam.sees_row(&["Juniper Hall", "New customer", "New subscription"]);
    sam.sees_row(&["Half Done", "New customer", "New customer"]);
    begin(&mut sam, "Half & Half").await;
    sam.visit("/drafts").await;
    sam.sees_link("Continue Half & Half").sees_link("Cancel Half & Half");
    assert_eq!(sam.href("Continue Half Done"), format!("/drafts/{unfinished}/customer"));
    let names: Vec<_> = sam.rows().into_iter().skip(1).filter_map(|row| row.into_iter().next()).collect();
    assert_eq!(names, ["Half & Half", "Juniper Hall", "Half Done"], "the one changed last comes first");
}

#[actix_web::test]
async fn many_drafts_are_read_page_by_page() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    begin(&mut sam, "Number 0").await;
    let copies = |conn: &mut Connection| {
        for number in 1..60 {
            // Three at a time have changed at the same moment.
            let changed = Moment::from_unix(2_000_000_000 + number / 3);
            let id = DraftId::new();
            let copy = format!(
                "INSERT INTO drafts (id, provider_id, made_by, made_by_name, account, mpn_id, state, created_at, \
                 updated_at, version) SELECT '{id}', provider_id, made_by, made_by_name, '{{\"company\":\"Number \
                 {number}\"}}', '', 'open', created_at, created_at, 1 FROM drafts LIMIT 1"
            );
            diesel::sql_query(copy).execute(conn)?;
            diesel::update(drafts::table.find(id)).set(drafts::updated_at.eq(changed)).execute(conn)?;
        }
        Ok(())
    };
    portal.query(copies).await;
    sam.visit("/drafts").await;
    sam.sees("60 orders in the making.");
    let mut seen = names(&sam);
    assert_eq!(seen.len(), 25);
    sam.follow("Next").await;
    seen.extend(names(&sam));
    sam.follow("Next").await;
    seen.extend(names(&sam));
    sam.sees_no_link("Next");
    assert_eq!(seen.len(), 60);
    assert_eq!(seen.last().unwrap(), "Number 0");
    let third = seen.split_off(50);
    sam.follow("Previous").await;
    assert_eq!(names(&sam), seen[25..]);
    let mut distinct: Vec<_> = seen.iter().chain(&third).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 60);
    for nonsense in ["x", "%1f", "2026-01-01%1f%00", "262142-01-01T00:00:00.000000%1fx"] {
        sam.visit(&format!("/drafts?after={nonsense}")).await;
        assert_eq!(names(&sam).len(), 25, "{nonsense}");
    }
}

#[actix_web::test]
async fn a_draft_is_cancelled_after_a_question() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let draft = begin(&mut sam, "Juniper Hall").await;
    sam.visit("/drafts").await;
    sam.follow("Cancel Juniper Hall").await;
    sam.sees_heading("Cancel the draft for Juniper Hall?").sees("no customer has been added");
    assert_eq!(state_of(&portal, &draft).await, "open", "asking changes nothing");
    let mut second = sam.clone_session();
    second.visit(&format!("/drafts/{draft}/cancellation")).await;
    sam.press("Cancel the draft").await;
    sam.sees_heading("Drafts").sees("The draft is cancelled. Nothing was ordered.").sees("No open draft");
    assert_eq!(state_of(&portal, &draft).await, "cancelled");
    second.press("Cancel the draft").await;
    second.sees_heading("Drafts");
    let records: Vec<(String, String)> = portal
        .query(|conn| {
            Ok(activity_records::table
                .filter(activity_records::action.eq("cancel_draft"))
                .select((activity_records::subject_name, activity_records::person_name))
                .load(conn)?)
        })
        .await;
    assert_eq!(records, [("Juniper Hall".to_owned(), "Sam sales_agent".to_owned())], "cancelled once");
}

#[actix_web::test]
async fn a_cancelled_draft_says_so_and_takes_nothing_more() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let draft = begin(&mut sam, "Juniper Hall").await;
    let address = format!("/drafts/{draft}/customer");
    let mut late = sam.clone_session();
    late.visit(&address).await;
    sam.post(&format!("/drafts/{draft}/cancellation"), &[]).await;
    late.fill("City", "Bremen").press("Next: Subscriptions").await;
    late.sees_heading("This draft was cancelled").sees("Juniper Hall");
    assert_eq!(late.status(), StatusCode::GONE);
    sam.visit(&address).await;
    assert_eq!(sam.status(), StatusCode::GONE);
    sam.follow("Start again").await;
    sam.sees_heading("New customer");
}

#[actix_web::test]
async fn a_submitted_draft_leads_to_its_order() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let draft = begin(&mut sam, "Juniper Hall").await;
    let order = submit(&portal, &draft).await;
    let confirmation = format!("/orders/{order}/confirmation");
    for page in ["customer", "cancellation"] {
        let address = format!("/drafts/{draft}/{page}");
        sam.stay().visit(&address).await;
        assert_eq!(sam.header("location"), Some(confirmation.as_str()), "GET {page}");
        sam.stay().post(&address, &[("company", "Late")]).await;
        assert_eq!(sam.header("location"), Some(confirmation.as_str()), "POST {page}");
    }
    assert_eq!(state_of(&portal, &draft).await, "submitted");
    sam.visit("/drafts").await;
    sam.sees("No open draft");
}

#[actix_web::test]
async fn what_is_typed_can_be_left_and_found_again() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    sam.fill("Company name", "Juniper Hall").press("Save and leave").await;
    sam.sees_heading("Drafts").sees("The draft is saved as it is.");
    sam.follow("Juniper Hall").await;
    assert_eq!(sam.field("Company name"), "Juniper Hall");
    sam.follow("Cancel").await;
    sam.follow("Go on with the draft").await;
    assert_eq!(sam.field("Company name"), "Juniper Hall");
}

/// Begins a draft with nothing but a name.
async fn begin(browser: &mut Browser, company: &str) -> DraftId {
    let draft = DraftId::new();
    browser.post("/customers", &[("draft", draft.as_str()), ("company", company)]).await;
    assert_eq!(browser.status(), 422);
    draft
}

fn names(browser: &Browser) -> Vec<String> {
    browser.rows().into_iter().skip(1).filter_map(|row| row.into_iter().next()).collect()
}

async fn state_of(portal: &Portal, draft: &DraftId) -> String {
    let draft = *draft;
    portal.query(move |conn| Ok(drafts::table.find(draft).select(drafts::state).first(conn)?)).await
}

/// What Submit leaves behind, as far as drafts are concerned.
async fn submit(portal: &Portal, draft: &DraftId) -> OrderId {
    let customer = portal.has_customer("A").await;
    let (draft, provider, order) = (*draft, portal.harbor.id, OrderId::new());
    let made = order;
    let insert = move |conn: &mut Connection| {
        diesel::insert_into(orders::table)
            .values((
                orders::id.eq(&made),
                orders::number.eq("1"),
                orders::provider_id.eq(&provider),
                orders::customer_id.eq(&customer),
                orders::draft_id.eq(&draft),
                orders::placed_by_name.eq("Sam"),
                orders::currency.eq("EUR"),
                orders::monthly_minor.eq(0),
                orders::annual_minor.eq(0),
                orders::created_customer.eq(true),
                orders::placed_at.eq(Moment::now()),
            ))
            .execute(conn)?;
        diesel::update(drafts::table.find(&draft)).set(drafts::state.eq("submitted")).execute(conn)?;
        Ok(())
    };
    portal.query(insert).await;
    order
}
