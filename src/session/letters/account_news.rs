//! Tells the owner of an account what happened to it.

use askama::Template;

use super::Addressee;
use crate::error::Result;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::mail::letter::Letter;
use crate::session::model::device::{Device, recognise};
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::Site;

/// About a person.
pub const KIND: Kind = Kind { key: "account_notice", hand: Hand::Portal, still_holds: always };

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// A sign-in in a browser that is new to the account.
    NewBrowser {
        /// What the browser says of itself.
        agent: &'a str,
        address: &'a str,
    },
    PasswordChanged,
    /// Many wrong passwords, from one place or many.
    PasswordsGuessed {
        address: &'a str,
    },
    /// Wrong codes after the right password.
    CodesGuessed {
        address: &'a str,
    },
    /// An admin gave a temporary password.
    PasswordReset {
        by: &'a str,
    },
    SecondFactorSet,
    SecondFactorRemoved,
    /// An admin removed it.
    SecondFactorReset {
        by: &'a str,
    },
    RecoveryCodesRenewed,
}

#[derive(Template)]
#[template(path = "session/letters/account_news.letter")]
struct AccountNews<'a> {
    to: &'a Addressee,
    told: Told<'a>,
    device: Device,
    when: String,
    site: &'a Site,
}

impl Written for AccountNews<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&KIND, self.site)
    }
}

/// The letter, with the id under which it is put into the outbox.
///
/// # Errors
/// When the template cannot be rendered.
pub fn notice(to: &Addressee, told: Told, now: Moment, site: &Site) -> Result<(LetterId, Letter)> {
    let agent = if let Told::NewBrowser { agent, .. } = told { agent } else { "" };
    let when = to.language.unwrap_or_default().time(to.zone, now);
    let news = AccountNews { to, told, device: recognise(agent), when, site };
    Ok((LetterId::new(), news.letter()?))
}
