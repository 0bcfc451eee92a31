//! Static files: inside the binary, addressed with a hash of their content, cached for good.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;

use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// The address of a static file, such as `/static/css/base.css?v=1f3a90c2`.
/// A file that does not exist has an address that says so, which a test looks for.
pub fn address(name: &str) -> String {
    match Files::get(name) {
        Some(file) => {
            let hash = HEXLOWER.encode(&file.metadata.sha256_hash());
            format!("/static/{name}?v={}", hash.get(..8).unwrap_or_default())
        }
        None => format!("/static/{name}?missing"),
    }
}

/// `GET /static/{name}`
///
/// # Errors
/// [`Error::NotFound`] for a file that is not in the binary.
pub async fn show(name: web::Path<String>) -> Result<HttpResponse> {
    let file = Files::get(&name).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(content_type(&name))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
