//! Passwords of users whom a file added: nobody knows one before it is handed over, by a temporary password that is
//! shown once, or by a mailed link.

use std::collections::HashMap;

use crate::access::Viewer;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::people::store::passwords::{Purpose, invite_by_link};
use crate::people::store::temporary;
use crate::session::postage::put_one_of_many_to_anybody;
use crate::users::facts::credentials_of;
use crate::users::letters::sign_in_links::{SignInLink, SignInLinks, language_of};
use crate::users::model::User;
use crate::users::model::upload::Added;
use crate::users::store::list::of_ids;
use crate::users::store::open;
use crate::values::email::Email;
use crate::values::id::{CustomerId, LetterId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::Token;
use crate::web::Site;

/// Those of some added users whose password nobody has set since, and who have no admin roles: by id.
///
/// # Errors
/// Database errors.
pub fn to_hand_over(conn: &mut Connection, customer: &Customer, added: &[Added]) -> Result<Vec<User>> {
    let ids: Vec<_> = added.iter().map(|one| one.user).collect();
    let set: HashMap<_, _> = credentials_of(conn, &ids)?.into_iter().collect();
    let is_ours = |user: &User| {
        let since = set.get(&user.id).and_then(|credentials| credentials.password_set_at);
        added.iter().any(|one| one.user == user.id && since == Some(one.password_at))
    };
    let users = of_ids(conn, customer, &ids)?.into_iter();
    Ok(users.filter(|user| is_ours(user) && !user.has_roles()).collect())
}

/// Gives users temporary passwords, by their hashes, in place of those that were set at these moments. Answers who got
/// one, in the same order.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; database errors.
pub fn hand_over(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    (added, hashes): (&[Added], &[PasswordHash]),
    now: Moment,
) -> Result<Vec<Option<User>>> {
    let customer = open(conn, &by.reach(), customer)?;
    let mut renewed: HashMap<_, _> =
        to_hand_over(conn, &customer, added)?.into_iter().map(|user| (user.id, user)).collect();
    let mut all = Vec::with_capacity(added.len());
    for (one, hash) in added.iter().zip(hashes) {
        let user = match renewed.remove(&one.user) {
            Some(user) if temporary::give(conn, &user.member.id, one.password_at, hash, now)? => Some(user),
            _ => None,
        };
        all.push(user);
    }
    Ok(all)
}

/// A user, and the link under which the user chooses a password.
pub type Link<'a> = (&'a User, &'a Token);

/// Mails links in place of passwords that the portal set, in one letter. Answers `false` where so many letters went to the
/// address, or out for the organisation, that this one is left out; then nothing has changed.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn mail_links(
    conn: &mut Connection,
    (by, customer): (&Viewer, &Customer),
    (to, users): (&Email, &[Link<'_>]),
    site: &Site,
    now: Moment,
) -> Result<bool> {
    let until = now.plus_seconds(Purpose::Invitation.hours() * 3600);
    let until = language_of(customer, by).time(by.zone, until);
    let links = users.iter().map(|(user, token)| SignInLink {
        person: user.member.id,
        name: &user.member.name,
        user_name: user.member.email.as_str(),
        link: format!("{}{}", site.base_url, paths::people::set_password(token.reveal())),
    });
    let links: Vec<_> = links.collect();
    let letter = SignInLinks { by, customer, to, links: &links, until: &until, site }.letter()?;
    let organisation = &by.organisation.id;
    if !put_one_of_many_to_anybody(conn, organisation, (&LetterId::new(), &letter), now)? {
        return Ok(false);
    }
    for (user, token) in users {
        invite_by_link(conn, &user.member.id, &token.hash(), now)?;
    }
    Ok(true)
}
