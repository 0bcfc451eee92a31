//! The browser harness itself, tried on a page of its own.

use std::panic::AssertUnwindSafe;

use fantoccini::key::Key;
use futures_util::FutureExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::chromium::Chromium;
use super::look::Look;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Trial</title>
<style>@media (prefers-color-scheme: dark) { .light { display: none } } body { margin: 0 }</style></head><body>
<h1>Trial</h1><p class="light">It is light.</p><p id="scripts">Scripts are off.</p>
<form action="/done"><label for="a">Company name</label><input id="a" name="a">
<label>Country/region <select name="b"><option value="DE">Germany</option><option value="AT">Austria</option></select></label>
<fieldset><legend>Billing</legend><label><input type="radio" name="c" value="m"> Monthly</label></fieldset>
<label><input type="checkbox" name="d" value="yes"> I agree</label>
<ul><li>Contoso <a href="/contoso">Open<span class="unseen"> Contoso</span></a></li><li>Fabrikam <a href="/fabrikam">Open</a></li></ul>
<button>Next</button><button type="button" id="copy">Copy</button></form>
<script>document.getElementById('scripts').textContent = 'Scripts are on.';
document.getElementById('copy').onclick = () => navigator.clipboard.writeText('copied text');</script></body></html>"#;

/// Answers every request with the page; `/loud` with one that complains on its console.
async fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).await.unwrap_or_default();
                let is_loud = request.get(..length).is_some_and(|start| start.starts_with(b"GET /loud"));
                let loud = if is_loud { "<script>console.error('loud')</script>" } else { "" };
                let head =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n";
                // The browser may have gone.
                let _ = stream.write_all(format!("{head}{PAGE}{loud}").as_bytes()).await;
            });
        }
    });
    format!("http://{address}")
}

async fn browser(look: Look) -> Option<Chromium> {
    let mut sam = Chromium::open(look).await?;
    sam.is_at(&site().await).await;
    sam.visit("/").await;
    Some(sam)
}

#[actix_web::test]
async fn a_form_is_filled_in_by_its_labels() {
    let Some(mut sam) = browser(Look::DESK).await else { return };
    sam.sees_heading("Trial").await;
    sam.sees("Scripts are on.").await;
    sam.fill("Company name", "O'Neil & Söhne").await;
    sam.choose("Country/region", "Austria").await;
    sam.choose_radio("Billing", "Monthly").await;
    sam.check("I agree").await;
    assert_eq!(sam.field("Company name").await, "O'Neil & Söhne");
    sam.press("Next").await;
    sam.is_on("/done").await;
    assert_eq!(sam.path().await, "/done?a=O%27Neil+%26+S%C3%B6hne&b=AT&c=m&d=yes");
    sam.follow_in("Contoso", "Open").await;
    assert_eq!(sam.path().await, "/contoso");
    sam.close().await;
}

#[actix_web::test]
async fn the_clipboard_and_the_keyboard_can_be_used() {
    let Some(mut sam) = browser(Look::DESK).await else { return };
    sam.press("Copy").await;
    assert_eq!(sam.clipboard().await, "copied text");
    sam.fill("Company name", "A").await;
    assert_eq!(sam.focused().await, "Company name");
    sam.keys(&Key::Tab.to_string()).await;
    sam.keys(&Key::Down.to_string()).await;
    assert_eq!(sam.field("Country/region").await, "AT");
    sam.close().await;
}

#[actix_web::test]
async fn scripts_can_be_off() {
    let Some(mut sam) = browser(Look::DESK.without_scripts()).await else { return };
    sam.sees("Scripts are off.").await;
    sam.fill("Company name", "A").await;
    sam.press("Next").await;
    sam.is_on("/done?a=A").await;
    sam.close().await;
}

#[actix_web::test]
async fn a_phone_in_the_dark_is_narrow_and_dark() {
    let Some(mut sam) = browser(Look::PHONE.dark()).await else { return };
    sam.sees("Scripts are on.").await;
    sam.sees_not("It is light.").await;
    sam.fits_in_width().await;
    let path = sam.screenshot("harness-phone-dark").await;
    let picture = std::fs::read(path).unwrap();
    // Bytes 16 to 20 of a PNG are its width.
    assert_eq!(picture.get(16..20), Some(&390_u32.to_be_bytes()[..]));
    sam.close().await;
}

#[actix_web::test]
async fn errors_on_the_console_are_heard_and_can_be_pardoned() {
    let Some(mut sam) = browser(Look::DESK).await else { return };
    sam.visit("/loud").await;
    sam.hears("loud").await;
    sam.visit("/loud").await;
    sam.pardon("loud");
    // Once a later one is heard, the pardoned one has come, too.
    sam.client().execute("console.error('afterwards')", Vec::new()).await.expect("it runs");
    assert_eq!(sam.hears("afterwards").await.len(), 1);
    sam.close().await;
}

#[actix_web::test]
async fn another_page_is_not_opened_before_the_answer_to_a_click_was_looked_at() {
    let Some(mut sam) = browser(Look::DESK).await else { return };
    sam.follow_in("Contoso", "Open").await;
    // The page before shows all of that, too.
    sam.sees("Scripts are on.").await;
    sam.sees_heading("Trial").await;
    sam.sees_button("Next").await;
    assert!(AssertUnwindSafe(sam.visit("/fabrikam")).catch_unwind().await.is_err());
    sam.is_on("/contoso").await;
    sam.visit("/fabrikam").await;
    assert_eq!(sam.path().await, "/fabrikam");
    sam.close().await;
}
