//! The question before a quantity is changed: how many, and what that costs.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::QuantityForm;
use super::super::model::{Cost, Subscription, is_unusual};
use super::super::store::details::Details;
use super::super::store::{changes, details as bounds};
use super::changes::edit_of;
use super::details;
use super::show::{Sent, answer, with_problems};
use crate::access::Allowed;
use crate::access::permission::ManageSubscriptions;
use crate::catalog::model::Billing;
use crate::db::Db;
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::values::quantity::Quantity;
use crate::web::{Problems, Shell, Site, page, unprocessable};

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
    (shell, may): (Shell, Allowed<ManageSubscriptions>),
    (db, session, site): (web::Data<Db>, Session, web::Data<Site>),
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<QuantityForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let (reach, looked_for) = (may.reach(), id.clone());
    let allowed = db.read(move |conn| bounds::bounds(conn, &reach, &looked_for)).await?;
    let sent = Sent::Quantity(form.quantity.clone());
    let quantity = match form.parse(allowed) {
        Ok(quantity) => quantity,
        Err(problems) => return with_problems((shell, &may, &db), &id, &sent, problems).await,
    };
    if form.is_confirmed() {
        let shown = details(&db, &may, &id).await?;
        // Who has come second is told of that first.
        let is_current = shown.subscription.version == edit.version;
        let asked = QuantityPage::new(shell.clone(), shown, quantity, form, &site);
        if let Some(problems) = asked.check().err().filter(|_| is_current) {
            return unprocessable(&QuantityPage { problems, ..asked });
        }
        let by = may.clone();
        let changed = db.write(move |conn| changes::change_quantity(conn, &by, &edit, quantity)).await?;
        return answer((shell, &may, &db, &session), &id, sent, changed).await;
    }
    let by = may.clone();
    let obstacle = db.write(move |conn| changes::try_quantity(conn, &by, &edit, quantity)).await?;
    match obstacle {
        Some(changed) => answer((shell, &may, &db, &session), &id, sent, changed).await,
        None => page(&QuantityPage::new(shell, details(&db, &may, &id).await?, quantity, form, &site)),
    }
}

impl QuantityPage {
    fn new(shell: Shell, details: Details, quantity: Quantity, form: QuantityForm, site: &Site) -> Self {
        let limit = Quantity::of(site.large_quantity);
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

    fn check(&self) -> Result<(), Problems> {
        if self.is_typed_twice() { self.form.repeats(self.quantity) } else { Ok(()) }
    }

    fn is_annual(&self) -> bool {
        self.subscription().billing == Billing::Annual
    }
}
