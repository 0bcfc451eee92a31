//! What a mail server answers. Its code decides; its text is for people, and is read whatever it is written in: servers
//! answer in Latin-1, GBK and worse, and an answer that cannot be read must not become a letter that is sent again.

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

/// The longest line that is read, and the most lines of one answer: far above what honest servers say.
const LONGEST_LINE: u64 = 4096;
const MOST_LINES: usize = 128;
/// How much of a text is kept for people.
const LONGEST_SAID: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub code: u16,
    /// The enhanced status code (RFC 3463) without its class, where the text begins with one: 5.1.1 is (1, 1).
    pub status: Option<(u16, u16)>,
    pub lines: Vec<String>,
}

/// Why there is no reply.
#[derive(Debug)]
pub(super) enum NoReply {
    BrokenOff(std::io::Error),
    /// Something that is no answer; its beginning.
    Garbled(String),
}

impl Reply {
    /// Reads one answer, however many lines it has.
    pub(super) async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Self, NoReply> {
        let mut lines = Vec::new();
        loop {
            let line = read_line(from).await?;
            let (code, is_last, text) = parts(&line).ok_or_else(|| NoReply::Garbled(legible(&line)))?;
            lines.push(text);
            if is_last {
                return Ok(Self::of(code, lines));
            }
            if lines.len() >= MOST_LINES {
                return Err(NoReply::Garbled(legible(&line)));
            }
        }
    }

    fn of(code: u16, lines: Vec<String>) -> Self {
        let status = lines.first().and_then(|line| status(code, line));
        Self { code, status, lines }
    }

    pub(super) fn is_done(&self) -> bool {
        self.code / 100 == 2
    }

    pub(super) fn is_for_good(&self) -> bool {
        self.code / 100 == 5
    }

    /// The answer in one line, for people.
    pub(super) fn said(&self) -> String {
        let text = self.lines.join(" ");
        format!("{} {text}", self.code).trim().chars().take(LONGEST_SAID).collect()
    }
}

async fn read_line(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Vec<u8>, NoReply> {
    let mut line = Vec::new();
    let read = from.take(LONGEST_LINE).read_until(b'\n', &mut line).await.map_err(NoReply::BrokenOff)?;
    match line.last() {
        Some(b'\n') => Ok(line),
        _ if u64::try_from(read).is_ok_and(|read| read >= LONGEST_LINE) => {
            Err(NoReply::Garbled(legible(&line)))
        }
        _ => Err(NoReply::BrokenOff(std::io::ErrorKind::UnexpectedEof.into())),
    }
}

/// Code, whether it is the last line, and text of a line (RFC 5321, 4.2).
fn parts(line: &[u8]) -> Option<(u16, bool, String)> {
    let (code, rest) = line.split_at_checked(3)?;
    let code: u16 = std::str::from_utf8(code).ok().filter(|code| is_digits(code))?.parse().ok()?;
    if !(200..600).contains(&code) {
        return None;
    }
    match rest.first() {
        Some(b'-') => Some((code, false, legible(rest.get(1..)?))),
        Some(b' ' | b'\t') => Some((code, true, legible(rest.get(1..)?))),
        Some(b'\r' | b'\n') | None => Some((code, true, String::new())),
        Some(_) => None,
    }
}

/// `5.1.1 no such user`, where its class agrees with the code (RFC 2034, 4).
fn status(code: u16, text: &str) -> Option<(u16, u16)> {
    let mut parts = text.split_whitespace().next()?.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    let agrees = class == (code / 100).to_string() && parts.next().is_none();
    let number = |part: &str| part.parse().ok().filter(|_| part.len() <= 3 && is_digits(part));
    number(subject).zip(number(detail)).filter(|_| agrees)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text as far as it is UTF-8, without what would tear a page or a log line apart.
fn legible(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let shown = text.chars().map(|char| if char.is_control() { ' ' } else { char });
    shown.take(LONGEST_SAID).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<Reply, NoReply> {
        futures_util::FutureExt::now_or_never(Reply::read(&mut &*bytes)).expect("nothing to wait for")
    }

    #[test]
    fn the_code_counts_whatever_the_text_is_written_in() {
        let latin_1 = b"550 5.1.1 Bo\xEEte inconnue\r\n";
        let gbk = b"250 \xD3\xCA\xBC\xFE\xD2\xD1\xBD\xD3\xCA\xD5\r\n";
        let reply = read(latin_1).unwrap();
        assert_eq!((reply.code, reply.status), (550, Some((1, 1))));
        assert_eq!(reply.said(), "550 5.1.1 Bo\u{FFFD}te inconnue");
        assert!(read(gbk).unwrap().is_done());
    }

    #[test]
    fn an_answer_may_have_many_lines_and_none_of_text() {
        let reply = read(b"250-trial.example\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n").unwrap();
        assert_eq!(reply.lines, ["trial.example", "AUTH PLAIN", "8BITMIME"]);
        for bare in [&b"354\r\n"[..], b"354 \r\n", b"354\n"] {
            assert_eq!(read(bare).unwrap().said(), "354");
        }
    }

    #[test]
    fn an_enhanced_code_agrees_with_the_code() {
        let status = |line: &str| read(format!("{line}\r\n").as_bytes()).unwrap().status;
        assert_eq!(status("550 5.7.60 not as this sender"), Some((7, 60)));
        for text in ["550 4.7.60 x", "550 5.7 x", "550 5.7.1.2 x", "550 5.a.1 x", "550 5.1000.1 x", "550 no"]
        {
            assert_eq!(status(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for other in
            ["HTTP/1.1 400 Bad Request\r\n", "99 x\r\n", "150 x\r\n", "600 x\r\n", "2500\r\n", "\r\n", "25\n"]
        {
            assert!(matches!(read(other.as_bytes()), Err(NoReply::Garbled(_))), "{other:?}");
        }
        for cut in ["", "250", "250 almost", "250-and\r\n"] {
            assert!(matches!(read(cut.as_bytes()), Err(NoReply::BrokenOff(_))), "{cut:?}");
        }
    }

    #[test]
    fn an_endless_answer_is_not_read_to_its_end() {
        let line = [b"250 ".to_vec(), vec![b'x'; 100_000]].concat();
        assert!(matches!(read(&line), Err(NoReply::Garbled(_))));
        assert!(matches!(read(&b"250-more\r\n".repeat(1000)), Err(NoReply::Garbled(_))));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_code_unreadable(code in 200u16..600, text in prop::collection::vec(any::<u8>(), 0..200)) {
            let text: Vec<u8> = text.into_iter().filter(|byte| *byte != b'\n').collect();
            let reply = read(&[format!("{code} ").as_bytes(), &text, b"\r\n"].concat()).unwrap();
            prop_assert_eq!(reply.code, code);
            prop_assert!(reply.said().chars().all(|char| !char.is_control()));
            prop_assert!(reply.said().chars().count() <= LONGEST_SAID);
        }

        #[test]
        fn nothing_that_a_server_says_is_a_surprise(said in prop::collection::vec(any::<u8>(), 0..500)) {
            if let Ok(reply) = read(&said) {
                prop_assert!((200..600).contains(&reply.code));
            }
        }
    }
}
