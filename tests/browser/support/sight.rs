//! What the browser shows. Each `sees…` waits a while, for scripts and pages take their time.

use fantoccini::Locator;

use super::chromium::{Chromium, PAUSE, TRIES};
use super::paths;

impl Chromium {
    pub async fn sees(&mut self, text: &str) {
        for _ in 0..TRIES {
            if self.text().await.contains(text) {
                self.has_seen_text(text);
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{} does not say {text:?}:\n{}", self.path().await, self.text().await);
    }

    /// Loads the page again until it tells of what the portal does by itself meanwhile.
    pub async fn sees_in_time(&mut self, text: &str) {
        let path = self.path().await;
        for _ in 0..TRIES {
            self.visit(&path).await;
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{path} never says {text:?}:\n{}", self.text().await);
    }

    /// Says so at once: look first for something that is there when the page is.
    pub async fn sees_not(&mut self, text: &str) {
        let shown = self.text().await;
        assert!(!shown.contains(text), "{} says {text:?}:\n{shown}", self.path().await);
    }

    pub async fn sees_heading(&mut self, heading: &str) {
        self.find("heading", heading, &paths::heading(heading)).await;
        self.has_seen_heading(heading);
    }

    pub async fn sees_button(&mut self, button: &str) {
        self.find("button", button, &paths::button(button)).await;
        self.has_seen_text(button);
    }

    /// What a field holds.
    pub async fn field(&mut self, label: &str) -> String {
        let field = self.find_by_label(label).await;
        field.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Label or text of what has the focus.
    pub async fn focused(&mut self) -> String {
        let Ok(element) = self.client().active_element().await else { return String::new() };
        let id = element.attr("id").await.ok().flatten().unwrap_or_default();
        let label = format!("//label[@for='{id}']");
        if !id.is_empty()
            && let Ok(label) = self.client().find(Locator::XPath(&label)).await
        {
            return label.text().await.unwrap_or_default();
        }
        let name = element.attr("aria-label").await.ok().flatten();
        match name {
            Some(name) => name,
            None => element.text().await.unwrap_or_default(),
        }
    }

    pub async fn title(&mut self) -> String {
        self.client().title().await.unwrap_or_default()
    }

    /// Waits until the address begins like this.
    pub async fn is_on(&mut self, start: &str) {
        for _ in 0..TRIES {
            if self.path().await.starts_with(start) {
                self.has_seen_address(start);
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("on {} instead of {start}", self.path().await);
    }

    /// Path and query of the address.
    pub async fn path(&mut self) -> String {
        let Ok(address) = self.client().current_url().await else { return String::new() };
        match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        }
    }

    pub async fn text(&mut self) -> String {
        match self.client().find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }
}
