//! From where a request comes.

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;

use super::store::Origin;
use crate::web::Site;

/// From where a request comes, as far as it can be believed.
pub fn origin_of(request: &HttpRequest, site: &Site) -> Origin {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let peer = request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(',').map(str::trim))
        .collect();
    // Each proxy appends whom it heard from; only the entries of our own proxies are to be believed.
    let index = forwarded.len().checked_sub(site.trusted_proxies.max(1));
    let claimed = index.filter(|_| site.trusted_proxies > 0).and_then(|index| forwarded.get(index));
    let address = claimed.map_or(peer, |claimed| (*claimed).to_owned());
    Origin { device: agent.chars().take(300).collect(), address: address.chars().take(60).collect() }
}
