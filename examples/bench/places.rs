//! What is asked of a filled database: addresses that are alike at every size.

use diesel::prelude::*;
use twotier::customers::model::listing::{Sort, View};
use twotier::db::Connection;
use twotier::db::connection::Opener;
use twotier::db::schema::{customers, delegations, locations, offers, orders, organisations};
use twotier::paths::address;
use twotier::values::id::OrganisationId;

use super::years;

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
        let lasting = || {
            let of_provider = customers::table.filter(customers::provider_id.eq(&provider));
            of_provider.filter(customers::ended_at.is_null())
        };
        let count: i64 = lasting().count().get_result(conn)?;
        let (sort, id, name): (String, String, String) = lasting()
            .order((customers::sort_name, customers::id))
            .offset(count * 9 / 10)
            .select((customers::sort_name, customers::id, customers::company_name))
            .first(conn)?;
        let count: i64 = orders::table.filter(orders::provider_id.eq(&provider)).count().get_result(conn)?;
        let (order, customer): (String, String) = orders::table
            .filter(orders::provider_id.eq(&provider))
            .filter(orders::customer_id.eq_any(lasting().select(customers::id)))
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
        let mut questions = vec![
            provider("customers: first page", &list(&[])),
            provider("customers: far page", &list(&[("after", &self.far)])),
            provider("customers: far page, backwards", &list(&[("before", &self.far)])),
            provider("customers: of one reseller", &list(&[("reseller", &self.reseller)])),
            provider("customers: search, two characters", &list(&[("search", "wi")])),
            provider("customers: search, in every sixth name", &list(&[("search", FREQUENT)])),
            provider("customers: search, one name", &list(&[("search", &self.name)])),
            provider("customers: search, in none", &list(&[("search", ABSENT)])),
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
            provider(
                "customers: export, search, one name",
                &address("/customers/export", &(), &[("search", &self.name)]),
            ),
            provider("ended customers", "/customers/ended"),
            provider("ended customers: search, in none", "/customers/ended?search=bakery+works"),
            provider("customer requests", "/customer-requests"),
            provider("customer requests: open", "/customer-requests?state=open"),
            provider("customer requests: search, in none", "/customer-requests?search=nobody%40nowhere"),
            provider("delegations that end soon", "/delegations/ending"),
            provider("a customer's overview", &format!("/customers/{customer}")),
            provider("a customer's relationships", &format!("/customers/{customer}/relationships")),
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
            reseller("customer requests", "/customer-requests"),
        ];
        questions.extend(in_every_order());
        questions
    }
}

/// Every view of the list of customers, in every order.
fn in_every_order() -> impl Iterator<Item = Question> {
    View::ALL.iter().flat_map(|view| {
        [Sort::Name, Sort::Since, Sort::Value].map(|sort| {
            let (view, sort) = (view.as_text(), sort.as_text());
            let path = address("/customers", &(), &[("view", view), ("sort", &format!("-{sort}"))]);
            Question::plain(&format!("customers: {view}, by {sort}"), Who::Provider, &path)
        })
    })
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

/// Lets years pass in a database that was just filled.
pub fn let_years_pass(database_url: &str) -> anyhow::Result<()> {
    let conn = &mut Opener::once(database_url)?;
    let (provider, reseller) = (organisation(conn, PROVIDER)?, organisation(conn, RESELLER)?);
    Ok(years::pass(conn, provider.as_str(), reseller.as_str())?)
}

fn organisation(conn: &mut Connection, name: &str) -> QueryResult<OrganisationId> {
    organisations::table.filter(organisations::name.eq(name)).select(organisations::id).first(conn)
}
