//! Subscriptions of Harbor's customers that move to other partners: one file in every state, between providers, between
//! resellers and to a partner elsewhere.

mod moved;
mod told;

use std::collections::HashSet;

use super::cast::Person;
use super::customers::Customer;
use super::partnerships::Partner;
use super::random::id;
use super::rows::{ActivityRow, CustomerRow, TransferAnswerRow, TransferItemRow, TransferRow, WordsRow};
use super::world::World;
use crate::access::{Reach, Role};
use crate::customers;
use crate::customers::facts::has_ended;
use crate::customers::model::search_text;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses::facts::assigned_of;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::handover::held_by;
use crate::transfers::model::{Family, Kind, Obstacle, Outcome, Side, State, families};
use crate::values::email::Email;
use crate::values::folding::{folded, short_parts};
use crate::values::id::{CustomerId, OrganisationId, SubscriptionId, TransferId};
use crate::values::moment::{Moment, days_after};
use crate::values::token::TokenHash;

/// Between whom, how it stands, and before how many days it was started.
const STORIES: [(Kind, State, i64); 11] = [
    (Kind::Provider, State::Done, 21),
    (Kind::Provider, State::Partner, 3),
    (Kind::Provider, State::Customer, 1),
    (Kind::Reseller, State::Provider, 2),
    (Kind::Outside, State::Partner, 9),
    (Kind::Provider, State::Refused, 15),
    (Kind::Provider, State::Expired, 40),
    (Kind::Provider, State::Withdrawn, 12),
    (Kind::Provider, State::Failed, 18),
    (Kind::Reseller, State::Partner, 4),
    (Kind::Reseller, State::Refused, 25),
];
/// A file is open for so many days.
const OPEN_DAYS: u64 = 30;
/// The ids of the accounts with the new provider stand behind those of all customers.
const BEHIND: u64 = 1_000_000_000;
const ELSEWHERE: &str = "Fjordlys Skytjenester";

/// One file, with what it leaves behind.
struct Story<'a> {
    world: &'a World<'a>,
    number: u64,
    kind: Kind,
    state: State,
    customer: &'a Customer<'a>,
    families: Vec<Family>,
    /// Who has the subscriptions, and who started it.
    source: (OrganisationId, String),
    starter: (OrganisationId, &'a Person),
    at: Moment,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let agent = |person: &&Person| person.roles.contains(&Role::AdminAgent);
    let Some(agent) = world.cast.harbor.people.iter().find(agent) else { return Ok(()) };
    let mut used: HashSet<u32> = HashSet::new();
    for (number, (kind, state, days)) in (1_u64..).zip(STORIES) {
        let at = world.now.plus_days(-days);
        for index in (0..world.count).filter(|index| world.is_harbors(*index)) {
            let Some(customer) = Customer::of(world, index).filter(|_| !used.contains(&index)) else {
                continue;
            };
            let Some(families) = movable(conn, world, &customer, (kind, state, at))? else { continue };
            let harbor = &world.cast.harbor.row;
            let mut story = Story {
                source: (harbor.id, harbor.name.clone()),
                starter: (harbor.id, agent),
                customer: &customer,
                world,
                number,
                kind,
                state,
                families,
                at,
            };
            if kind == Kind::Reseller && !story.passes_on() {
                continue;
            }
            used.insert(index);
            story.tell(conn)?;
            break;
        }
    }
    Ok(())
}

/// What of a customer can have been put into such a file; `None` where it is not enough.
fn movable(
    conn: &mut Connection,
    world: &World<'_>,
    customer: &Customer<'_>,
    (kind, state, at): (Kind, State, Moment),
) -> Result<Option<Vec<Family>>> {
    let is_fit = customer.has_agreement
        && customer.place.country == world.cast.harbor.row.country
        && customer.created_at < at.plus_days(-10);
    if !is_fit || has_ended(conn, &customer.id)? {
        return Ok(None);
    }
    let none = (HashSet::new(), HashSet::new());
    let mut found = families(held_by(conn, &customer.id)?, (&none.0, &none.1), world.now.day());
    found.retain(|family| {
        let names = kind != Kind::Reseller || family.earner().is_some();
        family.obstacle.is_none() && names && family.all().all(|one| one.created_at < at)
    });
    // Users keep what they have.
    if state == State::Done {
        let mut free = Vec::new();
        for family in found {
            let assigned = assigned_of(conn, &customer.id, &family.base.offer)?;
            if assigned == 0 || family.base.is_usage_based() {
                free.push(family);
            }
        }
        found = free;
    }
    found.truncate(if kind == Kind::Reseller { 1 } else { 2 });
    Ok(Some(found).filter(|found| !found.is_empty()))
}

impl<'a> Story<'a> {
    fn id(&self) -> TransferId {
        TransferId::from_number(id("transfer", self.number))
    }

    /// Lets the reseller that is named have started it, where the provider is asked; `false` where there is none.
    fn passes_on(&mut self) -> bool {
        let earner = self.families.first().and_then(Family::earner).copied();
        let partners = &self.world.partnerships.harbor;
        let Some(partner) = partners.iter().find(|one| Some(one.id) == earner && one.until.is_none()) else {
            return false;
        };
        let organisation = self.world.cast.resellers.iter().find(|one| one.row.id == partner.id);
        let Some(owner) = organisation.and_then(|one| one.owner()) else { return false };
        self.source = (partner.id, partner.name.clone());
        if self.state == State::Provider || self.state == State::Refused {
            self.starter = (partner.id, owner);
        }
        for family in &mut self.families {
            family.add_ons.retain(|add_on| add_on.names(&partner.id));
        }
        self.next_reseller().is_some()
    }

    fn next_reseller(&self) -> Option<&'a Partner> {
        let mut others = self.world.partnerships.harbor.iter().filter(|one| one.until.is_none());
        others.find(|one| one.id != self.source.0)
    }

    /// Who is to have them: id, name and MPN ID.
    fn target(&self) -> (Option<OrganisationId>, String, String) {
        let kestrel = &self.world.cast.kestrel;
        match self.kind {
            Kind::Provider => {
                let mpn_id = kestrel.locations.first().map(|location| location.mpn_id.to_string());
                (Some(kestrel.row.id), kestrel.row.name.clone(), mpn_id.unwrap_or_default())
            }
            Kind::Reseller => {
                let next = self.next_reseller();
                let named = next.map(|one| (Some(one.id), one.name.clone(), one.mpn_id.clone()));
                named.unwrap_or_default()
            }
            Kind::Outside => (None, ELSEWHERE.to_owned(), String::new()),
        }
    }

    /// The account that the new provider has of the company.
    fn account(&self) -> Option<CustomerId> {
        let number = BEHIND + self.number;
        (self.kind == Kind::Provider).then(|| CustomerId::from_number(id("customer", number)))
    }

    fn tell(&self, conn: &mut Connection) -> Result<()> {
        if let Some(account) = self.account() {
            self.add_account(conn, &account)?;
        }
        let reach = Reach::Provider(self.world.cast.harbor.row.id);
        let harbors = customers::store::find(conn, &reach, &self.customer.id)?;
        let row = self.row(&harbors.account.contact(), harbors.account.email.clone());
        let (settled_at, is_shown) = (row.settled_at, row.is_shown);
        TransferRow::insert(conn, &[row])?;
        TransferAnswerRow::insert(conn, &self.answers(&harbors.account.contact()))?;
        let became = match (self.state, settled_at) {
            (State::Done, Some(at)) => moved::insert(conn, self, at)?,
            _ => Vec::new(),
        };
        TransferItemRow::insert(conn, &self.items(&became))?;
        ActivityRow::insert(conn, &told::log(self, is_shown))
    }

    fn add_account(&self, conn: &mut Connection, account: &CustomerId) -> Result<()> {
        let domain = CustomerRow::domain_of(conn, &self.customer.id)?;
        let prefix = domain.split('.').next().unwrap_or_default();
        let row = self.customer.row(self.world, prefix);
        let words = short_parts(&row.company_name);
        let beside = CustomerRow {
            id: *account,
            search_text: search_text(&row.company_name, &domain, account),
            provider_id: self.world.cast.kestrel.row.id,
            created_at: self.at.plus_days(-8),
            agreement_on: Some(self.at.plus_days(-8).day()),
            agreement_attested_by: self.world.cast.kestrel.owner().map(|person| person.name.clone()),
            validation_code: String::new(),
            ..row
        };
        CustomerRow::insert(conn, &[beside])?;
        let words = (!words.is_empty()).then_some(WordsRow { customer_id: *account, parts: words });
        WordsRow::insert(conn, &Vec::from_iter(words))
    }

    /// When it was settled, and by whom.
    fn settled(&self) -> (Option<Moment>, String) {
        let kestrel = self.world.cast.kestrel.owner().map(|one| one.name.clone()).unwrap_or_default();
        let later = |days| Some(self.at.plus_days(days).min(self.world.now));
        match self.state {
            State::Customer | State::Provider | State::Partner => (None, String::new()),
            State::Done | State::Failed => (later(5), kestrel),
            State::Refused if self.kind == Kind::Reseller => {
                (later(2), self.world.cast.harbor.owner().map(|one| one.name.clone()).unwrap_or_default())
            }
            State::Refused => (later(4), kestrel),
            State::Withdrawn => (later(3), self.starter.1.name.clone()),
            State::Expired => (later(31), String::new()),
        }
    }

    fn row(&self, contact: &str, email: Email) -> TransferRow {
        let (target_id, target_name, target_mpn_id) = self.target();
        let (settled_at, settled_by_name) = self.settled();
        let asked_only = matches!(self.state, State::Customer | State::Provider | State::Withdrawn);
        let names = format!("{}\n{}\n{target_name}", self.customer.name, self.source.1);
        TransferRow {
            id: self.id(),
            kind: self.kind,
            provider_id: self.world.cast.harbor.row.id,
            customer_id: self.customer.id,
            company_id: self.customer.id.company(),
            company_name: self.customer.name.clone(),
            search_text: folded(&names),
            source_id: self.source.0,
            source_name: self.source.1.clone(),
            is_shown: target_id.is_some() && !asked_only && !self.is_refused_by_provider(),
            target_id,
            target_name,
            target_mpn_id,
            target_customer_id: self.account(),
            starter_id: self.starter.0,
            started_by: self.starter.1.id,
            started_by_name: self.starter.1.name.clone(),
            started_at: self.at,
            message: if self.number.is_multiple_of(2) { "As agreed with the customer." } else { "" },
            state: self.state,
            open_until: days_after(self.at.day(), OPEN_DAYS),
            to_name: contact.to_owned(),
            to_email: email,
            token_hash: TokenHash::of(&format!("transfer {}", self.number)),
            settled_at,
            settled_by_name,
            reason: self.reason(),
            version: 1,
        }
    }

    fn is_refused_by_provider(&self) -> bool {
        self.kind == Kind::Reseller && self.state == State::Refused
    }

    fn reason(&self) -> &'static str {
        match (self.state, self.kind) {
            (State::Refused, Kind::Reseller) => "Talk to us first: the customer is in dispute.",
            (State::Refused, _) => "We do not sell these offers.",
            (State::Withdrawn, _) => "The customer stays with us after all.",
            _ => "",
        }
    }

    fn answers(&self, contact: &str) -> Vec<TransferAnswerRow> {
        let mut answers = Vec::new();
        let mut say = |side, is_yes, by: &str, by_link, days| {
            answers.push(TransferAnswerRow {
                transfer_id: self.id(),
                side,
                is_yes,
                by_name: by.to_owned(),
                by_link,
                reason: if is_yes { "" } else { self.reason() },
                at: self.at.plus_days(days),
            });
        };
        let (_, settled_by) = self.settled();
        let is_answered = matches!(self.state, State::Partner | State::Done | State::Failed | State::Refused)
            || self.state == State::Expired;
        match self.kind {
            Kind::Provider | Kind::Outside if is_answered => say(Side::Customer, true, contact, true, 1),
            Kind::Reseller if self.is_refused_by_provider() => {
                say(Side::Provider, false, &settled_by, false, 2);
            }
            _ => {}
        }
        match (self.kind, self.state) {
            (Kind::Provider, State::Done | State::Failed) => say(Side::Partner, true, &settled_by, false, 5),
            (Kind::Provider, State::Refused) => say(Side::Partner, false, &settled_by, false, 4),
            _ => {}
        }
        answers
    }

    /// `became` are the subscriptions that the first family has become.
    fn items(&self, became: &[SubscriptionId]) -> Vec<TransferItemRow> {
        let all = self.families.iter().enumerate();
        let all = all.flat_map(|(nth, family)| family.all().map(move |one| (nth, family, one)));
        let row = |(position, (nth, family, one)): (usize, (usize, &Family, &Subscription))| {
            let (result, why) = self.result(nth);
            TransferItemRow {
                transfer_id: self.id(),
                subscription_id: one.id,
                position: i64::try_from(position).unwrap_or(i64::MAX),
                parent_id: (one.id != family.base.id).then_some(family.base.id),
                offer_name: one.offer_name.clone(),
                nickname: one.nickname.clone(),
                unit: one.unit,
                quantity: one.quantity.get(),
                billing: one.billing,
                currency: one.unit_price.currency,
                unit_price_minor: one.unit_price.minor,
                renews_on: one.renews_on,
                result,
                why,
                became_id: became.get(position).copied(),
            }
        };
        all.enumerate().map(row).collect()
    }

    /// What came of a family.
    fn result(&self, nth: usize) -> (Outcome, &'static str) {
        match self.state {
            State::Customer | State::Provider | State::Partner => (Outcome::Waiting, ""),
            State::Done if nth == 0 => (Outcome::Moved, ""),
            State::Done => (Outcome::Refused, "We do not sell this offer."),
            State::Failed => (Outcome::Failed, Obstacle::QuantityChanged.as_text()),
            State::Refused if self.kind == Kind::Provider => (Outcome::Refused, self.reason()),
            State::Refused | State::Withdrawn | State::Expired => (Outcome::Left, ""),
        }
    }
}
