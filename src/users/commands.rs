//! Deeds of this area that hash and seal passwords, or need letters beside what they write.

use super::form::{LinksForm, field_of};
use super::letters::admin_news::News;
use super::letters::sign_in_links::{SignInLink, SignInLinks, language_of};
use super::model::{Details, SignIn};
use super::store::add::{self, Added, NewUser};
use super::store::change::{self, Changed};
use super::store::deletion::{self, Settled};
use super::store::password::{self, Link, Mailed, Replaced, Whose};
use super::store::sheets::{InHand, Sealed, Sheet, place};
use super::store::{find, open};
use crate::access::permission::{AddUsers, ManageUsers, ResetCustomerPasswords};
use crate::access::{Allowed, Viewer};
use crate::customers::model::Customer;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::people::store::passwords::Purpose;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::addressee;
use crate::values::email::Email;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, LetterId, OfferId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::{Portal, Problems};

/// Adds a user with a temporary password, which waits on a sheet: the one that is named, as long as it is in hand, or a new
/// one.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; [`crate::error::Error::NotFound`] when the customer is
/// beyond reach; [`crate::error::Error::Undelegated`]; [`crate::error::Error::Ended`]; database errors.
pub async fn add(
    at: &Portal,
    by: &Allowed<AddUsers>,
    (customer, id, joins): (&Customer, CustomerUserId, Option<CredentialSheetId>),
    (details, user_name, licenses): (Details, Email, Vec<OfferId>),
) -> Result<Added> {
    let news = News::of(by, customer, (&id, &details.display_name, user_name.as_str()), &at.site)?;
    let (password, password_hash) = at.turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let sealed = Sealed {
        joins,
        begins: CredentialSheetId::new(),
        password: at.vault.seal(&place(&id), password.reveal())?,
    };
    let new = NewUser { id, person: PersonId::new(), user_name, details, password_hash, licenses };
    let (may, of, now) = (by.clone(), customer.id, Moment::now());
    let added = at.db.write(move |conn| add::add(conn, &may, &of, &new, (&sealed, &news), now)).await?;
    at.bell.ring_if(matches!(added, Added::Now(_)));
    Ok(added)
}

/// Gives a user a temporary password in place of the one that was set at that moment, and answers it. None when another one
/// has been set since, or the customer lets the viewer's organisation administer its account no more.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; [`crate::error::Error::NotFound`] when there is no such
/// user within reach; database errors.
pub async fn reset_password(
    at: &Portal,
    by: &Allowed<ResetCustomerPasswords>,
    (customer, whose, user): (&CustomerId, Whose, &SignIn),
    replaced: Replaced,
) -> Result<Option<NewPassword>> {
    let (password, hash) = at.turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let (may, of, now) = (by.clone(), *customer, Moment::now());
    let person = user.person;
    let to = at.db.read(move |conn| addressee(conn, &person)).await?;
    let notice = notice(&to, Told::PasswordReset { by: &by.name }, now, &at.site)?;
    let is_reset = at
        .db
        .write(move |conn| password::reset(conn, &may, ((&of, whose), replaced), (&hash, &notice), now))
        .await?;
    at.bell.ring_if(is_reset);
    Ok(is_reset.then_some(password))
}

/// Mails a link to a new password to an address that somebody typed, in place of the password that was set at that moment.
/// Answers `false` as [`reset_password`] answers none.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such user within reach; [`crate::error::Error::TooManyLetters`];
/// database errors.
pub async fn reset_by_link(
    at: &Portal,
    by: &Allowed<ResetCustomerPasswords>,
    (customer, whose, user): (&Customer, Whose, &SignIn),
    (replaced, to): (Replaced, &Email),
) -> Result<bool> {
    let (person, now, token) = (user.person, Moment::now(), Token::random());
    let owner = at.db.read(move |conn| addressee(conn, &person)).await?;
    let notice = notice(&owner, Told::PasswordReset { by: &by.name }, now, &at.site)?;
    let links = [SignInLink {
        person,
        name: &owner.name,
        user_name: &user.user_name,
        link: format!("{}{}", at.site.base_url, paths::people::set_password(token.reveal())),
    }];
    let until = now.plus_seconds(Purpose::Invitation.hours() * 3600);
    let until = language_of(customer, by).time(by.zone, until);
    let letter = SignInLinks { by, customer, to, links: &links, until: &until, site: &at.site }.letter()?;
    let (may, of, letter, hash) = (by.clone(), customer.id, (LetterId::new(), letter), token.hash());
    let is_reset = at
        .db
        .write(move |conn| {
            password::reset_by_link(conn, &may, ((&of, whose), replaced), (&hash, &letter, &notice), now)
        })
        .await?;
    at.bell.ring_if(is_reset);
    Ok(is_reset)
}

/// Changes a user, and tells the company where that makes or unmakes a Global admin.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the user is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; database errors.
pub async fn change(
    at: &Portal,
    by: &Allowed<ManageUsers>,
    (customer, user): (CustomerId, CustomerUserId),
    (version, details): (i32, Details),
) -> Result<Changed> {
    let (news, may, now) = (news(at, by, (customer, user)).await?, by.clone(), Moment::now());
    let changed = at
        .db
        .write(move |conn| change::change(conn, &may, (&customer, &user), (version, &details, &news), now))
        .await?;
    at.bell.ring_if(changed == Changed::Now);
    Ok(changed)
}

/// Deletes a user, and tells the company where that was a Global admin.
///
/// # Errors
/// As for [`change`].
pub async fn delete(
    at: &Portal,
    by: &Allowed<ManageUsers>,
    (customer, user): (CustomerId, CustomerUserId),
) -> Result<Settled> {
    let (news, may, now) = (news(at, by, (customer, user)).await?, by.clone(), Moment::now());
    let settled =
        at.db.write(move |conn| deletion::delete(conn, &may, (&customer, &user), &news, now)).await?;
    at.bell.ring_if(matches!(settled, Settled::Now(_) | Settled::Without(..)));
    Ok(settled)
}

/// Brings a deleted user back, and tells the company where that is a Global admin.
///
/// # Errors
/// As for [`change`].
pub async fn restore(
    at: &Portal,
    by: &Allowed<AddUsers>,
    (customer, user): (CustomerId, CustomerUserId),
) -> Result<Settled> {
    let (news, may, now) = (news(at, by, (customer, user)).await?, by.clone(), Moment::now());
    let settled =
        at.db.write(move |conn| deletion::restore(conn, &may, (&customer, &user), &news, now)).await?;
    at.bell.ring_if(matches!(settled, Settled::Now(_) | Settled::Without(..)));
    Ok(settled)
}

async fn news(at: &Portal, by: &Viewer, (customer, user): (CustomerId, CustomerUserId)) -> Result<News> {
    let reach = by.reach();
    let (customer, user) = at
        .db
        .read(move |conn| {
            let customer = open(conn, &reach, &customer)?;
            let user = find(conn, &customer, &user)?;
            Ok((customer, user))
        })
        .await?;
    News::of(by, &customer, (&user.id, &user.member.name, user.member.email.as_str()), &at.site)
}

/// Mails links in place of passwords in hand, to the addresses that were typed: one letter an address. Answers how many
/// links went out; none when something else is in hand by now; or what is wrong with the addresses, after which nothing was
/// done.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; [`crate::error::Error::TooManyLetters`]; database errors.
pub async fn mail_links(
    at: &Portal,
    by: &Allowed<AddUsers>,
    sheet: &Sheet,
    form: &LinksForm,
) -> Result<Result<Option<usize>, Problems>> {
    let now = Moment::now();
    let addressed = match addressed(sheet, form) {
        Ok(addressed) => addressed,
        Err(problems) => return Ok(Err(problems)),
    };
    let mailed = addressed.into_iter().map(|(to, rows)| mailed(at, by, sheet, (&to, &rows), now));
    let mailed = mailed.collect::<Result<Vec<_>>>()?;
    let (may, customer, id) = (by.clone(), sheet.customer.id, sheet.id);
    let sent =
        at.db.write(move |conn| password::hand_over(conn, &may, (&customer, &id), &mailed, now)).await?;
    at.bell.ring_if(sent.is_some());
    Ok(Ok(sent))
}

/// Who gets a link at which address: several may share one.
fn addressed<'a>(sheet: &'a Sheet, form: &LinksForm) -> Result<Vec<(Email, Vec<&'a InHand>)>, Problems> {
    let mut problems = Problems::default();
    let mut addressed: Vec<(Email, Vec<&InHand>)> = Vec::new();
    let in_hand = || sheet.rows.iter().filter(|row| row.sealed.is_some());
    for row in in_hand() {
        let typed = form.of_user(row.user.as_str());
        if typed.trim().is_empty() {
            continue;
        }
        let Some(to) = problems.field(field_of(&row.user), Email::parse(typed)) else { continue };
        match addressed.iter_mut().find(|(address, _)| *address == to) {
            Some((_, rows)) => rows.push(row),
            None => addressed.push((to, vec![row])),
        }
    }
    if let (true, Some(first)) = (problems.is_empty() && addressed.is_empty(), in_hand().next()) {
        problems.on(field_of(&first.user), Problem::Missing);
    }
    if problems.is_empty() { Ok(addressed) } else { Err(problems) }
}

fn mailed(
    at: &Portal,
    by: &Viewer,
    sheet: &Sheet,
    (to, rows): (&Email, &[&InHand]),
    now: Moment,
) -> Result<Mailed> {
    let tokens: Vec<Token> = rows.iter().map(|_| Token::random()).collect();
    let all = || rows.iter().zip(&tokens);
    let links = all().map(|(row, token)| SignInLink {
        person: row.person,
        name: &row.name,
        user_name: row.user_name.as_str(),
        link: format!("{}{}", at.site.base_url, paths::people::set_password(token.reveal())),
    });
    let links: Vec<_> = links.collect();
    let until = now.plus_seconds(Purpose::Invitation.hours() * 3600);
    let until = language_of(&sheet.customer, by).time(by.zone, until);
    let (customer, site) = (&sheet.customer, &at.site);
    let letter = SignInLinks { by, customer, to, links: &links, until: &until, site }.letter()?;
    let links = all().map(|(row, token)| Link { user: row.user, person: row.person, token: token.hash() });
    Ok(Mailed { links: links.collect(), letter: (LetterId::new(), letter) })
}
