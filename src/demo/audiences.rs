//! Offers that the first provider of the demonstration keeps for some of its resellers, or from some.

use super::partnerships::Partner;
use super::rows::{AudienceRow, ListedRow};
use super::world::World;
use crate::audiences::model::{Audience, Rule};
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OrganisationId;

/// The offer, what being listed means, and which partners are, the oldest being 0. About the last one somebody has thought
/// again.
const DECIDED: [(&str, Rule, &[usize]); 3] = [
    ("dynamics-365-for-marketing", Rule::Only, &[0, 3, 5]),
    ("office-365-enterprise-e3-three-years", Rule::AllBut, &[0, 2]),
    ("power-bi-premium-p1", Rule::Every, &[]),
];

/// So many days ago the first of them was decided, and another one each week after.
const FIRST_DAY: i64 = 60;

/// Whether a partner of the first provider can be named on an offer.
pub fn lets(world: &World<'_>, code: &str, partner: &OrganisationId) -> bool {
    let Some((_, rule, places)) = DECIDED.iter().find(|(decided, ..)| *decided == code) else { return true };
    let partners = places.iter().filter_map(|place| world.partnerships.harbor.get(*place));
    Audience { rule: *rule, listed: partners.map(|one| one.id).collect() }.lets(partner)
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let provider = &world.cast.harbor;
    let (mut audiences, mut listed) = (Vec::new(), Vec::new());
    for (week, (code, rule, places)) in (0..).zip(DECIDED) {
        let offer = world.catalogue.offers.iter().find(|offer| offer.said.code.as_str() == code);
        let Some(offer) = offer else { continue };
        audiences.push(AudienceRow {
            provider_id: provider.row.id,
            offer_id: offer.id,
            rule,
            changed_at: world.now.plus_days(week * 7 - FIRST_DAY),
            changed_by_name: provider.owner().map_or_else(String::new, |owner| owner.name.clone()),
            version: if rule == Rule::Every { 2 } else { 1 },
        });
        let partners = places.iter().filter_map(|place| world.partnerships.harbor.get(*place));
        listed.extend(partners.map(|Partner { id, .. }| ListedRow {
            provider_id: provider.row.id,
            offer_id: offer.id,
            reseller_id: *id,
        }));
    }
    AudienceRow::insert(conn, &audiences)?;
    ListedRow::insert(conn, &listed)
}
