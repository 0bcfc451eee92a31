//! Deeds of this area that take letters beside what they write.

use super::letters::draft::{self, Said};
use super::model::{Draft, Numbers, Side, Wish, effects};
use super::store::arranging::{self, Arranged};
use super::store::facts::Facts;
use crate::access::Viewer;
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::partners::store::admins::global_admins_of;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Does what somebody wants for a customer, or plans it.
///
/// # Errors
/// As for [`arranging::arrange`].
pub async fn arrange(at: &Portal, by: &Viewer, wish: Wish) -> Result<Arranged> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let arranged = at.db.write(move |conn| arranging::arrange(conn, &may, &wish, &site, now)).await?;
    at.bell.ring_if(matches!(arranged, Arranged::Now { .. }));
    Ok(arranged)
}

/// The letters to those whom it concerns, as they begin: each in the language of whoever reads it.
///
/// # Errors
/// When a template cannot be rendered; database errors.
pub async fn drafts(at: &Portal, by: &Viewer, facts: &Facts, wish: &Wish) -> Result<Vec<Draft>> {
    let arrangement = &wish.arrangement;
    let reseller = arrangement.reseller;
    let former = facts.former.as_ref().map(|former| former.reseller);
    let (of_reseller, of_former) = at
        .db
        .read(move |conn| Ok((language_of(conn, reseller.as_ref())?, language_of(conn, former.as_ref())?)))
        .await?;
    let account = &facts.customer.account;
    let said = Said {
        sender: by,
        customer: facts.customer_named(),
        contact: &account.contact(),
        reseller: reseller.as_ref().and_then(|id| facts.partner(id)).map(|partner| partner.name.as_str()),
        former: facts.former.as_ref().map(|former| former.reseller_name.as_str()),
        begins: wish.begins,
        ends_on: arrangement.choices.ends_on,
        numbers: numbers(facts, wish),
        site: &at.site,
    };
    let sides = [
        (Side::Reseller, of_reseller),
        (Side::Former, of_former),
        (Side::Customer, Some(account.letter_language().unwrap_or_default())),
    ];
    let addressed = sides.into_iter().filter_map(|(side, language)| Some((side, language?)));
    addressed.map(|(side, language)| draft::begin(side, &said, language)).collect()
}

/// The consequences in numbers.
pub fn numbers(facts: &Facts, wish: &Wish) -> Numbers {
    let arrangement = &wish.arrangement;
    let (held, parties) = (facts.held(), facts.parties(arrangement.reseller.as_ref()));
    let effects = effects(&held, parties, &arrangement.choices.earners, &arrangement.choices.helpers);
    Numbers::of(&held, parties, &effects)
}

/// What the first Global admin of an organisation reads; none where nobody can be written to.
fn language_of(conn: &mut Connection, organisation: Option<&OrganisationId>) -> Result<Option<Language>> {
    let Some(organisation) = organisation else { return Ok(None) };
    let admins = global_admins_of(conn, organisation)?;
    Ok(admins.first().map(|admin| admin.language.unwrap_or_default()))
}
