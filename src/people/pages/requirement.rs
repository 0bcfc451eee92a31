//! Whether everybody in the organisation needs a second factor.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::RequireSecondFactor;
use crate::config::SecondFactorRule;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::said::Said;
use crate::people::store::second_factor::require;
use crate::session::store::second_factor::without;
use crate::values::moment::Moment;
use crate::web::{Ask, Count, Shell};

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
pub async fn edit(ask: Ask<RequireSecondFactor>) -> Result<HttpResponse> {
    let without = ask.read(without).await?;
    ask.page(&RequirementPage {
        shell: ask.shell(),
        is_required: ask.by.organisation.requires_second_factor,
        is_required_here: ask.site.second_factor == SecondFactorRule::Everybody,
        without,
    })
}

/// `POST /people/second-factor`
pub async fn update(
    ask: Ask<RequireSecondFactor>,
    web::Form(form): web::Form<RequirementForm>,
) -> Result<HttpResponse> {
    let (is_required, now) = (form.required == "yes", Moment::now());
    let is_changed = ask.write(move |conn, by| require(conn, by, is_required, now)).await?;
    let said = if is_changed { Said::RequirementChanged } else { Said::NothingChanged };
    ask.done(&said, paths::people::second_factor())
}
