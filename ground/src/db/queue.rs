//! Those who wait for the one writer of SQLite: in order, not too many, and not too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::limits::{Limits, MOST_WRITERS};
use crate::error::{Outage, Result};

pub(super) struct Queue {
    turn: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Queue {
    fn default() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), waiting: AtomicUsize::new(0) }
    }
}

impl Queue {
    /// The turn to write; waiting for it takes no thread.
    ///
    /// # Errors
    /// [`Outage::BUSY`] when too many wait already, or it takes too long.
    pub async fn turn(&self, limits: Limits) -> Result<OwnedSemaphorePermit> {
        let place = Place::take(&self.waiting);
        if place.number >= MOST_WRITERS {
            return Err(Outage::BUSY.into());
        }
        let longest = limits.turn.unwrap_or(Duration::MAX);
        let turn = timeout(longest, Arc::clone(&self.turn).acquire_owned()).await;
        Ok(turn.map_err(|_| Outage::BUSY)?.context("the queue is closed")?)
    }
}

/// A place in the queue, left again when the turn has come or whoever waited has gone.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    /// So many were there before.
    number: usize,
}

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Self {
        Self { waiting, number: waiting.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::error::Error;

    #[tokio::test]
    async fn whoever_comes_when_too_many_wait_is_told_so_at_once() {
        let queue = Queue::default();
        let writing = queue.turn(Limits::HURRIED).await.unwrap();
        let mut waiting: Vec<_> = (0..MOST_WRITERS).map(|_| Box::pin(queue.turn(Limits::HURRIED))).collect();
        for turn in &mut waiting {
            assert!(turn.now_or_never().is_none(), "it is not their turn");
        }
        let refused = queue.turn(Limits::HURRIED).now_or_never().unwrap();
        assert!(matches!(refused, Err(Error::Unavailable(Outage::BUSY))));
        drop(waiting);
        drop(writing);
        assert!(queue.turn(Limits::HURRIED).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let queue = Queue::default();
        let _writing = queue.turn(Limits::HURRIED).await.unwrap();
        let hasty = Limits { turn: Some(Duration::from_millis(5)), ..Limits::HURRIED };
        assert!(matches!(queue.turn(hasty).await, Err(Error::Unavailable(Outage::BUSY))));
    }
}
