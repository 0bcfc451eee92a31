//! The proof that a browser is that of somebody who reads the mailbox to which a request was sent. The browser keeps it
//! in its sealed cookie; it is good for the link that was proved for, for that mailbox, and for a while.

use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Time enough to fill in an account.
const HOURS: i64 = 2;

/// What the browser keeps.
pub fn of((link, mailbox): (&TokenHash, &Email), now: Moment) -> String {
    format!("{} {} {mailbox}", link.as_str(), now.plus_seconds(HOURS * 3600).unix())
}

/// Whether what a browser keeps proves it for this link and this mailbox: a request that is not sent yet may have got
/// another addressee since.
pub fn holds(kept: &str, (link, mailbox): (&TokenHash, &Email), now: Moment) -> bool {
    let mut parts = kept.splitn(3, ' ');
    let (Some(of), Some(until), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let Ok(until) = until.parse().map(Moment::from_unix) else { return false };
    // What claims to hold for longer was not made now.
    let is_now = until > now && until <= now.plus_seconds(HOURS * 3600).farthest(0);
    is_now && of == link.as_str() && address == mailbox.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::token::Token;
    use proptest::prelude::*;

    fn ada() -> Email {
        Email::parse("ada@juniper.example").unwrap()
    }

    #[test]
    fn a_proof_is_good_for_its_link_and_mailbox_and_for_a_while() {
        let (link, now) = (Token::random().hash(), Moment::from_unix(1_795_000_000));
        let kept = of((&link, &ada()), now);
        let holds = |link: &TokenHash, mailbox: &Email, at| holds(&kept, (link, mailbox), at);
        assert!(holds(&link, &ada(), now) && holds(&link, &ada(), now.plus_seconds(7_199)));
        assert!(!holds(&link, &ada(), now.plus_seconds(7_200)), "its time is over");
        assert!(!holds(&link, &ada(), now.plus_seconds(-3_600)), "it was made later");
        assert!(!holds(&Token::random().hash(), &ada(), now));
        assert!(!holds(&link, &Email::parse("bo@juniper.example").unwrap(), now), "another addressee");
    }

    proptest! {
        #[test]
        fn nothing_else_proves(kept in any::<String>()) {
            prop_assert!(!holds(&kept, (&Token::random().hash(), &ada()), Moment::now()));
        }
    }
}
