//! The other users of the first customers: colleagues of whoever administers everything there.

use std::collections::HashSet;

use super::customers::Customer;
use super::office::zone_of;
use super::random::{Random, id};
use super::rows::{CustomerRow, CustomerUserRow, PersonRow, RoleRow};
use super::world::World;
use crate::access::Role;
use crate::values::id::{CustomerUserId, PersonId};
use crate::values::name::sort_name;
use crate::values::password::PasswordHash;
use crate::values::person::full_name;

/// So many customers have more than one user: whoever tries the portal out opens one of the first.
const CUSTOMERS: u32 = 80;
/// The first one has enough for a second page.
const MOST: i64 = 70;

/// A user with the account behind it.
pub struct Colleague {
    pub person: PersonRow,
    pub user: CustomerUserRow,
    pub role: Option<RoleRow>,
}

/// How a user stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Works,
    /// Has not changed the temporary password yet.
    New,
    /// Has not followed the mailed link yet.
    Invited,
    Deleted,
}

/// The colleagues at a customer.
pub fn of(
    world: &World<'_>,
    customer: &Customer<'_>,
    row: &CustomerRow,
    password: &PasswordHash,
) -> Vec<Colleague> {
    if customer.index >= CUSTOMERS {
        return Vec::new();
    }
    let mut random = Random::of("colleagues", customer.index.into());
    let count = if customer.index == 0 { MOST } else { random.between(0, 14) };
    let mut taken = HashSet::new();
    let colleague = |number| {
        let name = Name::of(world, row, &mut random, &mut taken)?;
        Some(colleague(world, (customer, row), (number, &name), &mut random, password))
    };
    (0..count).filter_map(colleague).collect()
}

struct Name {
    first: String,
    last: String,
    user_name: String,
}

impl Name {
    /// One that nobody else has there.
    fn of(
        world: &World<'_>,
        row: &CustomerRow,
        random: &mut Random,
        taken: &mut HashSet<String>,
    ) -> Option<Self> {
        let (first, last) = (random.pick(&world.lists.first_names)?, random.pick(&world.lists.last_names)?);
        let plain = |name: &str| -> String {
            name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
        };
        let name = format!("{}.{}", plain(first), plain(last));
        let is_sound = !name.starts_with('.') && !name.ends_with('.') && taken.insert(name.clone());
        is_sound.then(|| Self {
            first: (*first).to_owned(),
            last: (*last).to_owned(),
            user_name: format!("{name}@{}", row.domain),
        })
    }
}

fn colleague(
    world: &World<'_>,
    (customer, row): (&Customer<'_>, &CustomerRow),
    (number, name): (i64, &Name),
    random: &mut Random,
    password: &PasswordHash,
) -> Colleague {
    let index = u64::from(customer.index) * 1000 + u64::try_from(number).unwrap_or_default();
    let person_id = PersonId::from_number(id("customer colleague", index));
    let fate = fate_of(random);
    let created_at = world.now.plus_days(-random.between(31, 400)).max(row.created_at);
    let lately = world.now.plus_days(-random.between(1, 20)).max(created_at);
    let shown = full_name(row.country, &name.first, "", &name.last);
    let deleted_at = (fate == Fate::Deleted).then_some(lately);
    let person = PersonRow {
        id: person_id,
        organisation_id: row.tenant_id,
        sort_name: sort_name(&shown),
        name: shown,
        email: name.user_name.clone(),
        password_hash: if fate == Fate::Invited { PasswordHash::of_nobody() } else { password.clone() },
        must_change_password: fate == Fate::New,
        state: if deleted_at.is_some() { "inactive" } else { "active" },
        time_zone: zone_of(row.country).name(),
        created_at,
        mailbox_proved_at: None,
        password_set_at: Some(if fate == Fate::New { lately } else { created_at }),
        invited_at: (fate == Fate::Invited).then_some(lately),
        deactivated_at: deleted_at,
    };
    let user = CustomerUserRow {
        id: CustomerUserId::from_number(id("customer colleague as user", index)),
        customer_id: row.id,
        user_name: name.user_name.clone(),
        is_first_admin: false,
        created_at,
        person_id: Some(person_id),
        first_name: name.first.clone(),
        last_name: name.last.clone(),
        location: row.country.code().to_owned(),
        added_by_name: customer.agent.name.to_owned(),
        deleted_at,
    };
    let role = role_of(random).map(|role| RoleRow { person_id, role });
    Colleague { person, user, role }
}

fn fate_of(random: &mut Random) -> Fate {
    match random.below(20) {
        0 | 1 => Fate::Deleted,
        2 => Fate::Invited,
        3 | 4 => Fate::New,
        _ => Fate::Works,
    }
}

fn role_of(random: &mut Random) -> Option<Role> {
    match random.below(12) {
        0 => Some(Role::UserAdmin),
        1 => Some(Role::BillingAdmin),
        _ => None,
    }
}
