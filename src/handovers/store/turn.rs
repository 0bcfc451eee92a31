//! One customer's turn: what is done for it, by the same deed as on its own page.

use crate::activity::Author;
use crate::customers::facts::resellers_of;
use crate::customers::model::Delegation;
use crate::customers::store::delegations;
use crate::db::Connection;
use crate::error::Result;
use crate::handovers::model::{Choices, Handover, Idle, Outcome, Source};
use crate::mail::letter::Letter;
use crate::relationships::model::{Arrangement, Choices as OneChoices, Draft, Side};
use crate::relationships::store::deed::{self, Done, Refused};
use crate::relationships::store::{arranging, passing, plans};
use crate::subscriptions::store::handover::held_by;
use crate::values::email::Email;
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::Site;

/// Where the name of the customer goes in a letter to its contact.
pub const CUSTOMER: &str = "{customer}";

/// What came of it for one customer.
#[derive(Clone, Debug)]
pub struct Turn {
    pub outcome: Outcome,
    pub why: String,
    pub subscriptions: usize,
    pub letters: Vec<Letter>,
}

/// Does it for one customer, all of it or nothing.
///
/// # Errors
/// Database errors.
pub fn take(
    conn: &mut Connection,
    (by, handover): (&Author, &Handover),
    (customer, company): (&CustomerId, &str),
    (site, reply_to): (&Site, Option<&Email>),
    now: Moment,
) -> Result<Turn> {
    let former = delegation(conn, customer, handover.former_id())?;
    let is_elsewhere = handover.former.is_some() && former.is_none();
    if is_elsewhere && !handover.takes_named() {
        return Ok(Turn::idle(Idle::NotAdministered));
    }
    let administers = administers(conn, customer, handover.reseller_id())?;
    if administers && handover.former.is_none() {
        return Ok(Turn::idle(Idle::AdministersAlready));
    }
    let wish = wish(conn, handover, (customer, company), former.map(|one| one.id))?;
    if let Some(day) = handover.begins_on {
        return Ok(Turn::planned(arranging::plan(conn, by, (&wish, day), now)?));
    }
    let goes_on = administers || is_elsewhere;
    let done = match handover.former_id().filter(|_| goes_on) {
        Some(former) => passing::pass_on(conn, by, (&wish, former), (site, reply_to), now)?,
        None => deed::carry_out(conn, by, &wish, (site, reply_to), now)?,
    };
    match &done {
        // Somebody else handed it over meanwhile.
        Ok(done) if is_elsewhere && done.subscriptions == 0 => return Ok(Turn::idle(Idle::NotAdministered)),
        Ok(_) if !is_elsewhere => plans::drop_with(conn, by, (customer, company), now)?,
        _ => {}
    }
    Ok(Turn::of(done))
}

/// The delegation that ends, if the customer has it.
fn delegation(
    conn: &mut Connection,
    customer: &CustomerId,
    former: Option<&OrganisationId>,
) -> Result<Option<Delegation>> {
    let Some(former) = former else { return Ok(None) };
    let all = delegations::of_customer(conn, customer)?;
    Ok(all.into_iter().find(|one| one.lasts() && one.reseller == *former))
}

fn administers(
    conn: &mut Connection,
    customer: &CustomerId,
    reseller: Option<&OrganisationId>,
) -> Result<bool> {
    let Some(reseller) = reseller else { return Ok(false) };
    Ok(resellers_of(conn, customer)?.contains(reseller))
}

fn wish(
    conn: &mut Connection,
    handover: &Handover,
    (customer, company): (&CustomerId, &str),
    former: Option<DelegationId>,
) -> Result<Arrangement> {
    let Choices { ends_on, earners, helpers, letters, .. } = &handover.choices;
    let held = held_by(conn, customer)?;
    let to_contact = |draft: &&Draft| draft.side == Side::Customer;
    let choices = OneChoices {
        delegation: DelegationId::new(),
        ends_on: *ends_on,
        earners: earners.of(|| held.iter().map(|one| one.id).collect()),
        helpers: helpers.clone(),
        letters: letters.iter().filter(to_contact).map(|draft| filled(draft, company)).collect(),
    };
    Ok(Arrangement { customer: *customer, former, reseller: handover.reseller_id().copied(), choices })
}

/// The letter with the name of the customer in it.
fn filled(draft: &Draft, company: &str) -> Draft {
    let fill = |text: &str| text.replace(CUSTOMER, company);
    Draft { subject: fill(&draft.subject), text: fill(&draft.text), ..draft.clone() }
}

impl Handover {
    /// Whether it is also about customers that the former reseller does not administer.
    fn takes_named(&self) -> bool {
        self.choices.source == Source::Former
    }
}

impl Turn {
    fn new(outcome: Outcome, why: &str) -> Self {
        Self { outcome, why: why.to_owned(), subscriptions: 0, letters: Vec::new() }
    }

    /// It could not be done, for no reason that the rules know.
    pub(super) fn failed() -> Self {
        Self::new(Outcome::Refused, Idle::Failed.as_text())
    }

    fn idle(why: Idle) -> Self {
        Self::new(Outcome::Unchanged, why.as_text())
    }

    fn of(done: Result<Done, Refused>) -> Self {
        match done {
            Ok(Done { subscriptions, letters, .. }) => {
                Self { subscriptions, letters, ..Self::new(Outcome::Done, "") }
            }
            Err(refused) => Self::new(Outcome::Refused, refused.obstacle.as_text()),
        }
    }

    fn planned(planned: Result<(), Refused>) -> Self {
        match planned {
            Ok(()) => Self::new(Outcome::Done, ""),
            Err(refused) => Self::new(Outcome::Refused, refused.obstacle.as_text()),
        }
    }
}
