//! Refuses writes that another site makes a browser send. No hidden field in any form is needed:
//! browsers say where a request comes from.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpResponse, web};

use super::site::Site;

/// Lets safe methods through, and others only from our own pages.
///
/// # Errors
/// What comes from further inside.
pub async fn refuse_cross_site<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let base_url = request.app_data::<web::Data<Site>>().map_or("", |site| site.base_url.as_str());
    if request.method().is_safe() || is_our_own(request.headers(), base_url) {
        next.call(request).await.map(ServiceResponse::map_into_boxed_body)
    } else {
        Ok(request.into_response(HttpResponse::Forbidden().finish()))
    }
}

/// `Sec-Fetch-Site` decides; browsers leave it out on plain http to other names than localhost,
/// and then the origin must be ours.
fn is_our_own(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text(header::ORIGIN).is_some_and(|origin| origin == base_url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn is_taken(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        is_our_own(&headers, "https://portal.example")
    }

    #[test]
    fn only_our_own_pages_may_write() {
        assert!(is_taken(&[("sec-fetch-site", "same-origin")]));
        assert!(is_taken(&[("sec-fetch-site", "none")]));
        assert!(!is_taken(&[("sec-fetch-site", "cross-site"), ("origin", "https://portal.example")]));
        assert!(!is_taken(&[("sec-fetch-site", "same-site")]));
        assert!(is_taken(&[("origin", "https://portal.example")]));
        assert!(!is_taken(&[("origin", "https://portal.example.evil.example")]));
        assert!(!is_taken(&[("origin", "null")]));
        assert!(!is_taken(&[]));
    }
}
