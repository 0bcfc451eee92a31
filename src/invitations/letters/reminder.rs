//! Reminds somebody of a request. The link is not kept, so it cannot say it again: it names the letter that has it.

use askama::Template;

use crate::access::Viewer;
use crate::invitations::model;
use crate::invitations::store::requests::is_open;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::web::Site;

/// About a request.
pub const KIND: Kind = Kind { key: "customer_request_reminder", hand: Hand::Person, still_holds: is_open };

#[derive(Template)]
#[template(path = "invitations/letters/reminder.letter")]
pub struct Reminder<'a> {
    pub sender: &'a Viewer,
    pub request: &'a model::Request,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for Reminder<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.request.id.to_string(),
            organisation: &self.sender.organisation.id,
            to: &self.request.drafted.to,
            language: self.request.drafted.text.language,
            reply_to: Some(&self.sender.email),
            installation: &self.site.name,
        }
    }
}
