//! The question before a quantity is changed: how many, and what that costs.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::form::QuantityForm;
use super::super::model::proration::Rest;
use super::super::model::undo::undo_until;
use super::super::model::{Cost, Subscription, is_unusual};
use super::super::store::details::{Details, bounds};
use super::super::store::quantity::{self, Wanted, When};
use super::changes::edit_of;
use super::details;
use super::show::{Sent, answer, with_problems};
use crate::access::permission::ManageSubscriptions;
use crate::catalog::model::Billing;
use crate::error::Result;
use crate::language::filters;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;
use crate::web::{Ask, Problems, Shell, Visit};

#[derive(Template)]
#[template(path = "subscriptions/quantity.html")]
struct QuantityPage {
    shell: Shell,
    details: Details,
    /// The new one.
    quantity: Quantity,
    when: When,
    form: QuantityForm,
    problems: Problems,
    /// From more than so many on, the new quantity is typed twice.
    limit: Quantity,
    today: NaiveDate,
    /// Until when it could be undone.
    undo_until: Moment,
}

/// What a change costs in the rest of a billing period.
struct Share {
    each: Money,
    more: Money,
}

/// `POST /subscriptions/{id}/quantity`: first asks, then does.
pub async fn change(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<QuantityForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let looked_for = *id;
    let allowed = ask.read(move |conn, by| bounds(conn, &by.reach(), &looked_for)).await?;
    let sent = Sent::Quantity { typed: form.quantity.clone(), when: form.when.clone() };
    let wanted = match form.parse(allowed) {
        Ok(wanted) => wanted,
        Err(problems) => return with_problems(&ask, &id, &sent, problems).await,
    };
    if form.is_confirmed() {
        let shown = details(&ask, &id).await?;
        // Who has come second is told of that first.
        let is_current = shown.subscription.version == edit.version;
        let limit = ask.site.large_quantity;
        let checked = check(&form, (shown.subscription.quantity, wanted.quantity), limit);
        if let Some(problems) = checked.err().filter(|_| is_current) {
            let again = QuantityPage::new(&ask, shown, wanted, form);
            return ask.unprocessable(&QuantityPage { problems, ..again });
        }
        let changed = ask.write(move |conn, by| quantity::change(conn, by, &edit, wanted)).await?;
        return answer(&ask, &id, sent, changed).await;
    }
    let obstacle = ask.write(move |conn, by| quantity::try_it(conn, by, &edit, wanted)).await?;
    match obstacle {
        Some(changed) => answer(&ask, &id, sent, changed).await,
        None => ask.page(&QuantityPage::new(&ask, details(&ask, &id).await?, wanted, form)),
    }
}

/// What is unusual is typed twice.
fn check(form: &QuantityForm, (old, new): (Quantity, Quantity), limit: i64) -> Result<(), Problems> {
    if is_unusual(old, new, limit) { form.repeats(new) } else { Ok(()) }
}

impl QuantityPage {
    fn new(visit: &Visit, details: Details, wanted: Wanted, form: QuantityForm) -> Self {
        let (shell, limit) = (visit.shell(), Quantity::of(visit.site.large_quantity));
        let Wanted { quantity, when } = wanted;
        let now = Moment::now();
        let undo_until = undo_until(now, details.subscription.renews_on);
        let (problems, today) = (Problems::default(), now.day());
        Self { shell, details, quantity, when, form, problems, limit, today, undo_until }
    }

    /// What is left of the billing period, and what the change costs in it: where it takes effect at once.
    fn rest(&self) -> Option<(Rest, Share)> {
        let subscription = self.subscription();
        let rest = Rest::of(subscription, self.today).filter(|_| self.when == When::AtOnce)?;
        let (price, quantities) = (subscription.unit_price, (subscription.quantity, self.quantity));
        Some((rest, Share { each: rest.of_one(price), more: rest.of_more(price, quantities) }))
    }

    /// How many users would have no license in the next term.
    fn left_without(&self) -> i64 {
        if self.when == When::AtOnce { 0 } else { self.details.assigned.beyond(self.quantity.get()) }
    }

    fn subscription(&self) -> &Subscription {
        &self.details.subscription
    }

    fn before(&self) -> Cost {
        self.subscription().cost_of(self.subscription().quantity)
    }

    fn after(&self) -> Cost {
        self.subscription().cost_of(self.quantity)
    }

    fn difference(&self) -> Cost {
        self.after().minus(self.before())
    }

    /// How many more, or fewer.
    fn more(&self) -> i64 {
        self.quantity.get() - self.subscription().quantity.get()
    }

    fn is_typed_twice(&self) -> bool {
        is_unusual(self.subscription().quantity, self.quantity, self.limit.get())
    }

    fn is_annual(&self) -> bool {
        self.subscription().billing == Billing::Annual
    }
}
