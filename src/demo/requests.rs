//! Partnership requests in every state, with their letters.

use super::cast::Organisation;
use super::letters::{About, ON_ITS_WAY, letter};
use super::random::{Random, id};
use super::rows::{LetterRow, RequestRow};
use crate::mail::letter::LetterState;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;

/// For how many days a request holds.
const LINK_DAYS: i64 = 30;

/// Requests and what was sent for them.
#[derive(Default)]
pub struct Requests {
    pub rows: Vec<RequestRow>,
    pub letters: Vec<LetterRow>,
}

impl Requests {
    /// A request as it is when it was just sent; nothing is kept yet.
    pub fn ask(&self, provider: &Organisation, to: &str, at: Moment) -> Option<RequestRow> {
        let number = self.number();
        let mut random = Random::of("request", number);
        // Sales agents ask.
        let by = provider.people.get(if random.percent(60) { 3 } else { 6 }).or(provider.people.last())?;
        let name = &provider.row.name;
        Some(RequestRow {
            id: PartnershipRequestId::from_number(id("request", number)),
            provider_id: provider.row.id,
            requested_by: by.id,
            requested_by_name: by.name.clone(),
            requested_by_email: by.email.clone(),
            to_email: to.to_owned(),
            subject: format!("{name} would like to be your indirect provider"),
            body: format!(
                "Hello,\n\n{name} would like to work with you as your indirect provider.\n\nPlease open this \
                 personal link and sign in. There you can read what accepting means for both of us:\n\n\
                 [personal link]\n\nThe link holds until [end of the link].\n\nKind regards\n{}\n{name}",
                by.name
            ),
            // Nobody has the token: a link that works comes from Resend.
            token_hash: random.hex(64),
            state: "open",
            created_at: at,
            sent_at: Some(at.plus_seconds(ON_ITS_WAY)),
            expires_at: at.plus_days(LINK_DAYS),
            answered_at: None,
            answered_by_name: None,
            reseller_id: None,
            decline_reason: None,
            version: 1,
            addressee_only: false,
            answered_by_email: None,
        })
    }

    /// Keeps a request, with its letter if one was sent from here.
    pub fn put(&mut self, request: RequestRow, letter: Option<LetterState>, now: Moment) {
        self.letters.extend(letter.map(|state| self.letter(&request, state, now)));
        self.rows.push(request);
    }

    /// The requests that did not lead to a partnership.
    pub fn add_unanswered(&mut self, provider: &Organisation, now: Moment) {
        for case in UNANSWERED {
            let asked_at = working_hour(now.plus_days(-case.days), case.to).plus_seconds(-3600);
            let Some(request) = self.ask(provider, case.to, asked_at) else { continue };
            let is_answered = matches!(case.state, "declined" | "revoked");
            let request = RequestRow {
                state: case.state,
                answered_at: is_answered.then(|| asked_at.plus_days(3)),
                answered_by_name: case.answered_by.map(str::to_owned),
                answered_by_email: case
                    .answered_by
                    .filter(|_| case.reason.is_some())
                    .map(|_| case.to.to_owned()),
                decline_reason: case.reason.map(str::to_owned),
                addressee_only: case.addressee_only,
                sent_at: (case.letter == Some(LetterState::Sent)).then(|| asked_at.plus_seconds(ON_ITS_WAY)),
                ..request
            };
            self.put(request, case.letter, now);
        }
    }

    fn letter(&self, request: &RequestRow, state: LetterState, now: Moment) -> LetterRow {
        let about = About {
            kind: "partnership_request",
            id: request.id.to_string(),
            organisation: request.provider_id,
            to: &request.to_email,
            reply_to: &request.requested_by_email,
            subject: &request.subject,
            body: &request.body,
            created_at: request.created_at,
        };
        letter(self.number(), &about, state, now)
    }

    fn number(&self) -> u64 {
        u64::try_from(self.rows.len()).unwrap_or(0)
    }
}

/// The same day at some time between 7 and 16 o'clock.
pub fn working_hour(moment: Moment, of: &str) -> Moment {
    let mut random = Random::of(of, 0);
    Moment::start_of(moment.day()).plus_seconds(random.between(7 * 3600, 16 * 3600))
}

/// A request that did not lead to a partnership.
struct Unanswered {
    to: &'static str,
    days: i64,
    state: &'static str,
    letter: Option<LetterState>,
    answered_by: Option<&'static str>,
    reason: Option<&'static str>,
    addressee_only: bool,
}

const fn case(to: &'static str, days: i64, state: &'static str, letter: Option<LetterState>) -> Unanswered {
    Unanswered { to, days, state, letter, answered_by: None, reason: None, addressee_only: false }
}

/// The first two have expired.
const UNANSWERED: &[Unanswered] = &[
    case("buero@vordermwald.example", 112, "open", Some(LetterState::Sent)),
    case("hello@ostkai-it.example", 47, "open", Some(LetterState::Sent)),
    Unanswered {
        answered_by: Some("Birgit Ebner"),
        reason: Some("We already buy through another indirect provider and want to keep a single contract."),
        ..case("owner@murtal.example", 34, "declined", Some(LetterState::Sent))
    },
    Unanswered {
        answered_by: Some("Jonas Petersen"),
        ..case("info@hafenblick.example", 22, "revoked", Some(LetterState::Sent))
    },
    Unanswered {
        answered_by: Some("Søren Nørgaard"),
        reason: Some("Not this year: we are moving offices. Please ask again in spring."),
        ..case("owner@fyrtaarn.example", 15, "declined", Some(LetterState::Sent))
    },
    Unanswered {
        addressee_only: true,
        ..case("owner@riosereno.example", 9, "open", Some(LetterState::Sent))
    },
    case("owner@newleaf.example", 4, "open", Some(LetterState::Sent)),
    case("kontakt@flussufer-edv.example", 3, "open", Some(LetterState::Failed)),
    case("post@leuchtfeuer.example", 2, "open", Some(LetterState::Waiting)),
    // Sent from somebody's own mail program: there is no letter of ours.
    case("info@weidenbach-systeme.example", 1, "open", None),
];
