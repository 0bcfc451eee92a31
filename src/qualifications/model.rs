//! What is asked for a customer, how it stands, and the codes of providers.

use crate::catalog::model::Qualification;
use crate::text_enum;
use crate::values::id::{CodeId, CustomerId, OrganisationId, PersonId, ReviewId};
use crate::values::moment::Moment;

text_enum! {
    /// How a case stands.
    pub enum State {
        /// The operator decides.
        InReview = "in_review",
        Approved = "approved",
        /// With a reason; may be asked for again.
        Denied = "denied",
        /// Whoever asked no longer wants it.
        Withdrawn = "withdrawn",
    }
}

/// A case: whether a customer is a school.
#[derive(Clone, Debug)]
pub struct Review {
    pub id: ReviewId,
    pub customer: CustomerId,
    pub provider: OrganisationId,
    /// The domain of the website by which the institution is known.
    pub website: String,
    pub state: State,
    pub since: Moment,
    pub asked_by: PersonId,
    pub asked_by_name: String,
    pub asked_at: Moment,
    /// Who approved or denied it.
    pub decided_by_name: Option<String>,
    pub reason: String,
    pub version: i32,
}

impl Review {
    pub fn is_open(&self) -> bool {
        self.state == State::InReview
    }
}

/// Names what a page has shown of a customer: what counts for it, and the last case as it stood.
pub fn mark_of(counts: Qualification, latest: Option<&Review>) -> String {
    let case = latest.map(|latest| format!(" {} {}", latest.id, latest.version)).unwrap_or_default();
    format!("{}{case}", counts.as_text())
}

text_enum! {
    /// Whether a validation code lets customers in.
    pub enum CodeState {
        Open = "open",
        /// It has let in as many as it was for.
        UsedUp = "used_up",
        /// The operator closed it.
        Closed = "closed",
    }
}

/// A validation code that the operator issued to a provider.
#[derive(Clone, Debug)]
pub struct Code {
    pub id: CodeId,
    pub provider: OrganisationId,
    pub code: String,
    /// For so many customers.
    pub maximum: i32,
    pub used: i32,
    pub issued_by_name: String,
    pub issued_at: Moment,
    /// When and by whom it was closed.
    pub closed: Option<(Moment, String)>,
}

impl Code {
    pub fn state(&self) -> CodeState {
        match (&self.closed, self.left()) {
            (Some(_), _) => CodeState::Closed,
            (None, 0) => CodeState::UsedUp,
            (None, _) => CodeState::Open,
        }
    }

    /// How many customers more it lets in.
    pub fn left(&self) -> i32 {
        if self.closed.is_some() { 0 } else { self.maximum.saturating_sub(self.used).max(0) }
    }
}

/// Why a validation code lets a customer in no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCode {
    /// The provider has no such code.
    Unknown,
    Closed,
    UsedUp {
        maximum: i32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(maximum: i32, used: i32) -> Code {
        Code {
            id: CodeId::new(),
            provider: OrganisationId::new(),
            code: "GCC-1".to_owned(),
            maximum,
            used,
            issued_by_name: "Robin".to_owned(),
            issued_at: Moment::from_unix(0),
            closed: None,
        }
    }

    #[test]
    fn a_closed_code_lets_nobody_in() {
        assert_eq!(code(3, 1).left(), 2);
        assert_eq!(code(3, 4).left(), 0);
        let closed = Some((Moment::from_unix(0), "Robin".to_owned()));
        assert_eq!(Code { closed, ..code(3, 1) }.left(), 0);
    }

    #[test]
    fn a_mark_changes_with_what_counts_and_with_the_case() {
        let now = Moment::from_unix(0);
        let review = Review {
            id: ReviewId::new(),
            customer: CustomerId::new(),
            provider: OrganisationId::new(),
            website: "juniper.example".to_owned(),
            state: State::InReview,
            since: now,
            asked_by: PersonId::new(),
            asked_by_name: "Sam".to_owned(),
            asked_at: now,
            decided_by_name: None,
            reason: String::new(),
            version: 1,
        };
        let marks = [
            mark_of(Qualification::None, None),
            mark_of(Qualification::None, Some(&review)),
            mark_of(Qualification::Education, Some(&review)),
            mark_of(Qualification::None, Some(&Review { version: 2, ..review.clone() })),
        ];
        for (place, mark) in marks.iter().enumerate() {
            assert!(marks.iter().skip(place + 1).all(|other| other != mark), "{marks:?}");
        }
    }
}
