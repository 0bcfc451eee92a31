//! Addresses as people paste and type them: with the full stop of the sentence, a line break that a mail program put
//! into a long link, a slash too many. Whoever opens one is led to the page that was meant.

use std::borrow::Cow;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpResponse};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::values::folding::is_unseen;
use crate::values::token::Token;

/// Leads GET to the address that was meant, with the same query; lets everything else through.
///
/// # Errors
/// What comes from further inside.
pub async fn lead_home<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let meant = if request.method() == Method::GET { meant(request.path()) } else { None };
    let Some(path) = meant else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let place = match request.query_string() {
        "" => path,
        query => format!("{path}?{query}"),
    };
    let answer = HttpResponse::PermanentRedirect().insert_header((header::LOCATION, place)).finish();
    Ok(request.into_response(answer))
}

/// The path that was meant; `None` if it is this one. It begins with exactly one slash, and so never names another host.
fn meant(path: &str) -> Option<String> {
    // Browsers take a backslash for a slash.
    let typed = path.split(['/', '\\']).map(visible).filter(|part| !part.is_empty());
    let mut parts: Vec<String> = Vec::new();
    let mut is_behind_token = false;
    for part in typed {
        let token = if parts.is_empty() { None } else { token_in(&part) };
        parts.push(match token {
            Some(token) => {
                is_behind_token = true;
                token.reveal().to_owned()
            }
            // The pages behind a personal link have plain names.
            None if is_behind_token => part.chars().filter(|sign| is_token_sign(*sign)).collect(),
            // So have all pages, and keyboards of telephones begin with a capital letter.
            None if parts.is_empty() => part.to_ascii_lowercase(),
            None => part.into_owned(),
        });
    }
    parts.retain(|part| !part.is_empty());
    let meant = format!("/{}", parts.join("/"));
    (meant != path && !path.split(['/', '\\']).any(is_nonsense)).then_some(meant)
}

/// The signs of a token, and more that need no encoding.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A part of a path without blanks, line breaks and signs that nobody sees: no page has any in its address.
fn visible(part: &str) -> Cow<'_, str> {
    let text = percent_decode_str(part).decode_utf8_lossy();
    let is_gone = |sign: char| sign.is_whitespace() || sign.is_control() || is_unseen(sign);
    if !text.contains(is_gone) {
        return Cow::Borrowed(part);
    }
    Cow::Owned(utf8_percent_encode(&text.replace(is_gone, ""), &PLAIN).to_string())
}

/// Whether nothing but signs stands here that no keyboard has: whoever writes that means no page.
fn is_nonsense(part: &str) -> bool {
    let text = percent_decode_str(part).decode_utf8_lossy();
    visible(part).is_empty() && text.contains(|sign: char| sign.is_control() && !sign.is_whitespace())
}

/// The token that a part of a path begins with, whatever stands amid and behind it.
fn token_in(part: &str) -> Option<Token> {
    let text = percent_decode_str(part).decode_utf8_lossy();
    [without_quoted_printable(&text).as_str(), &text].into_iter().find_map(|text| {
        let signs: String = text.chars().filter(|sign| is_token_sign(*sign)).take(Token::LENGTH).collect();
        Token::parse(&signs)
    })
}

fn is_token_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')
}

/// The text as it was before a mail program wrote some of its signs like `=3D` (RFC 2045, 6.7).
fn without_quoted_printable(text: &str) -> String {
    let mut parts = text.split('=');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).filter(|code| !code.contains(|sign: char| sign.is_ascii_lowercase()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                whole.push(char::from(byte));
                whole.push_str(part.get(2..).unwrap_or_default());
            }
            None => whole.push_str(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_personal_link_works_with_whatever_was_pasted_behind_it() {
        let token = Token::random();
        let link = format!("/partnerships/{}", token.reveal());
        assert_eq!(meant(&link), None);
        for behind in [
            ".",
            ")",
            ",",
            ">",
            "%3E",
            "\"",
            "%22",
            "]",
            "'",
            "%E2%80%9D",
            "%20",
            "%C2%A0",
            "%E2%80%8B",
            "/",
            "//",
            ").",
            "&gt;",
            "=20",
            "=0D=0A",
            "=",
            "%0A",
            "*",
            "_",
            "…",
            "%2520",
            "%FF",
        ] {
            assert_eq!(meant(&format!("{link}{behind}")), Some(link.clone()), "{behind}");
        }
        assert_eq!(meant(&format!("{link}/details).")), Some(format!("{link}/details")));
    }

    #[test]
    fn a_personal_link_works_with_line_breaks_in_it() {
        let token = Token::random();
        let link = format!("/set-password/{}", token.reveal());
        let (start, end) = link.split_at(30);
        for amid in ["%0A", "%0D%0A", "%20", "=", "=%0A", "=0A", "=0D=0A", "%E2%80%8B", "%C2%AD", "%0A%3E%20"]
        {
            assert_eq!(meant(&format!("{start}{amid}{end}")), Some(link.clone()), "{amid}");
        }
        assert_eq!(meant(&format!("/set-pass%0Aword/{}", token.reveal())), Some(link));
    }

    #[test]
    fn what_is_no_token_is_not_made_one() {
        for path in [
            "/",
            "/customers",
            "/partnerships/abc",
            "/partnerships/abc.",
            "/static/app.css",
            "/a/b=20c",
            "/%41/b",
        ] {
            assert_eq!(meant(path), None, "{path}");
        }
    }

    #[test]
    fn slashes_blanks_and_a_capital_too_many_are_taken_off() {
        for (typed, path) in [
            ("/customers/", "/customers"),
            ("/customers//", "/customers"),
            ("//customers", "/customers"),
            ("/Customers", "/customers"),
            ("/customers%20", "/customers"),
            ("/customers/%20", "/customers"),
            ("//", "/"),
            ("/%E2%80%8B", "/"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(path), "{typed}");
        }
    }

    #[test]
    fn nobody_is_led_to_another_host() {
        for path in [
            "//evil.example/",
            "///evil.example",
            "/\\evil.example/",
            "/%20/evil.example",
            "/%09//evil.example/",
        ] {
            assert_eq!(meant(path).as_deref(), Some("/evil.example"), "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_path_is_answered_and_once_is_enough(path in "/([a-zA-Z0-9=%./_)(\\\\-]|%[0-9A-F]{2}|//|%0A|=3D){0,80}") {
            if let Some(meant_path) = meant(&path) {
                prop_assert_eq!(meant(&meant_path), None, "{}", meant_path);
                prop_assert!(meant_path.starts_with('/'));
                prop_assert!(!meant_path.starts_with("//") && !meant_path.contains('\\'));
                prop_assert!(meant_path.is_ascii() && !meant_path.contains(|sign: char| sign.is_ascii_control() || sign == ' '));
            }
        }

        #[test]
        fn a_token_is_found_behind_any_punctuation(behind in "([^a-zA-Z0-9_/\\\\=%?#-]|%20|=20){0,10}") {
            let link = format!("/consents/{}", Token::random().reveal());
            let found = meant(&format!("{link}{behind}"));
            prop_assert_eq!(found.unwrap_or(link.clone()), link);
        }
    }
}
