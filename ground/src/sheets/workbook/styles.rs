//! How numbers look: a day is a number that is shown as a day.

use std::collections::HashMap;

use super::archive::Archive;
use super::xml::{Node, attribute};
use crate::sheets::Unreadable;

/// What Excel allows.
const MOST: usize = 65_536;

/// How a number is shown, as far as it says another thing then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    /// A day, a time, or both.
    Moment,
    /// With zeros in front up to so many digits, such as a postal code.
    Digits(usize),
}

/// The looks that cells refer to by their place.
#[derive(Default)]
pub struct Styles(Vec<Look>);

impl Styles {
    /// Reads the part that has them, if there is one.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`], [`Unreadable::Swells`].
    pub fn read(archive: &mut Archive, path: Option<&str>) -> Result<Self, Unreadable> {
        let (mut own, mut looks) = (HashMap::new(), Vec::new());
        let mut is_of_cells = false;
        let Some(path) = path else { return Ok(Self::default()) };
        let Some(mut xml) = archive.part(path)? else { return Ok(Self::default()) };
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) => {
                    let number = |name| attribute(&tag, name).and_then(|id| id.parse::<u32>().ok());
                    match tag.local_name().as_ref() {
                        "numFmt" => {
                            let code = attribute(&tag, "formatCode").unwrap_or_default();
                            own.insert(number("numFmtId").unwrap_or_default(), Look::of_code(&code));
                        }
                        "cellXfs" => is_of_cells = true,
                        "xf" if is_of_cells => {
                            let id = number("numFmtId").unwrap_or_default();
                            looks.push(own.get(&id).copied().unwrap_or_else(|| Look::built_in(id)));
                        }
                        _ => {}
                    }
                }
                Node::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_of_cells = false,
                Node::End(_) | Node::Text(_) | Node::Other => {}
            }
            if own.len().max(looks.len()) > MOST {
                return Err(Unreadable::Damaged);
            }
        }
        Ok(Self(looks))
    }

    pub fn look(&self, place: usize) -> Look {
        self.0.get(place).copied().unwrap_or_default()
    }
}

impl Look {
    /// Of the formats that have a number instead of a code (ECMA-376, 18.8.30), with those of East Asia.
    fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            _ => Self::Plain,
        }
    }

    /// Of a format's code: what it does with positive numbers.
    fn of_code(code: &str) -> Self {
        if code.len() > 1 && code.len() < 20 && code.bytes().all(|sign| sign == b'0') {
            return Self::Digits(code.len());
        }
        let bare = bare(code);
        // Hours or minutes in brackets add up beyond a day: that is an amount.
        let is_amount = ["[h", "[m", "[s"].iter().any(|unit| bare.contains(unit));
        if !is_amount && bare.contains(['y', 'm', 'd', 'h', 's']) { Self::Moment } else { Self::Plain }
    }
}

/// The first section of a code in small letters, without what is shown as it stands, colours, currencies and countries.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => drop(signs.find(|sign| *sign == '"')),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let inner = inner.to_lowercase();
                if inner.chars().all(|sign| matches!(sign, 'h' | 'm' | 's')) {
                    bare.push('[');
                    bare.push_str(&inner);
                }
            }
            sign => bare.extend(sign.to_lowercase()),
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_known_by_their_letters() {
        for code in [
            "yyyy-mm-dd",
            "DD/MM/YY",
            "H:MM:SS;@",
            "m\"M\"d\"D\";@",
            "[$-404]e\"年\"m\"月\"d\"日\"",
            "*-yyyy",
            "[Red]d/m",
            "h:mm AM/PM",
        ] {
            assert_eq!(Look::of_code(code), Look::Moment, "{code}");
        }
        for code in [
            "General",
            "0.00E+00",
            "#,##0\\ [$\u{20bd}-46D]",
            "[h]:mm:ss",
            "[ss].00",
            "\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\"",
            "\"$\"#,##0_);[Red](\"$\"#,##0)",
            "0_ ;[Red]\\-0\\ ",
            "#,##0*y",
            "\\Y000000",
            "@",
            "0",
        ] {
            assert_eq!(Look::of_code(code), Look::Plain, "{code}");
        }
        assert_eq!(Look::of_code("00000"), Look::Digits(5));
    }
}
