//! The question before a quantity is changed: how many, and what that costs.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::QuantityForm;
use super::super::model::{Cost, Subscription, is_unusual};
use super::super::store::details::Details;
use super::super::store::{changes, details as bounds};
use super::changes::edit_of;
use super::details;
use super::show::{Sent, answer, with_problems};
use crate::access::permission::ManageSubscriptions;
use crate::catalog::model::Billing;
use crate::error::Result;
use crate::language::filters;
use crate::values::id::SubscriptionId;
use crate::values::quantity::Quantity;
use crate::web::{Ask, Problems, Shell, Visit};

#[derive(Template)]
#[template(path = "subscriptions/quantity.html")]
struct QuantityPage {
    shell: Shell,
    details: Details,
    /// The new one.
    quantity: Quantity,
    form: QuantityForm,
    problems: Problems,
    /// From more than so many on, the new quantity is typed twice.
    limit: Quantity,
}

/// `POST /subscriptions/{id}/quantity`: first asks, then does.
pub async fn change(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<QuantityForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let looked_for = *id;
    let allowed = ask.read(move |conn, by| bounds::bounds(conn, &by.reach(), &looked_for)).await?;
    let sent = Sent::Quantity(form.quantity.clone());
    let quantity = match form.parse(allowed) {
        Ok(quantity) => quantity,
        Err(problems) => return with_problems(&ask, &id, &sent, problems).await,
    };
    if form.is_confirmed() {
        let shown = details(&ask, &id).await?;
        // Who has come second is told of that first.
        let is_current = shown.subscription.version == edit.version;
        let limit = ask.site.large_quantity;
        let checked = check(&form, (shown.subscription.quantity, quantity), limit);
        if let Some(problems) = checked.err().filter(|_| is_current) {
            let again = QuantityPage::new(&ask, shown, quantity, form);
            return ask.unprocessable(&QuantityPage { problems, ..again });
        }
        let changed = ask.write(move |conn, by| changes::change_quantity(conn, by, &edit, quantity)).await?;
        return answer(&ask, &id, sent, changed).await;
    }
    let obstacle = ask.write(move |conn, by| changes::try_quantity(conn, by, &edit, quantity)).await?;
    match obstacle {
        Some(changed) => answer(&ask, &id, sent, changed).await,
        None => ask.page(&QuantityPage::new(&ask, details(&ask, &id).await?, quantity, form)),
    }
}

/// What is unusual is typed twice.
fn check(form: &QuantityForm, (old, new): (Quantity, Quantity), limit: i64) -> Result<(), Problems> {
    if is_unusual(old, new, limit) { form.repeats(new) } else { Ok(()) }
}

impl QuantityPage {
    fn new(visit: &Visit, details: Details, quantity: Quantity, form: QuantityForm) -> Self {
        let (shell, limit) = (visit.shell(), Quantity::of(visit.site.large_quantity));
        Self { shell, details, quantity, form, problems: Problems::default(), limit }
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
