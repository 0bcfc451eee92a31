//! Orders over a real connection, and what of them the database has.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::catalog::model::{Billing, Category, LimitScope, Qualification, Unit};
use twotier::customers::new_account::AccountForm;
use twotier::db::Connection;
use twotier::db::schema::{
    customer_users, customers, draft_lines, drafts, offer_prices, offers, order_lines, orders, organisations,
    people, subscriptions,
};
use twotier::orders::draft::DraftState;
use twotier::values::country::Country;
use twotier::values::id::{DraftId, OfferId, OrganisationId, PersonId};
use twotier::values::moment::Moment;

use crate::support::{Installation, Server, Visitor};

/// A portal that serves, Ann who has signed in, and so many drafts with what the form of their review sends.
pub async fn ready(installation: &Installation, drafts: usize) -> (Server, Visitor, Vec<(DraftId, String)>) {
    let password = installation.first_admin("ann@harbor.example");
    let drafts = prepare(installation, drafts).await;
    let server = installation.serve();
    let mut ann = Visitor::new(installation);
    ann.sign_in("ann@harbor.example", &password).await;
    let mut reviewed = Vec::new();
    for draft in drafts {
        let mark = ann.hidden(&format!("/drafts/{draft}/review"), "mark").await;
        reviewed.push((draft, mark));
    }
    (server, ann, reviewed)
}

/// Submits a draft; answers the order that the portal confirmed.
pub async fn submit(ann: &Visitor, draft: &DraftId, mark: &str) -> Option<String> {
    let form = [("version", "1"), ("mark", mark)];
    let answer = ann.post(&format!("/drafts/{draft}/submission"), &form).await?;
    let location = (answer.status == StatusCode::SEE_OTHER).then_some(answer.location)?;
    location.strip_prefix("/orders/")?.split('/').next().map(str::to_owned)
}

/// Kills the server once the database has so many orders.
pub async fn kill_when_some_are_confirmed(installation: &Installation, server: Server, some: i64) {
    let db = installation.database();
    let begun = std::time::Instant::now();
    loop {
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "nothing is confirmed");
        let count: i64 = db.read(|conn| Ok(orders::table.count().get_result(conn)?)).await.unwrap_or(0);
        if count >= some {
            return server.kill();
        }
        actix_web::rt::task::yield_now().await;
    }
}

/// What the database has.
pub struct Kept {
    /// Order and customer.
    pub orders: Vec<(String, String)>,
    pub customers: usize,
    /// Customers or orders that lack a part.
    pub half_made: Vec<String>,
}

pub async fn look(installation: &Installation) -> Kept {
    let look = |conn: &mut Connection| {
        let made: Vec<(String, String)> =
            orders::table.select((orders::id, orders::customer_id)).load(conn)?;
        let owners: Vec<String> = customers::table.select(customers::id).load(conn)?;
        let admins: Vec<String> = customer_users::table.select(customer_users::customer_id).load(conn)?;
        let lines: Vec<String> = order_lines::table.select(order_lines::order_id).load(conn)?;
        let running: Vec<String> = subscriptions::table.select(subscriptions::order_id).load(conn)?;
        let mut half_made = Vec::new();
        for owner in &owners {
            let parts = (
                made.iter().filter(|(_, of)| of == owner).count(),
                admins.iter().filter(|of| *of == owner).count(),
            );
            if parts != (1, 1) {
                half_made.push(format!("customer {owner}: {parts:?}"));
            }
        }
        for (order, _) in &made {
            let parts = (
                lines.iter().filter(|of| *of == order).count(),
                running.iter().filter(|of| *of == order).count(),
            );
            if parts != (1, 1) {
                half_made.push(format!("order {order}: {parts:?}"));
            }
        }
        Ok(Kept { orders: made, customers: owners.len(), half_made })
    };
    installation.database().read(look).await.unwrap()
}

/// An offer, and so many drafts that only wait to be submitted.
pub async fn prepare(installation: &Installation, count: usize) -> Vec<DraftId> {
    let ids: Vec<DraftId> = (0..count).map(|_| DraftId::new()).collect();
    let (made, offer, now) = (ids.clone(), OfferId::new(), Moment::now());
    let fill = move |conn: &mut Connection| {
        let provider: OrganisationId = organisations::table.select(organisations::id).first(conn)?;
        let ann: PersonId = people::table.select(people::id).first(conn)?;
        diesel::update(people::table).set(people::must_change_password.eq(false)).execute(conn)?;
        insert_offer(conn, &offer)?;
        for (number, draft) in made.iter().enumerate() {
            insert_draft(conn, (draft, number), (&provider, &ann), &offer, now)?;
        }
        Ok(())
    };
    installation.database().write(fill).await.unwrap();
    ids
}

fn insert_offer(conn: &mut Connection, offer: &OfferId) -> QueryResult<()> {
    diesel::insert_into(offers::table)
        .values((
            offers::id.eq(offer),
            offers::code.eq("business-basic"),
            offers::name.eq("Business Basic"),
            offers::sort_name.eq("business basic"),
            offers::description.eq(""),
            offers::category.eq(Category::Enterprise),
            offers::unit.eq(Unit::Licenses),
            offers::minimum.eq(1),
            offers::maximum.eq(300),
            offers::limit_scope.eq(LimitScope::Unlimited),
            offers::limit_count.eq(0),
            offers::is_trial.eq(false),
            offers::is_add_on.eq(false),
            offers::billed_monthly.eq(true),
            offers::billed_annually.eq(true),
            offers::term_months.eq(12),
            offers::qualification.eq(Qualification::None),
            offers::countries.eq(""),
            offers::is_available.eq(true),
        ))
        .execute(conn)?;
    diesel::insert_into(offer_prices::table)
        .values((
            offer_prices::offer_id.eq(offer),
            offer_prices::currency.eq("EUR"),
            offer_prices::valid_from.eq(Moment::from_unix(0).day()),
            offer_prices::monthly_minor.eq(510),
            offer_prices::annual_minor.eq(6120),
        ))
        .execute(conn)?;
    Ok(())
}

fn insert_draft(
    conn: &mut Connection,
    (draft, number): (&DraftId, usize),
    (provider, ann): (&OrganisationId, &PersonId),
    offer: &OfferId,
    now: Moment,
) -> QueryResult<()> {
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(draft),
            drafts::provider_id.eq(provider),
            drafts::made_by.eq(ann),
            drafts::made_by_name.eq("Ann Lee"),
            drafts::account.eq(account(number)),
            drafts::mpn_id.eq(""),
            drafts::state.eq(DraftState::Open),
            drafts::created_at.eq(now),
            drafts::updated_at.eq(now),
            drafts::version.eq(1),
        ))
        .execute(conn)?;
    diesel::insert_into(draft_lines::table)
        .values((
            draft_lines::draft_id.eq(draft),
            draft_lines::offer_id.eq(offer),
            draft_lines::quantity.eq(10_i64),
            draft_lines::billing.eq(Billing::Monthly),
        ))
        .execute(conn)?;
    Ok(())
}

fn account(number: usize) -> String {
    let germany = Country::parse("DE").unwrap();
    let form = AccountForm {
        company: format!("Fabrikam {number}"),
        domain: format!("fabrikam{number}"),
        line_1: "Hafenstraße 12".to_owned(),
        city: "Hamburg".to_owned(),
        postal_code: "20457".to_owned(),
        first_name: "Mia".to_owned(),
        last_name: "Berg".to_owned(),
        email: "mia@fabrikam.example".to_owned(),
        agreement: "accepted".to_owned(),
        agreement_first_name: "Mia".to_owned(),
        agreement_last_name: "Berg".to_owned(),
        agreement_email: "mia@fabrikam.example".to_owned(),
        agreement_on: "2026-01-15".to_owned(),
        ..AccountForm::begin(germany)
    };
    form.to_json()
}
