//! The letters that a carrier has in hand: a few at a time, and to each domain one, so that a slow server holds up
//! nobody but those behind it.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::Carrier;
use crate::db::lease::{HEARTBEAT, Lease};
use crate::error::{Error, Result};
use crate::mail::outbox::Taken;
use crate::mail::outbox::lease::{renew, take_due};
use crate::mail::outbox::outcome::{mark_refused, mark_sent};

/// How many letters are under way at once.
const AT_ONCE: usize = 8;
/// How often it is tried to keep what became of a letter, and the pause between: a letter that was sent, and is not
/// known to be, is sent again. While the database only cannot serve, it is tried without end.
const KEEPING_TRIES: u32 = 40;
const KEEPING_PAUSE: Duration = Duration::from_millis(500);

type Done = (String, Result<()>);

pub(super) struct Round<'a> {
    carrier: &'a Carrier,
    under_way: FuturesUnordered<BoxFuture<'a, Done>>,
    /// What ended while others were taken in hand.
    ended: Vec<Done>,
    /// The domains to which letters are under way.
    domains: Vec<String>,
}

impl<'a> Round<'a> {
    pub(super) fn new(carrier: &'a Carrier) -> Self {
        Self { carrier, under_way: FuturesUnordered::new(), ended: Vec::new(), domains: Vec::new() }
    }

    /// Takes as many due letters in hand as there may be.
    pub(super) async fn fill(&mut self) -> Result<()> {
        while self.under_way.len() < AT_ONCE {
            let (lease, clock) = (Lease::fresh(), self.carrier.clock.clone());
            let (holder, busy) = (lease.clone(), self.domains.clone());
            let mut taking = pin!(self.carrier.db.write(move |conn| take_due(conn, &holder, &busy, &clock)));
            // Those under way go on while the database takes its time.
            let taken = loop {
                tokio::select! {
                    taken = &mut taking => break taken?,
                    Some(done) = self.under_way.next() => self.ended.push(done),
                }
            };
            let Some(letter) = taken else { break };
            let domain = letter.to_email.domain().to_owned();
            self.domains.push(domain.clone());
            let carrier = self.carrier;
            self.under_way.push(Box::pin(async move { (domain, carry(carrier, letter, lease).await) }));
        }
        Ok(())
    }

    /// Waits until a letter is done; none when none is under way.
    pub(super) async fn next(&mut self) -> Option<Result<()>> {
        let (domain, done) = match self.ended.pop() {
            Some(ended) => ended,
            None => self.under_way.next().await?,
        };
        self.domains.retain(|other| *other != domain);
        Some(done)
    }
}

async fn carry(carrier: &Carrier, letter: Taken, lease: Lease) -> Result<()> {
    // Sent outside any transaction: a slow server holds up nobody else.
    let answer = tokio::select! {
        answer = carrier.transport.send(&letter) => answer,
        () = lost(carrier, &letter, &lease) => {
            tracing::warn!(letter.id = %letter.id, "the letter is another carrier's by now");
            return Ok(());
        }
    };
    let id = letter.id;
    match &answer {
        Ok(()) => tracing::info!(letter.id = %id, "letter sent"),
        // Without the reply's words, which often hold the recipient's address.
        Err(refusal) => tracing::warn!(
            letter.id = %id,
            letter.attempts = letter.attempts,
            trouble = refusal.trouble.as_text(),
            code = refusal.code,
            "letter not sent"
        ),
    }
    let now = carrier.clock.now();
    let mut tries: u32 = 0;
    loop {
        tries = tries.saturating_add(1);
        let (id, lease, answer) = (id, lease.clone(), answer.clone());
        let kept = carrier.db.write(move |conn| match &answer {
            Ok(()) => mark_sent(conn, &id, now),
            Err(refusal) => mark_refused(conn, (&id, &lease), refusal, now),
        });
        match kept.await {
            Err(error) if tries < KEEPING_TRIES || matches!(error, Error::Unavailable(_)) => {
                if tries == 1 {
                    tracing::warn!(error = ?error, "what became of a letter could not be kept yet");
                }
                tokio::time::sleep(KEEPING_PAUSE).await;
            }
            kept => return kept,
        }
    }
}

/// Renews the lease of a letter for as long as it is ours; ends when it is another carrier's.
async fn lost(carrier: &Carrier, letter: &Taken, lease: &Lease) {
    loop {
        tokio::time::sleep(HEARTBEAT).await;
        let (id, lease, clock) = (letter.id, lease.clone(), carrier.clock.clone());
        // A database that does not answer may do so in time for the next heartbeat.
        if let Ok(false) = carrier.db.write(move |conn| renew(conn, (&id, &lease), &clock)).await {
            return;
        }
    }
}
