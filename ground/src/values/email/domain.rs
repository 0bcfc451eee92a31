//! The domain of an email address: in ASCII for servers (IDNA, UTS 46), in its own script for people.

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use idna::AsciiDenyList;

/// The longest name of a domain (RFC 1035, 2.3.4).
const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Domains that no mail reaches from elsewhere (RFC 6761).
pub(in crate::values) const LOCAL: [&str; 2] = ["localhost", "localdomain"];

/// The domain as servers know it: letters, digits and inner hyphens between dots. `None` for everything that mail
/// reaches from nowhere, such as `localhost` and addresses in numbers.
pub(super) fn ascii(typed: &str) -> Option<String> {
    let domain = idna::domain_to_ascii_cow(typed.as_bytes(), AsciiDenyList::STD3).ok()?;
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last()?;
    let is_reached = labels.len() > 1
        && domain.len() <= LONGEST
        && labels.iter().all(|label| is_label(label))
        && last.starts_with(|first: char| first.is_ascii_alphabetic())
        && !LOCAL.contains(last);
    is_reached.then(|| domain.into_owned())
}

/// Words of a domain that may be cut at both ends, in ASCII.
pub(super) fn ascii_words(typed: &str) -> Option<String> {
    idna::domain_to_ascii_cow(typed.as_bytes(), AsciiDenyList::STD3).ok().map(Cow::into_owned)
}

/// The domain as people write it. A word that mixes the letters of scripts, by which one can pass for another, stays
/// as servers write it.
pub(super) fn shown(domain: &str) -> Cow<'_, str> {
    if !domain.contains("xn--") {
        return Cow::Borrowed(domain);
    }
    let label = |ascii: &str| match idna::domain_to_unicode(ascii) {
        (label, Ok(())) if is_of_one_script(&label) => label,
        _ => ascii.to_owned(),
    };
    let shown = domain.split('.').map(label).collect::<Vec<_>>().join(".");
    // What would not lead back is not shown.
    if ascii(&shown).as_deref() == Some(domain) { Cow::Owned(shown) } else { Cow::Borrowed(domain) }
}

fn is_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(is_inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Letters of one script; those in which Japanese and Korean are written count as one, with Latin words among them.
fn is_of_one_script(label: &str) -> bool {
    const EAST: [Script; 5] =
        [Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo];
    let script_of = |sign| CodePointMapData::<Script>::new().get(sign);
    let is_any = |script: &Script| matches!(*script, Script::Common | Script::Inherited);
    let mut scripts: Vec<Script> = label.chars().map(script_of).filter(|script| !is_any(script)).collect();
    scripts.sort_unstable();
    scripts.dedup();
    let is_east = scripts.iter().any(|script| EAST.contains(script));
    scripts.len() <= 1
        || is_east && scripts.iter().all(|script| EAST.contains(script) || *script == Script::Latin)
}
