//! The answer to a click: as long as it is under way it may still take the place of whatever is opened meanwhile.

use fantoccini::Locator;

use super::chromium::Chromium;

/// A click whose answer nobody has looked at, and what the page showed before.
pub(super) struct Awaited {
    clicked: String,
    path: String,
    text: String,
    headings: Vec<String>,
}

impl Chromium {
    /// Remembers what the page shows before a link or button is clicked.
    pub(super) async fn awaits_answer_to(&mut self, kind: &str, name: &str) {
        let (path, text) = (self.path().await, self.text().await);
        let mut headings = Vec::new();
        for heading in self.client().find_all(Locator::Css("h1, h2, h3")).await.unwrap_or_default() {
            headings.push(heading.text().await.unwrap_or_default());
        }
        self.awaited = Some(Awaited { clicked: format!("the {kind} {name:?}"), path, text, headings });
    }

    /// Fails where the answer to the last click was not looked at.
    pub(super) fn has_no_answer_under_way(&self, path: &str) {
        if let Some(Awaited { clicked, .. }) = &self.awaited {
            panic!(
                "{clicked} was clicked, and nothing was looked at that only its answer shows: it may come late and \
                 replace {path}"
            );
        }
    }

    /// A text on the page tells of the answer unless the page before had it, too.
    pub(super) fn has_seen_text(&mut self, text: &str) {
        self.awaited.take_if(|awaited| !awaited.text.contains(text));
    }

    pub(super) fn has_seen_heading(&mut self, heading: &str) {
        self.awaited.take_if(|awaited| !awaited.headings.iter().any(|before| before == heading));
    }

    pub(super) fn has_seen_address(&mut self, start: &str) {
        self.awaited.take_if(|awaited| !awaited.path.starts_with(start));
    }
}
