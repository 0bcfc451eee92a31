//! Taking letters in hand: a carrier holds a letter by a lease.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::clock::Clock;
use crate::db::lease::{self, Lease};
use crate::db::schema::letters;
use crate::error::Result;
use crate::mail::carrier::pace::LONGEST_PAUSE;
use crate::mail::kind::Hand;
use crate::mail::letter::{Letter, LetterState};
use crate::mail::standing;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// A letter that a carrier has taken.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = letters)]
pub struct Taken {
    pub id: LetterId,
    pub to_email: Email,
    pub reply_to: Option<Email>,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    /// Whether a person wrote it.
    pub by_hand: bool,
    pub attempts: i32,
}

impl Taken {
    /// A letter that is sent right away, without waiting in the outbox.
    pub fn straight(letter: Letter) -> Self {
        Self {
            id: LetterId::new(),
            to_email: letter.to,
            reply_to: letter.reply_to,
            subject: letter.subject,
            body_text: letter.body.text,
            body_html: letter.body.html,
            by_hand: letter.kind.hand == Hand::Person,
            attempts: 1,
        }
    }
}

/// Takes the letter that has waited longest, except for those to some domains. Two carriers never take the same one: the
/// lease is the lock.
///
/// # Errors
/// Database errors.
pub fn take_due(
    conn: &mut Connection,
    holder: &Lease,
    busy_domains: &[String],
    clock: &Clock,
) -> Result<Option<Taken>> {
    let (now, shared) = (clock.now(), clock.shared(conn)?);
    // Times further away than they can be are from a clock that was wrong.
    let far = now.farthest(LONGEST_PAUSE);
    let free = || {
        letters::leased_until
            .is_null()
            .or(letters::leased_until.le(lease::ran_out(shared)))
            .or(letters::leased_until.gt(lease::farthest(shared)))
    };
    let mut due = letters::table
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(letters::due_at.le(now).or(letters::due_at.gt(far)))
        .filter(free())
        .order((letters::due_at, letters::id))
        .select(Taken::as_select())
        .into_boxed();
    for domain in busy_domains {
        due = due.filter(letters::to_email.not_like(format!("%@{domain}")));
    }
    let Some(letter) = due.first::<Taken>(conn).optional()? else { return Ok(None) };
    if !standing::lets_through(conn, now)? {
        return Ok(None);
    }
    let taken = diesel::update(letters::table.find(&letter.id))
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(free())
        .set((
            letters::lease.eq(Some(holder.as_str())),
            letters::leased_until.eq(Some(lease::until(shared))),
            letters::attempts.eq(letters::attempts + 1),
        ))
        .execute(conn)?;
    Ok((taken == 1).then_some(Taken { attempts: letter.attempts + 1, ..letter }))
}

/// Holds a letter for longer. Answers `false` when somebody else has it.
///
/// # Errors
/// Database errors.
pub fn renew(conn: &mut Connection, (id, holder): (&LetterId, &Lease), clock: &Clock) -> Result<bool> {
    let until = lease::until(clock.shared(conn)?);
    let held = diesel::update(letters::table.find(id))
        .filter(letters::lease.eq(holder.as_str()))
        .set(letters::leased_until.eq(Some(until)))
        .execute(conn)?;
    Ok(held == 1)
}

/// In how many seconds the next letter can be taken, to know how long to sleep.
///
/// # Errors
/// Database errors.
pub fn next_due(conn: &mut Connection, clock: &Clock) -> Result<Option<i64>> {
    let waiting = || letters::table.filter(letters::state.eq(LetterState::Waiting));
    let free: Option<Moment> = waiting()
        .filter(letters::leased_until.is_null())
        .order(letters::due_at)
        .select(letters::due_at)
        .first(conn)
        .optional()?;
    let held: Option<Option<Moment>> = waiting()
        .filter(letters::leased_until.is_not_null())
        .order(letters::leased_until)
        .select(letters::leased_until)
        .first(conn)
        .optional()?;
    let (now, shared) = (clock.now(), clock.shared(conn)?);
    let free = free.map(|due| due.seconds_since(now));
    let held = held.flatten().map(|until| lease::let_go(until).seconds_since(shared));
    let next = free.into_iter().chain(held).min();
    let hold = standing::hold(conn)?.map(|hold| hold.until.seconds_since(now));
    Ok(next.map(|next| hold.map_or(next, |hold| next.max(hold))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, migrations};
    use crate::mail::face::Body;
    use crate::mail::kind::{Kind, always};
    use crate::mail::outbox::outcome::{mark_refused, mark_sent};
    use crate::mail::outbox::put;
    use crate::mail::transport::Refusal;
    use crate::mail::trouble::Trouble;
    use crate::values::id::OrganisationId;
    use diesel::connection::SimpleConnection as _;

    const KIND: Kind = Kind { key: "test", hand: Hand::Portal, still_holds: always };

    async fn with_a_letter(folder: &tempfile::TempDir, now: Moment) -> Db {
        let db = Db::open(&format!("sqlite://{}", folder.path().join("a.db").display())).unwrap();
        migrations::run(&db).await.unwrap();
        let letter = Letter {
            kind: &KIND,
            about: String::new(),
            organisation: OrganisationId::new(),
            to: Email::parse("olga@brightwater.example").unwrap(),
            reply_to: None,
            subject: "A link".to_owned(),
            body: Body { text: "text".to_owned(), html: "html".to_owned() },
        };
        db.write(move |conn| {
            conn.batch_execute("PRAGMA defer_foreign_keys = ON")?;
            let of = &letter.organisation;
            conn.batch_execute(&format!(
                "INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
                 VALUES ('{of}', 'provider', 'Harbor', 'DE', 'EUR', 'enrolled', '2026-01-31 10:42:00')"
            ))?;
            put(conn, &LetterId::new(), &letter, now)
        })
        .await
        .unwrap();
        db
    }

    async fn take(db: &Db, lease: &Lease, now: Moment) -> Option<Taken> {
        let lease = lease.clone();
        let clock = Clock::standing_at(now);
        db.write(move |conn| take_due(conn, &lease, &[], &clock)).await.unwrap()
    }

    async fn renewed(db: &Db, id: &LetterId, lease: &Lease, now: Moment) -> bool {
        let (id, lease, clock) = (*id, lease.clone(), Clock::standing_at(now));
        db.write(move |conn| renew(conn, (&id, &lease), &clock)).await.unwrap()
    }

    #[tokio::test]
    async fn a_letter_is_held_as_long_as_its_holder_lives() {
        let (folder, now) = (tempfile::tempdir().unwrap(), Moment::now());
        let db = with_a_letter(&folder, now).await;
        let (one, other) = (Lease::fresh(), Lease::fresh());
        let letter = take(&db, &one, now).await.unwrap();
        assert!(take(&db, &other, now.plus_seconds(29)).await.is_none());
        assert!(renewed(&db, &letter.id, &one, now.plus_seconds(29)).await);
        assert!(take(&db, &other, now.plus_seconds(58)).await.is_none());
        assert_eq!(take(&db, &other, now.plus_seconds(59)).await.unwrap().attempts, 2);
        assert!(!renewed(&db, &letter.id, &one, now.plus_seconds(59)).await, "it is the other one's");
    }

    #[tokio::test]
    async fn a_machine_whose_clock_is_wrong_takes_no_letter_of_another_one() {
        for ahead in [-250, -25, 25, 250] {
            let folder = tempfile::tempdir().unwrap();
            let db = with_a_letter(&folder, Moment::now().plus_days(-1)).await;
            let take = |clock: Clock| db.write(move |conn| take_due(conn, &Lease::fresh(), &[], &clock));
            assert!(take(Clock::default()).await.unwrap().is_some());
            assert!(take(Clock::ahead_by(ahead)).await.unwrap().is_none(), "{ahead}");
        }
    }

    #[tokio::test]
    async fn what_a_carrier_says_of_a_letter_that_it_lost_counts_only_if_it_has_left() {
        let (folder, now) = (tempfile::tempdir().unwrap(), Moment::now());
        let db = with_a_letter(&folder, now).await;
        let (one, other) = (Lease::fresh(), Lease::fresh());
        let id = take(&db, &one, now).await.unwrap().id;
        let later = now.plus_seconds(31);
        assert!(take(&db, &other, later).await.is_some());
        let is_refused = |lease: &Lease| {
            let (id, lease) = (id, lease.clone());
            let refusal =
                Refusal { trouble: Trouble::Addressee, said: None, code: None, concerns_all: false };
            db.write(move |conn| mark_refused(conn, (&id, &lease), &refusal, later))
        };
        let state =
            || db.read(|conn| Ok(letters::table.select(letters::state).first::<LetterState>(conn)?));
        is_refused(&one).await.unwrap();
        assert_eq!(state().await.unwrap(), LetterState::Waiting, "it is the other one's");
        assert!(renewed(&db, &id, &other, later).await);
        // Its server took the letter after all: the other one stops, and is not listened to.
        let sent = id;
        db.write(move |conn| mark_sent(conn, &sent, later)).await.unwrap();
        assert!(!renewed(&db, &id, &other, later).await);
        is_refused(&other).await.unwrap();
        assert_eq!(state().await.unwrap(), LetterState::Sent);
    }

    #[tokio::test]
    async fn times_of_a_clock_that_was_ahead_are_not_believed() {
        let (folder, now) = (tempfile::tempdir().unwrap(), Moment::now());
        let db = with_a_letter(&folder, now.plus_days(400)).await;
        assert!(take(&db, &Lease::fresh(), now).await.is_some(), "due in 400 days");
        db.write(move |conn| {
            let far = letters::leased_until.eq(Some(now.plus_days(400)));
            Ok(diesel::update(letters::table).set(far).execute(conn)?)
        })
        .await
        .unwrap();
        assert!(take(&db, &Lease::fresh(), now).await.is_some(), "held for 400 days");
    }

    #[tokio::test]
    async fn a_domain_that_is_busy_is_left_out() {
        let (folder, now) = (tempfile::tempdir().unwrap(), Moment::now());
        let db = with_a_letter(&folder, now).await;
        let take = |domain: &str| {
            let busy = vec![domain.to_owned()];
            db.write(move |conn| take_due(conn, &Lease::fresh(), &busy, &Clock::standing_at(now)))
        };
        assert!(take("brightwater.example").await.unwrap().is_none());
        assert!(take("water.example").await.unwrap().is_some());
    }
}
