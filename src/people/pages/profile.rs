//! My profile: one's own name, time zone and sign-ins.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono_tz::TZ_VARIANTS;

use crate::access::{Viewer, sign_in};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::notifications::store::switches::{self, Switch};
use crate::paths;
use crate::people::form::ProfileForm;
use crate::people::said::Said;
use crate::people::store::profile::{self, OwnSignIn, Which};
use crate::session::model::device::{BrowserKind, System, recognise};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{Problems, Shell, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "people/profile.html")]
struct ProfilePage {
    shell: Shell,
    viewer: Viewer,
    form: ProfileForm,
    sign_ins: Vec<OwnSignIn>,
    /// Which letters the viewer gets; empty when there are none to get.
    switches: Vec<Switch>,
    problems: Problems,
}

/// `GET /profile`
pub async fn edit(shell: Shell, viewer: Viewer, session: Session, db: web::Data<Db>) -> Result<HttpResponse> {
    let form = ProfileForm::of(&viewer);
    let (sign_ins, switches) = own(&db, &viewer, &session).await?;
    page(&ProfilePage { shell, viewer, form, sign_ins, switches, problems: Problems::default() })
}

/// `POST /profile`
pub async fn update(
    shell: Shell,
    viewer: Viewer,
    session: Session,
    db: web::Data<Db>,
    web::Form(form): web::Form<ProfileForm>,
) -> Result<HttpResponse> {
    let form = form.printable().touched(&viewer)?;
    let (name, zone) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            let (sign_ins, switches) = own(&db, &viewer, &session).await?;
            return unprocessable(&ProfilePage { shell, viewer, form, sign_ins, switches, problems });
        }
    };
    let now = Moment::now();
    let changed = db.write(move |conn| profile::change(conn, &viewer, &name, zone, now)).await?;
    let said = if changed { Said::ProfileChanged } else { Said::NothingChanged };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::profile()))
}

/// `POST /profile/sign-ins/{name}/end`
pub async fn end(
    seen: (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
    name: web::Path<String>,
) -> Result<HttpResponse> {
    end_some(seen, viewer, db, Which::Named(name.into_inner())).await
}

/// `POST /profile/sign-ins/end-others`
pub async fn end_others(seen: (Shell, Session), viewer: Viewer, db: web::Data<Db>) -> Result<HttpResponse> {
    end_some(seen, viewer, db, Which::AllOthers).await
}

async fn end_some(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
    which: Which,
) -> Result<HttpResponse> {
    let (current, now) = (current(&session)?, Moment::now());
    let ended = db.write(move |conn| profile::end_sign_ins(conn, &viewer, &which, &current, now)).await?;
    let said = if ended == 0 { Said::NothingChanged } else { Said::OwnSignInsEnded };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::profile()))
}

async fn own(db: &Db, viewer: &Viewer, session: &Session) -> Result<(Vec<OwnSignIn>, Vec<Switch>)> {
    let (viewer, current, now) = (viewer.clone(), current(session)?, Moment::now());
    db.read(move |conn| {
        Ok((profile::sign_ins_of(conn, &viewer, &current, now)?, switches::of(conn, &viewer)?))
    })
    .await
}

fn current(session: &Session) -> Result<TokenHash> {
    Ok(sign_in::token(session).ok_or(Error::SignInNeeded)?.hash())
}

impl ProfilePage {
    fn zones(&self) -> impl Iterator<Item = &'static str> + use<> {
        TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    fn recognise(&self, sign_in: &OwnSignIn) -> (Option<BrowserKind>, Option<System>) {
        recognise(&sign_in.device)
    }
}
