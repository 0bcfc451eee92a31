//! Proof that the person who asks may do it: a handler asks for it, a store function demands it.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::identity::Identity;
use super::permission::Permission;
use super::viewer::Viewer;
use crate::error::Error;

/// The viewer, proven to hold permission `P`. Nobody else can make one, so a handler that forgot
/// the check has nothing to call the store with.
pub struct Allowed<P: Permission> {
    viewer: Arc<Viewer>,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permission> Allowed<P> {
    /// The proof for a viewer in hand, for pages where only a part needs the permission.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when no role grants it.
    pub fn check(viewer: &Viewer) -> Result<Self, Error> {
        Self::prove(|| Arc::new(viewer.clone()), viewer)
    }

    fn prove(shared: impl FnOnce() -> Arc<Viewer>, viewer: &Viewer) -> Result<Self, Error> {
        if viewer.may::<P>() {
            Ok(Self { viewer: shared(), permission: PhantomData })
        } else {
            Err(Error::Forbidden(P::KEY))
        }
    }

    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }
}

impl<P: Permission> Clone for Allowed<P> {
    fn clone(&self) -> Self {
        Self { viewer: Arc::clone(&self.viewer), permission: PhantomData }
    }
}

impl<P: Permission> Deref for Allowed<P> {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.viewer
    }
}

impl<P: Permission> FromRequest for Allowed<P> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer_of(request).and_then(|viewer| Self::prove(|| Arc::clone(&viewer), &viewer)))
    }
}

/// Whoever is signed in, for what everybody may do: one's own password, one's own sessions.
impl FromRequest for Viewer {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer_of(request).map(|viewer| viewer.as_ref().clone()))
    }
}

fn viewer_of(request: &HttpRequest) -> Result<Arc<Viewer>, Error> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Person(viewer)) => Ok(Arc::clone(viewer)),
        Some(identity) => Err(identity.unknown().unwrap_or(Error::SignInNeeded)),
        None => Err(Error::SignInNeeded),
    }
}
