//! From turn to turn, and the end of a file: the state changes by condition, all sides read of it in their logs, and
//! letters go to whoever has to act, or to know.

use diesel::prelude::*;

use super::one;
use crate::access::{Reach, Role, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers;
use crate::db::Connection;
use crate::db::schema::{transfer_answers, transfer_items, transfers};
use crate::error::Result;
use crate::language::Language;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::people::facts::{RoleHolder, addressees, holder};
use crate::transfers::letters::asked;
use crate::transfers::letters::settled::{Reader, Settled};
use crate::transfers::letters::waits::Waits;
use crate::transfers::model::{Kind, Outcome, Side, State, Transfer};
use crate::values::id::{CustomerId, LetterId, OrganisationId, TransferId};
use crate::values::moment::Moment;
use crate::web::Site;

/// Who decides about transfers.
const DECIDING: [Role; 3] = [Role::GlobalAdmin, Role::AdminAgent, Role::SalesAgent];
/// So many people of each side are written to.
const MOST_PEOPLE: i64 = 10;

/// Who does something.
#[derive(Clone, Copy)]
pub(super) enum Voice<'a> {
    Person(&'a Viewer),
    /// Somebody of the company, by the mailed link, under the name that was typed.
    Visitor(&'a str, &'a str),
    Portal,
}

impl Voice<'_> {
    pub fn name(&self) -> &str {
        match self {
            Self::Person(viewer) => &viewer.name,
            Self::Visitor(name, _) => name,
            Self::Portal => "",
        }
    }

    pub fn is_by_link(&self) -> bool {
        matches!(self, Self::Visitor(..))
    }

    fn record(&self, conn: &mut Connection, log: &OrganisationId, entry: &Entry, now: Moment) -> Result<()> {
        match self {
            Self::Person(viewer) => activity::store::record_for(conn, log, viewer, entry, now),
            Self::Visitor(name, company) => {
                activity::store::record_by_visitor(conn, log, (name, company), entry, now)
            }
            Self::Portal => activity::store::record_by_portal(conn, log, entry, now),
        }
    }
}

/// A record about a file, called like the new partner.
pub(super) fn entry(action: Action, transfer: &Transfer, customer: &CustomerId) -> Entry {
    Entry::new(action, "transfer", transfer.id, &transfer.target_name)
        .for_customer(customer, &transfer.company_name)
        .with([Change::new("partner", &transfer.source.name, &transfer.target_name)])
}

/// In the log of every partner that knows of the file, each with the account that it has of the company, and in that of
/// the company where it speaks itself.
pub(super) fn record_with_sides(
    conn: &mut Connection,
    transfer: &Transfer,
    by: Voice<'_>,
    entry: impl Fn(&CustomerId) -> Entry,
    now: Moment,
) -> Result<()> {
    let mut logs = vec![(transfer.provider, transfer.customer)];
    if transfer.source.id != transfer.provider {
        logs.push((transfer.source.id, transfer.customer));
    }
    if let Some(target) = transfer.target.filter(|_| transfer.is_shown) {
        logs.push((target, transfer.target_customer.unwrap_or(transfer.customer)));
    }
    if let Voice::Person(viewer) = by
        && viewer.organisation.id == transfer.company
    {
        logs.push((transfer.company, transfer.customer));
    }
    for (log, customer) in logs {
        by.record(conn, &log, &entry(&customer), now)?;
    }
    Ok(())
}

/// Keeps what a side said.
pub(super) fn keep_answer(
    conn: &mut Connection,
    transfer: &Transfer,
    (side, is_yes): (Side, bool),
    (by, reason): (Voice<'_>, &str),
    now: Moment,
) -> Result<()> {
    diesel::insert_into(transfer_answers::table)
        .values((
            transfer_answers::transfer_id.eq(&transfer.id),
            transfer_answers::side.eq(side),
            transfer_answers::is_yes.eq(is_yes),
            transfer_answers::by_name.eq(by.name()),
            transfer_answers::by_link.eq(by.is_by_link()),
            transfer_answers::reason.eq(reason),
            transfer_answers::at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// It is another side's turn. Answers `false` where somebody was faster.
pub(super) fn pass_on(conn: &mut Connection, transfer: &Transfer, side: Side) -> Result<bool> {
    let shows = transfer.is_shown || side == Side::Partner && transfer.kind != Kind::Outside;
    let met = diesel::update(as_read(transfer))
        .set((
            transfers::state.eq(side.turn()),
            transfers::is_shown.eq(shows),
            transfers::version.eq(transfers::version + 1),
        ))
        .execute(conn)?;
    Ok(met == 1)
}

/// Writes to those whose turn it is.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn begin_turn(
    conn: &mut Connection,
    transfer: &Transfer,
    side: Side,
    site: &Site,
    now: Moment,
) -> Result<()> {
    let organisation = match side {
        Side::Customer => return Ok(()),
        Side::Provider => transfer.provider,
        // Whoever started it records what a partner does that is not here.
        Side::Partner => transfer.target.unwrap_or(transfer.starter),
    };
    for to in &addressees(conn, &organisation, &DECIDING, MOST_PEOPLE)? {
        let letter = Waits { transfer, organisation: &organisation, side, to, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(())
}

/// Ends a file. What nobody has decided about stays as it was. Answers `false` where somebody was faster.
///
/// # Errors
/// Database errors.
pub(super) fn close(
    conn: &mut Connection,
    transfer: &Transfer,
    state: State,
    (by, reason): (Voice<'_>, &str),
    now: Moment,
) -> Result<bool> {
    let met = diesel::update(as_read(transfer))
        .set((
            transfers::state.eq(state),
            transfers::settled_at.eq(now),
            transfers::settled_by_name.eq(by.name()),
            transfers::reason.eq(reason),
            transfers::version.eq(transfers::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(false);
    }
    let waiting = transfer_items::table
        .filter(transfer_items::transfer_id.eq(&transfer.id))
        .filter(transfer_items::result.eq(Outcome::Waiting));
    diesel::update(waiting).set(transfer_items::result.eq(Outcome::Left)).execute(conn)?;
    outbox::withdraw(conn, (&asked::KIND, transfer.id.as_str()))?;
    Ok(true)
}

/// The row, as long as it is as it was read, and open.
#[diesel::dsl::auto_type]
fn as_read<'a>(transfer: &'a Transfer) -> _ {
    let id: &'a TransferId = &transfer.id;
    let version: i32 = transfer.version;
    transfers::table
        .filter(transfers::id.eq(id))
        .filter(transfers::version.eq(version))
        .filter(transfers::settled_at.is_null())
}

/// Tells everybody who knew of a file how it ended, but whoever ended it.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn tell_end(
    conn: &mut Connection,
    id: &TransferId,
    by: Voice<'_>,
    site: &Site,
    now: Moment,
) -> Result<()> {
    let transfer = &one(conn, id)?;
    let doer = match by {
        Voice::Person(viewer) => Some(viewer.organisation.id),
        Voice::Visitor(..) => Some(transfer.company),
        Voice::Portal => None,
    };
    let mut sides = vec![transfer.starter, transfer.source.id, transfer.provider];
    sides.extend(transfer.target.filter(|_| transfer.is_shown));
    let mut told: Vec<OrganisationId> = Vec::new();
    for organisation in sides {
        if Some(organisation) == doer || told.contains(&organisation) {
            continue;
        }
        told.push(organisation);
        for to in &people_of(conn, transfer, &organisation)? {
            let (name, language) = (to.name.as_str(), to.language.unwrap_or_default());
            let reader = Reader::Partner(&organisation);
            let letter = Settled { transfer, reader, to: &to.email, name, language, site }.letter()?;
            outbox::put(conn, &LetterId::new(), &letter, now)?;
        }
    }
    let is_asked = transfer.sides().contains(&Side::Customer);
    let concerns_customer = is_asked || transfer.state == State::Done;
    if concerns_customer && doer != Some(transfer.company) {
        let (name, email) = &transfer.contact;
        let language = language_of(conn, transfer)?;
        let reader = Reader::Customer;
        let letter = Settled { transfer, reader, to: email, name, language, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(())
}

/// Whoever started it, as long as they can act; otherwise those who decide.
fn people_of(
    conn: &mut Connection,
    transfer: &Transfer,
    organisation: &OrganisationId,
) -> Result<Vec<RoleHolder>> {
    if *organisation == transfer.starter
        && let Some(person) = holder(conn, organisation, &DECIDING, &transfer.started_by.0)?
    {
        return Ok(vec![person]);
    }
    addressees(conn, organisation, &DECIDING, MOST_PEOPLE)
}

/// Of the customer's contact, as its account says.
fn language_of(conn: &mut Connection, transfer: &Transfer) -> Result<Language> {
    let reach = Reach::Provider(transfer.provider);
    let customer = customers::store::find(conn, &reach, &transfer.customer)?;
    Ok(Language::fitting(&customer.account.culture).unwrap_or_default())
}
