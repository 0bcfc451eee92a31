//! The clipboard, which pages may write and a test may read.

use serde_json::{Value, json};

use super::chromium::Chromium;

impl Chromium {
    /// What the last "Copy" button put there.
    pub async fn clipboard(&mut self) -> String {
        // Headless pages are not focused by themselves, and only focused ones may read.
        self.devtools("Page.bringToFront", json!({})).await;
        let origin = self.origin().to_owned();
        let permissions =
            json!({"origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
        self.devtools("Browser.grantPermissions", permissions).await;
        let script = "const done = arguments[0]; navigator.clipboard.readText().then(done, error => done('! ' + error))";
        let text = self.client().execute_async(script, Vec::new()).await;
        match text.unwrap_or_else(|error| panic!("the clipboard cannot be read: {error}")) {
            Value::String(text) if !text.starts_with("! ") => text,
            trouble => panic!("the clipboard cannot be read: {trouble}"),
        }
    }
}
