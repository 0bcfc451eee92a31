//! Requests to become a customer, in every state: a provider's own, and those of its resellers.

use super::cast::{Organisation, Person};
use super::customers::Customer;
use super::letters::{About, letter};
use super::log;
use super::random::{Random, id};
use super::requests::working_hour;
use super::rows::{ActivityRow, CustomerRequestRow, CustomerRow, DelegationRow, LetterRow};
use super::world::World;
use crate::access::Reach;
use crate::activity::{Action, Change, Entry};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::links::model::RequestState::{self, Accepted, Declined, Open, Revoked};
use crate::mail::letter::LetterState;
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
    /// How the letter fares, if the portal mailed it.
    letter: Option<LetterState>,
    /// After how many days the addressee was reminded, if so.
    reminded: Option<i64>,
}

const fn case(to: (&'static str, &'static str), days: i64, state: RequestState) -> Case {
    let letter = Some(LetterState::Sent);
    Case { to, days, state, is_joint: false, administers: false, letter, reminded: None }
}

const CASES: [Case; 10] = [
    Case { administers: true, ..case(("einkauf@alsterkontor.example", "Birte Lohse"), 61, Open) },
    case(("it@deichwerk.example", ""), 33, Declined),
    // Its link is about to expire.
    Case { reminded: Some(22), ..case(("mail@stellwerk.example", "Ruben Falk"), 28, Open) },
    Case { is_joint: true, ..case(("leitung@speicherstadt-labor.example", "Jan Wulff"), 26, Declined) },
    case(("post@heidehof.example", "Silke Marten"), 19, Revoked),
    Case { administers: true, ..case(("office@nordlicht-bau.example", "Arne Thode"), 8, Open) },
    Case { is_joint: true, administers: true, ..case(("info@kranwerk.example", "Greta Paulsen"), 5, Open) },
    Case { letter: Some(LetterState::Failed), ..case(("buero@elbsand.example", ""), 3, Open) },
    Case { is_joint: true, ..case(("hallo@lotsenhaus.example", ""), 2, Open) },
    // A draft: its link works for whoever has it, and nobody was sent it.
    Case { letter: None, ..case(("kontakt@fischmarkt-verlag.example", "Ole Brandes"), 1, Open) },
];

const DECLINED: &str = "We have just renewed with another partner. Please ask again in a year.";

/// Who was asked for what.
struct To<'a> {
    email: String,
    name: String,
    reseller: Option<&'a Organisation>,
    administers: bool,
    customer: Option<(CustomerId, String)>,
    letter: Option<LetterState>,
    reminded: Option<i64>,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let (mut all, mut log) = (Vec::new(), Vec::new());
    let joint = world.cast.resellers.iter().find(|one| one.row.name == "Brightwater IT");
    for case in &CASES {
        let to = To {
            email: case.to.0.to_owned(),
            name: case.to.1.to_owned(),
            reseller: joint.filter(|_| case.is_joint),
            administers: case.administers,
            customer: None,
            letter: case.letter,
            reminded: case.reminded,
        };
        let asked_at = working_hour(world.now.plus_days(-case.days), case.to.0).plus_seconds(-3600);
        all.extend(ask(world, all.len(), &to, (asked_at, case.state)));
    }
    for (customer, administers) in came_by_request(world, joint) {
        if !administers {
            never_administered(conn, &customer)?;
        }
        let party = customers::store::find(conn, &Reach::Provider(world.cast.harbor.row.id), &customer.id)?;
        let party = party.account.party();
        let to = To {
            email: party.email.to_string(),
            name: party.contact(),
            reseller: joint.filter(|_| !customer.resellers.is_empty()),
            administers,
            customer: Some((customer.id, customer.name.clone())),
            letter: Some(LetterState::Sent),
            reminded: None,
        };
        let asked_at = customer.created_at.plus_seconds(-30 * 3600);
        all.extend(ask(world, all.len(), &to, (asked_at, Accepted)));
    }
    all.iter().for_each(|asked| record(&mut log, world, asked));
    let letters: Vec<LetterRow> = all.iter().filter_map(|asked| asked.letter.clone()).collect();
    let rows: Vec<CustomerRequestRow> = all.into_iter().map(|asked| asked.row).collect();
    CustomerRequestRow::insert(conn, &rows)?;
    LetterRow::insert(conn, &letters)?;
    ActivityRow::insert(conn, &log)
}

/// Of the provider's direct customers, and of those of its reseller alone, the newest came by a request for delegated
/// administration, and the one before it by a request without.
fn came_by_request<'a>(world: &'a World<'_>, joint: Option<&Organisation>) -> Vec<(Customer<'a>, bool)> {
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
    let is_direct = |customer: &Customer<'_>| customer.resellers.is_empty();
    let direct = harbors().filter(is_direct).zip([true, false]);
    direct.chain(harbors().filter(is_its_own).zip([true, false])).collect()
}

/// Neither the provider nor the reseller was ever to administer it.
fn never_administered(conn: &mut Connection, customer: &Customer<'_>) -> Result<()> {
    CustomerRow::await_consent(conn, &customer.id)?;
    DelegationRow::never_give(conn, &customer.id)
}

/// A request, and who of which organisation made it.
struct Asked<'a> {
    row: CustomerRequestRow,
    letter: Option<LetterRow>,
    by: (&'a Person, &'a Organisation),
}

fn ask<'a>(
    world: &'a World<'_>,
    number: usize,
    to: &To<'a>,
    (asked_at, state): (Moment, RequestState),
) -> Option<Asked<'a>> {
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
        sent_at: to.letter.map(|_| asked_at.plus_seconds(40)),
        reminded_at: to.reminded.map(|days| asked_at.plus_days(days)),
        expires_at: asked_at.plus_days(LINK_DAYS),
        answered_at: (state != Open).then(|| asked_at.plus_seconds(30 * 3600)),
        answered_by_name: answered_by,
        company_name: to.customer.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        customer_id: to.customer.as_ref().map(|(id, _)| *id),
        decline_reason: if answers && state == Declined { DECLINED } else { "" },
        version: 2,
    };
    Some(Asked { letter: mailed(number, &row, to, world.now), row, by: (maker, asker) })
}

/// The letter of a request, if the portal mailed one.
fn mailed(number: u64, row: &CustomerRequestRow, to: &To<'_>, now: Moment) -> Option<LetterRow> {
    let about = About {
        kind: "customer_request",
        id: row.id.to_string(),
        organisation: row.reseller_id.unwrap_or(row.provider_id),
        to: &row.to_email,
        reply_to: &row.requested_by_email,
        subject: &row.subject,
        body: &row.body,
        created_at: row.sent_at?,
    };
    Some(letter(number, &about, to.letter?, now))
}

/// What those who ask read in their logs: whoever gets a customer reads what its reseller did.
fn record(log: &mut Vec<ActivityRow>, world: &World<'_>, asked: &Asked<'_>) {
    let (row, (maker, asker)) = (&asked.row, asked.by);
    let by = maker.actor(asker);
    let entry = |action| Entry::new(action, "customer_request", row.id, &row.to_email);
    let administration = if row.includes_administration { "yes" } else { "no" };
    let invited = entry(Action::InviteCustomer)
        .with([Change::set("email", &row.to_email), Change::set("administration", administration)]);
    for organisation in std::iter::once(&row.provider_id).chain(&row.reseller_id) {
        let place = (organisation, world.now);
        log::put(log, place, by, &invited, row.created_at);
        if let Some(at) = row.sent_at {
            log::put(log, place, by, &entry(Action::SendInvitation), at);
        }
        if let Some(at) = row.reminded_at {
            log::put(log, place, by, &entry(Action::RemindInvited), at);
        }
        if let (Revoked, Some(at)) = (row.state, row.answered_at) {
            log::put(log, place, by, &entry(Action::RevokeInvitation), at);
        }
    }
}
