//! Everything that stands before the first customer comes.

use super::agreements::Agreements;
use super::audiences;
use super::cast::{Cast, Organisation};
use super::catalogue::{Catalogue, Offer};
use super::data::{Lists, Place};
use super::partnerships::{Partner, Partnerships};
use super::promotions;
use super::random::Random;
use super::rows::{ActivityRow, MutedRow, PinnedRow};
use super::told;
use crate::catalog::model::definition::Kind;
use crate::catalog::model::{ENDLESS_MONTHS, Qualification};
use crate::db::Connection;
use crate::error::Result;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// The lists, the offers, the organisations and their partnerships.
pub struct World<'a> {
    pub lists: &'a Lists,
    pub catalogue: Catalogue,
    pub cast: Cast,
    pub partnerships: Partnerships,
    agreements: Agreements,
    /// How many customers come.
    pub count: u32,
    /// What follows the prefix in a customer's primary domain.
    pub suffix: &'a str,
    pub now: Moment,
}

/// A provider as its customers see it.
#[derive(Clone, Copy)]
pub struct Market<'a> {
    pub provider: &'a Organisation,
    pub partners: &'a [Partner],
}

impl<'a> World<'a> {
    pub fn of(lists: &'a Lists, count: u32, suffix: &'a str, now: Moment) -> anyhow::Result<Self> {
        let cast = Cast::of(lists, now)?;
        let partnerships = Partnerships::of(&cast, now);
        let agreements = Agreements::of(&cast, now);
        let catalogue = Catalogue::of_sample(now.day())?;
        Ok(Self { lists, catalogue, cast, partnerships, agreements, count, suffix, now })
    }

    pub fn insert(&self, conn: &mut Connection, password: &PasswordHash) -> Result<()> {
        self.catalogue.insert(conn, self.now)?;
        self.cast.insert(conn, password)?;
        let keeper = self.cast.operator.owner().map_or("", |person| person.name.as_str());
        promotions::insert(conn, &self.catalogue, keeper, self.now)?;
        PinnedRow::insert(conn, &self.catalogue.pinned_by(&self.cast.harbor.row.id, self.now))?;
        self.partnerships.insert(conn)?;
        audiences::insert(conn, self)?;
        self.agreements.insert(conn)?;
        MutedRow::insert(conn, &told::muted(&self.cast))?;
        ActivityRow::insert(conn, &self.agreements.activity(&self.cast, self.now))?;
        ActivityRow::insert(conn, &self.partnerships.activity(&self.cast, self.now))
    }

    /// One customer in twenty is the second provider's.
    pub fn market_of(&self, customer: u32) -> Market<'_> {
        if self.is_harbors(customer) {
            Market { provider: &self.cast.harbor, partners: &self.partnerships.harbor }
        } else {
            Market { provider: &self.cast.summit, partners: &self.partnerships.summit }
        }
    }

    pub fn is_harbors(&self, customer: u32) -> bool {
        customer % 20 != 7
    }

    /// A place where the provider may sell, nearly every second one at home.
    pub fn place_for(&self, provider: &Organisation, random: &mut Random) -> Option<&'a Place> {
        let home = provider.row.country;
        let at_home = random.percent(40);
        let fits = |place: &&Place| {
            if at_home { place.country == home } else { place.country.region() == home.region() }
        };
        let places: Vec<&Place> = self.lists.places.iter().filter(fits).collect();
        random.pick(&places).copied()
    }

    /// The base offers that a customer can buy by the year or without end, without trials.
    pub fn offers_for(&self, country: Country, qualification: Qualification) -> Vec<&Offer> {
        let fits = |offer: &&Offer| {
            offer.said.kind == Kind::Base
                && (offer.said.term_months == 12 || offer.said.term_months >= ENDLESS_MONTHS)
                && offer.is_sold_in(country)
                && (offer.said.qualification == Qualification::None
                    || offer.said.qualification == qualification)
        };
        self.catalogue.offers.iter().filter(fits).collect()
    }
}
