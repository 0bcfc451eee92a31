//! New passwords of users: a temporary one that is shown once, or a mailed link.

use super::sheets::{self, Sheet};
use super::{open, record};
use crate::access::permission::{AddUsers, ResetCustomerPasswords};
use crate::access::{Allowed, Reach};
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::mail::letter::Letter;
use crate::people::store::{company, temporary};
use crate::session::postage;
use crate::session::store::second_factor;
use crate::users::facts::{first_admin, sign_in_of};
use crate::users::model::SignIn;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// Whose password it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of the user who came with the customer.
    FirstAdmin,
    User(CustomerUserId),
}

/// A customer within reach, how a user of it signs in, and whether that takes a second factor.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond or has no such user; [`Error::Ended`]; database errors.
pub fn find(
    conn: &mut Connection,
    reach: &Reach,
    (id, whose): (&CustomerId, Whose),
) -> Result<(Customer, SignIn, bool)> {
    let customer = crate::customers::store::find(conn, reach, id)?;
    crate::customers::facts::demand_lasting(conn, id)?;
    let user = match whose {
        Whose::FirstAdmin => first_admin(conn, &customer.company)?.ok_or(Error::NotFound)?,
        Whose::User(user) => sign_in_of(conn, &customer.company, &user)?,
    };
    let has_second_factor = second_factor::find(conn, &user.person)?.is_some();
    Ok((customer, user, has_second_factor))
}

/// What is replaced of how somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct Replaced {
    /// When the password was set.
    pub set_at: Moment,
    /// Whether the second factor is lost, too.
    pub has_lost_factor: bool,
}

/// Gives a user a temporary password, by its hash, in place of the one that is meant. Its owner is told by letter.
/// Answers `false` when somebody has set another one since, or the customer lets the viewer's organisation administer its
/// account no more.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach or has no such user; database errors.
pub fn reset(
    conn: &mut Connection,
    by: &Allowed<ResetCustomerPasswords>,
    (whom, replaced): ((&CustomerId, Whose), Replaced),
    (hash, notice): (&PasswordHash, &(LetterId, Letter)),
    now: Moment,
) -> Result<bool> {
    let (customer, user, _) = find(conn, &by.reach(), whom)?;
    if !customer.is_administered_within(&by.reach())
        || !temporary::give(conn, &user.person, replaced.set_at, hash, now)?
    {
        return Ok(false);
    }
    postage::put_news(conn, &notice.0, &notice.1, now)?;
    let of = (&user.id, user.user_name.as_str());
    record(conn, by, (&customer, of), (Action::ResetCustomerPassword, Vec::new()), now)?;
    if replaced.has_lost_factor && second_factor::drop_all(conn, &user.person)? {
        record(conn, by, (&customer, of), (Action::ResetSecondFactor, Vec::new()), now)?;
    }
    Ok(true)
}

/// A link in place of a password in hand, and the letter that carries it.
#[derive(Clone)]
pub struct Link {
    pub user: CustomerUserId,
    pub person: PersonId,
    pub token: TokenHash,
    pub letter: (LetterId, Letter),
}

/// Mails links in place of passwords in hand: the passwords open nothing any more. Answers how many went out; none when the
/// sheet is gone.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; [`Error::Undelegated`]; [`Error::Ended`];
/// [`Error::TooManyLetters`]; database errors.
pub fn hand_over(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    links: &[Link],
    now: Moment,
) -> Result<Option<usize>> {
    open(conn, &by.reach(), customer)?;
    let Ok(Sheet { customer, rows, .. }) = sheets::find(conn, by, (customer, sheet), now)? else {
        return Ok(None);
    };
    let mut sent = 0;
    for link in links {
        let row = rows.iter().find(|row| row.user == link.user && row.sealed.is_some());
        let Some(row) = row.filter(|row| row.person == link.person) else { continue };
        if !sheets::take(conn, sheet, &link.user)? {
            continue;
        }
        company::invite(conn, &link.person, &link.token, now)?;
        postage::put(conn, by, &link.letter.0, &link.letter.1, now)?;
        let of = (&link.user, row.user_name.as_str());
        let changes = vec![Change::set("password", "mail")];
        record(conn, by, (&customer, of), (Action::ResetCustomerPassword, changes), now)?;
        sent += 1;
    }
    if rows.len() == sent {
        sheets::drop(conn, by, sheet)?;
    }
    Ok(Some(sent))
}
