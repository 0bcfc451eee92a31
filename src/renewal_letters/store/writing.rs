//! Writing the letters that are due, one person after the other. One that was due while the portal was off comes once,
//! with what is ahead by then.

use diesel::prelude::*;

use crate::access::permission::SeeRenewals;
use crate::access::{Permission as _, Reach};
use crate::db::Connection;
use crate::db::schema::renewal_letters;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::people::facts::{Member, addressee, member};
use crate::renewal_letters::letters::ahead::Ahead;
use crate::renewal_letters::model::next_after;
use crate::subscriptions::store::renewals::{Selection, page_within};
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::{Moment, days_after};
use crate::web::Site;
use crate::web::pager::{Portion, Start};

/// So many subscriptions are named in a letter; the list has all.
const NAMED: usize = 30;

/// Writes to whoever has waited for longest. Answers for how many people the day has come: one, or none.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn write_next(conn: &mut Connection, site: &Site, now: Moment) -> Result<usize> {
    let due: Option<Row> = renewal_letters::table
        .filter(renewal_letters::next_on.le(now.day()))
        .order((renewal_letters::next_on, renewal_letters::person_id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(due) = due else { return Ok(0) };
    let waiting = renewal_letters::table.find(&due.person_id);
    match member(conn, &due.person_id)? {
        // Whoever is gone has chosen nothing any more.
        None => diesel::delete(waiting).execute(conn)?,
        Some(member) => {
            write(conn, (&due, &member), site, now)?;
            diesel::update(waiting).set(renewal_letters::next_on.eq(next_after(now.day()))).execute(conn)?
        }
    };
    Ok(1)
}

/// Nothing where the roles have changed meanwhile, and where nothing is ahead.
fn write(conn: &mut Connection, (due, member): (&Row, &Member), site: &Site, now: Moment) -> Result<()> {
    let organisation = &member.organisation;
    let granted = SeeRenewals::roles_in(organisation.kind);
    if !member.roles.iter().any(|role| granted.contains(role)) {
        return Ok(());
    }
    let days = u64::try_from(due.days_ahead).unwrap_or_default();
    let selection = Selection { until: days_after(now.day(), days), renewing: None };
    let reach = Reach::of(&organisation.id, organisation.kind);
    let page = page_within(conn, &reach, selection, &Portion::new(&Start::First, NAMED))?;
    if page.rows.is_empty() {
        return Ok(());
    }
    let to = addressee(conn, &due.person_id)?;
    let letter = Ahead {
        to: &to,
        organisation: &organisation.name,
        days,
        has_more: page.next.is_some(),
        renewals: page.rows,
        site,
    };
    outbox::put(conn, &LetterId::new(), &letter.letter()?, now)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = renewal_letters)]
struct Row {
    person_id: PersonId,
    days_ahead: i32,
}
