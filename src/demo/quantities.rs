//! Quantities that were changed lately, and can still be undone, and what is planned for the next term.

use super::customers::between;
use super::life::Life;
use super::random::{Random, hash};
use super::rows::{QuantityChangeRow, SubscriptionRow};
use crate::activity::{Action, Change};
use crate::catalog::model::Unit;
use crate::subscriptions::model::Status;
use crate::subscriptions::model::undo::undo_until;
use crate::values::id::QuantityChangeId;
use crate::values::moment::Moment;

/// Fewer are left alone.
const ENOUGH: i64 = 8;

/// How many there are to be in the next term, where that is planned.
pub fn planned(subscription: &SubscriptionRow) -> Option<i64> {
    let mut random = Random::of("planned", hash(subscription.id.as_str()));
    let fewer = subscription.quantity - random.between(1, 4);
    (is_changed(subscription) && random.percent(6)).then_some(fewer)
}

impl Life<'_, '_> {
    /// What somebody planned, and what somebody changed in the last days.
    pub(super) fn quantities(&mut self, subscription: &SubscriptionRow, ordered_at: Moment) {
        let mut random = Random::of("quantity", hash(subscription.id.as_str()));
        let week = self.world.now.plus_days(-6);
        if ordered_at >= week || !is_changed(subscription) {
            return;
        }
        let at = between(week, self.world.now, &mut random);
        if let Some(planned) = subscription.renewal_quantity {
            let change = Change::new("renewal_quantity", subscription.quantity, planned);
            self.put(super::life::about(subscription, Action::UpdateSubscription).with([change]), at);
        } else if random.percent(5) {
            self.changed(subscription, random.between(1, 5), at);
        }
    }

    fn changed(&mut self, subscription: &SubscriptionRow, more: i64, at: Moment) {
        let (old, by, provider) =
            (subscription.quantity - more, self.customer.agent(), &self.customer.market.provider.row);
        self.changes.push(QuantityChangeRow {
            id: QuantityChangeId::new(),
            subscription_id: subscription.id,
            provider_id: provider.id,
            old_quantity: old,
            new_quantity: subscription.quantity,
            unit_price_minor: subscription.unit_price_minor,
            made_by_id: *by.person,
            made_by_name: by.name.to_owned(),
            organisation_id: provider.id,
            organisation_name: by.organisation.to_owned(),
            made_at: at,
            undo_until: undo_until(at, subscription.renews_on),
            is_latest: true,
        });
        let change = Change::new("quantity", old, subscription.quantity);
        self.put(super::life::about(subscription, Action::UpdateSubscription).with([change]), at);
    }
}

fn is_changed(subscription: &SubscriptionRow) -> bool {
    let is_counted = subscription.unit == Unit::Licenses && subscription.quantity >= ENOUGH;
    is_counted && subscription.status == Status::Active && subscription.auto_renews
}
