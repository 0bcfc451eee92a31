//! The page of a company that is new here: its account, and the yes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::link::{hash_of, look, proof_name, speaker, unknown};
use crate::agreements::model::Text;
use crate::agreements::store::texts;
use crate::customers::new_account::{AccountForm, Terms, culture, languages};
use crate::error::Result;
use crate::invitations::commands;
use crate::invitations::form::answer::CompanyForm;
use crate::invitations::model::answer::Speaker;
use crate::invitations::store::acceptance::Answered;
use crate::invitations::store::link::Invitation;
use crate::language::filters;
use crate::paths;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::page::unlisted;
use crate::web::{Problems, Shell, Visit, once, see_other};

#[derive(Template)]
#[template(path = "invitations/company.html")]
struct CompanyPage {
    shell: Shell,
    token: String,
    invitation: Invitation,
    form: AccountForm,
    has_consented: bool,
    problems: Problems,
    countries: Vec<Country>,
    /// By whose rules the fields are drawn.
    country: Country,
    languages: Vec<Choice>,
    domain_suffix: String,
    /// The customer agreement that holds there.
    text: Option<Text>,
    /// Another text holds than the one that was read.
    is_other_text: bool,
}

/// A language of communication; the country's own is kept as nothing.
struct Choice {
    code: &'static str,
    is_own: bool,
}

/// Under which name the first user's password waits, to be shown once.
pub fn password_name(invitation: &Invitation) -> String {
    format!("customer-password:{}", invitation.request.id)
}

fn terms(visit: &Visit, invitation: &Invitation, now: Moment) -> Terms {
    Terms {
        region: invitation.provider.country.region(),
        domain_suffix: visit.site.domain_suffix.clone(),
        today: now.day(),
        may_attest: false,
    }
}

/// `GET /customer-invitations/{token}/company`
pub async fn new(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let invitation = match spoken_for(&visit, &token).await? {
        Ok((_, invitation)) => invitation,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let account = AccountForm {
        email: invitation.request.drafted.to.to_string(),
        ..AccountForm::begin(invitation.provider.country)
    };
    let form = CompanyForm { account, ..CompanyForm::default() };
    page(&visit, StatusCode::OK, (&token, invitation), (form, Problems::default()), false).await
}

/// The request and its link, where whoever visits reads the mailbox and it can be answered; else where to go.
async fn spoken_for(
    visit: &Visit,
    token: &str,
) -> Result<Result<(crate::values::token::TokenHash, Invitation), HttpResponse>> {
    let Some(hash) = hash_of(token) else { return unknown(visit).map(Err) };
    let Some(invitation) = look(visit, &hash).await? else { return unknown(visit).map(Err) };
    let is_mailbox = matches!(speaker(visit, &invitation), Some(Speaker::Mailbox(_)));
    if !is_mailbox || !invitation.is_answerable(Moment::now()) {
        return Ok(Err(see_other(paths::invitations::link(token))));
    }
    Ok(Ok((hash, invitation)))
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    (token, invitation): (&str, Invitation),
    (form, problems): (CompanyForm, Problems),
    is_other_text: bool,
) -> Result<HttpResponse> {
    let terms = terms(visit, &invitation, Moment::now());
    let country = form.account.country_in(terms.region).unwrap_or(invitation.provider.country);
    let language = visit.language();
    let text = visit.read(move |conn| texts::in_force(conn, country, language)).await?;
    let choice = |code| Choice { code, is_own: culture(country, code) == country.culture() };
    let page = CompanyPage {
        shell: visit.shell(),
        token: token.to_owned(),
        invitation,
        has_consented: form.consent == "yes",
        form: form.account.printable(),
        problems,
        countries: visit.language().countries(Country::in_region(terms.region)),
        country,
        languages: languages(terms.region).into_iter().map(choice).collect(),
        domain_suffix: format!(".{}", terms.domain_suffix),
        text,
        is_other_text,
    };
    visit.with_status(status, &page).map(unlisted)
}

/// `POST /customer-invitations/{token}/company`
pub async fn create(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<CompanyForm>,
) -> Result<HttpResponse> {
    let (hash, invitation) = match spoken_for(&visit, &token).await? {
        Ok(spoken) => spoken,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if form.then == "country" {
        let typed = (form, Problems::default());
        return page(&visit, StatusCode::OK, (&token, invitation), typed, false).await;
    }
    let account = match form.parse(&terms(&visit, &invitation, Moment::now())) {
        Ok(account) => account,
        Err(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&visit, status, (&token, invitation), (form, problems), false).await;
        }
    };
    let (answered, first_user) =
        commands::accept_new(&visit, (hash, &invitation), account, form.text()).await?;
    match answered {
        Answered::Done => {
            once::take(&visit.session(), &proof_name(&invitation.request.id));
            once::put(&visit.session(), &password_name(&invitation), &first_user);
            Ok(see_other(paths::invitations::link(&token)))
        }
        Answered::DomainTaken => {
            let typed = (form, ("domain", Problem::Taken).into());
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (&token, invitation), typed, false).await
        }
        Answered::OtherText => {
            let form = CompanyForm { consent: String::new(), ..form };
            let typed = (form, Problems::default());
            page(&visit, StatusCode::CONFLICT, (&token, invitation), typed, true).await
        }
        Answered::Changed | Answered::Ended => Ok(see_other(paths::invitations::link(&token))),
    }
}
