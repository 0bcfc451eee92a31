//! Whether everybody in the organisation needs a second factor.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::Allowed;
use crate::access::permission::RequireSecondFactor;
use crate::config::SecondFactorRule;
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::people::said::Said;
use crate::people::store::second_factor::{require, without};
use crate::values::moment::Moment;
use crate::web::{Count, Shell, Site, page, say, see_other};

#[derive(Template)]
#[template(path = "people/requirement.html")]
struct RequirementPage {
    shell: Shell,
    is_required: bool,
    /// Whether the installation asks for it, whatever the organisation does.
    is_required_here: bool,
    /// Members who have none yet.
    without: Count,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RequirementForm {
    /// `yes` or `no`.
    required: String,
}

/// `GET /people/second-factor`
pub async fn edit(
    shell: Shell,
    may: Allowed<RequireSecondFactor>,
    (db, site): (web::Data<Db>, web::Data<Site>),
) -> Result<HttpResponse> {
    let is_required = may.organisation.requires_second_factor;
    let without = db.read(move |conn| without(conn, &may)).await?;
    page(&RequirementPage {
        shell,
        is_required,
        is_required_here: site.second_factor == SecondFactorRule::Everybody,
        without,
    })
}

/// `POST /people/second-factor`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<RequireSecondFactor>,
    db: web::Data<Db>,
    web::Form(form): web::Form<RequirementForm>,
) -> Result<HttpResponse> {
    let (is_required, now) = (form.required == "yes", Moment::now());
    let is_changed = db.write(move |conn| require(conn, &may, is_required, now)).await?;
    let said = if is_changed { Said::RequirementChanged } else { Said::NothingChanged };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::second_factor()))
}
