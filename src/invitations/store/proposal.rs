//! What a request would mean for a company that has an account here.

use super::link::{self, Invitation};
use crate::agreements::store::texts;
use crate::customers::model::Customer;
use crate::customers::store::{delegations, speaking};
use crate::db::Connection;
use crate::error::Result;
use crate::invitations::model::answer::{Effect, Proposal, Speaker};
use crate::language::Language;
use crate::links::model::Standing;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// The proposal to the company of this domain, if whoever speaks may speak for it: whether there is such a company
/// nobody else learns. An administrator speaks for the own company, whatever the domain. The customer agreement is the
/// one for whoever reads this language.
///
/// # Errors
/// Database errors.
pub fn proposal(
    conn: &mut Connection,
    token: &TokenHash,
    (speaker, domain): (&Speaker, &str),
    language: Language,
    now: Moment,
) -> Result<Option<Proposal>> {
    let Some(invitation) = link::invitation(conn, token)? else { return Ok(None) };
    let request = &invitation.request;
    if request.standing(now) != Standing::Open {
        return Ok(None);
    }
    let known = match speaker {
        // The request may have been sent to another address since this one was proved.
        Speaker::Mailbox(mailbox) if *mailbox != request.drafted.to => None,
        Speaker::Mailbox(mailbox) => speaking::account_for(conn, domain, mailbox)?,
        Speaker::Admin(company) => speaking::first_account(conn, company)?,
    };
    let Some(known) = known else { return Ok(None) };
    let effect = effect(conn, (&invitation.provider.id, invitation.provider.country.region()), &known)?;
    // What the company took away, it gives again signed in: whoever reads a mailbox does not.
    if matches!(speaker, Speaker::Mailbox(_)) && was_taken_away(conn, &invitation, &effect)? {
        return Ok(None);
    }
    // What its provider keeps of the company is for that one to show and to name, not what another one does.
    let known = match &effect {
        Effect::Held(own) | Effect::Ended(own) => Customer::clone(own),
        Effect::Added | Effect::OtherRegion => known,
    };
    let mut proposal = Proposal { invitation, known, effect, text: None };
    if !proposal.agreement().is_accepted() {
        proposal.text = texts::in_force(conn, proposal.known.account.country, language)?;
    }
    Ok(Some(proposal))
}

/// Whether a request asks again for what the company took from those who ask.
fn was_taken_away(conn: &mut Connection, invitation: &Invitation, effect: &Effect) -> Result<bool> {
    let Effect::Held(own) = effect else { return Ok(false) };
    if !invitation.request.drafted.includes_administration {
        return Ok(false);
    }
    match &invitation.reseller {
        Some(reseller) if delegations::is_revoked(conn, (&own.id, &reseller.id))? => Ok(true),
        _ => Ok(own.undelegated_at.is_some()),
    }
}

fn effect(
    conn: &mut Connection,
    (provider, region): (&OrganisationId, crate::values::country::Region),
    known: &Customer,
) -> Result<Effect> {
    Ok(match speaking::account_with(conn, provider, &known.company)? {
        Some(own) if own.ended_at.is_some() => Effect::Ended(Box::new(own)),
        Some(own) => Effect::Held(Box::new(own)),
        None if known.account.country.region() != region => Effect::OtherRegion,
        None => Effect::Added,
    })
}
