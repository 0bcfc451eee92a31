//! From where a request comes.

use actix_session::SessionExt as _;
use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;

use super::chosen_language;
use super::store::Origin;
use crate::web::{Site, tongue, visitor};

/// What a browser says of itself is cut after so many characters.
const LONGEST: usize = 300;

/// From where a request comes, as far as it can be believed.
pub fn origin_of(request: &HttpRequest, site: &Site) -> Origin {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Origin {
        device: agent.chars().take(LONGEST).collect(),
        address: visitor::address_of(request, site),
        language: tongue::of(request),
        chosen: chosen_language::of(&request.get_session()),
    }
}
