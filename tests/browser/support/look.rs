//! How a browser looks at the portal: size, light or dark, scripts or none.

use std::path::PathBuf;

use data_encoding::BASE64;
use serde_json::json;

use super::chromium::{Chromium, PAUSE, TRIES};

#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub is_dark: bool,
    pub has_scripts: bool,
}

impl Look {
    pub const DESK: Look = Look { width: 1280, height: 900, is_dark: false, has_scripts: true };
    pub const PHONE: Look = Look { width: 390, height: 844, ..Look::DESK };

    /// The narrowest window in which nothing may get lost (WCAG 1.4.10).
    pub const NARROW: Look = Look { width: 320, ..Look::PHONE };

    pub const fn dark(self) -> Look {
        Look { is_dark: true, ..self }
    }

    pub const fn without_scripts(self) -> Look {
        Look { has_scripts: false, ..self }
    }
}

impl Chromium {
    /// Changes size and colours in the middle of a story. (Scripts are on or off from the start.)
    pub async fn look(&mut self, look: Look) {
        let size =
            json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let media = json!({"media": "", "features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// As the page is printed, until [`Self::look`] looks at the screen again.
    pub async fn on_paper(&mut self) {
        self.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
    }

    /// A picture of the whole page, as `target/screenshots/<name>.png` or in the folder `SCREENSHOTS`.
    pub async fn screenshot(&mut self, name: &str) -> PathBuf {
        let size = self.content_size().await;
        let clip = json!({"x": 0, "y": 0, "width": size.0, "height": size.1, "scale": 1});
        let picture = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let answer = self.devtools("Page.captureScreenshot", picture).await;
        let data = answer.get("data").and_then(|data| data.as_str()).unwrap_or_default();
        let picture = BASE64.decode(data.as_bytes()).unwrap_or_else(|error| panic!("no picture: {error}"));
        let path = screenshots().join(format!("{name}.png"));
        let written = std::fs::create_dir_all(screenshots()).and_then(|()| std::fs::write(&path, picture));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// Nobody should have to scroll sideways.
    pub async fn fits_in_width(&mut self) {
        let answer = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let visible = answer.pointer("/cssLayoutViewport/clientWidth").and_then(|width| width.as_f64());
        let (content, _) = self.content_size().await;
        let visible = visible.unwrap_or_default();
        assert!(content <= visible, "{}: {content} px wide in a window of {visible} px", self.path().await);
    }

    /// Width and height of the page, once it is laid out: right after a click there may be none yet.
    async fn content_size(&mut self) -> (f64, f64) {
        for _ in 0..TRIES {
            let answer = self.devtools("Page.getLayoutMetrics", json!({})).await;
            let side = |name: &str| {
                answer.pointer(&format!("/cssContentSize/{name}")).and_then(|side| side.as_f64())
            };
            match (side("width"), side("height")) {
                (Some(width), Some(height)) if width > 0.0 => return (width, height),
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
        panic!("{} is never laid out", self.path().await);
    }
}

fn screenshots() -> PathBuf {
    let beside_the_build = || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    std::env::var_os("SCREENSHOTS").map_or_else(beside_the_build, PathBuf::from)
}
