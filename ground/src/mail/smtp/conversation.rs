//! One conversation with a mail server: who says what in which order (RFC 5321).

use data_encoding::BASE64;
use lettre::Message;
use tokio::io::{AsyncWriteExt as _, BufReader};

use super::reply::{NoReply, Reply};
use super::server::Credentials;
use super::verdict::{Step, trouble};
use super::wire::Wire;
use crate::mail::transport::Refusal;
use crate::mail::trouble::Trouble;

pub(super) struct Conversation<W> {
    wire: BufReader<W>,
    /// What the server can do, as it says after our greeting.
    abilities: Vec<String>,
}

impl<W: Wire> Conversation<W> {
    /// Listens to the greeting.
    pub(super) async fn begin(wire: W, step: &mut Step) -> Result<Self, Refusal> {
        *step = Step::Greeting;
        let mut conversation = Self::resume(wire);
        let greeting = conversation.hear(*step).await?;
        done(*step, greeting)?;
        Ok(conversation)
    }

    /// Goes on where there is no greeting: after encrypting.
    pub(super) fn resume(wire: W) -> Self {
        Self { wire: BufReader::new(wire), abilities: Vec::new() }
    }

    /// Says who we are, and learns what the server can do.
    pub(super) async fn hello(&mut self, name: &str, step: &mut Step) -> Result<(), Refusal> {
        *step = Step::Hello;
        let mut reply = self.ask(*step, &format!("EHLO {name}")).await?;
        if matches!(reply.code, 500 | 502 | 504) {
            // A server from before 1995, or a very small one.
            reply = self.ask(*step, &format!("HELO {name}")).await?;
        }
        let reply = done(*step, reply)?;
        self.abilities = reply.lines.into_iter().skip(1).map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Asks to go on encrypted, and gives the bare connection back for that.
    pub(super) async fn starttls(mut self, step: &mut Step) -> Result<W, Refusal> {
        *step = Step::Encrypting;
        if !self.can("STARTTLS") {
            return Err(Refusal::before_the_letter(Trouble::Unencrypted, None));
        }
        let reply = self.ask(*step, "STARTTLS").await?;
        done(*step, reply)?;
        if !self.wire.buffer().is_empty() {
            // Somebody in between put words in before the encryption, to have them heard as if they came after it.
            return Err(Refusal::before_the_letter(Trouble::Unencrypted, None));
        }
        Ok(self.wire.into_inner())
    }

    pub(super) async fn sign_in(&mut self, with: &Credentials, step: &mut Step) -> Result<(), Refusal> {
        *step = Step::SigningIn;
        let (user, password) = (with.user.as_bytes(), with.password.as_bytes());
        let reply = if self.can_sign_in_by("PLAIN") {
            let secret = [b"\0", user, b"\0", password].concat();
            self.ask(*step, &format!("AUTH PLAIN {}", BASE64.encode(&secret))).await?
        } else if self.can_sign_in_by("LOGIN") {
            let mut reply = self.ask(*step, "AUTH LOGIN").await?;
            for secret in [user, password] {
                if reply.code == 334 {
                    reply = self.ask(*step, &BASE64.encode(secret)).await?;
                }
            }
            reply
        } else {
            return Err(Refusal::before_the_letter(Trouble::SignIn, None));
        };
        done(*step, reply)?;
        Ok(())
    }

    /// Hands a letter over. Once its last byte has left, nobody but the server knows whether it will arrive.
    pub(super) async fn hand_over(&mut self, letter: &Message, step: &mut Step) -> Result<(), Refusal> {
        let content = letter.formatted();
        *step = Step::Sender;
        let sender = letter.envelope().from().map(ToString::to_string).unwrap_or_default();
        let body = if content.is_ascii() || !self.can("8BITMIME") { "" } else { " BODY=8BITMIME" };
        let reply = self.ask(*step, &format!("MAIL FROM:<{sender}>{body}")).await?;
        done(*step, reply)?;
        *step = Step::Recipient;
        for recipient in letter.envelope().to() {
            let reply = self.ask(*step, &format!("RCPT TO:<{recipient}>")).await?;
            done(*step, reply)?;
        }
        *step = Step::Data;
        let reply = self.ask(*step, "DATA").await?;
        if reply.code != 354 {
            return Err(refused(*step, &reply));
        }
        *step = Step::Letter;
        let sent = self.wire.write_all(&dotted(&content)).await.and(self.wire.flush().await);
        sent.map_err(|error| broken_off(*step, &error))
    }

    /// Hears whether the server has the letter.
    pub(super) async fn receipt(&mut self) -> Result<(), Refusal> {
        let reply = self.hear(Step::Receipt).await?;
        done(Step::Receipt, reply).map(|_| ())
    }

    /// Says goodbye.
    pub(super) async fn quit(&mut self) {
        let _ = self.ask(Step::Receipt, "QUIT").await;
        let _ = self.wire.shutdown().await;
    }

    async fn ask(&mut self, step: Step, command: &str) -> Result<Reply, Refusal> {
        let line = format!("{command}\r\n");
        let said = self.wire.write_all(line.as_bytes()).await.and(self.wire.flush().await);
        // A server may hang up while we speak, and have said why before that.
        match (self.hear(step).await, said) {
            (Ok(reply), _) => Ok(reply),
            (Err(refusal), Ok(())) => Err(refusal),
            (Err(_), Err(error)) => Err(broken_off(step, &error)),
        }
    }

    async fn hear(&mut self, step: Step) -> Result<Reply, Refusal> {
        Reply::read(&mut self.wire).await.map_err(|none| match none {
            NoReply::BrokenOff(error) => broken_off(step, &error),
            NoReply::Garbled(said) => Refusal {
                said: Some(said).filter(|said| !said.is_empty()),
                ..Refusal::at(step, Trouble::Garbled)
            },
        })
    }

    fn can(&self, ability: &str) -> bool {
        self.abilities.iter().any(|line| line == ability || line.starts_with(&format!("{ability} ")))
    }

    fn can_sign_in_by(&self, way: &str) -> bool {
        // Some servers say AUTH=, as their makers did before there was a standard.
        let ways = self.abilities.iter().filter_map(|line| line.strip_prefix("AUTH"));
        ways.flat_map(|line| line.split([' ', '='])).any(|word| word == way)
    }
}

fn done(step: Step, reply: Reply) -> Result<Reply, Refusal> {
    if reply.is_done() { Ok(reply) } else { Err(refused(step, &reply)) }
}

fn refused(step: Step, reply: &Reply) -> Refusal {
    // A yes where another one was due, or a question that nobody asked: the two do not understand each other.
    let is_no = reply.code >= 400;
    let refusal =
        if is_no { Refusal::at(step, trouble(step, reply)) } else { Refusal::at(step, Trouble::Garbled) };
    Refusal { said: Some(reply.said()), code: Some(reply.code), ..refusal }
}

fn broken_off(step: Step, error: &std::io::Error) -> Refusal {
    Refusal { said: Some(error.to_string()), ..Refusal::at(step, Trouble::BrokenOff) }
}

impl Refusal {
    /// Something that happened at a step. Once the whole letter has left, only a no says that it did not arrive.
    pub(super) fn at(step: Step, trouble: Trouble) -> Self {
        let is_known = !matches!(trouble, Trouble::Silent | Trouble::BrokenOff | Trouble::Garbled);
        let trouble = if step == Step::Receipt && !is_known { Trouble::Unconfirmed } else { trouble };
        let concerns_all = step.is_before_the_letter() || trouble.is_about_us();
        Self { trouble, said: None, code: None, concerns_all }
    }
}

/// The letter as it goes over the wire: lines end with CRLF, one that begins with a dot gets another, and a lonely
/// dot ends it.
fn dotted(content: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(content.len() + 64);
    for line in content.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            wire.push(b'.');
        }
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        wire.extend_from_slice(bare.strip_suffix(b"\r").unwrap_or(bare));
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_ends_with_a_lonely_dot_and_holds_none() {
        let told = |content: &[u8]| String::from_utf8(dotted(content)).unwrap();
        assert_eq!(told(b"a\r\n.\r\n..b"), "a\r\n..\r\n...b\r\n.\r\n");
        assert_eq!(told(b"bare\nlines\n"), "bare\r\nlines\r\n.\r\n");
        assert_eq!(told(b""), ".\r\n");
    }

    #[test]
    fn only_a_no_after_the_last_byte_says_that_a_letter_did_not_arrive() {
        for trouble in [Trouble::Silent, Trouble::BrokenOff, Trouble::Garbled] {
            assert_eq!(Refusal::at(Step::Receipt, trouble).trouble, Trouble::Unconfirmed);
            assert_eq!(Refusal::at(Step::Letter, trouble).trouble, trouble);
        }
        assert_eq!(Refusal::at(Step::Receipt, Trouble::Content).trouble, Trouble::Content);
    }

    proptest! {
        #[test]
        fn no_content_ends_a_letter_early(content in "[a.\r\n]{0,60}") {
            let wire = dotted(content.as_bytes());
            let end = wire.windows(5).position(|part| part == b"\r\n.\r\n");
            prop_assert!(wire == b".\r\n" || end == Some(wire.len() - 5));
        }
    }
}
