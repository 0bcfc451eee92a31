//! Somebody who asks over connections that are kept alive, with the cookies of a sign-in.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use actix_web::web::Bytes;
use anyhow::{anyhow, ensure};

use super::places::{Question, Who};
use super::portal::PASSWORD;

/// Larger than any page.
const LARGEST: usize = 8 << 20;
/// Longer than any page may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Shorter than servers keep a connection that nobody uses, or one might be closed while a request is on its way.
const KEPT: Duration = Duration::from_secs(10);

/// A browser of a kind.
pub struct Visitor {
    client: awc::Client,
    origin: String,
    cookie: String,
}

/// Who has signed in to the demonstration.
pub struct Visitors {
    pub provider: Visitor,
    pub reseller: Visitor,
}

impl Visitors {
    pub async fn sign_in(origin: &str) -> anyhow::Result<Self> {
        Ok(Self {
            provider: Visitor::sign_in(origin, "sales.agent@harbor.example").await?,
            reseller: Visitor::sign_in(origin, "owner@brightwater.example").await?,
        })
    }

    pub fn of(&self, who: Who) -> &Visitor {
        match who {
            Who::Provider => &self.provider,
            Who::Reseller => &self.reseller,
        }
    }
}

impl Visitor {
    /// Somebody whom the server does not know.
    pub fn at(origin: &str) -> Self {
        let connector = awc::Connector::new().limit(0).conn_keep_alive(KEPT);
        let client =
            awc::Client::builder().connector(connector).disable_redirects().timeout(PATIENCE).finish();
        Self { client, origin: origin.to_owned(), cookie: String::new() }
    }

    async fn sign_in(origin: &str, email: &str) -> anyhow::Result<Self> {
        let visitor = Self::at(origin);
        let form = [("email", email), ("password", PASSWORD), ("next", "/")];
        let headers = visitor.send("/session", &form).await?;
        let cookies = headers.get_all(SET_COOKIE).filter_map(|cookie| cookie.to_str().ok());
        let pairs: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        ensure!(!pairs.is_empty(), "{email} is not signed in");
        Ok(Self { cookie: pairs.join("; "), ..visitor })
    }

    /// Opens a page, which has to be there.
    pub async fn ask(&self, question: &Question) -> anyhow::Result<Bytes> {
        let (status, page) = self.try_to_ask(question).await?;
        ensure!(status == StatusCode::OK, "GET {}: {status}", question.path);
        Ok(page)
    }

    /// Asks for a page, to its last byte. What is compressed stays so: it is the server that is measured.
    pub async fn try_to_ask(&self, question: &Question) -> anyhow::Result<(StatusCode, Bytes)> {
        let path = &question.path;
        let asked = self.client.get(format!("{}{path}", self.origin)).no_decompress();
        let asked = asked.insert_header((ACCEPT_ENCODING, question.encoding));
        let asked = match self.cookie.as_str() {
            "" => asked,
            cookie => asked.insert_header((COOKIE, cookie)),
        };
        let mut answer = asked.send().await.map_err(|error| anyhow!("GET {path}: {error}"))?;
        let body = answer.body().limit(LARGEST).await.map_err(|error| anyhow!("GET {path}: {error}"))?;
        Ok((answer.status(), body))
    }

    /// Opens a page for its text.
    pub async fn read(&self, path: &str) -> anyhow::Result<String> {
        let page = self.ask(&Question::plain("", Who::Provider, path)).await?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    /// Sends a form that is taken; answers where it leads.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<String> {
        let headers = self.send(path, form).await?;
        let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
        Ok(location.unwrap_or_default().to_owned())
    }

    async fn send(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<HeaderMap> {
        let sent = self.client.post(format!("{}{path}", self.origin));
        let sent = sent.insert_header((ORIGIN, self.origin.as_str()));
        let sent = match self.cookie.as_str() {
            "" => sent,
            cookie => sent.insert_header((COOKIE, cookie)),
        };
        let answer = sent.send_form(&form).await;
        let mut answer = answer.map_err(|error| anyhow!("POST {path}: {error}"))?;
        let body = answer.body().limit(LARGEST).await.map_err(|error| anyhow!("POST {path}: {error}"))?;
        let status = answer.status();
        ensure!(status == StatusCode::SEE_OTHER, "POST {path}: {status}{}", problems(&body));
        Ok(answer.headers().clone())
    }
}

/// What a page that refuses a form says of it.
fn problems(body: &[u8]) -> String {
    let page = String::from_utf8_lossy(body);
    let said = page.split_once("role=\"alert\"").map(|(_, said)| said.chars().take(500).collect::<String>());
    said.map(|said| format!(", {said}")).unwrap_or_default()
}
