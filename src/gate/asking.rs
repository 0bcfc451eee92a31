//! The letter by which somebody asks a colleague to do what they may not.

use askama::Template;

use crate::access::Viewer;
use crate::mail::filters;
use crate::web::Site;

#[derive(Template)]
#[template(path = "kit/ask_colleague.letter")]
pub(super) struct Asking<'a> {
    pub rule: &'static str,
    pub viewer: &'a Viewer,
    pub to: &'a str,
    pub site: &'a Site,
}
