//! Letters that people send from their own mail program.

/// A `mailto:` address that opens the letter in the person's own mail program (RFC 6068).
pub fn mailto(to: &str, subject: &str, text: &str) -> String {
    let to = encoded(to).replace("%40", "@");
    let text = encoded(&text.replace('\n', "\r\n"));
    format!("mailto:{to}?subject={}&body={text}", encoded(subject))
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
        let address = mailto("sam+x@a.example", "A & B?", "ä\nb");
        assert_eq!(address, "mailto:sam%2Bx@a.example?subject=A%20%26%20B%3F&body=%C3%A4%0D%0Ab");
    }

    proptest! {
        #[test]
        fn a_mailto_address_is_plain_ascii(subject in any::<String>(), text in any::<String>()) {
            let address = mailto("a@b.example", &subject, &text);
            prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
