//! Whether a subscription renews by itself.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::facts::within;
use super::super::form::DecisionForm;
use super::super::model::renewal::Renewal;
use super::super::model::rules::Action;
use super::edit::{Changed, Edit, Subject, current};
use super::renewals;
use crate::access::permission::{DecideRenewals, ManageSubscriptions, RaiseSubscriptions};
use crate::access::{Allowed, Permission as _};
use crate::activity::{Action as Done, Change};
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::notifications::Kind;
use crate::values::moment::Moment;

/// Decides whether another term follows this one. An add-on renews with its base, if at all.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; [`Error::Forbidden`] where it is to renew and the viewer may begin
/// nothing; database errors.
pub fn decide(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    auto_renews: bool,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    if subject.subscription.auto_renews == auto_renews {
        return Ok(Changed::Same);
    }
    if auto_renews && !by.may::<RaiseSubscriptions>() {
        return Err(Error::Forbidden(RaiseSubscriptions::KEY));
    }
    let word = |renews| if renews { "yes" } else { "no" };
    let change = Change::new("auto_renews", word(!auto_renews), word(auto_renews));
    let entry = subject.entry(Done::UpdateSubscription, [change]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::DecideRenewal, &entry))? {
        return Ok(obstacle);
    }
    let met = diesel::update(current(edit))
        .set((
            subscriptions::auto_renews.eq(auto_renews),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    let event = subject.event(Kind::RenewalDecided).changed(word(!auto_renews), word(auto_renews));
    subject.finish_and_tell(conn, by, (met, &entry, &event), edit.now)
}

/// What somebody has ticked; what is beyond the viewer's reach is left out.
///
/// # Errors
/// Database errors.
pub fn ticked(
    conn: &mut Connection,
    by: &Allowed<DecideRenewals>,
    form: &DecisionForm,
) -> Result<Vec<Renewal>> {
    let reach = by.reach();
    let ids = within(conn, &reach, form.ticked.iter().map(|(id, _)| *id))?;
    renewals::among(conn, &reach, &ids)
}

/// Decides it for all that is [`ticked`], each as of the version that the page showed. Answers them as they are by then, with
/// what came of each.
///
/// # Errors
/// [`Error::Forbidden`] as for [`decide`]; database errors.
pub fn decide_each(
    conn: &mut Connection,
    by: &Allowed<DecideRenewals>,
    form: &DecisionForm,
    now: Moment,
) -> Result<Vec<(Renewal, Option<Changed>)>> {
    let (may, reach) = (Allowed::<ManageSubscriptions>::check(by)?, by.reach());
    let ids = within(conn, &reach, form.ticked.iter().map(|(id, _)| *id))?;
    let mut changed = HashMap::new();
    for (id, version) in form.ticked.iter().filter(|(id, _)| ids.contains(id)) {
        let edit = Edit { id: *id, version: *version, now };
        changed.insert(*id, decide(conn, &may, &edit, form.auto_renews)?);
    }
    let rows = renewals::among(conn, &reach, &ids)?.into_iter();
    let with_result = rows.map(|row| {
        let result = changed.remove(&row.subscription.id);
        (row, result)
    });
    Ok(with_result.collect())
}
