//! Headers on every answer.

use actix_web::middleware::DefaultHeaders;

/// Nothing from elsewhere, nothing inline, no framing; https for good where the portal has it.
pub fn security(is_https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add((
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        // The address of a page may hold a personal link: no other site learns it.
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"));
    if is_https { headers.add(("Strict-Transport-Security", "max-age=31536000")) } else { headers }
}
