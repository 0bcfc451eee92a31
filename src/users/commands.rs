//! Deeds of this area that hash and seal passwords, or need letters beside what they write.

use super::form::LinksForm;
use super::letters::sign_in_link::SignInLink;
use super::model::{Details, SignIn};
use super::store::add::{self, Added, NewUser};
use super::store::password::{self, Link, Replaced, Whose};
use super::store::sheets::{InHand, Sealed, Sheet, place};
use crate::access::permission::{AddUsers, ResetCustomerPasswords};
use crate::access::{Allowed, Viewer};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::people::store::passwords::Purpose;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::addressee;
use crate::values::email::Email;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, LetterId, PersonId};
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
    (customer, id, joins): (&CustomerId, CustomerUserId, Option<CredentialSheetId>),
    (details, user_name): (Details, Email),
) -> Result<Added> {
    let (password, password_hash) = at.turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let sealed = Sealed {
        joins,
        begins: CredentialSheetId::new(),
        password: at.vault.seal(&place(&id), password.reveal())?,
    };
    let new = NewUser { id, person: PersonId::new(), user_name, details, password_hash };
    let (may, of, now) = (by.clone(), *customer, Moment::now());
    at.db.write(move |conn| add::add(conn, &may, &of, &new, &sealed, now)).await
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

/// Mails links in place of passwords in hand, to the addresses that were typed. Answers how many went out; none when the
/// sheet is gone; or what is wrong with the addresses, after which nothing was done.
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
    let links = match links(at, by, sheet, (form, now)) {
        Ok(links) => links?,
        Err(problems) => return Ok(Err(problems)),
    };
    let (may, customer, id) = (by.clone(), sheet.customer.id, sheet.id);
    let sent =
        at.db.write(move |conn| password::hand_over(conn, &may, (&customer, &id), &links, now)).await?;
    at.bell.ring_if(sent.is_some_and(|sent| sent > 0));
    Ok(Ok(sent))
}

fn links(
    at: &Portal,
    by: &Viewer,
    sheet: &Sheet,
    (form, now): (&LinksForm, Moment),
) -> Result<Result<Vec<Link>>, Problems> {
    let mut problems = Problems::default();
    let mut addressed = Vec::new();
    for row in sheet.rows.iter().filter(|row| row.sealed.is_some()) {
        let typed = form.of_user(row.user.as_str());
        if typed.trim().is_empty() {
            continue;
        }
        let field = format!("address-{}", row.user);
        if let Some(to) = problems.field(field, Email::parse(typed)) {
            addressed.push((row, to));
        }
    }
    if let (true, Some(first)) = (problems.is_empty() && addressed.is_empty(), sheet.rows.first()) {
        problems.on(format!("address-{}", first.user), Problem::Missing);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let until = now.plus_seconds(Purpose::Invitation.hours() * 3600);
    let until = by.language.unwrap_or_default().time(by.zone, until);
    let link = |(row, to): (&InHand, Email)| {
        let token = Token::random();
        let link = format!("{}{}", at.site.base_url, paths::people::set_password(token.reveal()));
        let letter = SignInLink {
            by,
            person: row.person,
            name: &row.name,
            user_name: row.user_name.as_str(),
            company: &sheet.customer.account.company_name,
            to: &to,
            link: &link,
            until: &until,
            site: &at.site,
        };
        let letter = (LetterId::new(), letter.letter()?);
        Ok(Link { user: row.user, person: row.person, token: token.hash(), letter })
    };
    Ok(addressed.into_iter().map(link).collect())
}
