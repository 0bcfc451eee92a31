//! Review: everything before it is submitted.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::step::{open_draft, setup_secret};
use crate::access::permission::{AddCustomers, GiveTenantOwner};
use crate::catalog::model::Unit;
use crate::customers::model::{Agreement, Proof};
use crate::error::Result;
use crate::language::filters;
use crate::orders::model::{Chosen, Hindrance, Incentives, Making, School, Step};
use crate::values::id::DraftId;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "orders/review.html")]
struct ReviewPage {
    shell: Shell,
    making: Making,
    chosen: Chosen,
    incentives: Incentives,
    hindrances: Vec<Hindrance>,
}

impl ReviewPage {
    /// Whether nothing is left to solve here: only the customer's acceptance is awaited.
    fn waits_only(&self) -> bool {
        !self.hindrances.is_empty() && self.hindrances.iter().all(|one| one.step() == Step::Agreement)
    }

    /// The reseller that can get tenant owner permission with the order, because it names one and has what is billed by
    /// usage.
    fn possible_owner(&self) -> Option<&str> {
        let has_usage = self.chosen.lines.iter().any(|line| line.listed.offer.unit == Unit::Usage);
        match &self.incentives {
            Incentives::Partner(partner) if has_usage && self.shell.may::<GiveTenantOwner>() => {
                Some(&partner.name)
            }
            _ => None,
        }
    }
}

/// `GET /drafts/{id}/review`
pub async fn show(ask: Ask<AddCustomers>, id: web::Path<DraftId>) -> Result<HttpResponse> {
    let making = match open_draft(&ask, &id).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if making.is_new() {
        // Made here and not on Submit: however often that is pressed, every answer then has the same.
        setup_secret(&ask.session(), &id);
    }
    let (chosen, incentives) = (making.chosen(), making.incentives());
    let hindrances = making.hindrances(&chosen);
    ask.page(&ReviewPage { shell: ask.shell(), making, chosen, incentives, hindrances })
}
