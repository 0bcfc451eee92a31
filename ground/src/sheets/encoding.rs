//! Text out of bytes: by its mark, as UTF-8 where it is that, and otherwise by what is likely.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Unreadable;
use crate::values::country::Country;

/// So much of what is not ASCII is looked at to guess an encoding: more changes no guess, and takes long.
const SAMPLE: usize = 64 * 1024;
/// Fewer null bytes than one in so many are those of no UTF-16, where the rest is UTF-8.
const BYTES_PER_NULL: usize = 8;
/// One control character in so many bytes makes a file none of text.
const BYTES_PER_CONTROL: usize = 100;

/// The text of a file, and the name of its encoding.
///
/// # Errors
/// [`Unreadable::NoTable`], [`Unreadable::Garbled`].
pub fn decode(bytes: &[u8], country: Option<Country>) -> Result<(Cow<'_, str>, &'static str), Unreadable> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(length..).unwrap_or_default());
    }
    let nulls = bytes.iter().filter(|byte| **byte == 0).count();
    if nulls > 0 && nulls * BYTES_PER_NULL < bytes.len() && std::str::from_utf8(bytes).is_ok() {
        return Err(Unreadable::NoTable);
    }
    if nulls > 0 {
        return decode_as(wide(bytes).ok_or(Unreadable::NoTable)?, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.into(), UTF_8.name()));
    }
    if bytes.iter().filter(|byte| is_control(**byte)).count() * BYTES_PER_CONTROL > bytes.len() {
        return Err(Unreadable::NoTable);
    }
    if is_nearly_utf8(bytes) {
        return Err(Unreadable::Garbled { line: broken_line(bytes) });
    }
    decode_as(likely(bytes, country), bytes)
}

fn decode_as<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
) -> Result<(Cow<'a, str>, &'static str), Unreadable> {
    let garbled = || {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let before = text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
        Unreadable::Garbled { line: line_after(before.as_bytes()) }
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(garbled)?;
    if text.contains('\0') { Err(Unreadable::NoTable) } else { Ok((text, encoding.name())) }
}

/// Which UTF-16 it is, if it is any: rows and cells end with signs of ASCII, beside which every other byte is null.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let is_sign = |byte: u8| matches!(byte, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    let (pairs, _) = bytes.as_chunks::<2>();
    let little = pairs.iter().filter(|[sign, zero]| is_sign(*sign) && *zero == 0).count();
    let big = pairs.iter().filter(|[zero, sign]| is_sign(*sign) && *zero == 0).count();
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some(UTF_16LE),
        std::cmp::Ordering::Less => Some(UTF_16BE),
        std::cmp::Ordering::Equal => None,
    }
}

/// Apart from line ends, tabs, and the sign by which DOS ended files.
fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n' | 0x1a)
}

/// Whether it is UTF-8 but for a few places: then it was cut off or pasted together, and to read it as another encoding
/// would garble the rest.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn broken_line(bytes: &[u8]) -> u64 {
    let before = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    line_after(before.as_bytes())
}

/// The line on which comes what stands behind this; some programs end lines with a carriage return alone.
fn line_after(before: &[u8]) -> u64 {
    let next = before.iter().skip(1).chain([&0]);
    let is_end = |(byte, next): (&u8, &u8)| *byte == b'\n' || (*byte == b'\r' && *next != b'\n');
    let ends = before.iter().zip(next).filter(|pair| is_end(*pair)).count();
    u64::try_from(ends).unwrap_or(u64::MAX - 1) + 1
}

/// The encoding that lines look like in which there is more than ASCII. No encoding has line ends within a character.
fn likely(bytes: &[u8], country: Option<Country>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut fed = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        detector.feed(line, false);
        fed += line.len();
        if fed > SAMPLE {
            break;
        }
    }
    detector.feed(b"", true);
    let domain = country.map(|country| country.code().to_ascii_lowercase());
    detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}
