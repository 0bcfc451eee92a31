//! What a reseller had goes to one whose delegation does not begin with it: it administers the customer already, or only
//! subscriptions name the former one, or it goes to nobody.

use super::deed::{Done, Refused, letters, pass_over, rests};
use super::facts::{Facts, find_facts};
use crate::activity::Author;
use crate::db::Connection;
use crate::error::Result;
use crate::partnerships::directory::{Partner, find_partner};
use crate::relationships::model::{Arrangement, Effect, Obstacle, Parties, effects};
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::Site;

/// Does it all, or nothing: the former reseller's delegation ends where it has one, and what names it is handed over.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is not the author's organisation's; database errors.
pub fn pass_on(
    conn: &mut Connection,
    by: &Author,
    (wish, former): (&Arrangement, &OrganisationId),
    (site, reply_to): (&Site, Option<&Email>),
    now: Moment,
) -> Result<Result<Done, Refused>> {
    let facts = find_facts(conn, &by.organisation, &wish.customer, wish.former.as_ref())?;
    let partner = match check(conn, &facts, wish)? {
        Ok(partner) => partner,
        Err(refused) => return Ok(Err(refused)),
    };
    let letters = match &facts.former {
        Some(_) => letters(conn, by, &facts, wish, (site, reply_to))?,
        // Who administers the customer does not change.
        None => Vec::new(),
    };
    let effects = passing(&facts, wish, former);
    pass_over(conn, by, facts, (&effects, partner, letters), now).map(Ok)
}

/// To whom it goes, or why it cannot.
fn check(
    conn: &mut Connection,
    facts: &Facts,
    wish: &Arrangement,
) -> Result<Result<Option<Partner>, Refused>> {
    if facts.is_too_late() {
        return Ok(Err(Obstacle::FormerGone.into()));
    }
    let Some(reseller) = &wish.reseller else { return Ok(Ok(None)) };
    let provider = &facts.customer.provider;
    if let Some(obstacle) = rests(conn, facts)? {
        return Ok(Err(obstacle.into()));
    }
    let Some(partner) = find_partner(conn, provider, reseller)? else {
        return Ok(Err(Refused { obstacle: Obstacle::NotPartner, lack: Some(Problem::NotInPartnership) }));
    };
    Ok(match partner.lack() {
        Some(lack) => Err(Refused { obstacle: Obstacle::Lacks, lack: Some(lack.problem()) }),
        None => Ok(Some(partner)),
    })
}

/// What changes. A reseller helps only with what it deals with: it administers the customer, or the subscription names it.
fn passing(facts: &Facts, wish: &Arrangement, former: &OrganisationId) -> Vec<Effect> {
    let provider = &facts.customer.provider;
    let reseller = wish.reseller.as_ref();
    let parties = Parties { provider, former: Some(former), reseller };
    let held = facts.held();
    let administers = facts.lasting.iter().any(|one| Some(&one.reseller) == reseller);
    let deals = |effect: &Effect| {
        let before = held.iter().find(|one| one.id == effect.id).and_then(|one| one.earner);
        administers || effect.earner.unwrap_or(before).as_ref() == reseller
    };
    let effects = effects(&held, parties, &wish.choices.earners, &wish.choices.helpers);
    let was_formers = |effect: &Effect| held.iter().any(|one| one.id == effect.id && one.helper == *former);
    let sound = |effect: Effect| match effect.helper.as_ref() == reseller && !deals(&effect) {
        // With what somebody else helps it goes on helping.
        true => Effect { helper: was_formers(&effect).then_some(*provider), ..effect },
        false => effect,
    };
    let sound = effects.into_iter().map(sound);
    sound.filter(|effect| effect.earner.is_some() || effect.helper.is_some()).collect()
}
