//! Recording on a customer's account that it has accepted the customer agreement.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::AttestAgreements;
use crate::customers::attestation::AttestationForm;
use crate::customers::model::{Agreement, Customer};
use crate::customers::said::Said;
use crate::customers::store;
use crate::customers::store::agreement::{Attested, attest};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DraftId};
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, page, say, see_other, three_way, unprocessable};

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
    shell: Shell,
    may: Allowed<AttestAgreements>,
    db: web::Data<Db>,
    id: web::Path<String>,
    query: web::Query<ThenQuery>,
) -> Result<HttpResponse> {
    let (id, reach) = (customer_id(&id)?, may.reach());
    let customer = db.read(move |conn| store::find(conn, &reach, &id)).await?;
    let then = Then::of(&query.then);
    if customer.account.agreement.is_by_customer() {
        return Ok(see_other(then.path(&customer.id)));
    }
    let form = AttestationForm::of(&customer.account);
    page(&AgreementPage {
        shell,
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
    (shell, session): (Shell, Session),
    may: Allowed<AttestAgreements>,
    db: web::Data<Db>,
    id: web::Path<String>,
    web::Form(sent): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let mut version: i32 = sent.version.parse().map_err(|_| Error::BadRequest("version"))?;
    let (mut form, mut opened) = (sent.attestation.printable(), sent.opened);
    let (then, now) = (Then::of(&sent.then), Moment::now());
    let mut is_stale = false;
    loop {
        let (reach, wanted) = (may.reach(), id.clone());
        let customer = db.read(move |conn| store::find(conn, &reach, &wanted)).await?;
        let mut problems = Problems::default();
        let today = now.at(may.zone).date_naive();
        let agreement = form.parse(Some(customer.account.country), today, &mut problems);
        let (Some(agreement), false) = (agreement, is_stale) else {
            let page = AgreementPage { shell, customer, form, version, opened, then, problems, is_stale };
            return if is_stale { with_status(StatusCode::CONFLICT, &page) } else { unprocessable(&page) };
        };
        let (by, of) = (may.clone(), id.clone());
        match db.write(move |conn| attest(conn, &by, (&of, version), &agreement, now)).await? {
            Attested::Now => say(&session, &shell, &Said::AgreementRecorded)?,
            Attested::Already => say(&session, &shell, &Said::NothingChanged)?,
            Attested::Stale => {
                let (reach, stale) = (may.reach(), id.clone());
                let customer = db.read(move |conn| store::find(conn, &reach, &stale)).await?;
                if customer.account.agreement.is_by_customer() {
                    say(&session, &shell, &Said::NothingChanged)?;
                    return Ok(see_other(then.path(&id)));
                }
                // Whoever sends it again after a clash has read what changed.
                let saved = AttestationForm::of(&customer.account);
                let merged = three_way::merge(&opened, &form, &saved)?;
                (form, is_stale) = (merged.form, !merged.clashes.is_empty());
                (version, opened) = (customer.version, three_way::opened(&saved));
                continue;
            }
        }
        return Ok(see_other(then.path(&id)));
    }
}
