//! Who takes part: the operator, two providers, the resellers, and their people.

use super::data::{Lists, Place, ResellerLine, parts, plain};
use super::log::Actor;
use super::office::{Office, zone_of};
use super::random::{Random, id};
use super::rows::{LocationRow, OrganisationRow, PersonRow, RoleRow};
use crate::access::OrganisationKind;
use crate::access::Role::{
    self, AdminAgent, BillingAdmin, GlobalAdmin, HelpdeskAgent, SalesAgent, UserAdmin,
};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::OrganisationState;
use crate::values::country::Country;
use crate::values::id::{LocationId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};
use crate::values::password::PasswordHash;
use crate::values::person::full_name;

/// Everything starts so many days ago.
pub const DAYS: i64 = 3 * 365;

const BERLIN: &str = "Europe/Berlin";

type Member = (&'static str, &'static str, &'static [Role]);

const OPERATOR: &[Member] = &[("operator", "Robin Keller", &[GlobalAdmin])];

const HARBOR: &[Member] = &[
    ("global.admin", "Friederike Harms", &[GlobalAdmin]),
    ("user.admin", "Mehmet Aydin", &[UserAdmin]),
    ("admin.agent", "Katja Brandt", &[AdminAgent]),
    ("sales.agent", "Jonas Petersen", &[SalesAgent]),
    ("helpdesk.agent", "Lena Vogel", &[HelpdeskAgent]),
    ("billing.admin", "Henrik Thomsen", &[BillingAdmin]),
    ("maren.claussen", "Maren Claussen", &[SalesAgent]),
    ("tobias.lorenz", "Tobias Lorenz", &[AdminAgent, SalesAgent]),
    ("ines.radtke", "Ines Radtke", &[SalesAgent, HelpdeskAgent]),
];

const SUMMIT: &[Member] = &[
    ("global.admin", "Grace Whitfield", &[GlobalAdmin, AdminAgent]),
    ("sales.agent", "Diego Ramirez", &[SalesAgent]),
];

/// Takes over what customers move to it from Harbor.
const KESTREL: &[Member] = &[
    ("global.admin", "Imke Petersen", &[GlobalAdmin, AdminAgent]),
    ("sales.agent", "Ole Hansen", &[SalesAgent]),
];

const BRIGHTWATER_STAFF: &[Member] =
    &[("sales", "Nele Sander", &[SalesAgent]), ("helpdesk", "Timo Reuter", &[HelpdeskAgent])];

/// An organisation with its people and locations.
pub struct Organisation {
    pub row: OrganisationRow,
    pub locations: Vec<LocationRow>,
    pub people: Vec<Person>,
}

pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
    pub zone: &'static str,
}

pub struct Cast {
    pub operator: Organisation,
    pub harbor: Organisation,
    pub summit: Organisation,
    pub kestrel: Organisation,
    pub resellers: Vec<Organisation>,
}

impl Cast {
    pub fn of(lists: &Lists, now: Moment) -> anyhow::Result<Self> {
        let start = now.plus_days(-DAYS - 60);
        let de = Country::parse("DE")?;
        let us = Country::parse("US")?;
        let places = lists.places.as_slice();
        let house = |(kind, index), name: &str, (domain, city): (&str, &str), country, zone, members| {
            let people: Vec<Person> = staff(domain, zone, members, 0).collect();
            let contact = people.first().map_or("", |person| person.name.as_str());
            let contact = contact.split_once(' ').unwrap_or_default();
            let office = Office::of(name, country, city, places);
            let row = organisation_row((kind, index), (name, domain), (contact, office), country, start);
            Organisation { row, locations: Vec::new(), people }
        };
        use OrganisationKind::{Operator, Provider};
        let operator =
            house((Operator, 0), "Twotier operator", ("twotier.example", "Berlin"), de, BERLIN, OPERATOR);
        let mut harbor =
            house((Provider, 0), "Harbor Distribution", ("harbor.example", "Hamburg"), de, BERLIN, HARBOR);
        harbor.locations = vec![location(&harbor.row, "Hamburg", "4700018", false, places)];
        let at = ("summit.example", "Denver");
        let mut summit = house((Provider, 1), "Summit Cloud Distribution", at, us, "America/Denver", SUMMIT);
        summit.locations = vec![location(&summit.row, "Denver", "6900015", false, places)];
        let at = ("kestrel.example", "Hamburg");
        let mut kestrel = house((Provider, 2), "Kestrel Cloud", at, de, BERLIN, KESTREL);
        kestrel.locations = vec![location(&kestrel.row, "Hamburg", "4900031", false, places)];
        let resellers =
            (0_u64..).zip(&lists.resellers).map(|(n, line)| reseller(n, line, &lists.places, start));
        Ok(Self { operator, harbor, summit, kestrel, resellers: resellers.collect() })
    }

    pub fn insert(&self, conn: &mut Connection, password: &PasswordHash) -> Result<()> {
        let all =
            || [&self.operator, &self.harbor, &self.summit, &self.kestrel].into_iter().chain(&self.resellers);
        OrganisationRow::insert(conn, &all().map(|one| one.row.clone()).collect::<Vec<_>>())?;
        LocationRow::insert(conn, &all().flat_map(|one| one.locations.clone()).collect::<Vec<_>>())?;
        let people = || all().flat_map(|one| one.people.iter().map(move |person| (one, person)));
        let rows = people().map(|(one, person)| person.row(&one.row, password));
        PersonRow::insert(conn, &rows.collect::<Vec<_>>())?;
        let roles = people().flat_map(|(_, person)| {
            person.roles.iter().map(|role| RoleRow { person_id: person.id, role: *role })
        });
        RoleRow::insert(conn, &roles.collect::<Vec<_>>())
    }
}

impl Organisation {
    /// Who speaks for the organisation.
    pub fn owner(&self) -> Option<&Person> {
        self.people.first()
    }

    /// Who removes partnerships.
    pub fn admin_agent(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.roles.contains(&AdminAgent))
    }

    /// The location by which a reseller earns incentives.
    pub fn earning_location(&self) -> Option<&LocationRow> {
        self.locations.iter().find(|location| !location.is_head_office)
    }
}

impl Person {
    /// The person as the log names it.
    pub fn actor<'a>(&'a self, organisation: &'a Organisation) -> Actor<'a> {
        Actor { person: &self.id, name: &self.name, organisation: &organisation.row.name }
    }

    fn row(&self, organisation: &OrganisationRow, password: &PasswordHash) -> PersonRow {
        PersonRow {
            id: self.id,
            organisation_id: organisation.id,
            name: self.name.clone(),
            email: self.email.clone(),
            password_hash: password.clone(),
            must_change_password: false,
            state: "active",
            time_zone: self.zone,
            created_at: organisation.created_at,
            sort_name: sort_name(&self.name),
            mailbox_proved_at: Some(organisation.created_at),
            password_set_at: Some(organisation.created_at),
            invited_at: None,
            deactivated_at: None,
        }
    }
}

fn reseller(index: u64, line: &ResellerLine, places: &[Place], start: Moment) -> Organisation {
    let contact = (line.contact_first.as_str(), line.contact_last.as_str());
    let office = Office::of(&line.name, line.country, &line.city, places);
    let which = (OrganisationKind::Reseller, index);
    let row = organisation_row(which, (&line.name, &line.domain), (contact, office), line.country, start);
    let name = format!("{} {}", line.contact_first, line.contact_last);
    let mut people = vec![Person {
        id: person_id(&line.domain, 0),
        name,
        email: format!("owner@{}", line.domain),
        roles: vec![GlobalAdmin, AdminAgent],
        zone: zone_of(line.country).name(),
    }];
    if index == 0 {
        people.extend(staff(&line.domain, zone_of(line.country).name(), BRIGHTWATER_STAFF, 1));
    }
    let elsewhere = places.iter().filter(|place| place.country == line.country && place.city != line.city);
    let mut cities: Vec<&str> = vec![&line.city];
    for place in elsewhere {
        if !cities.contains(&place.city.as_str()) {
            cities.push(&place.city);
        }
    }
    let count = parts(&line.mpn_ids).count();
    let locations =
        (0_usize..).zip(parts(&line.mpn_ids)).zip(cities.iter().cycle()).map(|((n, mpn_id), city)| {
            // Of three, the last one is the head office, whose MPN ID earns nothing.
            location(&row, city, mpn_id, count > 2 && n + 1 == count, places)
        });
    let locations = locations.collect();
    Organisation { row, locations, people }
}

fn organisation_row(
    (kind, index): (OrganisationKind, u64),
    (name, domain): (&str, &str),
    ((first_name, last_name), office): ((&str, &str), Office),
    country: Country,
    start: Moment,
) -> OrganisationRow {
    let mut random = Random::of(kind.as_text(), index);
    OrganisationRow {
        id: OrganisationId::from_number(id(kind.as_text(), index)),
        kind,
        name: name.to_owned(),
        country,
        currency: country.billing_currency(),
        state: OrganisationState::Enrolled,
        support_email: format!("support@{domain}"),
        support_telephone: office.phone.clone(),
        support_website: format!("https://support.{domain}"),
        created_at: start.plus_days(random.between(-200, -1)),
        sort_name: sort_name(name),
        name_key: name_key(name),
        address_line1: office.line,
        city: office.city,
        address_state: office.state,
        postal_code: office.postal_code,
        contact_first_name: first_name.to_owned(),
        contact_last_name: last_name.to_owned(),
        contact_email: format!("{}.{}@{domain}", plain(first_name), plain(last_name)),
        contact_phone: office.phone,
    }
}

fn location(
    organisation: &OrganisationRow,
    city: &str,
    mpn_id: &str,
    is_head_office: bool,
    places: &[Place],
) -> LocationRow {
    let office = Office::of(&organisation.name, organisation.country, city, places);
    let name = if is_head_office { format!("{city} (head office)") } else { city.to_owned() };
    LocationRow {
        id: LocationId::from_number(id("location", mpn_id.parse().unwrap_or_default())),
        organisation_id: organisation.id,
        sort_name: sort_name(&name),
        name,
        mpn_id: mpn_id.to_owned(),
        is_head_office,
        country: organisation.country,
        city: city.to_owned(),
        created_at: organisation.created_at,
        address_line1: office.line,
        address_state: office.state,
        postal_code: office.postal_code,
        contact_name: full_name(
            organisation.country,
            &organisation.contact_first_name,
            "",
            &organisation.contact_last_name,
        ),
        contact_email: organisation.contact_email.clone(),
        contact_phone: office.phone,
    }
}

fn staff<'a>(
    domain: &'a str,
    zone: &'static str,
    list: &'a [Member],
    first: u64,
) -> impl Iterator<Item = Person> + 'a {
    (first..).zip(list).map(move |(index, (local, name, roles))| Person {
        id: person_id(domain, index),
        name: (*name).to_owned(),
        email: format!("{local}@{domain}"),
        roles: roles.to_vec(),
        zone,
    })
}

fn person_id(domain: &str, index: u64) -> PersonId {
    PersonId::from_number(id(domain, index))
}
