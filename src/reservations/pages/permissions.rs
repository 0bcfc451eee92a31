//! Customer permissions: whether a customer may buy reservations by itself.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AllowCustomerPurchases, SeeCustomerPermissions, WithdrawCustomerPurchases};
use crate::access::{Role, permission};
use crate::customers;
use crate::customers::facts::company_name;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::reservations::form::PermissionForm;
use crate::reservations::said::Said;
use crate::reservations::store::permissions::{self, Changed, Permission};
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "reservations/permissions.html")]
struct PermissionsPage {
    shell: Shell,
    customer: Customer,
    currency: Currency,
    permission: Option<Permission>,
    form: PermissionForm,
    /// The limit that is to be read before it holds.
    wanted: Option<Money>,
    problems: Problems,
    /// Somebody else changed it in between.
    is_conflict: bool,
    may_allow: bool,
    may_withdraw: bool,
}

#[derive(Template)]
#[template(path = "reservations/withdrawal.html")]
struct WithdrawalPage {
    shell: Shell,
    customer: Customer,
    permission: Option<Permission>,
}

/// `GET /customers/{id}/permissions`
pub async fn show(ask: Ask<SeeCustomerPermissions>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let page = PermissionsPage::of(&ask, *id).await?;
    ask.page(&page)
}

/// `POST /customers/{id}/permissions`: first says what it does, then allows.
pub async fn allow(
    ask: Ask<AllowCustomerPurchases>,
    id: web::Path<CustomerId>,
    web::Form(form): web::Form<PermissionForm>,
) -> Result<HttpResponse> {
    let page = PermissionsPage::of(&ask, *id).await?;
    let limit = match form.parse(page.currency) {
        Ok(limit) => limit,
        Err(problem) => {
            return ask.unprocessable(&PermissionsPage { form, problems: ("limit", problem).into(), ..page });
        }
    };
    if form.confirmed != "yes" {
        return ask.page(&PermissionsPage { form, wanted: Some(limit), ..page });
    }
    let (customer, seen, now) = (*id, form.seen.clone(), Moment::now());
    let allowing = ask.write(move |conn, by| permissions::allow(conn, by, (&customer, limit), &seen, now));
    let (place, name) = (paths::reservations::permissions(&id), &page.customer.account.company_name);
    match allowing.await? {
        Changed::Done => ask.done(&Said::Allowed { customer: name }, place),
        Changed::Same => ask.done(&Said::NothingChanged, place),
        Changed::Stale => {
            let page = PermissionsPage::of(&ask, *id).await?;
            let form = PermissionForm { limit: form.limit, ..page.form };
            ask.with_status(StatusCode::CONFLICT, &PermissionsPage { form, is_conflict: true, ..page })
        }
    }
}

/// `GET /customers/{id}/permissions/withdrawal`
pub async fn confirm(ask: Ask<WithdrawCustomerPurchases>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let (customer, permission) = known(&ask, *id).await?;
    ask.page(&WithdrawalPage { shell: ask.shell(), customer, permission })
}

/// `POST /customers/{id}/permissions/withdrawal`
pub async fn withdraw(
    ask: Ask<WithdrawCustomerPurchases>,
    id: web::Path<CustomerId>,
) -> Result<HttpResponse> {
    let (customer, now) = (*id, Moment::now());
    let changed = ask.write(move |conn, by| permissions::withdraw(conn, by, &customer, now)).await?;
    let name = ask.read(move |conn, _| company_name(conn, &customer)).await?;
    let said = if changed { Said::Forbidden { customer: &name } } else { Said::NothingChanged };
    ask.done(&said, paths::reservations::permissions(&id))
}

/// A customer within reach, and what it may.
async fn known<P: permission::Permission>(
    ask: &Ask<P>,
    id: CustomerId,
) -> Result<(Customer, Option<Permission>)> {
    let now = Moment::now();
    ask.read(move |conn, by| {
        let customer = customers::store::find(conn, &by.reach(), &id)?;
        let permission = permissions::of(conn, &customer.id, now)?;
        Ok((customer, permission))
    })
    .await
}

impl PermissionsPage {
    async fn of<P: permission::Permission>(ask: &Ask<P>, id: CustomerId) -> Result<Self> {
        let (customer, permission) = known(ask, id).await?;
        let currency = ask.by.organisation.currency;
        let seen = permissions::seen(permission.as_ref());
        let lasts = customer.ended_at.is_none();
        Ok(Self {
            shell: ask.shell(),
            customer,
            currency,
            permission,
            form: PermissionForm { limit: seen.clone(), seen, ..PermissionForm::default() },
            wanted: None,
            problems: Problems::default(),
            is_conflict: false,
            may_allow: ask.by.may::<AllowCustomerPurchases>() && lasts,
            may_withdraw: ask.by.may::<WithdrawCustomerPurchases>(),
        })
    }

    /// Who may change it.
    fn roles(&self) -> &'static [Role] {
        let kind = self.shell.viewer.as_ref().map(|viewer| viewer.organisation.kind);
        permission::rule("allow-customer-purchases").zip(kind).map_or(&[], |(rule, kind)| rule.roles_in(kind))
    }
}
