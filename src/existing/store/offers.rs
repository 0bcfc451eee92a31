//! The subscription that a row brings along: its offer, what it costs and how long it runs, or why it cannot be.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::resellers::Resellers;
use crate::access::Viewer;
use crate::catalog::model::{Billing, Catalogue, Listed};
use crate::catalog::store::catalogue;
use crate::db::Connection;
use crate::error::Result;
use crate::existing::model::{Brought, Reason, Sold};
use crate::subscriptions::model::term;
use crate::values::folding::folded;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

/// The catalog, read when the first row asks for it.
#[derive(Default)]
pub struct Offers {
    catalogue: Option<Catalogue>,
    /// Offers by what the spellings of their names have in common.
    named: HashMap<String, Vec<OfferId>>,
}

/// What a row brings along, beside the offer as the catalog has it.
pub type Found = std::result::Result<Brought, Reason>;

impl Offers {
    fn catalogue(&mut self, conn: &mut Connection, by: &Viewer) -> Result<&Catalogue> {
        if self.catalogue.is_none() {
            let today = Moment::now().day();
            let all = catalogue(conn, by.organisation.currency, today)?;
            for listed in all.all() {
                self.named.entry(folded(&listed.offer.name)).or_default().push(listed.offer.id);
            }
            self.catalogue = Some(all);
        }
        let nothing = || Catalogue::new(Vec::new(), by.organisation.currency);
        Ok(self.catalogue.get_or_insert_with(nothing))
    }

    /// An offer as the catalog has it.
    ///
    /// # Errors
    /// Database errors.
    pub fn listed(&mut self, conn: &mut Connection, by: &Viewer, offer: &OfferId) -> Result<Option<Listed>> {
        Ok(self.catalogue(conn, by)?.find(offer).cloned())
    }

    /// What an offer is an add-on of; nothing where it is none.
    ///
    /// # Errors
    /// Database errors.
    pub fn bases(&mut self, conn: &mut Connection, by: &Viewer, offer: &OfferId) -> Result<Vec<OfferId>> {
        let listed = self.catalogue(conn, by)?.find(offer).filter(|listed| listed.offer.is_add_on);
        Ok(listed.map(|listed| listed.prerequisites.clone()).unwrap_or_default())
    }

    /// What some offers are called.
    ///
    /// # Errors
    /// Database errors.
    pub fn names(&mut self, conn: &mut Connection, by: &Viewer, offers: &[OfferId]) -> Result<Vec<String>> {
        let all = self.catalogue(conn, by)?;
        Ok(offers.iter().filter_map(|id| all.find(id)).map(|listed| listed.offer.name.clone()).collect())
    }

    /// The offers of a name, in any letter case.
    fn of_name(&mut self, conn: &mut Connection, by: &Viewer, name: &str) -> Result<Vec<OfferId>> {
        self.catalogue(conn, by)?;
        Ok(self.named.get(&folded(name)).cloned().unwrap_or_default())
    }

    /// What a row brings along. What is not sold any more may run on; nothing is ordered.
    ///
    /// # Errors
    /// Database errors.
    pub fn brought(
        &mut self,
        conn: &mut Connection,
        (by, resellers): (&Viewer, &mut Resellers),
        sold: &Sold,
        today: NaiveDate,
    ) -> Result<Found> {
        let found = match self.of_name(conn, by, &sold.offer)?.as_slice() {
            [] => return Ok(Err(Reason::NoOffer { name: sold.offer.clone() })),
            [one] => *one,
            _ => return Ok(Err(Reason::SeveralOffers { name: sold.offer.clone() })),
        };
        let all = self.catalogue(conn, by)?;
        let Some(listed) = all.find(&found) else {
            return Ok(Err(Reason::NoOffer { name: sold.offer.clone() }));
        };
        let (quantity, billing) = match (counted(listed, sold.quantity), billed(listed, sold.billing)) {
            (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
            (Ok(quantity), Ok(billing)) => (quantity, billing),
        };
        if listed.price.is_none() {
            return Ok(Err(Reason::NotPriced { currency: all.currency.code().to_owned() }));
        }
        let (unit_price, offer) = (all.unit_price(listed, billing), listed.offer.clone());
        let earner = match &sold.earner {
            None => None,
            Some(mpn_id) => match resellers.named(conn, by, mpn_id)? {
                Ok(reseller) => Some((mpn_id.to_string(), reseller)),
                Err(why) => return Ok(Err(Reason::Earner(why.as_text().to_owned()))),
            },
        };
        let starts_on = sold.starts_on.unwrap_or(today);
        let months = term::months(offer.term_months, billing);
        let latest = term::renews_on(today, months);
        // What runs until it is cancelled has no day on which it renews.
        let said = sold.renews_on.filter(|_| term::ends(months));
        if said.is_some_and(|day| day > latest) && !offer.is_add_on {
            return Ok(Err(Reason::BeyondTerm { latest: latest.to_string() }));
        }
        let renews_on =
            said.unwrap_or_else(|| term::renews_with(term::renews_on(starts_on, months), today, months));
        Ok(Ok(Brought::new(&offer, (quantity, billing, unit_price), (starts_on, renews_on), earner)))
    }
}

fn counted(listed: &Listed, said: Option<Quantity>) -> std::result::Result<Quantity, Reason> {
    let offer = &listed.offer;
    match (offer.fixed_quantity(), said) {
        (Some(only), None) => Ok(Quantity::of(only)),
        (None, None) => Err(Reason::Below { minimum: offer.minimum }),
        (_, Some(quantity)) if quantity.get() < offer.minimum => {
            Err(Reason::Below { minimum: offer.minimum })
        }
        (_, Some(quantity)) if quantity.get() > offer.largest_quantity() => {
            Err(Reason::Above { maximum: offer.largest_quantity() })
        }
        (_, Some(quantity)) => Ok(quantity),
    }
}

fn billed(listed: &Listed, said: Option<Billing>) -> std::result::Result<Billing, Reason> {
    let offered = listed.offer.billings();
    match said {
        None => Ok(offered.first().copied().unwrap_or(Billing::Never)),
        Some(billing) if offered.contains(&billing) => Ok(billing),
        Some(_) => Err(Reason::BilledOtherwise),
    }
}
