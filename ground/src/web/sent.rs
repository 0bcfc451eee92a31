//! A file that was sent with a form, or a text that was pasted instead of it.

use actix_multipart::{Field, Multipart};
use actix_web::web::{Bytes, block};
use anyhow::anyhow;
use futures_util::TryStreamExt as _;

use crate::error::{Error, Result};
use crate::sheets::{Column, Limits, Sheet, Unreadable};
use crate::values::name;
use crate::values::typed::{printable, printable_line};

/// What is read of a form beyond its file: boundaries, heads, and a file that turns out too large, so that this can be
/// said instead of ending the connection. So many times as much as a file may have.
const ROOM: usize = 3;
/// So many other fields are kept, each of at most so many bytes.
const FIELDS: usize = 8;
const FIELD: usize = 1_000;
/// The longest name of a file that is kept.
const FILE_NAME: usize = 150;

/// What came out of the fields `file` and `text` of a form.
#[derive(Debug, Default)]
pub struct Sent {
    /// No more than a file may have, and one byte.
    pub bytes: Bytes,
    /// Empty for a text. A line without a path.
    pub file_name: String,
    pub is_file: bool,
    /// What other fields say.
    others: Vec<(String, String)>,
}

impl Sent {
    /// The file if one was chosen, the text if not; `largest` is how many bytes either may have.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what is no such form, or very much larger.
    pub async fn read(mut parts: Multipart, largest: usize) -> Result<Self> {
        let (mut file, mut text, mut others) = (None, Vec::new(), Vec::new());
        let mut left = largest.saturating_mul(ROOM);
        while let Some(mut part) = parts.try_next().await.map_err(refused)? {
            let bytes = bounded(&mut part, largest, &mut left).await?;
            match part.name() {
                Some("file") if !bytes.is_empty() => file = Some((bytes, name_of(&part))),
                Some("text") => text = bytes,
                Some("file") | None => {}
                Some(name) if others.len() < FIELDS && name.len() <= FIELD && bytes.len() <= FIELD => {
                    others.push((name.to_owned(), printable_line(&String::from_utf8_lossy(&bytes))));
                }
                Some(_) => {}
            }
        }
        Ok(match file {
            Some((bytes, file_name)) => Self { bytes: bytes.into(), file_name, is_file: true, others },
            None => Self { bytes: text.into(), others, ..Self::default() },
        })
    }

    /// What another field of the form says; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.others.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The text, to be shown again. A file has to be chosen again, which browsers see to.
    pub fn pasted(&self) -> String {
        if self.is_file { String::new() } else { printable(&String::from_utf8_lossy(&self.bytes)) }
    }

    /// The table in it, read where that holds up no other request.
    ///
    /// # Errors
    /// None that anybody can mend; why it is no such table is an answer.
    pub async fn sheet<C: Column + Send>(
        &self,
        limits: Limits,
    ) -> Result<std::result::Result<Sheet<C>, Unreadable>> {
        let bytes = self.bytes.clone();
        let read = block(move || Sheet::read(&bytes, &limits)).await;
        read.map_err(|error| Error::Internal(anyhow!("{error}")))
    }
}

/// What a part holds, up to one byte more than it may.
async fn bounded(part: &mut Field, largest: usize, left: &mut usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(refused)? {
        *left = left.checked_sub(chunk.len()).ok_or(Error::BadRequest("too large"))?;
        bytes.extend_from_slice(&chunk);
        bytes.truncate(largest.saturating_add(1));
    }
    Ok(bytes)
}

/// The name of a file, without the folders that old browsers send with it.
fn name_of(part: &Field) -> String {
    let sent = part.content_disposition().and_then(|how| how.get_filename()).unwrap_or_default();
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    name::line(last).chars().take(FILE_NAME).collect()
}

fn refused(_: actix_multipart::MultipartError) -> Error {
    Error::BadRequest("multipart")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use futures_util::stream;

    async fn read(fields: &[(&str, &str)], largest: usize) -> Result<Sent> {
        let part = |(field, body): &(&str, &str)| {
            format!("--x\r\ncontent-disposition: form-data; name={field}\r\n\r\n{body}\r\n")
        };
        let body = fields.iter().map(part).collect::<String>() + "--x--\r\n";
        let chunks: Vec<_> =
            body.as_bytes().chunks(7).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
        Sent::read(Multipart::new(&headers, stream::iter(chunks)), largest).await
    }

    #[tokio::test]
    async fn a_file_goes_before_a_text_and_an_empty_one_is_none() {
        let both = read(&[("\"text\"", "a"), ("\"file\"; filename=\"b.csv\"", "b")], 9).await.unwrap();
        assert_eq!(
            (both.bytes.as_ref(), both.file_name.as_str(), both.is_file),
            (b"b".as_slice(), "b.csv", true)
        );
        let text = read(&[("\"text\"", "a"), ("\"file\"; filename=\"\"", "")], 9).await.unwrap();
        assert_eq!(
            (text.bytes.as_ref(), text.file_name.as_str(), text.is_file),
            (b"a".as_slice(), "", false)
        );
        assert!(read(&[], 9).await.unwrap().bytes.is_empty());
        let with = read(&[("\"location\"", "DE"), ("\"text\"", "a")], 9).await.unwrap();
        assert_eq!((with.field("location"), with.field("other")), ("DE", ""));
    }

    #[tokio::test]
    async fn a_name_is_one_short_line_without_folders() {
        let long = format!("\"file\"; filename=\"{}.csv\"", "n".repeat(500));
        for (field, name) in [
            ("\"file\"; filename=\"C:\\\\Users\\\\kim\\\\my  offers.csv\"", "my offers.csv"),
            ("\"file\"; filename=\"../../etc/passwd\"", "passwd"),
            ("\"file\"; filename=\"a\u{202e}vsc.exe\"", "avsc.exe"),
            (&long, &"n".repeat(FILE_NAME)),
        ] {
            assert_eq!(read(&[(field, "b")], 9).await.unwrap().file_name, name);
        }
    }

    #[tokio::test]
    async fn no_more_is_kept_than_tells_that_it_is_too_much() {
        let sent = read(&[("\"file\"; filename=\"b\"", &"b".repeat(25))], 9).await.unwrap();
        assert_eq!(sent.bytes.len(), 10);
        let refused = read(&[("\"file\"; filename=\"b\"", &"b".repeat(28))], 9).await;
        assert!(matches!(refused, Err(Error::BadRequest("too large"))));
    }
}
