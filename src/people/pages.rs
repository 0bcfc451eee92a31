//! User management, and the page that a mailed link leads to.

pub mod address;
pub mod address_link;
pub mod chosen_password;
pub mod forgotten_password;
pub mod lifecycle;
pub mod list;
pub mod new;
pub mod password;
pub mod profile;
pub mod requirement;
pub mod roles;
pub mod second_factor;
pub mod show;

use crate::access::permission::OpenAccounts;
use crate::access::{Allowed, Viewer};
use crate::error::{Error, Result};
use crate::mail::compose::Written as _;
use crate::paths;
use crate::people::letters::password_link::PasswordLink;
use crate::people::store::passwords::{Purpose, Way};
use crate::session::letters::Addressee;
use crate::session::letters::account_news::{Told, notice};
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::{NewPassword, Turns};
use crate::values::token::Token;
use crate::web::shell::time_in;
use crate::web::{Shell, Site};

fn person_id(text: &str) -> Result<PersonId> {
    PersonId::parse(text).ok_or(Error::NotFound)
}

/// What is made before the transaction: a link in a letter, or a temporary password with its hash.
async fn way(
    by: &Allowed<OpenAccounts>,
    to: &Addressee,
    (purpose, typed): (Purpose, &str),
    (site, turns): (&Site, &Turns),
) -> Result<(Way, Option<NewPassword>)> {
    if typed == "mail" {
        return Ok((by_mail(by, to, purpose, site)?, None));
    }
    let (password, hash) = turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let told = Told::PasswordReset { by: &by.name };
    let notice = Box::new(notice(to, told, Moment::now(), site)?);
    Ok((Way::Temporary { hash, notice }, Some(password)))
}

/// Which way the page proposes: a letter reaches nobody where none leaves the machine.
fn usual_way(shell: &Shell) -> &'static str {
    if shell.sends_mail { "mail" } else { "temporary" }
}

fn by_mail(by: &Viewer, to: &Addressee, purpose: Purpose, site: &Site) -> Result<Way> {
    let token = Token::random();
    let until = time_in(to.zone, Moment::now().plus_seconds(purpose.hours() * 3600));
    let link = format!("{}{}", site.base_url, paths::people::set_password(token.reveal()));
    let letter = PasswordLink { by: Some(by), to, purpose, link: &link, until: &until, site }.letter()?;
    Ok(Way::Mail { token: token.hash(), id: LetterId::new(), letter: Box::new(letter) })
}

/// The name under which a temporary password waits for the page that shows it.
fn secret(person: &PersonId) -> String {
    format!("password:{person}")
}
