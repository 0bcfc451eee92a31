//! What cannot be called by one name alone: fields whose label stands more than once on a page, rows of a table.

use serde_json::{Value, json};

use super::chromium::Chromium;
use super::paths;

impl Chromium {
    /// Fills in a field of the section with this text.
    pub async fn fill_in(&mut self, part: &str, label: &str, value: &str) {
        let field = self.find("field", label, &paths::within(part, &paths::field(label))).await;
        let typed = async {
            field.clear().await?;
            field.send_keys(value).await
        };
        typed.await.unwrap_or_else(|error| panic!("{label:?} cannot be filled in: {error}"));
    }

    /// Clicks the words that unfold a part of the page.
    pub async fn unfold(&mut self, words: &str) {
        let found = self.find("summary", words, &paths::summary(words)).await;
        found.click().await.unwrap_or_else(|error| panic!("{words:?} cannot be clicked: {error}"));
    }

    /// Opens what the first row of the table is about.
    pub async fn open_first_row(&mut self) {
        self.ask("link", "of the first row", "(//tbody//th//a[@href])[1]").await;
    }

    /// Sets a date as a calendar would: how it is typed depends on the browser's language.
    pub async fn set_date(&mut self, label: &str, date: &str) {
        let field = self.find("field", label, &paths::field(label)).await;
        let element = serde_json::to_value(field).unwrap_or(Value::Null);
        let set =
            self.client().execute("arguments[0].value = arguments[1]", vec![element, json!(date)]).await;
        set.unwrap_or_else(|error| panic!("{label:?} takes no date: {error}"));
    }
}
