//! Reseller (MPN ID): who earns incentives for a subscription.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::ResellerForm;
use super::super::model::rules::{Action, Refusal};
use super::super::said::Said;
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::super::store::incentives;
use super::changes::edit_of;
use super::{details_with_last_change, done};
use crate::access::permission::AssignIncentives;
use crate::audiences::facts::{Audience, audience_of};
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::directory::{self, Partner};
use crate::values::id::SubscriptionId;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "subscriptions/reseller.html")]
struct ResellerPage {
    shell: Shell,
    details: Details,
    partners: Vec<Partner>,
    /// Who can be named on its offer.
    audience: Audience,
    form: ResellerForm,
    problems: Problems,
    /// Somebody was faster; who, when it is known.
    conflict: Option<Option<LastChange>>,
    refusal: Option<Refusal>,
}

/// `GET /subscriptions/{id}/reseller`
pub async fn edit(ask: Ask<AssignIncentives>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let (loaded, _) = ResellerPage::load(&ask, ask.shell(), &id).await?;
    ask.page(&loaded)
}

/// `POST /subscriptions/{id}/reseller`
pub async fn update(
    ask: Ask<AssignIncentives>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<ResellerForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let (loaded, _) = ResellerPage::load(&ask, ask.shell(), &id).await?;
    let parsed = match form.parse(loaded.details.subscription.mpn_id()) {
        Ok(parsed) => parsed,
        Err(problems) => return ask.unprocessable(&ResellerPage { form, problems, ..loaded }),
    };
    let said = if parsed.is_some() { Said::ResellerAssigned } else { Said::ResellerCleared };
    let changed =
        ask.write(move |conn, by| incentives::assign_reseller(conn, by, &edit, parsed.as_ref())).await?;
    match changed {
        Changed::Done => done(&ask, &said, &id),
        Changed::Same => done(&ask, &Said::NothingChanged, &id),
        Changed::Stale => {
            let (loaded, last) = ResellerPage::load(&ask, loaded.shell, &id).await?;
            ask.with_status(StatusCode::CONFLICT, &ResellerPage { form, conflict: Some(last), ..loaded })
        }
        Changed::Refused(refusal) => {
            ask.unprocessable(&ResellerPage { form, refusal: Some(refusal), ..loaded })
        }
        Changed::Wrong(problem) => {
            let problems = (form.field(), problem).into();
            ask.unprocessable(&ResellerPage { form, problems, ..loaded })
        }
    }
}

impl ResellerPage {
    async fn load(
        ask: &Ask<AssignIncentives>,
        shell: Shell,
        id: &SubscriptionId,
    ) -> Result<(Self, Option<LastChange>)> {
        let (details, last) = details_with_last_change(ask, id).await?;
        let provider = details.subscription.provider;
        let offer = details.subscription.offer;
        let (partners, audience) = ask
            .read(move |conn, _| {
                Ok((directory::partners_of(conn, &provider)?, audience_of(conn, &provider, &offer)?))
            })
            .await?;
        let partner = details.subscription.mpn_id().to_owned();
        let form = ResellerForm { partner, ..ResellerForm::default() };
        let refusal = details.state.refusal(Action::AssignReseller);
        let page = Self {
            shell,
            details,
            partners,
            audience,
            form,
            problems: Problems::default(),
            conflict: None,
            refusal,
        };
        Ok((page, last))
    }

    /// Whether the list of partners lacks the MPN ID that earns now.
    fn is_current_unlisted(&self) -> bool {
        let current = self.details.subscription.mpn_id();
        !current.is_empty() && self.partners.iter().all(|partner| !partner.has(current))
    }

    /// Whether a partner can be chosen, or is named already.
    fn is_listed(&self, partner: &Partner) -> bool {
        let is_open = self.audience.lets(&partner.reseller);
        partner.is_eligible() && is_open || partner.has(self.details.subscription.mpn_id())
    }

    /// Whether the offer is closed to some partner.
    fn has_closed(&self) -> bool {
        self.partners.iter().any(|partner| !self.audience.lets(&partner.reseller))
    }

    /// Whether some partner cannot be chosen.
    fn has_ineligible(&self) -> bool {
        self.partners.iter().any(|partner| !partner.is_eligible())
    }

    /// What was sent: an MPN ID, or nothing.
    fn sent(&self) -> &str {
        let typed = self.form.mpn_id.trim();
        if typed.is_empty() { &self.form.partner } else { typed }
    }
}
