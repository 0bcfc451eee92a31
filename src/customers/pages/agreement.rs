//! Recording on a customer's account that it has accepted the customer agreement.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::permission::AttestAgreements;
use crate::customers::attestation::AttestationForm;
use crate::customers::form::{AgreementForm, Then};
use crate::customers::model::{Agreement, Customer};
use crate::customers::said::Said;
use crate::customers::store;
use crate::customers::store::agreement::{Attested, attest};
use crate::error::Result;
use crate::language::filters;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other, three_way};

#[derive(Template)]
#[template(path = "customers/agreement.html")]
struct AgreementPage {
    shell: Shell,
    customer: Customer,
    form: AttestationForm,
    /// Of the customer that the form was drawn from.
    version: i32,
    /// What the fields held then.
    opened: String,
    then: Then,
    problems: Problems,
    /// Somebody else recorded another acceptance meanwhile.
    is_stale: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThenQuery {
    then: String,
}

/// `GET /customers/{id}/agreement`
pub async fn edit(
    ask: Ask<AttestAgreements>,
    id: web::Path<String>,
    query: web::Query<ThenQuery>,
) -> Result<HttpResponse> {
    let customer = find(&ask, &customer_id(&id)?).await?;
    let then = Then::of(&query.then);
    if customer.account.agreement.is_by_customer() {
        return Ok(see_other(then.path(&customer.id)));
    }
    let form = AttestationForm::of(&customer.account);
    ask.page(&AgreementPage {
        shell: ask.shell(),
        opened: three_way::opened(&form),
        form,
        version: customer.version,
        customer,
        then,
        problems: Problems::default(),
        is_stale: false,
    })
}

/// `POST /customers/{id}/agreement`
pub async fn update(
    ask: Ask<AttestAgreements>,
    id: web::Path<String>,
    web::Form(sent): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let (mut version, then, now) = (sent.version()?, sent.then(), Moment::now());
    let (mut form, mut opened) = (sent.attestation.printable(), sent.opened);
    let mut is_stale = false;
    loop {
        let customer = find(&ask, &id).await?;
        let mut problems = Problems::default();
        let today = now.at(ask.by.zone).date_naive();
        let agreement = form.parse(Some(customer.account.country), today, &mut problems);
        let (Some(agreement), false) = (agreement, is_stale) else {
            let shell = ask.shell();
            let again = AgreementPage { shell, customer, form, version, opened, then, problems, is_stale };
            let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            return ask.with_status(status, &again);
        };
        let of = id;
        let said = match ask.write(move |conn, by| attest(conn, by, (&of, version), &agreement, now)).await? {
            Attested::Now => Said::AgreementRecorded,
            Attested::Already => Said::NothingChanged,
            Attested::Stale => {
                let customer = find(&ask, &id).await?;
                if customer.account.agreement.is_by_customer() {
                    return ask.done(&Said::NothingChanged, then.path(&id));
                }
                // Whoever sends it again after a clash has read what changed.
                let saved = AttestationForm::of(&customer.account);
                let merged = three_way::merge(&opened, &form, &saved)?;
                (form, is_stale) = (merged.form, !merged.clashes.is_empty());
                (version, opened) = (customer.version, three_way::opened(&saved));
                continue;
            }
        };
        return ask.done(&said, then.path(&id));
    }
}

async fn find(ask: &Ask<AttestAgreements>, id: &CustomerId) -> Result<Customer> {
    let id = *id;
    ask.read(move |conn, by| store::find(conn, &by.reach(), &id)).await
}
