use super::*;
use crate::values::token::Token;

fn stranger(email: &str, address: &str) -> [Subject; 4] {
    subjects(email, &Network::of(address), None).try_into().unwrap()
}

/// So many wrong passwords at one moment.
fn wrong(subject: &Subject, count: usize, now: Moment) -> Tally {
    let mut tally = None;
    for _ in 0..count {
        tally = Some(subject.one_more(tally, now));
    }
    tally.unwrap()
}

#[test]
fn the_fifth_wrong_password_of_an_account_from_one_place_makes_wait_and_each_more_twice_as_long() {
    let now = Moment::now();
    let [subject, ..] = stranger("ann@harbor.example", "192.0.2.1");
    let wait = |count| wrong(&subject, count, now).wait(now);
    assert_eq!([wait(1), wait(4), wait(5), wait(6), wait(8)], [0, 0, 1, 2, 8]);
    assert_eq!(wait(100), 15 * 60);
    assert_eq!(subject.one_more(Some(wrong(&subject, 100, now.plus_days(-2))), now).failures, 1);
    assert_eq!(subject.one_less(wrong(&subject, 4, now)), None);
}

#[test]
fn a_network_may_be_wrong_often_and_then_once_each_quarter_of_a_minute() {
    let now = Moment::now();
    let [_, network, ..] = stranger("ann@harbor.example", "192.0.2.1");
    assert_eq!(wrong(&network, 99, now).wait(now), 0);
    let closed = wrong(&network, 100, now);
    assert_eq!((closed.wait(now), closed.wait(now.plus_seconds(15))), (15, 0));
    // Half of the time that it takes to forget all forgets half.
    let later = now.plus_seconds(50 * 15);
    assert_eq!(network.one_more(Some(closed), later).wait(later), 0);
    assert_eq!(closed.forgotten_at, now.plus_seconds(100 * 15));
}

#[test]
fn a_right_password_neither_counts_nor_prolongs() {
    let now = Moment::now();
    for subject in &stranger("ann@harbor.example", "192.0.2.1")[1..4] {
        let before = wrong(subject, 40, now);
        let later = now.plus_seconds(100);
        assert_eq!(subject.one_less(subject.one_more(Some(before), later)), Some(before));
        assert_eq!(subject.one_less(subject.one_more(None, now)), None);
    }
}

#[test]
fn an_account_is_closed_to_new_browsers_only_after_many_wrong_passwords_and_never_for_long() {
    let now = Moment::now();
    let [.., account] = stranger("ann@harbor.example", "192.0.2.1");
    assert_eq!(wrong(&account, 49, now).wait(now), 0);
    assert_eq!(wrong(&account, 50, now).wait(now), 100);
}

#[test]
fn a_browser_that_the_account_knows_is_counted_by_itself() {
    let keys = |subjects: &[Subject]| subjects.iter().map(|subject| subject.key.clone()).collect::<Vec<_>>();
    let network = Network::of("192.0.2.1");
    let strange = keys(&subjects("ann@harbor.example", &network, None));
    let known = |token: &Token| keys(&subjects("ann@harbor.example", &network, Some(&token.hash())));
    let (one, other) = (known(&Token::random()), known(&Token::random()));
    assert_eq!(one.len(), 1);
    assert_ne!(one, other);
    assert!(!strange.contains(&one[0]));
    assert_ne!(strange, keys(&subjects("bob@harbor.example", &network, None)));
}

#[test]
fn a_pause_that_a_clock_kept_which_was_ahead_counts_as_none() {
    let now = Moment::now();
    for subject in stranger("ann@harbor.example", "192.0.2.1") {
        for count in [1, 5, 50, 100] {
            // As many as are taken: none while it is closed.
            let mut tally = subject.one_more(None, now);
            for _ in 1..count {
                let later = now.plus_seconds(tally.wait(now));
                assert!(subject.can_have(tally, now), "{subject:?} {tally:?}");
                tally = if later > now { tally } else { subject.one_more(Some(tally), now) };
            }
            assert!(subject.can_have(tally, now), "{subject:?} {tally:?}");
            let ahead = now.plus_days(400);
            let kept = wrong(&subject, count, ahead);
            assert!(!subject.can_have(kept, now), "{subject:?} {kept:?}");
            assert!(subject.can_have(wrong(&subject, 1, ahead), ahead));
        }
    }
}

#[test]
fn the_alarm_rings_once_however_long_it_goes_on_and_again_after_a_quiet_day() {
    let now = Moment::now();
    let alarm = password_alarm(Some(&PersonId::new()));
    let rings = |count: usize| alarm.alarms(wrong(&alarm, count, now));
    assert_eq!([rings(9), rings(10), rings(11), rings(500)], [false, true, false, false]);
    assert_eq!(wrong(&alarm, 500, now).wait(now), 0, "nobody waits for it");
    assert_eq!(alarm.one_more(Some(wrong(&alarm, 500, now.plus_days(-2))), now).failures, 1);
}

#[test]
fn what_the_owner_clears_is_the_account_s_and_not_the_network_s() {
    let (network, person) = (Network::of("192.0.2.1"), PersonId::new());
    let cleared = subjects_of_owner(&person, "ann@harbor.example", &network);
    let cleared: Vec<_> = cleared.into_iter().map(|subject| subject.key).collect();
    let [own, of_network, of_wider, account] = stranger("ann@harbor.example", "192.0.2.1").map(|s| s.key);
    let alarms = [password_alarm(Some(&person)).key, code_alarm(Some(&person)).key];
    assert!([own, account].iter().chain(&alarms).all(|key| cleared.contains(key)));
    assert!([of_network, of_wider].iter().all(|key| !cleared.contains(key)));
}

#[test]
fn the_last_that_is_free_may_be_a_moment_older_than_the_first() {
    let (subject, now) = (Subject::with_rate(&["three at once"], 3, 3_600), Moment::now());
    let before = now.plus_seconds(-1);
    assert_eq!(subject.wait(wrong(&subject, 2, now), before), 0);
    assert!(subject.wait(wrong(&subject, 3, now), now) > 3_500);
    assert!(subject.wait(wrong(&subject, 3, now), before) > 3_500);
}
