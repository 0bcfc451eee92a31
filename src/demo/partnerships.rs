//! Partnerships and the requests that led to them, in every state, with their letters.

use super::cast::{Cast, DAYS, Organisation};
use super::random::{Random, id};
use super::rows::{LetterRow, PartnershipRow, RequestRow};
use crate::db::Connection;
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::values::id::{LetterId, OrganisationId, PartnershipId, PartnershipRequestId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// For how many days a request holds.
const LINK_DAYS: i64 = 30;

/// Enrolled resellers that are in no partnership.
const ALONE: &[&str] = &[
    "Newleaf Technology",
    "Murtal Datentechnik",
    "Rio Sereno Tecnologias",
    "Fyrtårn IT",
    "Tamarack Bay Systems",
];
/// A reseller whose partnership was removed, and how many days ago.
const REMOVED: (&str, i64) = ("Corrib Lane Networks", 26);

/// A reseller that is or was in partnership with a provider.
#[derive(Clone)]
pub struct Partner {
    pub id: OrganisationId,
    pub name: String,
    pub mpn_id: String,
    pub owner: (PersonId, String),
    pub since: Moment,
    pub until: Option<Moment>,
}

pub struct Partnerships {
    pub requests: Vec<RequestRow>,
    pub letters: Vec<LetterRow>,
    pub rows: Vec<PartnershipRow>,
    pub harbor: Vec<Partner>,
    pub summit: Vec<Partner>,
}

impl Partnerships {
    pub fn of(cast: &Cast, now: Moment) -> Self {
        let mut all =
            Self { requests: vec![], letters: vec![], rows: vec![], harbor: vec![], summit: vec![] };
        all.harbor = all.accepted(&cast.harbor, cast, now);
        all.summit = all.accepted(&cast.summit, cast, now);
        for unanswered in UNANSWERED {
            all.add_unanswered(&cast.harbor, unanswered, now);
        }
        all
    }

    pub fn insert(&self, conn: &mut Connection) -> Result<()> {
        RequestRow::insert(conn, &self.requests)?;
        LetterRow::insert(conn, &self.letters)?;
        PartnershipRow::insert(conn, &self.rows)
    }

    /// The partnerships of a provider, the oldest first.
    fn accepted(&mut self, provider: &Organisation, cast: &Cast, now: Moment) -> Vec<Partner> {
        let region = provider.row.country.region();
        let resellers = cast.resellers.iter();
        let chosen: Vec<&Organisation> = resellers
            .filter(|one| one.row.country.region() == region && !ALONE.contains(&one.row.name.as_str()))
            .collect();
        let count = i64::try_from(chosen.len()).unwrap_or(1).max(1);
        let days = |index: i64| DAYS + 30 - index * (DAYS + 10) / count;
        let partners = (0..)
            .zip(chosen)
            .filter_map(|(index, reseller)| self.accept(provider, reseller, days(index), now));
        partners.collect()
    }

    fn accept(
        &mut self,
        provider: &Organisation,
        reseller: &Organisation,
        days: i64,
        now: Moment,
    ) -> Option<Partner> {
        let since = working_hour(now.plus_days(-days), &reseller.row.name);
        let (owner, location) = (reseller.owner()?, reseller.earning_location()?);
        let asked_at = since.plus_seconds(-2 * 86_400 - 1_300);
        let request = RequestRow {
            state: "accepted",
            answered_at: Some(since),
            answered_by_name: Some(owner.name.clone()),
            reseller_id: Some(reseller.row.id.clone()),
            ..self.request(provider, &owner.email, asked_at)?
        };
        let removed = (reseller.row.name == REMOVED.0).then(|| now.plus_days(-REMOVED.1));
        self.rows.push(PartnershipRow {
            id: PartnershipId::from_number(id("partnership", self.number())),
            provider_id: provider.row.id.clone(),
            reseller_id: reseller.row.id.clone(),
            location_id: location.id.clone(),
            request_id: Some(request.id.clone()),
            reseller_sort_name: sort_name(&reseller.row.name),
            state: if removed.is_some() { "removed" } else { "active" },
            accepted_by_name: owner.name.clone(),
            since,
            removed_at: removed,
            removed_by_name: removed.and(provider.people.get(2)).map(|person| person.name.clone()),
        });
        self.put_letter(&request, LetterState::Sent, now);
        self.requests.push(request);
        Some(Partner {
            id: reseller.row.id.clone(),
            name: reseller.row.name.clone(),
            mpn_id: location.mpn_id.clone(),
            owner: (owner.id.clone(), owner.name.clone()),
            since,
            until: removed,
        })
    }

    fn add_unanswered(&mut self, provider: &Organisation, case: &Unanswered, now: Moment) {
        let asked_at = working_hour(now.plus_days(-case.days), case.to).plus_seconds(-3600);
        let Some(request) = self.request(provider, case.to, asked_at) else { return };
        let answered_at = matches!(case.state, "declined" | "revoked").then(|| asked_at.plus_days(3));
        let request = RequestRow {
            state: case.state,
            answered_at,
            answered_by_name: case.answered_by.map(str::to_owned),
            decline_reason: case.reason.map(str::to_owned),
            sent_at: (case.letter == Some(LetterState::Sent)).then(|| asked_at.plus_seconds(4)),
            ..request
        };
        if let Some(state) = case.letter {
            self.put_letter(&request, state, now);
        }
        self.requests.push(request);
    }

    /// A request as it is when it was just sent.
    fn request(&self, provider: &Organisation, to: &str, at: Moment) -> Option<RequestRow> {
        let number = self.number();
        let mut random = Random::of("request", number);
        // Sales agents ask.
        let by = provider.people.get(if random.percent(60) { 3 } else { 6 }).or(provider.people.last())?;
        Some(RequestRow {
            id: PartnershipRequestId::from_number(id("request", number)),
            provider_id: provider.row.id.clone(),
            requested_by: by.id.clone(),
            requested_by_name: by.name.clone(),
            requested_by_email: by.email.clone(),
            to_email: to.to_owned(),
            subject: format!("Partnership with {}", provider.row.name),
            body: format!(
                "Hello,\n\nwe at {} would like to work with you as an indirect reseller. Please open your \
                 personal link, sign in with your work account and authorize us as your indirect provider.\n\n\
                 Kind regards\n{}",
                provider.row.name, by.name
            ),
            token_hash: random.hex(64),
            state: "open",
            created_at: at,
            sent_at: Some(at.plus_seconds(4)),
            expires_at: at.plus_days(LINK_DAYS),
            answered_at: None,
            answered_by_name: None,
            reseller_id: None,
            decline_reason: None,
            version: 1,
        })
    }

    fn put_letter(&mut self, request: &RequestRow, state: LetterState, now: Moment) {
        let text = if state == LetterState::Sent { String::new() } else { request.body.clone() };
        let (attempts, due_at, last_error) = match state {
            LetterState::Sent => (1, request.created_at, None),
            LetterState::Waiting => {
                (4, now.plus_days(1), Some("the mail server did not answer within 30 seconds"))
            }
            LetterState::Failed => (1, request.created_at, Some("550 5.1.1 no such user here")),
        };
        self.letters.push(LetterRow {
            id: LetterId::from_number(id("letter", self.number())),
            organisation_id: request.provider_id.clone(),
            subject_kind: "partnership_request",
            subject_id: request.id.to_string(),
            to_email: request.to_email.clone(),
            reply_to: Some(request.requested_by_email.clone()),
            subject: request.subject.clone(),
            body_html: if text.is_empty() {
                String::new()
            } else {
                format!("<p>{}</p>", text.replace("\n\n", "</p><p>"))
            },
            body_text: text,
            state,
            attempts,
            due_at,
            leased_until: None,
            last_error: last_error.map(str::to_owned),
            created_at: request.created_at,
            sent_at: request.sent_at,
        });
    }

    fn number(&self) -> u64 {
        u64::try_from(self.requests.len()).unwrap_or(0)
    }
}

/// A request that did not lead to a partnership.
struct Unanswered {
    to: &'static str,
    days: i64,
    state: &'static str,
    letter: Option<LetterState>,
    answered_by: Option<&'static str>,
    reason: Option<&'static str>,
}

const fn case(to: &'static str, days: i64, state: &'static str, letter: Option<LetterState>) -> Unanswered {
    Unanswered { to, days, state, letter, answered_by: None, reason: None }
}

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
    case("owner@riosereno.example", 9, "open", Some(LetterState::Sent)),
    case("owner@newleaf.example", 4, "open", Some(LetterState::Sent)),
    case("kontakt@flussufer-edv.example", 3, "open", Some(LetterState::Failed)),
    case("post@leuchtfeuer.example", 2, "open", Some(LetterState::Waiting)),
    // Sent from somebody's own mail program: there is no letter of ours.
    case("info@weidenbach-systeme.example", 1, "open", None),
];

/// The same day at some time between 7 and 16 o'clock.
fn working_hour(moment: Moment, of: &str) -> Moment {
    let mut random = Random::of(of, 0);
    Moment::start_of(moment.day()).plus_seconds(random.between(7 * 3600, 16 * 3600))
}
