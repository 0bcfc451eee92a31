//! The customers: companies that do not exist at streets that do.

use super::cast::{DAYS, Person};
use super::data::{Place, plain};
use super::log::Actor;
use super::partnerships::Partner;
use super::plans;
use super::random::{Random, id};
use super::rows::{CustomerRow, DelegationRow};
use super::world::{Market, World};
use crate::catalog::model::Qualification;
use crate::customers::model::{AgreementState, search_text, stage};
use crate::customers::new_account::qualifications;
use crate::values::country::Demand;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

/// The longest prefix of a domain.
const LONGEST_PREFIX: usize = 27;

/// Public authorities for sure; the second came by a code that is used up since.
const GOVERNMENT: u32 = 27;
const PILOT: u32 = 47;
/// By which public authorities have come.
pub const VALIDATION_CODE: &str = "GCC-SUMMIT-2026";
pub const USED_UP_CODE: &str = "GCC-SUMMIT-PILOT";

/// A customer, made from its number alone.
pub struct Customer<'a> {
    pub index: u32,
    pub id: CustomerId,
    pub name: String,
    pub market: Market<'a>,
    pub place: &'a Place,
    pub created_at: Moment,
    pub qualification: Qualification,
    pub has_agreement: bool,
    /// Who administers it; the first one sells to it.
    pub resellers: Vec<&'a Partner>,
    /// Which of its resellers no longer administers it, and since when.
    pub ended: Option<(usize, Moment)>,
    /// Who took the place of the only one.
    pub successor: Option<&'a Partner>,
    pub agent: &'a Person,
}

impl<'a> Customer<'a> {
    /// `None` when a list is empty.
    pub fn of(world: &'a World<'_>, index: u32) -> Option<Self> {
        let mut random = Random::of("customer", index.into());
        let market = world.market_of(index);
        let created_at = created_at(world, index);
        let resellers = resellers(&market, created_at, &mut random);
        let ended = (resellers.len() > 1 && random.percent(30) || random.percent(3))
            .then(|| (resellers.len().saturating_sub(1), between(created_at, world.now, &mut random)));
        let ended = ended.filter(|_| !resellers.is_empty());
        let successor = ended.and_then(|(_, at)| successor(&market, &resellers, at, index));
        let place = world.place_for(market.provider, &mut random)?;
        Some(Self {
            index,
            id: CustomerId::from_number(id("customer", index.into())),
            name: company_name(world, index)?,
            market,
            place,
            created_at,
            qualification: match random.below(100) {
                _ if matches!(index, GOVERNMENT | PILOT) && is_for_government(place) => {
                    Qualification::Government
                }
                0..=3 => Qualification::Education,
                4..=8 => Qualification::Nonprofit,
                9 if is_for_government(place) => Qualification::Government,
                _ => Qualification::None,
            },
            has_agreement: !random.percent(4),
            ended,
            successor,
            resellers,
            agent: agent(&market, &mut random)?,
        })
    }

    /// Who of the provider looks after it.
    pub fn agent(&self) -> Actor<'a> {
        let organisation = self.market.provider.row.name.as_str();
        Actor { person: &self.agent.id, name: &self.agent.name, organisation }
    }

    pub fn seller(&self) -> Option<&'a Partner> {
        self.resellers.first().copied()
    }

    pub fn row(&self, world: &World<'_>, prefix: &str) -> CustomerRow {
        let mut random = Random::of("account", self.index.into());
        let first_name = random.pick(&world.lists.first_names).copied().unwrap_or_default();
        let last_name = random.pick(&world.lists.last_names).copied().unwrap_or_default();
        let email = format!("{}.{}@{prefix}.example", plain(first_name), plain(last_name));
        let phone = phone(self.place, &mut random);
        let domain = format!("{prefix}.{}", world.suffix);
        let agreed = |text: &str| if self.has_agreement { text.to_owned() } else { String::new() };
        let has_second_line = random.percent(8);
        CustomerRow {
            search_text: search_text(&self.name, &domain, &self.id),
            id: self.id,
            provider_id: self.market.provider.row.id,
            sort_name: sort_name(&self.name),
            name_key: name_key(&self.name),
            company_name: self.name.clone(),
            domain,
            country: self.place.country,
            address_line1: address_line(self.place, &mut random),
            address_line2: if has_second_line {
                format!("Floor {}", random.between(1, 9))
            } else {
                String::new()
            },
            city: self.place.city.clone(),
            state: self.place.state.clone(),
            postal_code: self.place.postal_code.clone(),
            registration_id: match self.is_from_before_the_rule(world) {
                true => String::new(),
                false => registration_id(self.place, &mut random),
            },
            culture: self.place.culture.clone(),
            qualification: self.qualification,
            agreement: if self.has_agreement { AgreementState::Accepted } else { AgreementState::Awaited },
            agreement_first_name: agreed(first_name),
            agreement_last_name: agreed(last_name),
            agreement_email: agreed(&email),
            agreement_phone: agreed(&phone),
            agreement_on: self.has_agreement.then(|| self.created_at.day()),
            agreement_attested_by: self.has_agreement.then(|| self.agent.name.clone()),
            first_name: first_name.to_owned(),
            middle_name: String::new(),
            last_name: last_name.to_owned(),
            email,
            phone,
            tenant_id: self.id.company(),
            is_delegated: true,
            undelegated_at: None,
            created_at: self.created_at,
            version: 1,
            validation_code: self.validation_code().to_owned(),
        }
    }

    /// By which it joined as a public authority.
    pub fn validation_code(&self) -> &'static str {
        match self.qualification {
            Qualification::Government if self.index == PILOT => USED_UP_CODE,
            Qualification::Government => VALIDATION_CODE,
            _ => "",
        }
    }

    /// Whether it was added before its country demanded a registration ID, and nobody has filled that in since.
    fn is_from_before_the_rule(&self, world: &World<'_>) -> bool {
        let rule = self.place.country.registration();
        rule.demand().is_required() && self.created_at < world.now.plus_days(-60) && self.index % 4 == 2
    }

    /// Everybody who ever administered it, in the order of the delegations.
    pub fn managers(&self) -> impl Iterator<Item = &'a Partner> {
        self.resellers.iter().copied().chain(self.successor)
    }

    pub fn delegations<'b>(
        &'b self,
        domain: &'b str,
        now: Moment,
    ) -> impl Iterator<Item = DelegationRow> + 'b {
        (0_usize..).zip(self.managers()).map(move |(nth, reseller)| {
            let ended_at = self.ended.filter(|(ended, _)| *ended == nth).map(|(_, at)| at);
            let ends_on = plans::last_day(self.index, ended_at, now);
            let number = u64::from(self.index) * 2 + u64::try_from(nth).unwrap_or(0);
            DelegationRow {
                id: DelegationId::from_number(id("delegation", number)),
                customer_id: self.id,
                reseller_id: reseller.id,
                provider_id: self.market.provider.row.id,
                customer_sort_name: sort_name(&self.name),
                customer_domain: domain.to_owned(),
                since: match self.ended {
                    Some((_, at)) if nth == self.resellers.len() => at,
                    _ => self.created_at,
                },
                given_by_name: self.agent.name.clone(),
                // What its last day ended, nobody did.
                ended_by_name: match (ended_at, ends_on) {
                    (Some(_), None) => self.agent.name.clone(),
                    _ => String::new(),
                },
                reminded_days: ends_on.and_then(|last| stage(last, now.day())),
                ends_on,
                ended_at,
            }
        })
    }
}

fn is_for_government(place: &Place) -> bool {
    qualifications(place.country).contains(&Qualification::Government)
}

/// Customers come in the order of their numbers, ever faster, the last one yesterday.
fn created_at(world: &World<'_>, index: u32) -> Moment {
    let (count, left) = (i128::from(world.count), i128::from(world.count - index.min(world.count)));
    let seconds = i128::from((DAYS - 1) * 86_400) * left * left / ((count + 1) * (count + 1));
    let raw = Moment::start_of(world.now.day()).plus_seconds(-1 - i64::try_from(seconds).unwrap_or(0));
    // Between 7 and 16 o'clock, still in the same order.
    let day = Moment::start_of(raw.day());
    day.plus_seconds(7 * 3600 + (raw.unix() - day.unix()) * 9 / 24)
}

/// Four in five customers have a reseller, a few have two. Only who was a partner at that time is chosen.
fn resellers<'a>(market: &Market<'a>, at: Moment, random: &mut Random) -> Vec<&'a Partner> {
    let is_partner = |partner: &&Partner| partner.since < at && partner.until.is_none_or(|until| at < until);
    let partners: Vec<&Partner> = market.partners.iter().filter(is_partner).collect();
    let mut chosen = Vec::new();
    if random.percent(80) {
        chosen.extend(random.pick_early(&partners).copied());
    }
    if random.percent(7) && !chosen.is_empty() {
        let second = random.pick(&partners).copied();
        chosen.extend(second.filter(|second| chosen.iter().all(|first| first.id != second.id)));
    }
    chosen
}

/// Another partner, for every second customer that lost its only reseller.
fn successor<'a>(
    market: &Market<'a>,
    resellers: &[&'a Partner],
    at: Moment,
    customer: u32,
) -> Option<&'a Partner> {
    let [former] = resellers else { return None };
    let mut random = Random::of("successor", customer.into());
    let partners: Vec<&Partner> = market
        .partners
        .iter()
        .filter(|partner| partner.since < at && partner.until.is_none() && partner.id != former.id)
        .collect();
    if random.percent(50) { random.pick(&partners).copied() } else { None }
}

fn agent<'a>(market: &Market<'a>, random: &mut Random) -> Option<&'a Person> {
    use crate::access::Role::{AdminAgent, SalesAgent};
    let sells = |person: &&Person| person.roles.iter().any(|role| matches!(role, AdminAgent | SalesAgent));
    let sellers: Vec<&Person> = market.provider.people.iter().filter(sells).collect();
    random.pick(&sellers).copied()
}

/// Names differ for nearly five million customers; after that they are numbered.
fn company_name(world: &World<'_>, index: u32) -> Option<String> {
    /// A prime, so that every pair of words comes once before the first one comes again.
    const STRIDE: u64 = 1_299_709;
    let lists = world.lists;
    let firsts = u64::try_from(lists.company_first.len()).ok()?;
    let pairs = firsts * u64::try_from(lists.company_second.len()).ok()?;
    let (round, place) = (u64::from(index) / pairs, u64::from(index) % pairs);
    let pair = (place * STRIDE + round * 7) % pairs;
    let first = lists.company_first.get(usize::try_from(pair % firsts).ok()?)?;
    let second = lists.company_second.get(usize::try_from(pair / firsts).ok()?)?;
    let places = u64::try_from(lists.company_places.len()).ok()?;
    Some(match round {
        0 => format!("{first} {second}"),
        round if round <= places => {
            let town = lists.company_places.get(usize::try_from(round - 1).ok()?)?;
            format!("{first} {second} {town}")
        }
        round => format!("{first} {second} {round}"),
    })
}

/// What a customer's domain would begin with if nobody had it yet.
pub fn wished_prefix(name: &str) -> String {
    plain(name).chars().take(LONGEST_PREFIX).collect()
}

/// The same with a number behind it.
pub fn numbered_prefix(wished: &str, number: u32) -> String {
    let number = number.to_string();
    let kept: String = wished.chars().take(LONGEST_PREFIX - number.len()).collect();
    format!("{kept}{number}")
}

pub fn address_line(place: &Place, random: &mut Random) -> String {
    let number = random.between(1, 140);
    match place.country.code() {
        "FR" | "GB" | "IE" | "US" => format!("{number} {}", place.street),
        _ => format!("{} {number}", place.street),
    }
}

pub fn phone(place: &Place, random: &mut Random) -> String {
    let digit = |sign| {
        if sign == '#' {
            char::from_digit(u32::try_from(random.below(10)).unwrap_or(0), 10).unwrap_or('0')
        } else {
            sign
        }
    };
    let rest: String = place.phone_pattern.chars().map(digit).collect();
    format!("{} {rest}", place.phone_prefix)
}

/// One in three companies has told its registration ID, where it need not.
fn registration_id(place: &Place, random: &mut Random) -> String {
    let rule = place.country.registration();
    if rule.demand() != Demand::Required && !random.percent(33) {
        return String::new();
    }
    let allowed = rule.digits().and_then(|digits| digits.split([',', ' ']).next());
    let count = allowed.and_then(|count| count.parse().ok()).unwrap_or(9);
    let digits: String = (0..count).map(|_| random.between(1, 9).to_string()).collect();
    if allowed.is_some() { digits } else { format!("{}{digits}", place.country.code()) }
}

/// A moment in between, an hour after the first one at the earliest if there is room.
pub fn between(from: Moment, to: Moment, random: &mut Random) -> Moment {
    let seconds = to.unix() - from.unix();
    if seconds > 7200 { from.plus_seconds(random.between(3600, seconds - 600)) } else { from }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::data::Lists;
    use super::super::flow::Flow;
    use super::*;
    use crate::values::country::{address_line, second_address_line};
    use crate::values::domain_prefix::DomainPrefix;
    use crate::values::email::Email;
    use crate::values::name;
    use crate::values::password::PasswordHash;

    #[test]
    fn every_account_keeps_the_rules_of_its_country() {
        let lists = Lists::read().unwrap();
        let world = World::of(&lists, 4000, "onmicrosoft.com", Moment::from_unix(1_795_000_000)).unwrap();
        let mut lacking = 0;
        for index in 0..world.count {
            let customer = Customer::of(&world, index).unwrap();
            let row = customer.row(&world, &wished_prefix(&customer.name));
            let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let country = row.country;
            assert_eq!(country.region(), customer.market.provider.row.country.region());
            assert_eq!(country.check_state(&row.state).unwrap(), some(&row.state), "{row:?}");
            assert_eq!(country.check_city(&row.city).unwrap(), some(&row.city), "{row:?}");
            assert_eq!(
                country.check_postal_code(&row.postal_code).unwrap(),
                some(&row.postal_code),
                "{row:?}"
            );
            assert_eq!(country.check_phone(&row.phone).unwrap(), some(&row.phone), "{row:?}");
            if customer.is_from_before_the_rule(&world) {
                lacking += 1;
            } else {
                assert_eq!(
                    country.check_registration_id(&row.registration_id).unwrap(),
                    some(&row.registration_id)
                );
            }
            assert_eq!(address_line(&row.address_line1).unwrap(), row.address_line1);
            assert_eq!(second_address_line(&row.address_line2).unwrap(), some(&row.address_line2));
            assert_eq!(Email::parse(&row.email).unwrap().as_str(), row.email);
            assert_eq!(name::required(&row.company_name, name::COMPANY).unwrap(), row.company_name);
            let prefix = row.domain.strip_suffix(".onmicrosoft.com").unwrap();
            assert_eq!(DomainPrefix::parse(prefix).unwrap().as_str(), prefix);
        }
        assert!((1..world.count / 20).contains(&lacking), "{lacking} lack what their countries demand");
    }

    #[test]
    fn names_and_domains_are_given_once() {
        let lists = Lists::read().unwrap();
        let world = World::of(&lists, 200_000, "onmicrosoft.com", Moment::from_unix(1_795_000_000)).unwrap();
        let names: HashSet<_> = (0..world.count).map(|index| company_name(&world, index).unwrap()).collect();
        assert_eq!(names.len(), 200_000);
        let world = World::of(&lists, 20_000, "onmicrosoft.com", world.now).unwrap();
        let password = PasswordHash::of_nobody();
        let batch = Flow::of(&world, &password).next_batch(20_000).unwrap();
        let domains: HashSet<_> = batch.customers.iter().map(|customer| &customer.domain).collect();
        assert_eq!(domains.len(), 20_000);
        assert!(batch.customers.is_sorted_by_key(|customer| customer.created_at));
        assert!(batch.orders.is_sorted_by_key(|order| order.placed_at));
    }
}
