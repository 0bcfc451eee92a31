//! Deeds of this area that take letters beside what they write.

use super::form::{Then, Wish};
use super::letters::draft::{self, Said};
use super::store::beginning::{self, Begun};
use super::store::closing;
use super::store::parting::{self, Parted};
use super::store::sampling::Question;
use super::store::turn::CUSTOMER;
use crate::access::permission::{HandCustomersOver, RemovePartnerships};
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::partners::store::admins::global_admins_of;
use crate::relationships::model::{Draft, Side};
use crate::values::id::{HandoverId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::Portal;

/// Begins what somebody wants.
///
/// # Errors
/// As for [`beginning::begin`].
pub async fn begin(at: &Portal, by: &Viewer, wish: Wish) -> Result<Begun> {
    let (may, now) = (by.clone(), Moment::now());
    let begun = at.db.write(move |conn| beginning::begin(conn, &may, &wish, now)).await?;
    at.job_bell.ring_if(begun == Begun::Now);
    Ok(begun)
}

/// Removes a partnership, and begins what is to become of what the reseller has.
///
/// # Errors
/// As for [`parting::part`].
pub async fn part(
    at: &Portal,
    by: &Allowed<RemovePartnerships>,
    reseller: OrganisationId,
    (then, id): (Then, HandoverId),
) -> Result<Parted> {
    let (may, now) = (by.clone(), Moment::now());
    let parted = at.db.write(move |conn| parting::part(conn, &may, &reseller, (then, &id), now)).await?;
    at.job_bell.ring_if(matches!(parted, Parted::Begun(_)));
    Ok(parted)
}

/// Begins another one for what is left of a partnership that has ended.
///
/// # Errors
/// As for [`parting::again`].
pub async fn again(
    at: &Portal,
    by: &Allowed<HandCustomersOver>,
    (first, id): (HandoverId, HandoverId),
    takes_back: bool,
) -> Result<Parted> {
    let (may, now) = (by.clone(), Moment::now());
    let parted = at.db.write(move |conn| parting::again(conn, &may, (&first, &id), takes_back, now)).await?;
    at.job_bell.ring_if(matches!(parted, Parted::Begun(_)));
    Ok(parted)
}

/// Stops one. Answers `false` when it had come to its end by then.
///
/// # Errors
/// As for [`closing::stop`].
pub async fn stop(at: &Portal, by: &Allowed<HandCustomersOver>, id: HandoverId) -> Result<bool> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let stopped = at.db.write(move |conn| closing::stop(conn, &may, &id, &site, now)).await?;
    at.bell.ring_if(stopped);
    Ok(stopped)
}

/// The letters to those whom it concerns, as they begin: to the resellers in their language, to the customers in that of
/// whoever writes.
///
/// # Errors
/// When a template cannot be rendered; database errors.
pub async fn drafts(
    at: &Portal,
    (by, own): (&Viewer, Language),
    question: &Question,
    wish: &Wish,
) -> Result<Vec<Draft>> {
    let (reseller, former) = (wish.reseller, wish.former);
    let (of_reseller, of_former) = at
        .db
        .read(move |conn| Ok((language_of(conn, reseller.as_ref())?, language_of(conn, former.as_ref())?)))
        .await?;
    let said = Said {
        sender: by,
        reseller: question.reseller_name(wish.reseller.as_ref()),
        former: question.former_name(wish.former.as_ref()),
        begins: wish.begins,
        ends_on: wish.choices.ends_on,
        site: &at.site,
    };
    let sides = [(Side::Reseller, of_reseller), (Side::Former, of_former), (Side::Customer, Some(own))];
    let addressed = sides.into_iter().filter_map(|(side, language)| Some((side, language?)));
    addressed.map(|(side, language)| draft::begin(side, &said, CUSTOMER, language)).collect()
}

/// What the first Global admin of an organisation reads; none where nobody can be written to.
fn language_of(conn: &mut Connection, organisation: Option<&OrganisationId>) -> Result<Option<Language>> {
    let Some(organisation) = organisation else { return Ok(None) };
    let admins = global_admins_of(conn, organisation)?;
    Ok(admins.first().map(|admin| admin.language.unwrap_or_default()))
}
