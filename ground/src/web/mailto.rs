//! Links that open the person's own mail program (RFC 6068). All are made here, so that nothing in an address, a
//! subject or a text adds an addressee or another head to the letter.

use std::fmt::Display;

use crate::values::email::Email;
use crate::values::name;

/// A `mailto:` address of a letter that is written already.
pub fn mailto(to: impl Display, subject: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    format!("{}?subject={}&body={}", mailto_address(to), encoded(&name::line(subject)), encoded(&text))
}

/// A `mailto:` address of an empty letter.
pub fn mailto_address(to: impl Display) -> String {
    let shown = to.to_string();
    // Mail programs know less of domains beyond ASCII than browsers.
    let to = Email::parse(&shown).map_or(shown, |email| email.as_str().to_owned());
    match to.rsplit_once('@') {
        Some((mailbox, domain)) => format!("mailto:{}@{}", encoded(mailbox), encoded(domain)),
        None => format!("mailto:{}", encoded(&to)),
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mailto_address_holds_subject_and_text() {
        let address = mailto("sam+x@a.example", "A & B?", "ä\nb\r\nc");
        assert_eq!(address, "mailto:sam%2Bx@a.example?subject=A%20%26%20B%3F&body=%C3%A4%0D%0Ab%0D%0Ac");
    }

    #[test]
    fn nothing_adds_an_addressee() {
        for (to, address) in [
            ("a?bcc=x@y.example", "mailto:a%3Fbcc%3Dx@y.example"),
            ("a&bcc=x@y.example", "mailto:a%26bcc%3Dx@y.example"),
            ("a%0abcc=x@y.example", "mailto:a%250abcc%3Dx@y.example"),
            ("a,b@y.example", "mailto:a%2Cb@y.example"),
            ("a@b@y.example", "mailto:a%40b@y.example"),
            ("a\r\nbcc: b", "mailto:a%0D%0Abcc%3A%20b"),
            ("info@müller.de", "mailto:info@xn--mller-kva.de"),
        ] {
            assert_eq!(mailto_address(to), address);
        }
        let address = mailto("a@b.example", "Hello\r\nBcc: x@y.example", "&bcc=x@y.example");
        assert_eq!(
            address,
            "mailto:a@b.example?subject=Hello%20Bcc%3A%20x%40y.example&body=%26bcc%3Dx%40y.example"
        );
    }

    proptest! {
        #[test]
        fn a_mailto_address_has_one_addressee_one_subject_and_one_body(to in any::<String>(), subject in any::<String>(), text in any::<String>()) {
            let address = mailto(to, &subject, &text);
            prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
            let (before, query) = address.split_once('?').unwrap();
            prop_assert!(before.matches('@').count() <= 1 && !before.contains(['&', ',', ';']));
            prop_assert!(!query.contains('?') && query.matches('&').count() == 1 && query.matches('=').count() == 2);
            let (subject, body) = query.split_once('&').unwrap();
            prop_assert!(subject.starts_with("subject=") && body.starts_with("body="));
            prop_assert!(!subject.contains("%0A") && !subject.contains("%0D"));
        }
    }
}
