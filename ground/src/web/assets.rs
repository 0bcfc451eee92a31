//! Static files: inside the binary, addressed with a hash of their content, cached for good under that address.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::{Error, Result};
use crate::paths::asset;

#[derive(RustEmbed)]
#[folder = "../static/"]
struct Files;

/// The address of a static file, such as `/static/css/base.css?v=1f3a90c2`.
/// A file that does not exist has an address that says so, which a test looks for.
pub fn address(name: &str) -> String {
    match Files::get(name) {
        Some(file) => format!("{}?{}", asset(name), version(&file)),
        None => format!("{}?missing", asset(name)),
    }
}

/// `GET /static/{name}`
///
/// # Errors
/// [`Error::NotFound`] for a file that is not in the binary.
pub async fn show(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse> {
    let file = Files::get(&name).ok_or(Error::NotFound)?;
    // While instances change over, an address may ask one for the content of another: that must not be kept.
    let caching = match request.query_string() == version(&file) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    Ok(HttpResponse::Ok()
        .content_type(content_type(&name))
        .insert_header((header::CACHE_CONTROL, caching))
        .body(file.data.into_owned()))
}

/// What an address says of the content that it means.
fn version(file: &EmbeddedFile) -> String {
    let hash = HEXLOWER.encode(&file.metadata.sha256_hash());
    format!("v={}", hash.get(..8).unwrap_or_default())
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
