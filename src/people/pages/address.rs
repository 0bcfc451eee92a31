//! One's own email address: proving it, and changing it.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Viewer;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::paths;
use crate::people::form::AddressForm;
use crate::people::letters::address_objection::AddressObjection;
use crate::people::letters::address_proof::AddressProof;
use crate::people::letters::new_address::NewAddress;
use crate::people::said::Said;
use crate::people::store::address::{self, Asked, OBJECTION_DAYS, PROOF_HOURS};
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::slowed;
use crate::web::shell::time_in;
use crate::web::{Problems, Shell, Site, page, say, see_other, unprocessable};

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
pub async fn edit(shell: Shell, viewer: Viewer, db: web::Data<Db>) -> Result<HttpResponse> {
    page(&EmailPage::of(shell, viewer, AddressForm::default(), &db).await?)
}

/// `POST /profile/email`: asks for another address.
pub async fn update(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    web::Form(form): web::Form<AddressForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let email = match form.parse(&viewer.email) {
        Ok(email) => email,
        Err(problems) => {
            let page = EmailPage::of(shell, viewer, form, &db).await?;
            return unprocessable(&EmailPage { problems, ..page });
        }
    };
    let asked = asked(&viewer, &email, &site)?;
    let (by, now) = (viewer.clone(), Moment::now());
    let wait = db.write(move |conn| address::ask(conn, &by, &asked, now)).await?;
    if wait > 0 {
        let page = EmailPage::of(shell, viewer, form, &db).await?;
        return slowed(&EmailPage { wait: Some(wait), ..page }, wait);
    }
    bell.ring();
    say(&session, &shell, &Said::AddressLinkSent { to: &email })?;
    Ok(see_other(paths::people::email()))
}

/// `GET /profile/email/proof`
pub async fn offer(shell: Shell, viewer: Viewer) -> Result<HttpResponse> {
    if viewer.has_proved_mailbox {
        return Ok(see_other(paths::start()));
    }
    page(&OfferPage { shell, viewer })
}

/// `POST /profile/email/proof`: mails a link to the address of now.
pub async fn mail(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
) -> Result<HttpResponse> {
    let (asked, by, now) = (asked(&viewer, &viewer.email, &site)?, viewer.clone(), Moment::now());
    let wait = db.write(move |conn| address::ask(conn, &by, &asked, now)).await?;
    if wait > 0 {
        let page = EmailPage::of(shell, viewer, AddressForm::default(), &db).await?;
        return slowed(&EmailPage { wait: Some(wait), ..page }, wait);
    }
    bell.ring();
    say(&session, &shell, &Said::AddressLinkSent { to: &viewer.email })?;
    Ok(see_other(paths::people::email()))
}

/// `POST /profile/email/cancel`: the address of now stays.
pub async fn cancel(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
) -> Result<HttpResponse> {
    let dropped = db.write(move |conn| address::drop_wanted(conn, &viewer)).await?;
    let said = if dropped { Said::AddressStays } else { Said::NothingChanged };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::email()))
}

/// The links and letters by which an address is proved, or takes the place of the one of now.
fn asked(viewer: &Viewer, email: &Email, site: &Site) -> Result<Asked> {
    let (token, now) = (Token::random(), Moment::now());
    let link = format!("{}{}", site.base_url, paths::people::email_proof(token.reveal()));
    let until = time_in(viewer.zone, now.plus_seconds(PROOF_HOURS * 3600));
    let (link, until, is_change) = (link.as_str(), until.as_str(), *email != viewer.email);
    let letter = match is_change {
        true => NewAddress { viewer, to: email, link, until, site }.letter()?,
        false => AddressProof { viewer, link, until, site }.letter()?,
    };
    Ok(Asked {
        email: email.clone(),
        token: token.hash(),
        letter: (LetterId::new(), letter),
        objection: if is_change { Some(objection(viewer, email, now, site)?) } else { None },
    })
}

/// The link by which whoever reads the old mailbox objects, in its letter.
fn objection(
    viewer: &Viewer,
    new: &Email,
    now: Moment,
    site: &Site,
) -> Result<(TokenHash, (LetterId, Letter))> {
    let token = Token::random();
    let link = format!("{}{}", site.base_url, paths::people::email_objection(token.reveal()));
    let until = time_in(viewer.zone, now.plus_seconds(OBJECTION_DAYS * 24 * 3600));
    let letter = AddressObjection { viewer, new, link: &link, until: &until, site }.letter()?;
    Ok((token.hash(), (LetterId::new(), letter)))
}

impl EmailPage {
    async fn of(shell: Shell, viewer: Viewer, form: AddressForm, db: &Db) -> Result<Self> {
        let (by, now) = (viewer.clone(), Moment::now());
        let wanted = db.read(move |conn| address::wanted(conn, &by, now)).await?;
        Ok(Self { shell, viewer, form, wanted, problems: Problems::default(), wait: None })
    }
}
