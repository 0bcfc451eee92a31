//! The customer agreement of the demonstration, and customers that were asked to accept it, in every state.

use super::cast::Person;
use super::customers::Customer;
use super::drafts::{ASKED, asked_customer, draft_id};
use super::letters::{About, letter};
use super::log;
use super::random::{Random, id};
use super::requests::working_hour;
use super::rows::{ActivityRow, AgreementRequestRow, CustomerAgreementRow, CustomerRow, LetterRow};
use super::world::World;
use crate::access::Reach;
use crate::activity::{Action, Change, Entry};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::links::model::RequestState::{self, Accepted, Declined, Open, Revoked};
use crate::mail::letter::LetterState;
use crate::values::country::Country;
use crate::values::id::{AgreementRequestId, CustomerAgreementId, CustomerId, DraftId};
use crate::values::moment::Moment;
use crate::values::person::full_name;

const TEXT: &str = include_str!("data/customer_agreement.txt");

/// For how many days a request holds.
const LINK_DAYS: i64 = 30;
/// Before how many days which version was published, and for which country.
const TEXTS: [(&str, i32, i64); 3] = [("", 1, 1_000), ("", 2, 200), ("DE", 1, 150)];

/// How requests to customers stand that have not accepted: asked so many days ago, and how the letter fares, if the portal
/// mailed it. The mailbox of one contact is gone.
const CASES: [(i64, RequestState, Option<LetterState>); 5] = [
    (47, Open, MAILED),
    (12, Declined, MAILED),
    (9, Revoked, MAILED),
    (6, Open, Some(LetterState::Failed)),
    (2, Open, None),
];
const MAILED: Option<LetterState> = Some(LetterState::Sent);
/// So many customers accepted by their link before they ordered.
const ACCEPTED: usize = 4;

/// Whom a request goes to.
struct To {
    customer: Option<CustomerId>,
    draft: Option<DraftId>,
    company: String,
    country: Country,
    first_name: String,
    last_name: String,
    email: String,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    CustomerAgreementRow::insert(conn, &texts(world))?;
    let Some(maker) = world.cast.harbor.people.get(3) else { return Ok(()) };
    let (mut asked, mut log) = (Vec::new(), Vec::new());
    let all = || {
        (0..world.count)
            .filter(|index| world.is_harbors(*index))
            .filter_map(|index| Customer::of(world, index))
    };
    let mut awaited: Vec<Customer<'_>> = all().filter(|customer| !customer.has_agreement).collect();
    for (days, state, letter) in CASES {
        let asked_at = working_hour(world.now.plus_days(-days), "consent");
        let Some(at) = awaited.iter().position(|customer| customer.created_at < asked_at) else { continue };
        let to = to(conn, world, &awaited.swap_remove(at))?;
        asked.push(ask(world, (maker, asked.len()), &to, (asked_at, state, letter)));
    }
    let held: Vec<Customer<'_>> = all().filter(|customer| customer.has_agreement).collect();
    for customer in held.iter().rev().take(ACCEPTED) {
        let to = to(conn, world, customer)?;
        let how = (customer.created_at.plus_days(-2), Accepted, MAILED);
        let accepted = ask(world, (maker, asked.len()), &to, how);
        accept(conn, customer, &accepted.0)?;
        asked.push(accepted);
    }
    let form = asked_customer(world);
    let to = To {
        customer: None,
        draft: Some(draft_id(ASKED)),
        company: form.company,
        country: world.cast.harbor.row.country,
        first_name: form.first_name,
        last_name: form.last_name,
        email: form.email,
    };
    asked.push(ask(world, (maker, asked.len()), &to, (world.now.plus_days(-2), Open, MAILED)));
    let (rows, letters): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    rows.iter().for_each(|row| record(&mut log, world, maker, row));
    AgreementRequestRow::insert(conn, &rows)?;
    LetterRow::insert(conn, &letters.into_iter().flatten().collect::<Vec<_>>())?;
    CustomerRow::record_acceptances(conn)?;
    ActivityRow::insert(conn, &log)
}

fn texts(world: &World<'_>) -> Vec<CustomerAgreementRow> {
    let by = world.cast.operator.owner().map(|owner| owner.name.clone()).unwrap_or_default();
    let text = |(country, version, days): (&'static str, i32, i64)| CustomerAgreementRow {
        id: text_id(country, version),
        country,
        version,
        body: TEXT.trim().to_owned(),
        published_by_name: by.clone(),
        published_at: working_hour(world.now.plus_days(-days), "customer agreement"),
        language: Language::ENGLISH,
    };
    TEXTS.map(text).into()
}

fn text_id(country: &str, version: i32) -> CustomerAgreementId {
    let number = u64::try_from(version).unwrap_or(0) + if country.is_empty() { 0 } else { 100 };
    CustomerAgreementId::from_number(id("customer-agreement", number))
}

/// Which text held for a country at a moment: its version and its id.
fn text_at(world: &World<'_>, country: Country, at: Moment) -> Option<(i32, CustomerAgreementId)> {
    let published = |of: &&(&str, i32, i64)| world.now.plus_days(-of.2).plus_days(1) < at;
    let own = TEXTS.iter().filter(published).rfind(|(code, ..)| *code == country.code());
    let text = own.or_else(|| TEXTS.iter().filter(published).rfind(|(code, ..)| code.is_empty()))?;
    Some((text.1, text_id(text.0, text.1)))
}

fn to(conn: &mut Connection, world: &World<'_>, customer: &Customer<'_>) -> Result<To> {
    let reach = Reach::Provider(world.cast.harbor.row.id);
    let party = customers::store::find(conn, &reach, &customer.id)?.account.party();
    Ok(To {
        customer: Some(customer.id),
        draft: None,
        company: customer.name.clone(),
        country: customer.place.country,
        first_name: party.first_name,
        last_name: party.last_name,
        email: party.email.to_string(),
    })
}

/// A request, and its letter if the portal mailed one.
fn ask(
    world: &World<'_>,
    (maker, number): (&Person, usize),
    to: &To,
    (asked_at, state, letter): (Moment, RequestState, Option<LetterState>),
) -> (AgreementRequestRow, Option<LetterRow>) {
    let number = u64::try_from(number).unwrap_or(0);
    let sent_at = letter.map(|_| asked_at.plus_seconds(40));
    let row = row(world, (maker, number), to, (asked_at, state, sent_at));
    let letter = letter.map(|state| mailed(number, &row, state, world.now));
    (row, letter)
}

fn mailed(number: u64, row: &AgreementRequestRow, state: LetterState, now: Moment) -> LetterRow {
    let about = About {
        kind: "agreement_request",
        id: row.id.to_string(),
        organisation: row.provider_id,
        to: &row.to_email,
        reply_to: &row.requested_by_email,
        subject: &row.subject,
        body: &row.body,
        created_at: row.sent_at.unwrap_or(row.created_at),
    };
    letter(number, &about, state, now)
}

fn row(
    world: &World<'_>,
    (maker, number): (&Person, u64),
    to: &To,
    (asked_at, state, sent_at): (Moment, RequestState, Option<Moment>),
) -> AgreementRequestRow {
    let provider = &world.cast.harbor.row;
    let answered_at = (state != Open).then(|| asked_at.plus_seconds(28 * 3600));
    let answers = matches!(state, Accepted | Declined);
    let name = |name: &str| if answers { name.to_owned() } else { String::new() };
    AgreementRequestRow {
        id: AgreementRequestId::from_number(id("agreement-request", number)),
        provider_id: provider.id,
        draft_id: to.draft,
        customer_id: to.customer,
        agreement_id: text_at(world, to.country, asked_at).map(|(_, id)| id),
        requested_by: maker.id,
        requested_by_name: maker.name.clone(),
        requested_by_email: maker.email.clone(),
        company_name: to.company.clone(),
        country: to.country,
        to_first_name: to.first_name.clone(),
        to_last_name: to.last_name.clone(),
        to_email: to.email.clone(),
        subject: format!("Customer agreement for {}", to.company),
        body: format!(
            "Dear {},\n\nbefore {} can order cloud subscriptions for {}, somebody who may act for your company has \
             to accept the customer agreement.\n\nPlease open this personal link:\n\n[personal link]\n\nThe link holds \
             until [end of the link].\n\nKind regards\n{}",
            full_name(to.country, &to.first_name, "", &to.last_name),
            provider.name,
            to.company,
            maker.name
        ),
        // Nobody has the token: a link that works comes from Resend.
        token_hash: Random::of("agreement-request", number).hex(64),
        state,
        created_at: asked_at,
        sent_at,
        expires_at: asked_at.plus_days(LINK_DAYS),
        answered_at,
        answered_first_name: name(&to.first_name),
        answered_last_name: name(&to.last_name),
        decline_reason: if state == Declined {
            "We are about to merge, and our new parent decides about such agreements. Please ask again in spring."
        } else {
            ""
        },
        revoked_by_name: if state == Revoked { maker.name.clone() } else { String::new() },
        version: 2,
    }
}

/// The customer accepted by itself, before it was added.
fn accept(conn: &mut Connection, customer: &Customer<'_>, row: &AgreementRequestRow) -> Result<()> {
    let version = TEXTS
        .iter()
        .find(|(country, version, _)| row.agreement_id.as_ref() == Some(&text_id(country, *version)));
    let (version, on) = (version.map(|(_, version, _)| *version), row.answered_at.map(Moment::day));
    CustomerRow::accept(conn, &customer.id, version, on)
}

fn record(log: &mut Vec<ActivityRow>, world: &World<'_>, maker: &Person, row: &AgreementRequestRow) {
    let place = (&row.provider_id, world.now);
    let by = maker.actor(&world.cast.harbor);
    let entry = |action| {
        let entry = Entry::new(action, "agreement_request", row.id, &row.to_email);
        match &row.customer_id {
            Some(customer) => entry.for_customer(customer, &row.company_name),
            None => entry.with([Change::set("company", &row.company_name)]),
        }
    };
    let asked = entry(Action::RequestAgreement).with([Change::set("email", &row.to_email)]);
    log::put(log, place, by, &asked, row.created_at);
    if let Some(at) = row.sent_at {
        log::put(log, place, by, &entry(Action::SendAgreementRequest), at);
    }
    if let (Revoked, Some(at)) = (row.state, row.answered_at) {
        log::put(log, place, by, &entry(Action::RevokeAgreementRequest), at);
    }
}
