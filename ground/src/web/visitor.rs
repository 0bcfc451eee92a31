//! Where a request comes from.

use actix_web::HttpRequest;

use super::site::Site;

/// No address is longer; a made-up one is cut.
const LONGEST: usize = 60;

/// The network address of the visitor: the one that the connection has, or the one that our own proxies name.
pub fn address_of(request: &HttpRequest, site: &Site) -> String {
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
    claimed.map_or(peer, |claimed| (*claimed).to_owned()).chars().take(LONGEST).collect()
}
