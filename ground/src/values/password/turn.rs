//! Turns at hashing. A hash takes a processor core and 19 MB for as long as it lasts, on purpose: whoever sends many
//! passwords at once must wait, or everybody does.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many hash at a time unless it is set otherwise, on however many cores: together they take less than 80 MB.
const MOST_AT_ONCE: usize = 4;
/// So many wait for a turn; nobody after them would get one in time.
const MOST_WAITING: usize = 256;
/// So long one waits for a turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// The turns of one installation; cheap to copy.
#[derive(Clone, Debug)]
pub struct Turns {
    free: Arc<Semaphore>,
    places: Arc<Semaphore>,
    patience: Duration,
}

/// The right to hash once or twice now. Nothing is hashed without one.
#[derive(Debug)]
pub struct Turn(#[allow(dead_code, reason = "given back when it is dropped")] OwnedSemaphorePermit);

/// There was no turn in time, and nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

impl Busy {
    /// After so many seconds it is worth trying again.
    pub const RETRY_AFTER: i64 = 5;
}

impl Turns {
    /// So many at a time.
    pub fn of(at_once: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(at_once.max(1))),
            places: Arc::new(Semaphore::new(MOST_WAITING)),
            patience: PATIENCE,
        }
    }

    /// The same, for which one waits so long.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// One for each core, but not more than a small machine has memory for.
    pub fn usual() -> usize {
        std::thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE)
    }

    /// Waits for a turn, first come, first served.
    ///
    /// # Errors
    /// [`Busy`] when too many wait already, or none came in time.
    pub async fn take(&self) -> Result<Turn, Busy> {
        let place = self.places.try_acquire().map_err(|_| Busy)?;
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.free).acquire_owned()).await;
        drop(place);
        turn.ok().and_then(Result::ok).map(Turn).ok_or(Busy)
    }

    /// A turn without waiting, for commands that are alone with the machine.
    ///
    /// # Errors
    /// [`Busy`] when none is free.
    pub fn take_now(&self) -> Result<Turn, Busy> {
        Arc::clone(&self.free).try_acquire_owned().map(Turn).map_err(|_| Busy)
    }
}

impl Default for Turns {
    fn default() -> Self {
        Self::of(Self::usual())
    }
}

impl Turn {
    /// Does the work on a thread that may be busy. The turn lasts as long as the work, whoever still waits for it:
    /// hanging up frees nobody's core.
    ///
    /// # Errors
    /// What the work answers, and when it was cut off.
    pub async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce(&Self) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        tokio::task::spawn_blocking(move || work(&self)).await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn no_more_work_at_a_time_than_there_are_turns_and_the_rest_follow() {
        let (turns, now, most) = (Turns::of(2), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let hashes = (0..20).map(|_| {
            let (turns, now, most) = (turns.clone(), Arc::clone(&now), Arc::clone(&most));
            async move {
                let work = move |_: &Turn| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                    Ok(())
                };
                turns.take().await.unwrap().work(work).await.unwrap();
            }
        });
        futures_util::future::join_all(hashes).await;
        assert!(most.load(Ordering::SeqCst) <= 2, "{most:?}");
        assert!(turns.take_now().is_ok(), "all were given back");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_gets_no_turn_in_time_is_told_so() {
        let turns = Turns::of(1);
        let held = turns.take().await.unwrap();
        assert_eq!(turns.take_now().unwrap_err(), Busy);
        assert_eq!(turns.take().await.unwrap_err(), Busy);
        drop(held);
        assert!(turns.take().await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_comes_to_a_full_queue_does_not_wait() {
        let turns = Turns::of(1);
        let held = turns.take().await.unwrap();
        let waiting: Vec<_> = (0..MOST_WAITING)
            .map(|_| {
                let turns = turns.clone();
                tokio::spawn(async move { turns.take().await.is_ok() })
            })
            .collect();
        while turns.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let begun = tokio::time::Instant::now();
        assert_eq!(turns.take().await.unwrap_err(), Busy);
        assert!(begun.elapsed().is_zero());
        drop(held);
        for one in waiting {
            assert!(one.await.unwrap(), "whoever waited had a turn");
        }
    }

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_the_work_although_nobody_waits_for_it() {
        let turns = Turns::of(1);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let work = turns.take().await.unwrap().work(move |_| Ok(wait.recv()?));
        assert!(tokio::time::timeout(Duration::from_millis(1), work).await.is_err(), "it hung up");
        assert_eq!(turns.take_now().unwrap_err(), Busy);
        go.send(()).unwrap();
        assert!(turns.take().await.is_ok());
    }
}
