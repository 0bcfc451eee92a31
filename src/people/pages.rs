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

use super::model::Member;
use super::store::list::find;
use crate::access::Permission;
use crate::error::{Error, Result};
use crate::values::id::PersonId;
use crate::web::{Ask, Site};

fn person_id(text: &str) -> Result<PersonId> {
    PersonId::parse(text).ok_or(Error::NotFound)
}

/// A member of the organisation of whoever asks.
async fn member<P: Permission>(ask: &Ask<P>, id: &PersonId) -> Result<Member> {
    let id = *id;
    ask.read(move |conn, by| find(conn, &by.organisation.id, &id)).await
}

/// Which way the page proposes: a letter reaches nobody where none leaves the machine.
fn usual_way(site: &Site) -> &'static str {
    if site.sends_mail { "mail" } else { "temporary" }
}

/// The name under which a temporary password waits for the page that shows it.
fn secret(person: &PersonId) -> String {
    format!("password:{person}")
}
