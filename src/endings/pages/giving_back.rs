//! A reseller gives a customer back, after a question.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::GiveCustomersBack;
use crate::endings::form::GiveBackForm;
use crate::endings::said::Said;
use crate::endings::store::giving_back::{self, Question};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "endings/give_back.html")]
struct GiveBackPage {
    shell: Shell,
    question: Question,
    form: GiveBackForm,
    problems: Problems,
}

/// `GET /customers/{id}/return`
pub async fn new(ask: Ask<GiveCustomersBack>, id: web::Path<String>) -> Result<HttpResponse> {
    let question = find(&ask, &customer_id(&id)?).await?;
    let (form, problems) = (GiveBackForm::default(), Problems::default());
    ask.page(&GiveBackPage { shell: ask.shell(), question, form, problems })
}

/// `POST /customers/{id}/return`
pub async fn create(
    ask: Ask<GiveCustomersBack>,
    id: web::Path<String>,
    web::Form(form): web::Form<GiveBackForm>,
) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    // Pressed twice, or the provider was faster.
    if ask.read(move |conn, by| giving_back::is_past(conn, by, &id)).await? {
        return ask.done(&Said::GivenBackBefore, paths::customers::list());
    }
    let question = find(&ask, &id).await?;
    let stays_named = match form.parse(question.rewarded > 0) {
        Ok(stays_named) => stays_named,
        Err(problems) => {
            return ask.unprocessable(&GiveBackPage { shell: ask.shell(), question, form, problems });
        }
    };
    let (customer, provider) =
        ask.write(move |conn, by| giving_back::give_back(conn, by, (&id, stays_named), now)).await?;
    ask.done(&Said::GivenBack { customer: &customer, provider: &provider }, paths::customers::list())
}

async fn find(ask: &Ask<GiveCustomersBack>, id: &CustomerId) -> Result<Question> {
    let id = *id;
    ask.read(move |conn, by| giving_back::find(conn, by, &id)).await
}
