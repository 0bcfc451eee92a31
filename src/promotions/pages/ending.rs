//! Ending a promotion before its last day is over, after a question.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::ManageCatalog;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::promotions::model::{Promotion, Stage};
use crate::promotions::said::Said;
use crate::promotions::store::keeping::{end, find};
use crate::values::id::PromotionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "promotions/ending.html")]
struct EndingPage {
    shell: Shell,
    promotion: Promotion,
    /// Whether it runs already.
    is_running: bool,
}

/// `GET /promotions/{id}/end`
pub async fn new(ask: Ask<ManageCatalog>, id: web::Path<PromotionId>) -> Result<HttpResponse> {
    let wanted = *id;
    let promotion = ask.read(move |conn, _| find(conn, &wanted)).await?;
    let stage = promotion.stage(Moment::now().day());
    if stage == Stage::Ended {
        return Ok(see_other(paths::promotions::show(&id)));
    }
    ask.page(&EndingPage { shell: ask.shell(), promotion, is_running: stage == Stage::Running })
}

/// `POST /promotions/{id}/end`
pub async fn create(ask: Ask<ManageCatalog>, id: web::Path<PromotionId>) -> Result<HttpResponse> {
    let (wanted, now) = (*id, Moment::now());
    let (name, is_done) = ask.write(move |conn, by| end(conn, by, &wanted, now)).await?;
    let said = if is_done { Said::Ended { name: &name } } else { Said::NothingChanged };
    ask.done(&said, paths::promotions::show(&id))
}
