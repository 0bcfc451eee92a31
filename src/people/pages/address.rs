//! One's own email address: proving it, and changing it.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Viewer;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::people::commands;
use crate::people::form::AddressForm;
use crate::people::said::Said;
use crate::people::store::address;
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::web::{AskForOneself, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "people/email.html")]
struct EmailPage {
    shell: Shell,
    viewer: Viewer,
    form: AddressForm,
    /// The address that is to be proved before it counts.
    wanted: Option<Email>,
    problems: Problems,
    /// Seconds until a letter can be asked for again.
    wait: Option<i64>,
}

/// The step after the first password of one's own: prove the mailbox now, or later.
#[derive(Template)]
#[template(path = "people/email_proof_offer.html")]
struct OfferPage {
    shell: Shell,
    viewer: Viewer,
}

/// `GET /profile/email`
pub async fn edit(ask: AskForOneself) -> Result<HttpResponse> {
    ask.page(&EmailPage::of(&ask, AddressForm::default()).await?)
}

/// `POST /profile/email`: asks for another address.
pub async fn update(ask: AskForOneself, web::Form(form): web::Form<AddressForm>) -> Result<HttpResponse> {
    match form.parse(&ask.by.email) {
        Ok(email) => mail_link(&ask, &email, form).await,
        Err(problems) => {
            let page = EmailPage::of(&ask, form).await?;
            ask.unprocessable(&EmailPage { problems, ..page })
        }
    }
}

/// `GET /profile/email/proof`
pub async fn offer(ask: AskForOneself) -> Result<HttpResponse> {
    if ask.by.has_proved_mailbox || ask.by.is_customer() {
        return Ok(see_other(paths::start()));
    }
    ask.page(&OfferPage { shell: ask.shell(), viewer: ask.by.clone() })
}

/// `POST /profile/email/proof`: mails a link to the address of now. Not to the user name of a customer's person: the
/// mailbox of that name may be anybody's, and whoever proves it would get the links to new passwords.
pub async fn mail(ask: AskForOneself) -> Result<HttpResponse> {
    if ask.by.is_customer() {
        return Err(Error::NotFound);
    }
    mail_link(&ask, &ask.by.email, AddressForm::default()).await
}

/// `POST /profile/email/cancel`: the address of now stays.
pub async fn cancel(ask: AskForOneself) -> Result<HttpResponse> {
    let dropped = ask.write(address::drop_wanted).await?;
    let said = if dropped { Said::AddressStays } else { Said::NothingChanged };
    ask.done(&said, paths::people::email())
}

async fn mail_link(ask: &AskForOneself, email: &Email, form: AddressForm) -> Result<HttpResponse> {
    let wait = commands::mail_address_link(ask, &ask.by, email).await?;
    if wait > 0 {
        let page = EmailPage::of(ask, form).await?;
        return ask.slowed(&EmailPage { wait: Some(wait), ..page }, wait);
    }
    ask.done(&Said::AddressLinkSent { to: email }, paths::people::email())
}

impl EmailPage {
    async fn of(ask: &AskForOneself, form: AddressForm) -> Result<Self> {
        let (shell, viewer, now) = (ask.shell(), ask.by.clone(), Moment::now());
        let wanted = ask.read(move |conn, by| address::wanted(conn, by, now)).await?;
        Ok(Self { shell, viewer, form, wanted, problems: Problems::default(), wait: None })
    }
}
