//! New passwords of users: a temporary one that is shown once, or a mailed link.

use super::sheets::{self, Sheet};
use super::{find as find_user, open, record};
use crate::access::permission::{AddUsers, ManageUserRoles, ResetCustomerPasswords};
use crate::access::{Allowed, Permission, Reach, Viewer};
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::mail::letter::Letter;
use crate::people::store::passwords::invite_by_link;
use crate::people::store::temporary;
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
    demand_of(conn, by, (&customer, whom.1, &user))?;
    if !customer.is_administered_within(&by.reach())
        || !temporary::give(conn, &user.person, replaced.set_at, hash, now)?
    {
        return Ok(false);
    }
    postage::put_news(conn, &notice.0, &notice.1, now)?;
    record_reset(conn, by, (&customer, &user), (Vec::new(), replaced), now)?;
    Ok(true)
}

/// Mails a user a link to a new password in place of the one that is meant, which opens nothing any more. Its owner is told
/// by letter. Answers `false` as [`reset`] does.
///
/// # Errors
/// As for [`reset`]; [`Error::TooManyLetters`].
pub fn reset_by_link(
    conn: &mut Connection,
    by: &Allowed<ResetCustomerPasswords>,
    (whom, replaced): ((&CustomerId, Whose), Replaced),
    (token, letter, notice): (&TokenHash, &(LetterId, Letter), &(LetterId, Letter)),
    now: Moment,
) -> Result<bool> {
    let (customer, user, _) = find(conn, &by.reach(), whom)?;
    demand_of(conn, by, (&customer, whom.1, &user))?;
    if !customer.is_administered_within(&by.reach()) || user.password_set_at != replaced.set_at {
        return Ok(false);
    }
    invite_by_link(conn, &user.person, token, now)?;
    postage::put(conn, by, &letter.0, &letter.1, now)?;
    postage::put_news(conn, &notice.0, &notice.1, now)?;
    let changes = vec![Change::set("password", "mail")];
    record_reset(conn, by, (&customer, &user), (changes, replaced), now)?;
    Ok(true)
}

/// The record of a new password, and of a lost second factor.
fn record_reset(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, &SignIn),
    (changes, replaced): (Vec<Change>, Replaced),
    now: Moment,
) -> Result<()> {
    let of = (&user.id, user.user_name.as_str());
    record(conn, by, (customer, of), (Action::ResetCustomerPassword, changes), now)?;
    if replaced.has_lost_factor && second_factor::drop_all(conn, &user.person)? {
        record(conn, by, (customer, of), (Action::ResetSecondFactor, Vec::new()), now)?;
    }
    Ok(())
}

/// The password of a user with admin roles takes more than that of others.
fn demand_of(
    conn: &mut Connection,
    by: &Viewer,
    (customer, whose, user): (&Customer, Whose, &SignIn),
) -> Result<()> {
    match whose {
        Whose::User(_) if !may_reset(conn, by, (customer, &user.id))? => {
            Err(Error::Forbidden(<ManageUserRoles as Permission>::KEY))
        }
        _ => Ok(()),
    }
}

/// Whether somebody gives a user new passwords: whoever has one of somebody with admin roles can sign in as that user. The
/// password of the user who came with the customer is part of setting the customer up.
///
/// # Errors
/// [`Error::NotFound`] when there is no such user; database errors.
pub fn may_reset(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, &CustomerUserId),
) -> Result<bool> {
    Ok(by.may::<ManageUserRoles>() || !find_user(conn, customer, user)?.has_roles())
}

/// A link in place of a password in hand.
#[derive(Clone, Debug)]
pub struct Link {
    pub user: CustomerUserId,
    pub person: PersonId,
    pub token: TokenHash,
}

/// Links, and the letter that carries them.
#[derive(Clone)]
pub struct Mailed {
    pub links: Vec<Link>,
    pub letter: (LetterId, Letter),
}

/// Mails links in place of passwords in hand: the passwords open nothing any more. Answers how many went out; none when
/// what is in hand is something else by now, after which nothing was done.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; [`Error::Undelegated`]; [`Error::Ended`];
/// [`Error::TooManyLetters`]; database errors.
pub fn hand_over(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    mailed: &[Mailed],
    now: Moment,
) -> Result<Option<usize>> {
    open(conn, &by.reach(), customer)?;
    let Ok(Sheet { customer, rows, .. }) = sheets::find(conn, by, (customer, sheet), now)? else {
        return Ok(None);
    };
    let in_hand = |link: &Link| rows.iter().find(|row| row.user == link.user && row.sealed.is_some());
    let links: Vec<_> = mailed.iter().flat_map(|letter| &letter.links).collect();
    if !links.iter().all(|link| in_hand(link).is_some()) {
        return Ok(None);
    }
    for link in &links {
        sheets::take(conn, sheet, &link.user)?;
        invite_by_link(conn, &link.person, &link.token, now)?;
        let of = (&link.user, in_hand(link).map_or("", |row| row.user_name.as_str()));
        let changes = vec![Change::set("password", "mail")];
        record(conn, by, (&customer, of), (Action::ResetCustomerPassword, changes), now)?;
    }
    for letter in mailed {
        postage::put(conn, by, &letter.letter.0, &letter.letter.1, now)?;
    }
    Ok(Some(links.len()))
}
