//! The deed: who administers a customer, who earns and who helps, changed together. Whoever asks for it now and the
//! portal on a planned day do the same.

use super::facts::{Facts, find_facts};
use crate::activity::Author;
use crate::customers::store::association::{self, NewDelegation};
use crate::customers::store::ending;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::partners;
use crate::partners::model::OrganisationState;
use crate::partners::store::admins::global_admins_of;
use crate::partnerships::directory::Partner;
use crate::relationships::letters::arranged::Arranged as ArrangedLetter;
use crate::relationships::model::{Arrangement, Draft, Effect, Obstacle, Side, effects};
use crate::subscriptions::store::handover::{Handover, hand_over};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::Site;

/// So many Global admins of a reseller are written to.
const MOST_ADMINS: usize = 10;

/// Why it was not done, with what the chosen reseller lacks, where it is that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub obstacle: Obstacle,
    pub lack: Option<Problem>,
}

impl From<Obstacle> for Refused {
    fn from(obstacle: Obstacle) -> Self {
        Self { obstacle, lack: None }
    }
}

/// What was done, and the letters that are to go.
#[derive(Clone, Debug)]
pub struct Done {
    pub reseller: Option<String>,
    pub former: Option<String>,
    /// How many subscriptions name somebody else than before.
    pub subscriptions: usize,
    pub letters: Vec<Letter>,
}

/// Who may be let in, or why nothing can be done. Nothing is written.
///
/// # Errors
/// Database errors.
pub fn check(
    conn: &mut Connection,
    facts: &Facts,
    wish: &Arrangement,
) -> Result<Result<Option<Partner>, Refused>> {
    if facts.was_former_ended() {
        return Ok(Err(Obstacle::FormerGone.into()));
    }
    let is_gone = |id: &SubscriptionId| facts.subscriptions.iter().all(|one| one.id != *id);
    if wish.choices.ticked().iter().any(is_gone) {
        return Ok(Err(Obstacle::SubscriptionGone.into()));
    }
    let Some(reseller) = &wish.reseller else { return Ok(Ok(None)) };
    if let Some(obstacle) = rests(conn, facts)? {
        return Ok(Err(obstacle.into()));
    }
    if facts.lasting.iter().any(|one| one.reseller == *reseller) {
        return Ok(Err(Obstacle::Administers.into()));
    }
    let Some(partner) = facts.partner(reseller) else {
        return Ok(Err(Refused { obstacle: Obstacle::NotPartner, lack: Some(Problem::NotInPartnership) }));
    };
    Ok(match facts.hindrance(partner) {
        Some(lack) => {
            let is_removed = lack == Problem::RemovedByCustomer;
            let obstacle = if is_removed { Obstacle::RemovedByCustomer } else { Obstacle::Lacks };
            Err(Refused { obstacle, lack: Some(lack) })
        }
        None => Ok(Some(partner.clone())),
    })
}

/// Why nobody new is let in, whoever it is.
pub(super) fn rests(conn: &mut Connection, facts: &Facts) -> Result<Option<Obstacle>> {
    if facts.customer.ended_at.is_some() {
        return Ok(Some(Obstacle::CustomerEnded));
    }
    let state = partners::store::find(conn, &facts.customer.provider)?.state;
    Ok((state == OrganisationState::Suspended).then_some(Obstacle::ProviderSuspended))
}

/// Does it all, or nothing.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is not the author's organisation's; database errors.
pub fn carry_out(
    conn: &mut Connection,
    by: &Author,
    wish: &Arrangement,
    (site, reply_to): (&Site, Option<&Email>),
    now: Moment,
) -> Result<Result<Done, Refused>> {
    let facts = find_facts(conn, &by.organisation, &wish.customer, wish.former.as_ref())?;
    let partner = match check(conn, &facts, wish)? {
        Ok(partner) => partner,
        Err(refused) => return Ok(Err(refused)),
    };
    let letters = letters(conn, by, &facts, wish, (site, reply_to))?;
    if let Some(partner) = &partner {
        begin(conn, by, &facts, (wish, partner), now)?;
    }
    let parties = facts.parties(partner.as_ref().map(|partner| &partner.reseller));
    let effects = effects(&facts.held(), parties, &wish.choices.earners, &wish.choices.helpers);
    pass_over(conn, by, facts, (&effects, partner, letters), now).map(Ok)
}

/// What it comes to for subscriptions, and the end of the former delegation where that lasts.
pub(super) fn pass_over(
    conn: &mut Connection,
    by: &Author,
    facts: Facts,
    (effects, partner, letters): (&[Effect], Option<Partner>, Vec<Letter>),
    now: Moment,
) -> Result<Done> {
    hand_over_all(conn, by, &facts, (effects, partner.as_ref()), now)?;
    if let Some(former) = facts.former.as_ref().filter(|former| former.lasts())
        && !ending::close(conn, by, (facts.customer_named(), former), now)?
    {
        return Err(try_again());
    }
    Ok(Done {
        reseller: partner.map(|partner| partner.name),
        former: facts.former.map(|former| former.reseller_name),
        subscriptions: effects.len(),
        letters,
    })
}

fn begin(
    conn: &mut Connection,
    by: &Author,
    facts: &Facts,
    (wish, partner): (&Arrangement, &Partner),
    now: Moment,
) -> Result<()> {
    let account = &facts.customer.account;
    let new = NewDelegation {
        id: &wish.choices.delegation,
        customer: &facts.customer.id,
        company_name: &account.company_name,
        domain: &account.domain,
        reseller: &partner.reseller,
        reseller_name: &partner.name,
        ends_on: wish.choices.ends_on,
    };
    // Who administers was read in this transaction, so only somebody else's can have come in between.
    if association::begin(conn, by, &new, now)? { Ok(()) } else { Err(try_again()) }
}

/// Hands over every subscription for which something changes; where one earns that did not, it is this partner.
fn hand_over_all(
    conn: &mut Connection,
    by: &Author,
    facts: &Facts,
    (effects, partner): (&[Effect], Option<&Partner>),
    now: Moment,
) -> Result<()> {
    let named = partner.map(|partner| (partner.mpn_id.to_string(), partner.reseller));
    for Effect { id, earner, helper } in effects {
        let earner = earner.map(|earner| earner.and(named.clone()));
        if let Some(subscription) = facts.subscriptions.iter().find(|one| one.id == *id) {
            let handover = Handover { earner, helper: *helper };
            hand_over(conn, by, (&facts.customer, subscription), &handover, now)?;
        }
    }
    Ok(())
}

/// Every letter that was not left out, to each who is to get it.
pub(super) fn letters(
    conn: &mut Connection,
    by: &Author,
    facts: &Facts,
    wish: &Arrangement,
    (site, reply_to): (&Site, Option<&Email>),
) -> Result<Vec<Letter>> {
    let mut letters = Vec::new();
    for draft in &wish.choices.letters {
        for to in addressees(conn, facts, wish, draft)? {
            let letter = ArrangedLetter { by, customer: &wish.customer, draft, to: &to, reply_to, site };
            letters.push(letter.letter()?);
        }
    }
    Ok(letters)
}

fn addressees(conn: &mut Connection, facts: &Facts, wish: &Arrangement, draft: &Draft) -> Result<Vec<Email>> {
    let admins = |conn: &mut Connection, of: Option<&OrganisationId>| -> Result<Vec<Email>> {
        let Some(of) = of else { return Ok(Vec::new()) };
        let admins = global_admins_of(conn, of)?;
        Ok(admins.into_iter().take(MOST_ADMINS).map(|admin| admin.email).collect())
    };
    match draft.side {
        Side::Reseller => admins(conn, wish.reseller.as_ref()),
        Side::Former => admins(conn, facts.former.as_ref().map(|former| &former.reseller)),
        Side::Customer => Ok(vec![facts.customer.account.email.clone()]),
    }
}
