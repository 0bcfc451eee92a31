//! What a handler asks for, in one piece: who asks, proven, and what the portal has to answer with.
//!
//! ```ignore
//! pub async fn create(ask: Ask<RemovePartnerships>, reseller: web::Path<OrganisationId>) -> Result<HttpResponse> {
//!     let removed = ask.write(move |conn, by| removal::remove(conn, by, &reseller, now)).await?;
//!     ask.done(&Said::Removed { reseller: &removed }, "/resellers")
//! }
//! ```

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_session::{Session, SessionExt as _};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use anyhow::anyhow;
use askama::Template;

use super::shell::Shell;
use super::site::Site;
use super::vault::Vault;
use super::{notice, page, tongue};
use crate::access::{Allowed, Viewer};
use crate::db::bell::Bell;
use crate::db::clock::Clock;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::values::password::Turns;

/// Asked by somebody who may `P`.
pub type Ask<P> = Asked<Allowed<P>>;
/// Asked by somebody signed in, for what everybody may do: one's own password, one's own profile.
pub type AskForOneself = Asked<Viewer>;

/// What requests are answered with; the same for all of them, and cheap to copy.
#[derive(Clone)]
pub struct Portal {
    pub db: Db,
    pub clock: Clock,
    pub site: Site,
    /// Wakes the carrier of the letters.
    pub bell: Bell,
    /// Wakes the worker of the jobs.
    pub job_bell: Bell,
    pub turns: Turns,
    pub vault: Vault,
}

/// A request of anybody at all.
pub struct Visit {
    request: HttpRequest,
    portal: web::Data<Portal>,
}

/// A request of somebody, with the proof of who asks and what they may do.
pub struct Asked<By> {
    visit: Visit,
    pub by: By,
}

impl Visit {
    /// A request as a visit, for what stands around the handlers.
    ///
    /// # Errors
    /// When the app was built without the portal.
    pub fn of(request: &HttpRequest) -> Result<Self> {
        match request.app_data::<web::Data<Portal>>().cloned() {
            Some(portal) => Ok(Self { request: request.clone(), portal }),
            None => Err(Error::Internal(anyhow!("the app was built without the portal"))),
        }
    }

    /// The shell around the page that answers. It takes the notice with it, so only pages ask for it.
    pub fn shell(&self) -> Shell {
        Shell::of(&self.request)
    }

    /// The language of whoever asks.
    pub fn language(&self) -> Language {
        tongue::of(&self.request)
    }

    pub fn session(&self) -> Session {
        self.request.get_session()
    }

    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// Reads what a page shows, as of one moment.
    ///
    /// # Errors
    /// As for [`Db::read`].
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.db.read(work).await
    }

    /// Runs one command as one transaction.
    ///
    /// # Errors
    /// As for [`Db::write`].
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.db.write(work).await
    }

    /// The page.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn page(&self, template: &impl Template) -> Result<HttpResponse> {
        page::page(self.language(), template)
    }

    /// The same page again, because what was typed cannot be taken.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn unprocessable(&self, template: &impl Template) -> Result<HttpResponse> {
        page::unprocessable(self.language(), template)
    }

    /// The page with a status of its own.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn with_status(&self, status: StatusCode, template: &impl Template) -> Result<HttpResponse> {
        page::with_status(self.language(), status, template)
    }

    /// The same page again: it was tried too often, and the next try is taken in so many seconds.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn slowed(&self, template: &impl Template, seconds: i64) -> Result<HttpResponse> {
        page::slowed(self.language(), template, seconds)
    }

    /// The same page again: the portal has more to do than it can, and nothing was done.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn busy(&self, template: &impl Template) -> Result<HttpResponse> {
        page::busy(self.language(), template)
    }

    /// Done: says so on the page that follows.
    ///
    /// # Errors
    /// When the sentence cannot be rendered.
    pub fn done(&self, said: &impl Template, to: impl AsRef<str>) -> Result<HttpResponse> {
        self.done_in(self.language(), said, to)
    }

    /// The same in the language that was chosen by it.
    ///
    /// # Errors
    /// When the sentence cannot be rendered.
    pub fn done_in(
        &self,
        language: Language,
        said: &impl Template,
        to: impl AsRef<str>,
    ) -> Result<HttpResponse> {
        notice::say(&self.session(), &self.shell().in_language(language), said)?;
        Ok(page::see_other(to))
    }
}

impl<By: Clone + Send + Sync + 'static> Asked<By> {
    /// Reads what a page shows, as of one moment, for whoever asks.
    ///
    /// # Errors
    /// As for [`Db::read`].
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection, &By) -> Result<T> + Send + 'static,
    {
        let by = self.by.clone();
        self.db.read(move |conn| work(conn, &by)).await
    }

    /// Runs one command of whoever asks as one transaction.
    ///
    /// # Errors
    /// As for [`Db::write`].
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection, &By) -> Result<T> + Send + 'static,
    {
        let by = self.by.clone();
        self.db.write(move |conn| work(conn, &by)).await
    }
}

impl Deref for Visit {
    type Target = Portal;

    fn deref(&self) -> &Portal {
        &self.portal
    }
}

impl<By> Deref for Asked<By> {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl<By> FromRequest for Asked<By>
where
    By: FromRequest<Error = Error, Future = Ready<Result<By>>>,
{
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = By::from_request(request, payload).into_inner();
        ready(by.and_then(|by| Ok(Self { by, visit: Visit::of(request)? })))
    }
}
