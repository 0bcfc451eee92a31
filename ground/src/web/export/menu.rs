//! What a list page offers: the list as a file.

use askama::Template;
use askama::filters::HtmlSafe;
use serde::Serialize;

use super::Format;
use crate::language::filters;
use crate::paths::{address, exports};

/// The choice between the kinds of files, for the list at an address, narrowed as it is there.
#[derive(Template)]
#[template(path = "kit/export.html")]
pub struct ExportMenu {
    csv: String,
    xlsx: String,
}

impl HtmlSafe for ExportMenu {}

impl ExportMenu {
    pub fn new(list: &str, filter: &impl Serialize) -> Self {
        let link = |format: Format| address(exports::of_list(list), filter, &[("format", format.as_text())]);
        Self { csv: link(Format::Csv), xlsx: link(Format::Xlsx) }
    }
}
