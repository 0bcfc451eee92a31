//! The page of a promotion.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{ManageCatalog, SeeCatalog};
use crate::error::Result;
use crate::language::filters;
use crate::promotions::model::{Promotion, Stage};
use crate::promotions::store::keeping::find;
use crate::values::id::PromotionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "promotions/show.html")]
struct ShowPage {
    shell: Shell,
    promotion: Promotion,
    stage: Stage,
    may_manage: bool,
}

/// `GET /promotions/{id}`
pub async fn show(ask: Ask<SeeCatalog>, id: web::Path<PromotionId>) -> Result<HttpResponse> {
    let promotion = ask.read(move |conn, _| find(conn, &id)).await?;
    ask.page(&ShowPage {
        shell: ask.shell(),
        stage: promotion.stage(Moment::now().day()),
        may_manage: ask.by.may::<ManageCatalog>(),
        promotion,
    })
}
