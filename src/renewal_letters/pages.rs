//! Letters ahead: whether they come, and how far they look.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::form::ChoiceForm;
use super::said::Said;
use super::store::choice;
use crate::access::permission::SeeRenewals;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::subscriptions::form::WITHIN;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "renewal_letters/choice.html")]
struct ChoicePage {
    shell: Shell,
    /// As the form says it: empty for no letters.
    days: String,
    problems: Problems,
}

/// `GET /renewals/letters`
pub async fn edit(ask: Ask<SeeRenewals>) -> Result<HttpResponse> {
    let days = ask.read(choice::of).await?.map(|days| days.to_string()).unwrap_or_default();
    ask.page(&ChoicePage { shell: ask.shell(), days, problems: Problems::default() })
}

/// `POST /renewals/letters`
pub async fn update(ask: Ask<SeeRenewals>, web::Form(form): web::Form<ChoiceForm>) -> Result<HttpResponse> {
    let (days, today) = (form.parse()?, Moment::now().day());
    let has_changed = ask.write(move |conn, by| choice::set(conn, by, days, today)).await?;
    let said = match days {
        _ if !has_changed => Said::NothingChanged,
        Some(days) => Said::Chosen { days },
        None => Said::ChosenNone,
    };
    ask.done(&said, paths::subscriptions::renewals())
}
