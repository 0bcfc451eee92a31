//! Pinning an offer, and unpinning it.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::offer_id;
use crate::access::permission::PinOffers;
use crate::catalog::said::Said;
use crate::catalog::store::pins::{self, Pinned};
use crate::error::Result;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::Ask;

/// What the button says.
#[derive(Deserialize)]
pub struct Wish {
    pinned: String,
}

/// `POST /catalog/{id}/pin`
pub async fn create(
    ask: Ask<PinOffers>,
    id: web::Path<String>,
    web::Form(Wish { pinned }): web::Form<Wish>,
) -> Result<HttpResponse> {
    let (id, now, is_pinned) = (offer_id(&id)?, Moment::now(), pinned == "yes");
    let (name, came) = ask.write(move |conn, by| pins::set(conn, by, &id, is_pinned, now)).await?;
    let said = match (came, is_pinned) {
        (Pinned::Full, _) => Said::PinsFull { name: &name },
        (_, true) => Said::Pinned { name: &name },
        (_, false) => Said::Unpinned { name: &name },
    };
    ask.done(&said, paths::catalog::show(&id))
}
