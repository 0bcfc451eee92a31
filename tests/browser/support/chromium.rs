//! A headless Chromium of its own for one test, driven by its own `chromedriver`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::answer::Awaited;
use super::http;
use super::look::Look;
use super::paths;
use super::process::{Process, installed, kill_all_with};

/// How often and how long the driver and the page are asked.
pub(super) const TRIES: u32 = 200;
pub(super) const PAUSE: Duration = Duration::from_millis(50);

pub struct Chromium {
    client: Client,
    port: u16,
    session: String,
    origin: String,
    pardoned: Vec<String>,
    pub(super) awaited: Option<Awaited>,
    driver: Process,
    folder: TempDir,
}

impl Chromium {
    /// A fresh browser, or nothing if none is installed.
    pub async fn open(look: Look) -> Option<Chromium> {
        let (browser, driver) = programs()?;
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let log = folder.path().join("driver.log");
        let mut command = Command::new(driver);
        let mut driver = Process::start(command.arg("--port=0").env("HOME", folder.path()), &log);
        let port = port_of(&mut driver).await;
        let mut builder = ClientBuilder::native();
        builder.capabilities(capabilities(&browser, &folder, look));
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let client =
            client.unwrap_or_else(|error| panic!("Chromium does not start: {error}\n{}", driver.log()));
        let session = client.session_id().await.ok().flatten().unwrap_or_default();
        let (origin, pardoned) = (String::new(), Vec::new());
        let mut chromium =
            Chromium { client, port, session, origin, pardoned, awaited: None, driver, folder };
        chromium.look(look).await;
        Some(chromium)
    }

    /// Where the portal is; paths are meant from there.
    pub async fn is_at(&mut self, origin: &str) {
        self.origin = origin.to_owned();
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Opens a page. An answer that is still under way would replace it: look at that first, for something that the
    /// page before did not show.
    pub async fn visit(&mut self, path: &str) {
        self.has_no_answer_under_way(path);
        let address =
            if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.origin) };
        self.client.goto(&address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    pub async fn follow(&mut self, link: &str) {
        self.ask("link", link, &paths::link(link)).await;
    }

    pub async fn press(&mut self, button: &str) {
        self.ask("button", button, &paths::button(button)).await;
    }

    /// Follows a link in the row, list item or section with this text.
    pub async fn follow_in(&mut self, part: &str, link: &str) {
        self.ask("link", link, &paths::within(part, &paths::link(link))).await;
    }

    pub async fn press_in(&mut self, part: &str, button: &str) {
        self.ask("button", button, &paths::within(part, &paths::button(button))).await;
    }

    pub async fn fill(&mut self, label: &str, value: &str) {
        let field = self.find_by_label(label).await;
        let typed = async {
            field.clear().await?;
            field.send_keys(value).await
        };
        typed.await.unwrap_or_else(|error| panic!("{label:?} cannot be filled in: {error}"));
    }

    /// Chooses an option of a list.
    pub async fn choose(&mut self, label: &str, option: &str) {
        let list = self.find_by_label(label).await;
        list.select_by_label(option)
            .await
            .unwrap_or_else(|error| panic!("{label:?} has no {option:?}: {error}"));
    }

    pub async fn choose_radio(&mut self, group: &str, label: &str) {
        self.click("radio button", label, &paths::radio(group, label)).await;
    }

    /// Clicks a check box or radio button.
    pub async fn check(&mut self, label: &str) {
        self.click("check box", label, &paths::field(label)).await;
    }

    pub async fn find_by_label(&mut self, label: &str) -> Element {
        self.find("field", label, &paths::field(label)).await
    }

    /// Types into whatever has the focus, as a keyboard does: `Key::Tab.to_string()`, letters, …
    pub async fn keys(&mut self, keys: &str) {
        let focused = self
            .client
            .active_element()
            .await
            .unwrap_or_else(|error| panic!("nothing has the focus: {error}"));
        focused.send_keys(keys).await.unwrap_or_else(|error| panic!("no keys can be typed: {error}"));
    }

    /// A DevTools command, for what WebDriver has no word for.
    pub async fn devtools(&mut self, command: &str, parameters: Value) -> Value {
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        let answer = http::post(self.port, &path, &json!({"cmd": command, "params": parameters})).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Lets console messages with this text pass, such as the "404" of a page that is meant to be missing.
    pub fn pardon(&mut self, text: &str) {
        self.pardoned.push(text.to_owned());
    }

    /// The errors on the console since it was asked last. A form that comes back with its problems is none.
    pub async fn console_errors(&mut self) -> Vec<String> {
        let path = format!("/session/{}/se/log", self.session);
        let entries = http::post(self.port, &path, &json!({"type": "browser"})).await;
        let entries = entries.unwrap_or_else(|error| panic!("no console: {error}"));
        let severe = |entry: &&Value| entry.get("level").and_then(Value::as_str) == Some("SEVERE");
        let texts = entries.as_array().into_iter().flatten().filter(severe).map(Value::to_string);
        let pardoned = |text: &String| self.pardoned.iter().any(|pardon| text.contains(pardon));
        texts.filter(|text| !text.contains("status of 422") && !pardoned(text)).collect()
    }

    /// Waits for an error on the console; answers it with those that came before.
    pub async fn hears(&mut self, text: &str) -> Vec<String> {
        let mut heard = Vec::new();
        for _ in 0..TRIES {
            heard.extend(self.console_errors().await);
            if heard.iter().any(|error| error.contains(text)) {
                return heard;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("no {text:?} on the console: {heard:?}");
    }

    /// Ends the browser; errors on its console fail the test.
    pub async fn close(mut self) {
        let errors = self.console_errors().await;
        // What does not close by itself is killed below.
        let _ = self.client.clone().close().await;
        assert!(errors.is_empty(), "errors on the console:\n{}", errors.join("\n"));
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A folder that goes with it.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The one visible element, once it is there. More than one is an error unless all are the same link.
    pub(super) async fn find(&mut self, kind: &str, name: &str, path: &str) -> Element {
        let mut several = 0;
        for _ in 0..TRIES {
            let mut visible = Vec::new();
            for element in self.client.find_all(Locator::XPath(path)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or_default() {
                    visible.push(element);
                }
            }
            several = visible.len();
            if let (Some(element), true) = (visible.pop(), several == 1 || self.are_one(&visible).await) {
                return element;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{several} {kind}s {name:?} on {}:\n{}", self.path().await, self.text().await);
    }

    async fn are_one(&self, elements: &[Element]) -> bool {
        let mut targets = std::collections::BTreeSet::new();
        for element in elements {
            targets.insert(element.attr("href").await.ok().flatten());
        }
        targets.len() == 1 && !targets.contains(&None)
    }

    async fn click(&mut self, kind: &str, name: &str, path: &str) {
        let element = self.find(kind, name, path).await;
        element.click().await.unwrap_or_else(|error| cannot_be_clicked(kind, name, &error));
    }

    /// Clicks what is answered by a page, or by a script.
    pub(super) async fn ask(&mut self, kind: &str, name: &str, path: &str) {
        let element = self.find(kind, name, path).await;
        self.awaits_answer_to(kind, name).await;
        element.click().await.unwrap_or_else(|error| cannot_be_clicked(kind, name, &error));
    }
}

fn cannot_be_clicked(kind: &str, name: &str, error: &CmdError) -> ! {
    panic!("the {kind} {name:?} cannot be clicked: {error}")
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.driver.kill();
        // The driver's browser survives it; its profile folder tells it from everybody else's.
        kill_all_with(&self.folder.path().display().to_string());
    }
}

fn programs() -> Option<(PathBuf, PathBuf)> {
    let browser = installed(&["chromium", "chromium-browser", "google-chrome"]);
    let found = browser.zip(installed(&["chromedriver"]));
    let is_required = std::env::var("REQUIRE_BROWSER").is_ok_and(|value| value == "1");
    assert!(
        found.is_some() || !is_required,
        "REQUIRE_BROWSER=1, but chromium or chromedriver is not installed"
    );
    if found.is_none() {
        eprintln!("SKIPPED: chromium or chromedriver is not installed");
    }
    found
}

async fn port_of(driver: &mut Process) -> u16 {
    for _ in 0..TRIES {
        let log = driver.log();
        let port = log.split("started successfully on port ").nth(1).and_then(|rest| rest.split('.').next());
        if let Some(port) = port.and_then(|port| port.parse().ok()) {
            return port;
        }
        assert!(!driver.has_ended(), "chromedriver ended:\n{log}");
        tokio::time::sleep(PAUSE).await;
    }
    panic!("chromedriver names no port:\n{}", driver.log());
}

fn capabilities(browser: &PathBuf, folder: &TempDir, look: Look) -> Map<String, Value> {
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let arguments = json!([
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        profile,
    ]);
    let scripts = if look.has_scripts { 1 } else { 2 };
    let options = json!({
        "binary": browser,
        "args": arguments,
        "prefs": {"profile.managed_default_content_settings.javascript": scripts},
    });
    let logging = json!({"browser": "ALL"});
    [("goog:chromeOptions".to_owned(), options), ("goog:loggingPrefs".to_owned(), logging)]
        .into_iter()
        .collect()
}
