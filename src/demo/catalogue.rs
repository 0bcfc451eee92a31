//! The catalogue of the demonstration: the sample that ships with the portal.

use anyhow::anyhow;
use chrono::NaiveDate;

use super::price_lists::prices;
use super::random::id;
use super::rows::PinnedRow;
use crate::catalog::model::definition::{Definition, Kind};
use crate::catalog::model::plan::{Plan, Verdict};
use crate::catalog::sample;
use crate::catalog::store;
use crate::db::Connection;
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{OfferId, OrganisationId};
use crate::values::moment::Moment;

/// What somebody pinned, and before how many days.
const PINNED: [&str; 3] =
    ["microsoft-365-business", "office-365-enterprise-e3", "office-365-business-premium"];
const PINNED_DAYS: i64 = 40;

/// Every offer of the sample.
pub struct Catalogue {
    pub offers: Vec<Offer>,
}

/// An offer under the id that it has in the demonstration.
pub struct Offer {
    pub id: OfferId,
    pub said: Definition,
}

impl Catalogue {
    /// # Errors
    /// When the sample is not right; a test reads it.
    pub fn of_sample(today: NaiveDate) -> anyhow::Result<Self> {
        let sheet = sample::sheet().map_err(|why| anyhow!("the sample catalogue: {why:?}"))?;
        let offers = (0_u64..).zip(Plan::of(&sheet, &[], today).rows).map(|(index, row)| match row.verdict {
            Verdict::New(new) => Ok(Offer { id: offer_id(index), said: new.definition }),
            other => Err(anyhow!("the sample catalogue, line {}: {other:?}", row.line)),
        });
        Ok(Self { offers: offers.collect::<anyhow::Result<_>>()? })
    }

    pub fn insert(&self, conn: &mut Connection, now: Moment) -> Result<()> {
        let today = now.day();
        let all = self.offers.iter().map(|offer| (&offer.id, &offer.said, prices(offer, today)));
        store::keeping::fill(conn, all, now)
    }

    /// What a provider sells most, so that it stands on top.
    pub fn pinned_by(&self, provider: &OrganisationId, now: Moment) -> Vec<PinnedRow> {
        let is_pinned = |offer: &&Offer| PINNED.contains(&offer.said.code.as_str());
        let pinned = |offer: &Offer| PinnedRow {
            organisation_id: *provider,
            offer_id: offer.id,
            pinned_at: now.plus_days(-PINNED_DAYS),
        };
        self.offers.iter().filter(is_pinned).map(pinned).collect()
    }

    /// The add-ons that can be bought on top of an offer.
    pub fn add_ons_to(&self, base: &Offer, country: Country) -> Vec<&Offer> {
        let fits =
            |offer: &&Offer| offer.said.prerequisites.contains(&base.said.code) && offer.is_sold_in(country);
        self.offers.iter().filter(fits).collect()
    }
}

impl Offer {
    pub fn monthly_price(&self, currency: Currency) -> i64 {
        self.said.prices.get(&currency).map_or(0, |asked| asked.list.monthly.minor)
    }

    pub fn is_sold_in(&self, country: Country) -> bool {
        self.said.is_available() && self.said.is_sold_in(country)
    }

    pub fn is_trial(&self) -> bool {
        self.said.kind == Kind::Trial
    }
}

fn offer_id(index: u64) -> OfferId {
    OfferId::from_number(id("offer", index))
}
