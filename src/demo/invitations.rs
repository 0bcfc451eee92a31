//! Requests to become a customer, in every state: a provider's own, and those of its resellers.

use super::cast::{Organisation, Person};
use super::customers::Customer;
use super::log;
use super::random::{Random, id};
use super::requests::working_hour;
use super::rows::{ActivityRow, CustomerRequestRow};
use super::world::World;
use crate::access::Reach;
use crate::activity::{Action, Change, Entry};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::links::model::RequestState::{self, Accepted, Declined, Open, Revoked};
use crate::values::id::{CustomerId, CustomerRequestId};
use crate::values::moment::Moment;

/// For how many days a request holds.
const LINK_DAYS: i64 = 30;

/// A request that did not bring a customer yet: who was asked, so many days ago, how it stands.
struct Case {
    to: (&'static str, &'static str),
    days: i64,
    state: RequestState,
    /// Whether a reseller asks for the provider and for itself.
    is_joint: bool,
    /// Whether delegated administration privileges are asked for.
    administers: bool,
    /// Whether the portal mailed it.
    is_sent: bool,
}

const fn case(to: (&'static str, &'static str), days: i64, state: RequestState) -> Case {
    Case { to, days, state, is_joint: false, administers: false, is_sent: true }
}

const CASES: [Case; 8] = [
    Case { administers: true, ..case(("einkauf@alsterkontor.example", "Birte Lohse"), 61, Open) },
    case(("it@deichwerk.example", ""), 33, Declined),
    Case { is_joint: true, ..case(("leitung@speicherstadt-labor.example", "Jan Wulff"), 26, Declined) },
    case(("post@heidehof.example", "Silke Marten"), 19, Revoked),
    Case { administers: true, ..case(("office@nordlicht-bau.example", "Arne Thode"), 8, Open) },
    Case { is_joint: true, administers: true, ..case(("info@kranwerk.example", "Greta Paulsen"), 5, Open) },
    Case { is_joint: true, ..case(("hallo@lotsenhaus.example", ""), 2, Open) },
    Case { is_sent: false, ..case(("kontakt@fischmarkt-verlag.example", "Ole Brandes"), 1, Open) },
];

const DECLINED: &str = "We have just renewed with another partner. Please ask again in a year.";

/// Who was asked for what.
struct To<'a> {
    email: String,
    name: String,
    reseller: Option<&'a Organisation>,
    administers: bool,
    customer: Option<(CustomerId, String)>,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let (mut rows, mut log) = (Vec::new(), Vec::new());
    let joint = world.cast.resellers.iter().find(|one| one.row.name == "Brightwater IT");
    for case in &CASES {
        let to = To {
            email: case.to.0.to_owned(),
            name: case.to.1.to_owned(),
            reseller: joint.filter(|_| case.is_joint),
            administers: case.administers,
            customer: None,
        };
        let asked_at = working_hour(world.now.plus_days(-case.days), case.to.0).plus_seconds(-3600);
        rows.extend(row(world, rows.len(), &to, (asked_at, case.state, case.is_sent)));
    }
    for customer in came_by_request(world, joint) {
        let party = customers::store::find(conn, &Reach::Provider(world.cast.harbor.row.id), &customer.id)?;
        let party = party.account.party();
        let to = To {
            email: party.email.to_string(),
            name: party.contact(),
            reseller: joint.filter(|_| !customer.resellers.is_empty()),
            administers: true,
            customer: Some((customer.id, customer.name.clone())),
        };
        let asked_at = customer.created_at.plus_seconds(-30 * 3600);
        rows.extend(row(world, rows.len(), &to, (asked_at, Accepted, true)));
    }
    rows.iter().for_each(|(row, by)| record(&mut log, world, row, by));
    let rows: Vec<CustomerRequestRow> = rows.into_iter().map(|(row, _)| row).collect();
    CustomerRequestRow::insert(conn, &rows)?;
    ActivityRow::insert(conn, &log)
}

/// The newest direct customer of the provider, and the newest that its reseller administers alone.
fn came_by_request<'a>(world: &'a World<'_>, joint: Option<&Organisation>) -> Vec<Customer<'a>> {
    let harbors = || {
        (0..world.count)
            .rev()
            .filter(|index| world.is_harbors(*index))
            .filter_map(|index| Customer::of(world, index))
            .filter(|customer| customer.ended.is_none())
    };
    let is_its_own = |customer: &Customer<'_>| {
        customer.resellers.len() == 1 && customer.seller().map(|one| one.id) == joint.map(|one| one.row.id)
    };
    let direct = harbors().find(|customer| customer.resellers.is_empty());
    direct.into_iter().chain(harbors().find(is_its_own)).collect()
}

/// Who of which organisation asks.
type By<'a> = (&'a Person, &'a Organisation);

fn row<'a>(
    world: &'a World<'_>,
    number: usize,
    to: &To<'a>,
    (asked_at, state, is_sent): (Moment, RequestState, bool),
) -> Option<(CustomerRequestRow, By<'a>)> {
    let number = u64::try_from(number).unwrap_or(0);
    let harbor = &world.cast.harbor;
    let asker = to.reseller.unwrap_or(harbor);
    // An Admin agent asks to administer.
    let maker = if to.reseller.is_some() { asker.owner() } else { asker.people.get(2) }?;
    let answers = matches!(state, Accepted | Declined);
    let answered_by = match state {
        Revoked => maker.name.clone(),
        Accepted | Declined if to.name.is_empty() => "Wiebke Jessen".to_owned(),
        Accepted | Declined => to.name.clone(),
        Open => String::new(),
    };
    let row = CustomerRequestRow {
        id: CustomerRequestId::from_number(id("customer-request", number)),
        provider_id: harbor.row.id,
        reseller_id: to.reseller.map(|reseller| reseller.row.id),
        requested_by: maker.id,
        requested_by_name: maker.name.clone(),
        requested_by_email: maker.email.clone(),
        to_email: to.email.clone(),
        to_name: to.name.clone(),
        includes_administration: to.administers,
        language: "en",
        subject: format!("{} would like to work for your company", asker.row.name),
        body: format!(
            "Hello,\n\n{} would like to look after the cloud subscriptions of your company.\n\nPlease open this \
             personal link:\n\n[personal link]\n\nThe link holds until [end of the link].\n\nKind regards\n{}",
            asker.row.name, maker.name
        ),
        // Nobody has the token: a link that works comes from Resend.
        token_hash: Random::of("customer-request", number).hex(64),
        state,
        created_at: asked_at,
        sent_at: is_sent.then(|| asked_at.plus_seconds(40)),
        reminded_at: None,
        expires_at: asked_at.plus_days(LINK_DAYS),
        answered_at: (state != Open).then(|| asked_at.plus_seconds(30 * 3600)),
        answered_by_name: answered_by,
        company_name: to.customer.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        customer_id: to.customer.as_ref().map(|(id, _)| *id),
        decline_reason: if answers && state == Declined { DECLINED } else { "" },
        version: 2,
    };
    Some((row, (maker, asker)))
}

/// What those who ask read in their logs: whoever gets a customer reads what its reseller did.
fn record(
    log: &mut Vec<ActivityRow>,
    world: &World<'_>,
    row: &CustomerRequestRow,
    (maker, asker): &(&Person, &Organisation),
) {
    let by = maker.actor(asker);
    let entry = |action| Entry::new(action, "customer_request", row.id, &row.to_email);
    let administration = if row.includes_administration { "yes" } else { "no" };
    let asked = entry(Action::InviteCustomer)
        .with([Change::set("email", &row.to_email), Change::set("administration", administration)]);
    for organisation in std::iter::once(&row.provider_id).chain(&row.reseller_id) {
        let place = (organisation, world.now);
        log::put(log, place, by, &asked, row.created_at);
        if let Some(at) = row.sent_at {
            log::put(log, place, by, &entry(Action::SendInvitation), at);
        }
        if let (Revoked, Some(at)) = (row.state, row.answered_at) {
            log::put(log, place, by, &entry(Action::RevokeInvitation), at);
        }
    }
}
