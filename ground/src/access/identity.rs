//! Who a request comes from, as the gate before every page found out.

use std::sync::Arc;

use super::viewer::Viewer;
use crate::error::{Error, Outage};

/// Who is asking; kept with the request.
pub enum Identity {
    Nobody,
    Person(Arc<Viewer>),
    /// The database did not say, and why if it only cannot serve now. Pages that need a person fail, the others go on.
    Unknown(Option<Outage>),
}

impl Identity {
    /// Why a page that has to know who is asking cannot know it.
    pub fn unknown(&self) -> Option<Error> {
        match self {
            Self::Unknown(Some(outage)) => Some(Error::Unavailable(*outage)),
            Self::Unknown(None) => Some(Error::Internal(anyhow::anyhow!("nobody could be looked up"))),
            Self::Nobody | Self::Person(_) => None,
        }
    }
}
