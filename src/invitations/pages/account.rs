//! The page of a company that has an account here: what accepting would do for it, and the yes. It opens for whoever may
//! speak for the company, and for nobody else.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::link::{LinkPage, answerable, hash_of, look, signed_in_as, speaker, unknown};
use crate::error::Result;
use crate::invitations::commands::{self, By};
use crate::invitations::form::answer::{AcceptanceForm, DomainForm};
use crate::invitations::model::answer::{Effect, Proposal, Speaker};
use crate::invitations::store::acceptance::{Answered, Company};
use crate::invitations::store::link::Invitation;
use crate::invitations::store::proposal::proposal;
use crate::invitations::wrong::Wrong;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::page::unlisted;
use crate::web::{Problems, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "invitations/account.html")]
struct AccountPage {
    shell: Shell,
    token: String,
    invitation: Invitation,
    proposal: Proposal,
    form: AcceptanceForm,
    problems: Problems,
    why: Why,
}

/// Why the page is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Asked,
    /// It is not any more as it was when somebody accepted.
    Changed,
    /// The provider is told that it has to take up what has ended.
    EndedTold,
}

/// `GET /customer-invitations/{token}/account`
pub async fn show(
    visit: Visit,
    token: web::Path<String>,
    web::Query(wanted): web::Query<DomainForm>,
) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit) };
    let Some(speaker) = speaker(&visit, &invitation) else {
        return Ok(see_other(paths::invitations::link(&token)));
    };
    if !invitation.is_answerable(Moment::now()) {
        return Ok(see_other(paths::invitations::link(&token)));
    }
    let domain = wanted.whole(&visit.site.domain_suffix);
    match found(&visit, &hash, (&speaker, &domain)).await? {
        Some(proposal) => {
            let form = AcceptanceForm { domain, ..AcceptanceForm::default() };
            page(&visit, StatusCode::OK, &token, (proposal, form, Problems::default()), Why::Asked)
        }
        // The same for a company that is not known, and for one for which somebody else speaks.
        None => {
            let problems = ("domain", Wrong::NobodysCompany).into();
            let page = LinkPage { domain: wanted, problems, ..LinkPage::new(&visit, &token, invitation) };
            answerable(&visit, StatusCode::UNPROCESSABLE_ENTITY, page)
        }
    }
}

impl AccountPage {
    /// Whether the company sits where the provider does not sell.
    fn is_elsewhere(&self) -> bool {
        matches!(self.proposal.effect, Effect::OtherRegion)
    }

    /// Whether the provider has to take up what has ended.
    fn has_ended(&self) -> bool {
        matches!(self.proposal.effect, Effect::Ended(_))
    }
}

async fn found(
    visit: &Visit,
    hash: &TokenHash,
    (speaker, domain): (&Speaker, &str),
) -> Result<Option<Proposal>> {
    let (hash, speaker, domain) = (hash.clone(), speaker.clone(), domain.to_owned());
    let language = visit.language();
    visit.read(move |conn| proposal(conn, &hash, (&speaker, &domain), language, Moment::now())).await
}

fn page(
    visit: &Visit,
    status: StatusCode,
    token: &str,
    (proposal, form, problems): (Proposal, AcceptanceForm, Problems),
    why: Why,
) -> Result<HttpResponse> {
    let page = AccountPage {
        shell: visit.shell(),
        token: token.to_owned(),
        invitation: proposal.invitation.clone(),
        proposal,
        form,
        problems,
        why,
    };
    visit.with_status(status, &page).map(unlisted)
}

/// `POST /customer-invitations/{token}/acceptance`
pub async fn accept(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let place = paths::invitations::link(&token);
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit) };
    let Some(speaker) = speaker(&visit, &invitation) else { return Ok(see_other(place)) };
    let Some(shown) = found(&visit, &hash, (&speaker, &form.domain)).await? else {
        return Ok(see_other(place));
    };
    let (first_name, last_name) = match form.parse() {
        Ok(name) => name,
        Err(problems) => {
            let typed = (shown, form, problems);
            return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &token, typed, Why::Asked);
        }
    };
    let company = Company::Known { domain: form.domain.clone(), mark: form.mark.clone() };
    let account = &shown.known.account;
    let by = By {
        speaker: speaker.clone(),
        first_name,
        last_name,
        email: signed_in_as(&visit).unwrap_or_else(|| invitation.request.drafted.to.clone()),
        country: account.country,
        company_name: account.company_name.clone(),
    };
    match commands::accept(&visit, (hash.clone(), &invitation), by, (company, form.text())).await? {
        Answered::Done => Ok(see_other(place)),
        answered => {
            let Some(now) = found(&visit, &hash, (&speaker, &form.domain)).await? else {
                return Ok(see_other(place));
            };
            let why = if answered == Answered::Ended { Why::EndedTold } else { Why::Changed };
            // What was ticked was something else.
            let form = AcceptanceForm { consent: String::new(), ..form };
            page(&visit, StatusCode::CONFLICT, &token, (now, form, Problems::default()), why)
        }
    }
}
