//! What is asked of a filled database: addresses that are alike at every size.

use diesel::prelude::*;
use twotier::db::Connection;
use twotier::db::connection::Opener;
use twotier::db::schema::{customers, delegations, locations, offers, orders, organisations};
use twotier::paths::address;
use twotier::values::id::OrganisationId;

const PROVIDER: &str = "Harbor Distribution";
/// The oldest partner, which has the most customers.
const RESELLER: &str = "Brightwater IT";
const OFFER: &str = "office-365-enterprise-e3";

/// Nobody's compression.
const PLAIN: &str = "identity";
/// What every browser asks for.
const GZIP: &str = "gzip";

/// In every sixth name.
const FREQUENT: &str = "ing";
/// Its parts are in many names, the whole in none.
const ABSENT: &str = "bakery works";

/// Whose page it is.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Provider,
    Reseller,
}

/// A page to open.
pub struct Question {
    pub name: String,
    pub who: Who,
    pub path: String,
    /// What the answer may be compressed with.
    pub encoding: &'static str,
}

impl Question {
    pub fn plain(name: &str, who: Who, path: &str) -> Self {
        Self { name: name.to_owned(), who, path: path.to_owned(), encoding: PLAIN }
    }
}

/// What there is in a database.
pub struct Places {
    pub provider: OrganisationId,
    reseller: String,
    /// The key of the row nine tenths down the provider's list.
    far: String,
    /// The name of the customer there.
    name: String,
    /// An order in the middle, and who ordered.
    order: String,
    customer: String,
}

impl Places {
    pub fn of(database_url: &str) -> anyhow::Result<Self> {
        let conn = &mut Opener::once(database_url)?;
        let provider = organisation(conn, PROVIDER)?;
        let count: i64 =
            customers::table.filter(customers::provider_id.eq(&provider)).count().get_result(conn)?;
        let (sort, id, name): (String, String, String) = customers::table
            .filter(customers::provider_id.eq(&provider))
            .order((customers::sort_name, customers::id))
            .offset(count * 9 / 10)
            .select((customers::sort_name, customers::id, customers::company_name))
            .first(conn)?;
        let count: i64 = orders::table.filter(orders::provider_id.eq(&provider)).count().get_result(conn)?;
        let (order, customer): (String, String) = orders::table
            .filter(orders::provider_id.eq(&provider))
            .order((orders::placed_at, orders::id))
            .offset(count / 2)
            .select((orders::id, orders::customer_id))
            .first(conn)?;
        let reseller = organisation(conn, RESELLER)?.to_string();
        Ok(Self { provider, reseller, far: format!("{sort}\u{1f}{id}"), name, order, customer })
    }

    /// The list of customers as it is put under load.
    pub fn of_customers(&self) -> Vec<Question> {
        let list = |name: &str, query: &[(&str, &str)]| {
            Question::plain(name, Who::Provider, &address("/customers", &(), query))
        };
        let first = list("first page", &[]);
        vec![
            Question {
                name: format!("{}, compressed", first.name),
                encoding: GZIP,
                ..list("first page", &[])
            },
            first,
            list("far page", &[("after", &self.far)]),
            list("of one reseller", &[("reseller", &self.reseller)]),
            list("search: in every sixth name", &[("search", FREQUENT)]),
            list("search: one name", &[("search", &self.name)]),
        ]
    }

    /// Every kind of page whose work could grow with the database.
    pub fn questions(&self) -> Vec<Question> {
        let provider = |name: &str, path: &str| Question::plain(name, Who::Provider, path);
        let reseller =
            |name: &str, path: &str| Question::plain(&format!("reseller: {name}"), Who::Reseller, path);
        let list = |query: &[(&str, &str)]| address("/customers", &(), query);
        let (customer, order) = (&self.customer, &self.order);
        vec![
            provider("customers: first page", &list(&[])),
            provider("customers: far page", &list(&[("after", &self.far)])),
            provider("customers: far page, backwards", &list(&[("before", &self.far)])),
            provider("customers: of one reseller", &list(&[("reseller", &self.reseller)])),
            provider("customers: search, two characters", &list(&[("search", "wi")])),
            provider("customers: search, in every sixth name", &list(&[("search", FREQUENT)])),
            provider("customers: search, one name", &list(&[("search", &self.name)])),
            provider("customers: search, in none", &list(&[("search", ABSENT)])),
            provider("customers: by value", &list(&[("sort", "-value")])),
            provider(
                "customers: by value, search, two characters",
                &list(&[("sort", "-value"), ("search", "wi")]),
            ),
            provider(
                "customers: by value, search, in every sixth name",
                &list(&[("sort", "-value"), ("search", FREQUENT)]),
            ),
            provider(
                "customers: by value, search, one name",
                &list(&[("sort", "-value"), ("search", &self.name)]),
            ),
            provider(
                "customers: by since, of one reseller",
                &list(&[("sort", "since"), ("reseller", &self.reseller)]),
            ),
            provider("customers: without reseller", &list(&[("view", "without-reseller")])),
            provider(
                "customers: without reseller, by value",
                &list(&[("view", "without-reseller"), ("sort", "-value")]),
            ),
            provider("customers: agreement missing", &list(&[("view", "agreement-missing")])),
            provider(
                "customers: ending soon, by since",
                &list(&[("view", "ending-soon"), ("sort", "-since")]),
            ),
            provider("customers: ended", &list(&[("view", "ended")])),
            provider("a customer's subscriptions", &format!("/customers/{customer}/subscriptions")),
            provider("a customer's orders", &format!("/customers/{customer}/orders")),
            provider("a customer's account", &format!("/customers/{customer}/account")),
            provider("indirect resellers", "/resellers"),
            provider("orders", "/orders"),
            provider("an order", &format!("/orders/{order}")),
            provider("activity log", "/activity"),
            reseller("customers", &list(&[])),
            reseller("customers: by value", &list(&[("sort", "-value")])),
            reseller(
                "customers: ending soon, by since",
                &list(&[("view", "ending-soon"), ("sort", "since")]),
            ),
            reseller("customers: search, in every sixth name", &list(&[("search", FREQUENT)])),
            reseller("customers: search, in none", &list(&[("search", ABSENT)])),
            reseller("orders", "/orders"),
            reseller("subscriptions", "/subscriptions"),
        ]
    }
}

/// Who can order, and what.
pub struct Buyers {
    pub offer: String,
    /// By which the reseller earns incentives.
    pub mpn_id: String,
    pub customers: Vec<String>,
}

impl Buyers {
    /// Customers of a reseller that nothing keeps from ordering.
    pub fn of(database_url: &str) -> anyhow::Result<Self> {
        let conn = &mut Opener::once(database_url)?;
        let (provider, reseller) = (organisation(conn, PROVIDER)?, organisation(conn, RESELLER)?);
        let delegated = delegations::table
            .filter(delegations::reseller_id.eq(&reseller))
            .filter(delegations::ended_at.is_null())
            .select(delegations::customer_id);
        Ok(Self {
            offer: offers::table.filter(offers::code.eq(OFFER)).select(offers::id).first(conn)?,
            mpn_id: locations::table
                .filter(locations::organisation_id.eq(&reseller))
                .filter(locations::is_head_office.eq(false))
                .order(locations::mpn_id)
                .select(locations::mpn_id)
                .first(conn)?,
            customers: customers::table
                .filter(customers::provider_id.eq(&provider))
                .filter(customers::agreement.eq("accepted"))
                .filter(customers::qualification.eq("none"))
                .filter(customers::id.eq_any(delegated))
                .order(customers::id)
                .limit(50)
                .select(customers::id)
                .load(conn)?,
        })
    }
}

fn organisation(conn: &mut Connection, name: &str) -> QueryResult<OrganisationId> {
    organisations::table.filter(organisations::name.eq(name)).select(organisations::id).first(conn)
}
