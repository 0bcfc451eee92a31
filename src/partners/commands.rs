//! Deeds of this area that need letters beside what they write.

use super::letters::namesake::Namesake;
use super::model::profile::Details;
use super::store::admins::global_admins_of;
use super::store::namesakes::namesakes;
use super::store::operator::operator;
use super::store::profile::{self, Changed, Warning};
use crate::access::Allowed;
use crate::access::permission::ManageOrganisation;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::people::facts::RoleHolder;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::name::name_key;
use crate::web::Portal;

/// Changes what the viewer's organisation says of itself. A name that another organisation has is allowed, but whoever
/// runs the portal is told.
///
/// # Errors
/// Database errors.
pub async fn change_profile(
    at: &Portal,
    by: &Allowed<ManageOrganisation>,
    (version, wanted): (i32, &Details),
    now: Moment,
) -> Result<Changed> {
    let warning = match name_key(&by.organisation.name) == name_key(&wanted.name) {
        true => None,
        false => warning(at, by, &wanted.name).await?,
    };
    let is_told = warning.is_some();
    let (may, wanted) = (by.clone(), wanted.clone());
    let change = move |conn: &mut _| profile::change(conn, &may, (version, &wanted), warning.as_ref(), now);
    let changed = at.db.write(change).await?;
    at.bell.ring_if(is_told && changed == Changed::Done);
    Ok(changed)
}

async fn warning(at: &Portal, by: &Allowed<ManageOrganisation>, name: &str) -> Result<Option<Warning>> {
    let (wanted, own) = (name.to_owned(), by.organisation.id);
    let (found, operator, admins) = at
        .db
        .read(move |conn| {
            let operator = operator(conn)?;
            let admins = match &operator {
                Some(operator) => global_admins_of(conn, &operator.id)?,
                None => Vec::new(),
            };
            Ok((namesakes(conn, &wanted, Some(&own))?, operator, admins))
        })
        .await?;
    let Some(operator) = operator.filter(|_| !found.is_empty()) else { return Ok(None) };
    let letter = |to: &RoleHolder| {
        let (taken, namesakes, operator) = (name, found.as_slice(), &operator.id);
        Ok((LetterId::new(), Namesake { by, taken, namesakes, operator, to, site: &at.site }.letter()?))
    };
    let letters = admins.iter().map(letter).collect::<Result<Vec<_>>>()?;
    let names = found.iter().map(|one| one.name.clone()).collect();
    Ok(Some(Warning { operator: operator.id, letters, names }))
}
