//! One story: a portal of its own, a browser of its own, and nothing left behind.

use super::chromium::Chromium;
use super::look::Look;
use super::portal::Portal;

/// Starts a portal filled by `twotier demo` and a browser, tells the story, and holds the browser's console to
/// silence. Without Chromium it says so and tells nothing.
pub async fn story(look: Look, tell: impl AsyncFnOnce(&mut Portal, &mut Chromium)) {
    let Some(mut sam) = Chromium::open(look).await else { return };
    let mut portal = Portal::demo().await;
    sam.is_at(&portal.origin).await;
    tell(&mut portal, &mut sam).await;
    sam.close().await;
}

/// The same with two browsers, for two people who each keep signed in.
pub async fn story_of_two(look: Look, tell: impl AsyncFnOnce(&mut Portal, &mut Chromium, &mut Chromium)) {
    story(look, async |portal, one| {
        let Some(mut other) = Chromium::open(look).await else { return };
        other.is_at(&portal.origin).await;
        tell(portal, one, &mut other).await;
        other.close().await;
    })
    .await;
}
