//! Files that a browser sends, and those that it is sent.

use serde_json::json;

use super::chromium::{Chromium, PAUSE, TRIES};
use super::paths;

impl Chromium {
    /// Chooses a file of this name, with this in it.
    pub async fn attach(&mut self, label: &str, name: &str, content: &str) {
        let path = self.folder().join(name);
        std::fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let field = self.find_by_label(label).await;
        let chosen = field.send_keys(&path.display().to_string()).await;
        chosen.unwrap_or_else(|error| panic!("{label:?} takes no file: {error}"));
    }

    /// Presses a button that brings a file of this name; answers what is in it. The page stays.
    pub async fn press_for_file(&mut self, button: &str, name: &str) -> String {
        self.gets_file(("button", button, &paths::button(button)), name).await
    }

    /// The same by a link.
    pub async fn follow_for_file(&mut self, link: &str, name: &str) -> String {
        self.gets_file(("link", link, &paths::link(link)), name).await
    }

    async fn gets_file(&mut self, (kind, words, way): (&str, &str, &str), name: &str) -> String {
        let folder = self.folder().join("downloads");
        let path = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let how = json!({"behavior": "allow", "downloadPath": folder});
        self.devtools("Browser.setDownloadBehavior", how).await;
        let found = self.find(kind, words, way).await;
        found.click().await.unwrap_or_else(|error| panic!("{words:?} cannot be clicked: {error}"));
        for _ in 0..TRIES {
            // It has its name once it is whole.
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if !text.is_empty() {
                return text;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{words:?} brings no {name}, but is on {}:\n{}", self.path().await, self.text().await);
    }
}
