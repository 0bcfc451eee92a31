//! Trials that became paid subscriptions: the same ones, with what is paid for in them.

use super::catalogue::Offer;
use super::life::{Life, about};
use super::orders::{Ordering, price, renews_on, starts_on};
use super::random::{Random, hash};
use super::rows::SubscriptionRow;
use crate::activity::{Action, Change};
use crate::catalog::model::Billing;
use crate::notifications::{Event, Kind};
use crate::subscriptions::model::{End, Status};
use crate::values::moment::Moment;
use crate::values::money::Money;

/// How many of the trials that are over were converted, in percent.
const CONVERTED: u64 = 60;

impl Ordering<'_, '_> {
    /// What became of a trial, and when.
    pub(super) fn converted(&self, trial: &SubscriptionRow) -> Option<(SubscriptionRow, Moment)> {
        let mut random = Random::of("conversion", hash(trial.id.as_str()));
        let is_one = trial.is_trial && trial.end_reason == Some(End::Expired) && random.percent(CONVERTED);
        let paid = Some(trial).filter(|_| is_one).and_then(|trial| self.paid_for(trial))?;
        let at = self.at.plus_days(random.between(9, 26));
        let starts_on = starts_on(at.day());
        let row = SubscriptionRow {
            offer_id: paid.id,
            offer_name: paid.said.name.clone(),
            nickname: trial.nickname.replace(&trial.offer_name, &paid.said.name),
            sort_name: trial.sort_name.clone(),
            status: Status::Active,
            billing: Billing::Monthly,
            unit_price_minor: price(paid, Billing::Monthly, trial.currency),
            is_trial: false,
            starts_on,
            renews_on: renews_on(paid, starts_on, self.world.now.day()),
            term_months: paid.said.term_months,
            auto_renews: true,
            ended_on: None,
            end_reason: None,
            version: 2,
            trial_offer_id: Some(trial.offer_id),
            ..trial.clone()
        };
        let sort_name = crate::values::name::sort_name(&row.nickname);
        Some((SubscriptionRow { sort_name, ..row }, at))
    }

    /// What a trial leads to, where it is sold by the month in as many.
    fn paid_for(&self, trial: &SubscriptionRow) -> Option<&Offer> {
        let offers = &self.world.catalogue.offers;
        let code = offers.iter().find(|offer| offer.id == trial.offer_id)?.said.converts_to.as_ref()?;
        let paid = offers.iter().find(|offer| offer.said.code == *code)?;
        let fits = (paid.said.minimum..=paid.said.maximum).contains(&trial.quantity)
            && paid.is_sold_in(self.customer.place.country)
            && paid.monthly_price(trial.currency) > 0;
        Some(paid).filter(|_| fits)
    }
}

impl Life<'_, '_> {
    /// Somebody converted a trial.
    pub(super) fn converted(&mut self, (trial, paid): (&SubscriptionRow, &SubscriptionRow), at: Moment) {
        let entry = about(trial, Action::ConvertTrial).with([
            Change::new("offer", &trial.offer_name, &paid.offer_name),
            Change::set("billing", paid.billing.as_text()),
            Change::set("unit_price", Money::new(paid.unit_price_minor, paid.currency)),
            Change::new("renews_on", trial.renews_on, paid.renews_on),
        ]);
        self.put(entry.clone(), at);
        if let Some(earner) = &trial.mpn_reseller_id {
            let event = Event::about(Kind::TrialConverted, "subscription", trial.id, &trial.nickname)
                .for_customer(&self.customer.id, &self.customer.name)
                .changed(&trial.offer_name, &paid.offer_name);
            self.put_for(earner, entry, event, at);
        }
    }
}
