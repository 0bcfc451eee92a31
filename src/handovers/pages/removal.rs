//! Remove partnership: a question first, also what becomes of what the reseller has, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AssignIncentives, AssignSupport, AssociateResellers, RemovePartnerships};
use crate::error::Result;
use crate::handovers::commands;
use crate::handovers::form::RemovalForm;
use crate::handovers::said::Said;
use crate::handovers::store::parting::{self, Parted, Parting};
use crate::language::filters;
use crate::paths;
use crate::values::id::OrganisationId;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "handovers/removal.html")]
struct RemovalPage {
    shell: Shell,
    parting: Parting,
    form: RemovalForm,
    problems: Problems,
}

type Asking = Ask<RemovePartnerships>;

/// `GET /resellers/{id}/removal`
pub async fn new(ask: Asking, reseller: web::Path<OrganisationId>) -> Result<HttpResponse> {
    let page = RemovalPage::load(&ask, *reseller, RemovalForm::fresh(), Problems::default()).await?;
    ask.page(&page)
}

/// `POST /resellers/{id}/removal`
pub async fn create(
    ask: Asking,
    reseller: web::Path<OrganisationId>,
    web::Form(form): web::Form<RemovalForm>,
) -> Result<HttpResponse> {
    let wanted = match form.parse()? {
        Ok(wanted) => wanted,
        Err(problems) => return refused(&ask, *reseller, form, problems).await,
    };
    let id = wanted.1;
    let all = paths::partnerships::resellers();
    match commands::part(&ask, &ask.by, *reseller, wanted).await? {
        Parted::Removed(reseller) => ask.done(&Said::Removed { reseller: &reseller }, all),
        Parted::GoneAlready(reseller) => ask.done(&Said::RemovedAlready { reseller: &reseller }, all),
        Parted::Before => ask.done(&Said::Before, paths::handovers::show(&id)),
        Parted::Begun(reseller) => {
            ask.done(&Said::RemovedAndBegun { reseller: &reseller }, paths::handovers::show(&id))
        }
        Parted::Refused(problem) => refused(&ask, *reseller, form, ("reseller", problem).into()).await,
    }
}

async fn refused(
    ask: &Asking,
    reseller: OrganisationId,
    form: RemovalForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let page = RemovalPage::load(ask, reseller, form, problems).await?;
    ask.unprocessable(&page)
}

impl RemovalPage {
    async fn load(
        ask: &Asking,
        reseller: OrganisationId,
        form: RemovalForm,
        problems: Problems,
    ) -> Result<Self> {
        let parting = ask.read(move |conn, by| parting::find(conn, by, &reseller)).await?;
        Ok(Self { shell: ask.shell(), parting, form, problems })
    }

    fn action(&self) -> String {
        paths::partnerships::removal(&self.parting.removal.partner.reseller)
    }

    /// Whether the viewer may have what the reseller has go over, to the provider or to another one.
    fn may_hand_over(&self) -> bool {
        self.shell.may::<AssignIncentives>() && self.shell.may::<AssignSupport>()
    }

    fn may_move(&self) -> bool {
        self.may_hand_over() && self.shell.may::<AssociateResellers>() && !self.parting.others.is_empty()
    }
}
