//! When a job runs again, when one that failed is tried again, and when it is given up.

use crate::values::moment::Moment;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The pause after the first try that failed. Each one is twice as long as the one before.
const FIRST_PAUSE: i64 = 60;
/// The pause after the database could not serve.
const PAUSE_AFTER_OUTAGE: i64 = 60;
/// In so many tries in a row it says nothing against a job that the database could not serve. Later it does, since a step
/// that takes too long looks the same.
pub const EXCUSED_TRIES: i32 = 5;
/// The longest pause of a job that fails.
const LONGEST_PAUSE: i64 = 6 * HOUR;
/// How often a job is tried that runs once: for about a day. One that recurs is never given up.
const TRIES: i32 = 12;

/// How often jobs of a kind run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    Once,
    Hourly,
    Daily,
}

impl Rhythm {
    /// How many seconds after one run the next one is due; none where none is.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Once => None,
            Self::Hourly => Some(HOUR),
            Self::Daily => Some(DAY),
        }
    }

    /// When a job that was done now runs again.
    pub fn next_run(self, now: Moment) -> Option<Moment> {
        self.seconds().map(|seconds| now.plus_seconds(seconds))
    }

    /// When a job is tried again that failed now, for so many times in a row; none when it is given up.
    pub fn next_try(self, attempts: i32, now: Moment) -> Option<Moment> {
        let longest = match self.seconds() {
            None if attempts >= TRIES => return None,
            None => LONGEST_PAUSE,
            Some(rhythm) => LONGEST_PAUSE.min(rhythm),
        };
        let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(10);
        Some(now.plus_seconds((FIRST_PAUSE << doublings).min(longest)))
    }

    /// As which try the last one counts if nothing that the job did may have it given up.
    pub fn short_of_giving_up(self, attempts: i32) -> i32 {
        if self == Self::Once { attempts.min(TRIES - 1) } else { attempts }
    }

    /// Whether a job was tried too often, without that it ever said how it ended.
    pub fn is_given_up(self, attempts: i32) -> bool {
        self == Self::Once && attempts > TRIES
    }
}

/// When a job is tried again that is excused, since the database could not serve.
pub fn after_outage(now: Moment) -> Moment {
    now.plus_seconds(PAUSE_AFTER_OUTAGE)
}

/// The latest time that can have been kept by now for a next run or a next try: what is later was kept while a clock was
/// ahead.
pub fn farthest(now: Moment) -> Moment {
    now.farthest(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(rhythm: Rhythm, attempts: i32) -> Option<i64> {
        let now = Moment::from_unix(1_795_000_000);
        rhythm.next_try(attempts, now).map(|next| next.unix() - now.unix())
    }

    #[test]
    fn what_recurs_is_due_again_after_its_time_and_what_does_not_is_over() {
        let now = Moment::now();
        assert_eq!(Rhythm::Hourly.next_run(now), Some(now.plus_seconds(3600)));
        assert_eq!(Rhythm::Daily.next_run(now), Some(now.plus_days(1)));
        assert_eq!(Rhythm::Once.next_run(now), None);
    }

    #[test]
    fn pauses_double_and_are_never_longer_than_the_rhythm() {
        for rhythm in [Rhythm::Once, Rhythm::Hourly, Rhythm::Daily] {
            assert_eq!(pause(rhythm, 1), Some(60));
            assert_eq!(pause(rhythm, 2), Some(120));
            assert_eq!(pause(rhythm, 6), Some(1920));
        }
        assert_eq!(pause(Rhythm::Hourly, 7), Some(HOUR));
        assert_eq!(pause(Rhythm::Daily, 7), Some(3840));
        assert_eq!(pause(Rhythm::Daily, i32::MAX), Some(LONGEST_PAUSE));
    }

    #[test]
    fn what_runs_once_is_given_up_after_a_day_and_what_recurs_never() {
        let whole: i64 = (1..TRIES).filter_map(|attempts| pause(Rhythm::Once, attempts)).sum();
        assert!((20..28).contains(&(whole / HOUR)), "{whole}");
        assert_eq!(pause(Rhythm::Once, TRIES), None);
        assert!(Rhythm::Once.is_given_up(TRIES + 1) && !Rhythm::Once.is_given_up(TRIES));
        assert!(pause(Rhythm::Hourly, 1000).is_some() && !Rhythm::Hourly.is_given_up(1000));
    }

    #[test]
    fn what_is_no_fault_of_a_job_never_has_it_given_up() {
        for rhythm in [Rhythm::Once, Rhythm::Hourly, Rhythm::Daily] {
            for attempts in [1, TRIES - 1, TRIES, i32::MAX] {
                assert!(
                    pause(rhythm, rhythm.short_of_giving_up(attempts)).is_some(),
                    "{rhythm:?} {attempts}"
                );
            }
        }
        assert_eq!(Rhythm::Hourly.short_of_giving_up(1000), 1000);
    }

    #[test]
    fn every_next_time_can_have_been_kept() {
        let now = Moment::now();
        for rhythm in [Rhythm::Once, Rhythm::Hourly, Rhythm::Daily] {
            let tries = (1..40).filter_map(|attempts| rhythm.next_try(attempts, now));
            assert!(tries.chain(rhythm.next_run(now)).all(|next| next <= farthest(now)), "{rhythm:?}");
        }
    }
}
