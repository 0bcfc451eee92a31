//! Recording on a customer's account that it has accepted the customer agreement.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::permission::AttestAgreements;
use crate::customers::attestation::AttestationForm;
use crate::customers::model::{Agreement, Customer};
use crate::customers::said::Said;
use crate::customers::store;
use crate::customers::store::agreement::{Attested, attest};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::{CustomerId, DraftId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other, three_way, version};

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

/// What the form is followed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Then {
    #[default]
    Account,
    /// An order that was about to begin.
    Order,
    /// An order that has begun.
    Draft(DraftId),
}

impl Then {
    fn of(text: &str) -> Self {
        match text {
            "order" => Self::Order,
            text => DraftId::parse(text).map_or(Self::Account, Self::Draft),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Account => String::new(),
            Self::Order => "order".to_owned(),
            Self::Draft(id) => id.to_string(),
        }
    }

    fn path(&self, customer: &CustomerId) -> String {
        match self {
            Self::Account => paths::customers::account(customer),
            Self::Order => paths::orders::new_subscription(customer),
            Self::Draft(id) => paths::orders::draft_subscriptions(id),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThenQuery {
    then: String,
}

#[derive(Debug, Deserialize)]
pub struct AgreementForm {
    version: String,
    #[serde(default)]
    opened: String,
    #[serde(default)]
    then: String,
    #[serde(flatten)]
    attestation: AttestationForm,
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
    let mut version = version::read(&sent.version)?;
    let (mut form, mut opened) = (sent.attestation.printable(), sent.opened);
    let (then, now) = (Then::of(&sent.then), Moment::now());
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
        let of = id.clone();
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
    let id = id.clone();
    ask.read(move |conn, by| store::find(conn, &by.reach(), &id)).await
}
