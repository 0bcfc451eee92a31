//! What somebody sends from the page: done at once, or planned for a day.

use chrono::NaiveDate;

use super::deed::{self, Refused};
use super::facts::{Facts, find_facts};
use super::plans;
use crate::access::permission::{AssignIncentives, AssignSupport, AssociateResellers, EndDelegations};
use crate::access::{Permission, Viewer};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::facts::demand_lasting;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::relationships::model::{Arrangement, Begins, Earners, Helpers, Obstacle, Wish};
use crate::session::postage;
use crate::values::id::{DelegationPlanId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;

/// What came of it. Names are the resellers'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arranged {
    Now {
        reseller: Option<String>,
        former: Option<String>,
    },
    Planned,
    /// The same page was sent before.
    Before,
    Refused(Refused),
    /// Who looks after the customer has changed since the page was drawn.
    Stale,
}

/// Does what somebody wants, or plans it, once.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; [`Error::Forbidden`] for a part of it that the viewer may not
/// do; [`Error::Ended`]; [`Error::TooManyLetters`]; database errors.
pub fn arrange(
    conn: &mut Connection,
    by: &Viewer,
    wish: &Wish,
    site: &Site,
    now: Moment,
) -> Result<Arranged> {
    let arrangement = &wish.arrangement;
    Parts::of(arrangement).demand(by)?;
    let provider = &by.organisation.id;
    let facts = find_facts(conn, provider, &arrangement.customer, arrangement.former.as_ref())?;
    if was_done(conn, &facts, wish)? {
        return Ok(Arranged::Before);
    }
    demand_lasting(conn, &facts.customer.id)?;
    let replaced = facts.plan.as_ref().map(|plan| plan.id);
    if facts.mark() != wish.mark || replaced != wish.replaces {
        return Ok(Arranged::Stale);
    }
    if let Err(refused) = deed::check(conn, &facts, arrangement)? {
        record_refusal(conn, by, &facts, arrangement, now)?;
        return Ok(Arranged::Refused(refused));
    }
    if let Some(plan) = &facts.plan {
        plans::replace(conn, by, plan, now)?;
    }
    match wish.begins {
        Begins::On(day) => {
            plans::make(conn, &Author::of(by), (&wish.plan, arrangement, day), &facts, now)?;
            Ok(Arranged::Planned)
        }
        Begins::AtOnce => at_once(conn, by, arrangement, site, now),
    }
}

fn at_once(
    conn: &mut Connection,
    by: &Viewer,
    arrangement: &Arrangement,
    site: &Site,
    now: Moment,
) -> Result<Arranged> {
    let done = deed::carry_out(conn, &Author::of(by), arrangement, (site, Some(&by.email)), now)?;
    let done = match done {
        Ok(done) => done,
        Err(refused) => return Ok(Arranged::Refused(refused)),
    };
    for letter in &done.letters {
        postage::put(conn, by, &LetterId::new(), letter, now)?;
    }
    Ok(Arranged::Now { reseller: done.reseller, former: done.former })
}

/// Whether the same page was sent before, or what it wants is so already.
fn was_done(conn: &mut Connection, facts: &Facts, wish: &Wish) -> Result<bool> {
    let arrangement = &wish.arrangement;
    let is_given = facts.lasting.iter().any(|one| one.id == arrangement.choices.delegation);
    let is_only_ended =
        arrangement.reseller.is_none() && wish.begins == Begins::AtOnce && facts.is_too_late();
    Ok(is_given || is_only_ended || plans::is_there(conn, &facts.customer.id, &wish.plan)?)
}

/// What is changed: each part takes a permission of its own.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub begins: bool,
    pub ends: bool,
    pub earners: bool,
    pub helpers: bool,
}

impl Parts {
    pub fn of(wish: &Arrangement) -> Self {
        Self {
            begins: wish.reseller.is_some() || wish.former.is_none(),
            ends: wish.former.is_some(),
            earners: wish.choices.earners != Earners::Leave,
            helpers: wish.choices.helpers != Helpers::Leave,
        }
    }

    /// # Errors
    /// [`Error::Forbidden`] for a part that the viewer may not change.
    pub fn demand(self, by: &Viewer) -> Result<()> {
        if self.begins {
            may::<AssociateResellers>(by)?;
        }
        if self.ends {
            may::<EndDelegations>(by)?;
        }
        if self.earners {
            may::<AssignIncentives>(by)?;
        }
        if self.helpers {
            may::<AssignSupport>(by)?;
        }
        Ok(())
    }
}

/// Plans for a customer what somebody decided for many, in the place of what was planned for it.
///
/// # Errors
/// [`Error::NotFound`] when the customer is not the author's organisation's; database errors.
pub fn plan(
    conn: &mut Connection,
    by: &Author,
    (arrangement, begins_on): (&Arrangement, NaiveDate),
    now: Moment,
) -> Result<Result<(), Refused>> {
    let facts = find_facts(conn, &by.organisation, &arrangement.customer, arrangement.former.as_ref())?;
    if let Err(refused) = deed::check(conn, &facts, arrangement)? {
        return Ok(Err(refused));
    }
    plans::drop_with(conn, by, facts.customer_named(), now)?;
    plans::make(conn, by, (&DelegationPlanId::new(), arrangement, begins_on), &facts, now)?;
    Ok(Ok(()))
}

fn may<P: Permission>(by: &Viewer) -> Result<()> {
    if by.may::<P>() { Ok(()) } else { Err(Error::Forbidden(P::KEY)) }
}

/// Whoever cannot be chosen and is no partner is not named in the log: it may be anybody's organisation.
fn record_refusal(
    conn: &mut Connection,
    by: &Viewer,
    facts: &Facts,
    wish: &Arrangement,
    now: Moment,
) -> Result<()> {
    let Some(reseller) = &wish.reseller else { return Ok(()) };
    let name = facts.partner(reseller).map_or("", |partner| partner.name.as_str());
    let entry = Entry::new(Action::CreateDelegation, "delegation", wish.choices.delegation, name)
        .for_customer(&facts.customer.id, &facts.customer.account.company_name)
        .with([Change::set("reseller", name)])
        .failed();
    activity::store::record(conn, by, &entry, now)
}

impl Arranged {
    /// Why it was refused, if it was.
    pub fn obstacle(&self) -> Option<Obstacle> {
        match self {
            Self::Refused(refused) => Some(refused.obstacle),
            _ => None,
        }
    }
}
