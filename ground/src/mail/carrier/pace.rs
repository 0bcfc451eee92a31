//! When a letter is tried again, and when it is given up.

use crate::mail::transport::Refusal;
use crate::mail::trouble::Trouble;

/// The pause after the first try. Each one is twice as long as the one before.
const FIRST_PAUSE: i64 = 30;
/// The longest pause of a letter that is put off.
pub const LONGEST_PAUSE: i64 = 6 * 3600;
/// How often a letter is tried that is put off: for about a day and a half.
const TRIES: i32 = 16;
/// The longest pause while no letter can leave: whoever mends that wants to see it soon.
const LONGEST_PAUSE_OF_ALL: i64 = 3600;
/// How often a letter is tried while no letter can leave: for about five days, which is as long as mail waits elsewhere
/// (RFC 5321, 4.5.4.1).
const TRIES_OF_ALL: i32 = 126;
/// The longest time for which no letter at all is tried.
pub const LONGEST_HOLD: i64 = 900;
/// How often a letter is handed over whole without the server saying that it has it. Once more may be needed, for it may
/// have been lost; each time more may be one copy more in the same mailbox.
const UNCONFIRMED: i32 = 2;

/// In how many seconds a letter is tried again; none when it is given up.
pub fn next_try(refusal: &Refusal, attempts: i32, unconfirmed: i32) -> Option<i64> {
    let (tries, longest) = match refusal.concerns_all {
        true => (TRIES_OF_ALL, LONGEST_PAUSE_OF_ALL),
        false => (TRIES, LONGEST_PAUSE),
    };
    let is_over = refusal.trouble.is_final()
        || attempts >= tries
        || (refusal.trouble == Trouble::Unconfirmed && unconfirmed >= UNCONFIRMED);
    (!is_over).then(|| doubled(attempts).min(longest))
}

/// For how many seconds no letter is tried after this many refusals in a row that were about us.
pub fn hold(tries: i32) -> i64 {
    doubled(tries).min(LONGEST_HOLD)
}

fn doubled(times: i32) -> i64 {
    let doublings = u32::try_from(times - 1).unwrap_or(0).min(10);
    FIRST_PAUSE << doublings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(trouble: Trouble, concerns_all: bool) -> Refusal {
        Refusal { trouble, said: None, code: None, concerns_all }
    }

    #[test]
    fn pauses_double_up_to_six_hours_and_end() {
        let pause = |attempts| next_try(&refusal(Trouble::Deferred, false), attempts, 0);
        assert_eq!(pause(1), Some(30));
        assert_eq!(pause(2), Some(60));
        assert_eq!(pause(11), Some(LONGEST_PAUSE));
        assert_eq!(pause(TRIES), None);
        let whole: i64 = (1..TRIES).filter_map(pause).sum();
        assert!((30..40).contains(&(whole / 3600)), "{whole}");
    }

    #[test]
    fn what_keeps_every_letter_back_is_waited_for_much_longer() {
        let pause = |attempts| next_try(&refusal(Trouble::SignIn, true), attempts, 0);
        assert_eq!(pause(1), Some(30));
        assert_eq!(pause(100), Some(LONGEST_PAUSE_OF_ALL));
        let whole: i64 = (1..TRIES_OF_ALL).filter_map(pause).sum();
        assert!((115..125).contains(&(whole / 3600)), "{whole}");
        assert_eq!(pause(TRIES_OF_ALL), None);
    }

    #[test]
    fn a_final_refusal_is_not_tried_again() {
        for trouble in [Trouble::Addressee, Trouble::Content] {
            assert_eq!(next_try(&refusal(trouble, false), 1, 0), None);
        }
    }

    #[test]
    fn at_most_two_copies_leave_by_themselves() {
        let unconfirmed = refusal(Trouble::Unconfirmed, false);
        assert_eq!(next_try(&unconfirmed, 1, 1), Some(30));
        assert_eq!(next_try(&unconfirmed, 2, 2), None);
        // What was not confirmed once, and could not be tried meanwhile, has one more try.
        assert!(next_try(&refusal(Trouble::Unreachable, true), 5, 1).is_some());
    }

    #[test]
    fn no_letter_is_held_for_longer_than_a_quarter_of_an_hour() {
        assert_eq!(hold(1), 30);
        assert!((1..i32::MAX).step_by(9_999_999).all(|tries| hold(tries) <= LONGEST_HOLD));
    }
}
