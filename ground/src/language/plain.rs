//! How askama writes values into plain text: drafts and subjects of letters, notices, what is wrong with a field.
//! `askama.toml` names it for `.txt`.

use std::fmt::{Result, Write};

use askama::filters::Escaper;

use crate::values::bidi::isolated;

/// Leaves every value as it is, but keeps what runs from right to left from turning the sentence around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Isolating;

impl Escaper for Isolating {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> Result {
        dest.write_str(&isolated(string))
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    #[derive(Template)]
    #[template(source = "Hello {{ name }}, <{{ count }}>", ext = "txt")]
    struct Greeting<'a> {
        name: &'a str,
        count: u8,
    }

    #[test]
    fn names_from_right_to_left_stand_for_themselves_in_letters() {
        let greeting = |name| Greeting { name, count: 2 }.render().unwrap();
        assert_eq!(greeting("Ada & Co"), "Hello Ada & Co, <2>");
        assert_eq!(greeting("דנה"), "Hello \u{2068}דנה\u{2069}, <2>");
    }
}
