//! My profile: one's own name, time zone, language and sign-ins.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono_tz::TZ_VARIANTS;

use crate::access::{Viewer, sign_in};
use crate::error::{Error, Result};
use crate::language::{Language, filters};
use crate::notifications::store::switches::{self, Switch};
use crate::paths;
use crate::people::form::ProfileForm;
use crate::people::said::Said;
use crate::people::store::profile;
use crate::session::model::device::{BrowserKind, System, recognise};
use crate::session::store::own::{self, OwnSignIn, Which};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{AskForOneself, Problems, Shell};

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
pub async fn edit(ask: AskForOneself) -> Result<HttpResponse> {
    let form = ProfileForm::of(&ask.by, ask.language());
    ask.page(&ProfilePage::of(&ask, form).await?)
}

/// `POST /profile`
pub async fn update(ask: AskForOneself, web::Form(form): web::Form<ProfileForm>) -> Result<HttpResponse> {
    let form = form.touched(&ask.by, ask.language())?;
    let own = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            let page = ProfilePage::of(&ask, form).await?;
            return ask.unprocessable(&ProfilePage { problems, ..page });
        }
    };
    let (now, language) = (Moment::now(), own.language);
    let changed = ask.write(move |conn, by| profile::change(conn, by, &own, now)).await?;
    let said = if changed { Said::ProfileChanged } else { Said::NothingChanged };
    ask.done_in(language, &said, paths::people::profile())
}

/// `POST /profile/sign-ins/{name}/end`
pub async fn end(ask: AskForOneself, name: web::Path<String>) -> Result<HttpResponse> {
    end_some(&ask, Which::Named(name.into_inner())).await
}

/// `POST /profile/sign-ins/end-others`
pub async fn end_others(ask: AskForOneself) -> Result<HttpResponse> {
    end_some(&ask, Which::AllOthers).await
}

async fn end_some(ask: &AskForOneself, which: Which) -> Result<HttpResponse> {
    let (current, now) = (current(&ask.session())?, Moment::now());
    let ended = ask.write(move |conn, by| own::end_sign_ins(conn, by, &which, &current, now)).await?;
    let said = if ended == 0 { Said::NothingChanged } else { Said::OwnSignInsEnded };
    ask.done(&said, paths::people::profile())
}

fn current(session: &Session) -> Result<TokenHash> {
    Ok(sign_in::token(session).ok_or(Error::SignInNeeded)?.hash())
}

impl ProfilePage {
    async fn of(ask: &AskForOneself, form: ProfileForm) -> Result<Self> {
        let (shell, viewer) = (ask.shell(), ask.by.clone());
        let (current, now) = (current(&ask.session())?, Moment::now());
        let (sign_ins, switches) = ask
            .read(move |conn, by| Ok((own::sign_ins_of(conn, by, &current, now)?, switches::of(conn, by)?)))
            .await?;
        Ok(Self { shell, viewer, form, sign_ins, switches, problems: Problems::default() })
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> + use<> {
        TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    fn languages(&self) -> impl Iterator<Item = Language> + use<> {
        Language::all()
    }

    fn recognise(&self, sign_in: &OwnSignIn) -> (Option<BrowserKind>, Option<System>) {
        recognise(&sign_in.device)
    }
}
