//! What an answer that is no yes means: whether it is about us or about the letter, for now or for good.

use super::reply::Reply;
use crate::mail::trouble::Trouble;

/// How far a conversation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Connecting,
    Greeting,
    Hello,
    Encrypting,
    SigningIn,
    Sender,
    /// From here on the server knows whose letter it is.
    Recipient,
    Data,
    /// The letter is under way to its last byte.
    Letter,
    /// The whole letter has been handed over: from here on it may arrive.
    Receipt,
}

impl Step {
    /// Whether the server has not heard of the letter yet, so that nothing it says is about it.
    pub(super) fn is_before_the_letter(self) -> bool {
        self < Self::Recipient
    }
}

/// The kind of a refusal.
pub(super) fn trouble(step: Step, reply: &Reply) -> Trouble {
    about_us_anywhere(reply).unwrap_or_else(|| match (step, reply.is_for_good()) {
        (Step::Encrypting, _) => Trouble::Unencrypted,
        (Step::Sender, _) if matches!(reply.code, 452 | 552) => Trouble::Quota,
        (step, false) if step.is_before_the_letter() => Trouble::Busy,
        (Step::Connecting | Step::Greeting | Step::Hello, true) => Trouble::NotWelcome,
        (Step::SigningIn, true) => Trouble::SignIn,
        (Step::Sender, true) => Trouble::Sender,
        (_, false) => Trouble::Deferred,
        // The command is not what the server understands.
        (Step::Recipient, true) if reply.code < 505 => Trouble::NotWelcome,
        (Step::Recipient, true) if denies_relaying(reply) => Trouble::Relay,
        (Step::Recipient, true) => Trouble::Addressee,
        (Step::Data | Step::Letter | Step::Receipt, true) => Trouble::Content,
    })
}

/// Servers put off what they think of us until they know the addressee, or have the letter: some codes are about us
/// wherever they come.
fn about_us_anywhere(reply: &Reply) -> Option<Trouble> {
    let said = reply.said().to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|words| said.contains(words));
    match (reply.code, reply.status) {
        // Postfix keeps what it thinks of client, greeting and sender until it hears the addressee, and says it in
        // these words in every country (smtpd_delay_reject); so does Amazon when the allowance is used up.
        (500.., _) if says(&["helo command rejected", "client host rejected", "client host ["]) => {
            Some(Trouble::NotWelcome)
        }
        (500.., _) if says(&["sender address rejected"]) => Some(Trouble::Sender),
        (_, _) if says(&["throttling failure", "daily message quota"]) => Some(Trouble::Quota),
        // The server closes down, or has had enough of us for now.
        (421, _) => Some(Trouble::Busy),
        // A name and a password are missing, too weak, wrong or must be encrypted (RFC 4954, 6; RFC 3207, 4).
        (530 | 534 | 535 | 538, _) | (500.., Some((7, 8 | 9 | 11))) => Some(Trouble::SignIn),
        // The sender's address is not one that the server takes (RFC 3463, RFC 7505), or not ours to use (Exchange).
        (500.., Some((1, 7 | 8) | (7, 60))) => Some(Trouble::Sender),
        // Our daily allowance is used up; the server's own disk is full.
        (_, Some((4, 5) | (3, 1))) | (500.., Some((1, 90))) => Some(Trouble::Quota),
        _ => None,
    }
}

/// The same code means that the addressee takes nothing from us; the word, which all servers use here, tells apart.
fn denies_relaying(reply: &Reply) -> bool {
    matches!(reply.status, None | Some((7, _))) && reply.said().to_ascii_lowercase().contains("relay")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reply(line: &str) -> Reply {
        let bytes = format!("{line}\r\n");
        let read = async { Reply::read(&mut bytes.as_bytes()).await };
        futures_util::FutureExt::now_or_never(read).unwrap().unwrap()
    }

    #[test]
    fn the_step_and_the_code_tell_whom_a_refusal_is_about() {
        use Trouble::*;
        for (step, line, expected) in [
            (Step::Greeting, "421 too many connections", Busy),
            (Step::Greeting, "554 no service for you", NotWelcome),
            (Step::Hello, "550 5.7.1 bad HELO", NotWelcome),
            (Step::Hello, "450 4.7.1 later", Busy),
            (Step::Encrypting, "454 4.7.0 TLS not available", Unencrypted),
            (Step::SigningIn, "535 5.7.8 wrong password", SignIn),
            (Step::SigningIn, "454 4.7.0 temporary failure", Busy),
            (Step::Sender, "530 5.7.0 sign in first", SignIn),
            (Step::Sender, "550 5.7.1 not allowed to send as this sender", Sender),
            (Step::Sender, "553 5.1.8 domain of sender does not exist", Sender),
            (Step::Sender, "452 4.3.1 no room", Quota),
            (Step::Sender, "552 5.2.2 over quota", Quota),
            (Step::Sender, "451 4.7.1 later", Busy),
            (Step::Recipient, "421 4.7.0 slow down", Busy),
            (Step::Recipient, "450 4.2.0 greylisted", Deferred),
            (Step::Recipient, "452 4.2.2 mailbox full", Deferred),
            (Step::Recipient, "550 5.1.1 no such user", Addressee),
            (Step::Recipient, "551 user not local", Addressee),
            (Step::Recipient, "553 mailbox name not allowed", Addressee),
            (Step::Recipient, "552 5.2.2 mailbox full", Addressee),
            (Step::Recipient, "550 5.7.1 rejected by the addressee", Addressee),
            (Step::Recipient, "554 5.7.1 <a@b.example>: Relay access denied", Relay),
            (Step::Recipient, "550 relaying denied", Relay),
            (Step::Recipient, "550 5.1.1 no such user in relay table", Addressee),
            (Step::Recipient, "530 5.7.1 authentication required", SignIn),
            (Step::Recipient, "550 5.4.5 daily sending quota exceeded", Quota),
            (
                Step::Recipient,
                "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname",
                NotWelcome,
            ),
            (Step::Recipient, "501 5.5.2 invalid name", NotWelcome),
            (Step::Recipient, "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked", NotWelcome),
            (Step::Recipient, "554 5.7.1 <x[192.0.2.7]>: Client host rejected: Access denied", NotWelcome),
            (Step::Recipient, "553 5.7.1 <a@b.example>: Sender address rejected: not owned by user", Sender),
            (Step::Recipient, "550 5.1.0 <a@b.example>: Sender address rejected: User unknown", Sender),
            (Step::Recipient, "450 4.1.8 <a@b.example>: Sender address rejected: later", Deferred),
            (Step::Receipt, "454 Throttling failure: Daily message quota exceeded.", Quota),
            (Step::Receipt, "550 5.1.90 your message can't be sent: daily limit", Quota),
            (Step::Data, "451 later", Deferred),
            (Step::Data, "554 no valid recipients", Content),
            (Step::Receipt, "554 5.7.1 looks like spam", Content),
            (Step::Receipt, "552 5.3.4 too large", Content),
            (Step::Receipt, "554 5.7.60 client may not send as this sender", Sender),
            (Step::Receipt, "451 4.3.0 later", Deferred),
        ] {
            assert_eq!(trouble(step, &reply(line)), expected, "{step:?}: {line}");
        }
    }

    const STEPS: [Step; 10] = [
        Step::Connecting,
        Step::Greeting,
        Step::Hello,
        Step::Encrypting,
        Step::SigningIn,
        Step::Sender,
        Step::Recipient,
        Step::Data,
        Step::Letter,
        Step::Receipt,
    ];

    proptest! {
        #[test]
        fn what_comes_before_the_letter_or_is_for_now_fails_none(at in 0..STEPS.len(), code in 400u16..600) {
            let (step, reply) = (STEPS[at], reply(&format!("{code} x")));
            if step.is_before_the_letter() || code < 500 {
                prop_assert!(!trouble(step, &reply).is_final());
            }
        }
    }
}
