//! What a browser's page shows: the looking half of `Browser`. Each `sees…` fails with the page's text.

use actix_web::http::StatusCode;

use super::browser::Browser;
use super::words::tidy;

impl Browser {
    /// The text is somewhere on the page (or in the part looked at).
    #[track_caller]
    pub fn sees(&self, text: &str) -> &Browser {
        if !self.page().text().contains(&tidy(text)) {
            self.fail(&format!("the page does not say {text:?}"));
        }
        self
    }

    #[track_caller]
    pub fn sees_not(&self, text: &str) -> &Browser {
        if self.page().text().contains(&tidy(text)) {
            self.fail(&format!("the page says {text:?}"));
        }
        self
    }

    #[track_caller]
    pub fn sees_heading(&self, heading: &str) -> &Browser {
        self.or_fail(self.page().has_heading(heading));
        self
    }

    /// A form came back (422) with this message tied to this field and listed in the summary on top.
    #[track_caller]
    pub fn sees_problem(&self, label: &str, message: &str) -> &Browser {
        if self.status() != StatusCode::UNPROCESSABLE_ENTITY {
            self.fail(&format!("a form with problems is answered 422, not {}", self.status()));
        }
        self.or_fail(self.page().has_problem(label, message));
        self
    }

    /// A table row with these texts in cells of their own, in this order.
    #[track_caller]
    pub fn sees_row(&self, texts: &[&str]) -> &Browser {
        self.or_fail(self.page().has_row(texts));
        self
    }

    #[track_caller]
    pub fn sees_no_row(&self, texts: &[&str]) -> &Browser {
        if self.page().has_row(texts).is_ok() {
            self.fail(&format!("there is a row {:?}", texts.join(" | ")));
        }
        self
    }

    #[track_caller]
    pub fn sees_link(&self, link: &str) -> &Browser {
        self.or_fail(self.page().link(link));
        self
    }

    #[track_caller]
    pub fn sees_no_link(&self, link: &str) -> &Browser {
        if self.page().link(link).is_ok() {
            self.fail(&format!("there is a link {link:?}"));
        }
        self
    }

    #[track_caller]
    pub fn sees_button(&self, button: &str) -> &Browser {
        self.or_fail(self.page().button(button));
        self
    }

    #[track_caller]
    pub fn sees_no_button(&self, button: &str) -> &Browser {
        if self.page().button(button).is_ok() {
            self.fail(&format!("there is a button {button:?}"));
        }
        self
    }

    /// What a field holds: its text, the chosen option or radio button, "on" or "off" of a check box.
    #[track_caller]
    pub fn field(&self, label: &str) -> String {
        self.or_fail(self.page().value(label))
    }

    /// What stands under a column's heading in the row with this text.
    #[track_caller]
    pub fn cell(&self, row: &str, column: &str) -> String {
        self.or_fail(self.page().cell(row, column))
    }

    /// The texts of all table cells in view, row by row, headings included.
    #[track_caller]
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.page().rows()
    }

    /// Where a link leads, also one that leads away (mailto:).
    #[track_caller]
    pub fn href(&self, link: &str) -> String {
        self.or_fail(self.page().link(link))
    }

    #[track_caller]
    pub fn status(&self) -> StatusCode {
        let Some(answer) = &self.answer else { panic!("no page has been visited yet") };
        answer.status
    }

    /// A header of the last answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer.as_ref().and_then(|answer| answer.header(name))
    }

    #[track_caller]
    pub fn path(&self) -> &str {
        self.page().address.path()
    }

    /// One value of the query in the address.
    #[track_caller]
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = self.page().address.query_pairs();
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    #[track_caller]
    pub fn title(&self) -> String {
        self.page().title()
    }

    /// The text of the page (or of the part looked at) on one line.
    #[track_caller]
    pub fn text(&self) -> String {
        self.page().text()
    }

    #[track_caller]
    pub fn html(&self) -> &str {
        &self.page().source
    }
}
