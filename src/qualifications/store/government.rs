//! Joining the Government Community Cloud, by a validation code of the provider.

use super::codes::take;
use super::reading::standing;
use crate::access::Allowed;
use crate::access::permission::QualifyCustomers;
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::Qualification;
use crate::customers::new_account::qualifications;
use crate::customers::store::qualification::change;
use crate::db::Connection;
use crate::error::Result;
use crate::qualifications::model::BadCode;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    Now,
    /// It is there already, by the same code.
    Already,
    Refused(BadCode),
    /// It no longer stood as the page showed it.
    Changed,
}

/// Lets a customer within reach join; its code counts one customer more, unless it counted this one before.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn join(
    conn: &mut Connection,
    by: &Allowed<QualifyCustomers>,
    (id, mark): (&CustomerId, &str),
    code: &str,
    now: Moment,
) -> Result<Joined> {
    let held = standing(conn, by, id)?;
    let account = &held.customer.account;
    let (from, to) = (account.qualification, Qualification::Government);
    if from == to && account.validation_code == code {
        return Ok(Joined::Already);
    }
    let can_join = from == Qualification::None
        && held.open().is_none()
        && held.customer.ended_at.is_none()
        && qualifications(account.country).contains(&to);
    if !can_join || held.mark() != mark {
        return Ok(Joined::Changed);
    }
    if let Err(bad) = take(conn, &held.customer.provider, code, id, now)? {
        return Ok(Joined::Refused(bad));
    }
    if !change(conn, id, (from, to), code)? {
        return Err(crate::db::try_again());
    }
    let name = &account.company_name;
    let entry = Entry::new(Action::SetQualification, "customer", id, name).for_customer(id, name).with([
        Change::new("qualification", from.as_text(), to.as_text()),
        Change::set("validation_code", code),
    ]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Joined::Now)
}
