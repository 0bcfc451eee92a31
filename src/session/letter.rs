//! Letters that tell the owner of an account what happened to it.

use askama::Template;
use chrono_tz::Tz;

use super::model::device::{Device, recognise};
use crate::access::Viewer;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::text::rendered;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::shell::time_in;

/// What such a letter is about; the id is the person's.
const ACCOUNT: &str = "account_notice";

/// To whom such a letter goes.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    pub email: Email,
    pub zone: Tz,
}

impl From<&Viewer> for Addressee {
    fn from(viewer: &Viewer) -> Self {
        Self {
            person: viewer.person.clone(),
            organisation: viewer.organisation.id.clone(),
            name: viewer.name.clone(),
            email: viewer.email.clone(),
            zone: viewer.zone,
        }
    }
}

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
#[template(path = "mail/account_notice_subject.txt")]
struct Subject<'a> {
    told: Told<'a>,
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/account_notice.txt")]
struct Text<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/account_notice.html")]
struct Html<'a> {
    content: Content<'a>,
}

#[derive(Clone, Copy)]
struct Content<'a> {
    to: &'a Addressee,
    told: Told<'a>,
    device: Device,
    when: &'a str,
    site: &'a Site,
}

/// The letter, with the id under which it is put into the outbox.
///
/// # Errors
/// When a template cannot be rendered.
pub fn notice(to: &Addressee, told: Told, now: Moment, site: &Site) -> Result<(LetterId, Letter)> {
    let agent = if let Told::NewBrowser { agent, .. } = told { agent } else { "" };
    let when = time_in(to.zone, now);
    let content = Content { to, told, device: recognise(agent), when: &when, site };
    let letter = Letter {
        organisation: to.organisation.clone(),
        about: (ACCOUNT, to.person.to_string()),
        to: to.email.clone(),
        reply_to: None,
        subject: rendered(&Subject { told, site })?,
        text: rendered(&Text { content })?,
        html: rendered(&Html { content })?,
    };
    Ok((LetterId::new(), letter))
}
