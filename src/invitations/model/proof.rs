//! The proof that a browser is that of somebody who reads the mailbox to which a request was sent. The browser keeps it
//! in its sealed cookie; it is good for the link that was proved for, and for a while.

use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Time enough to fill in an account.
const HOURS: i64 = 2;

/// What the browser keeps.
pub fn of(link: &TokenHash, now: Moment) -> String {
    format!("{} {}", link.as_str(), now.plus_seconds(HOURS * 3600).unix())
}

/// Whether what a browser keeps proves it for this link.
pub fn holds(kept: &str, link: &TokenHash, now: Moment) -> bool {
    let read = kept.split_once(' ').and_then(|(of, until)| Some((of, until.parse::<i64>().ok()?)));
    read.is_some_and(|(of, until)| {
        // What claims to hold for longer was not made now.
        let until = Moment::from_unix(until);
        of == link.as_str() && until > now && until <= now.plus_seconds(HOURS * 3600).farthest(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::token::Token;
    use proptest::prelude::*;

    #[test]
    fn a_proof_is_good_for_its_link_and_for_a_while() {
        let (link, now) = (Token::random().hash(), Moment::from_unix(1_795_000_000));
        let kept = of(&link, now);
        assert!(holds(&kept, &link, now) && holds(&kept, &link, now.plus_seconds(7_199)));
        assert!(!holds(&kept, &link, now.plus_seconds(7_200)), "its time is over");
        assert!(!holds(&kept, &link, now.plus_seconds(-3_600)), "it was made later");
        assert!(!holds(&kept, &Token::random().hash(), now));
    }

    proptest! {
        #[test]
        fn nothing_else_proves(kept in any::<String>()) {
            prop_assert!(!holds(&kept, &Token::random().hash(), Moment::now()));
        }
    }
}
