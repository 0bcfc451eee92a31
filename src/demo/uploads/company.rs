//! What rows of files say of users, and the users that they add.

use crate::demo::cast::Person;
use crate::demo::colleagues::Colleague;
use crate::demo::customers::Customer;
use crate::demo::random::id;
use crate::demo::rows::{CustomerUserRow, PersonRow};
use crate::demo::world::World;
use crate::users::model::upload::{Column, Shape};
use crate::values::country::Country;
use crate::values::id::{CustomerUserId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::password::PasswordHash;

/// A customer whose users are sent as files, and who sends them.
pub struct Company<'a> {
    pub world: &'a World<'a>,
    pub agent: &'a Person,
    pub customer: &'a Customer<'a>,
    pub domain: &'a str,
    /// Of everybody.
    pub password: &'a PasswordHash,
}

/// What a row says.
#[derive(Clone)]
pub struct Said {
    pub user_name: String,
    pub shape: Shape,
    pub licenses: &'static str,
    pub alternate: String,
}

impl Said {
    /// Of a colleague, as the portal has them.
    pub fn of(colleague: &Colleague) -> Self {
        let Colleague { person, user, .. } = colleague;
        let shape = Shape {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            display_name: person.name.clone(),
            location: Country::from_text(&user.location),
            licenses: Vec::new(),
        };
        Self { user_name: user.user_name.clone(), shape, licenses: "", alternate: String::new() }
    }

    /// In the columns of the sample.
    pub fn cells(&self) -> Vec<String> {
        let Shape { first_name, last_name, display_name, location, .. } = &self.shape;
        let cell = |column: Column| match column {
            Column::FirstName => first_name.clone(),
            Column::LastName => last_name.clone(),
            Column::DisplayName => display_name.clone(),
            Column::Email => self.user_name.clone(),
            Column::Status => String::new(),
            Column::Location => location.map(|country| country.code().to_owned()).unwrap_or_default(),
            Column::Licenses => self.licenses.to_owned(),
            Column::Alternate => self.alternate.clone(),
        };
        Column::ALL.into_iter().map(cell).collect()
    }
}

impl Company<'_> {
    /// Of somebody who is new there. Colleagues are called by their whole first names, so nobody has the user name.
    pub fn newcomer(&self, first: &str, last: &str) -> Said {
        let initial: String = first.chars().take(1).collect();
        let shape = Shape {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            display_name: format!("{first} {last}"),
            location: Some(self.customer.place.country),
            licenses: Vec::new(),
        };
        Said {
            user_name: format!("{initial}.{last}@{}", self.domain).to_lowercase(),
            shape,
            licenses: "",
            alternate: format!("{first}.{last}@home.example").to_lowercase(),
        }
    }

    /// The user whom a row added, under this number; on whom something was built has a password of their own by now.
    pub fn added(
        &self,
        said: &Said,
        (number, has_own_password): (u64, bool),
        at: Moment,
    ) -> (PersonRow, CustomerUserRow) {
        let person_id = PersonId::from_number(id("uploaded person", number));
        let shape = &said.shape;
        let person = PersonRow {
            id: person_id,
            organisation_id: self.customer.id.company(),
            sort_name: sort_name(&shape.display_name),
            name: shape.display_name.clone(),
            email: said.user_name.clone(),
            password_hash: self.password.clone(),
            must_change_password: !has_own_password,
            state: "active",
            time_zone: self.agent.zone,
            created_at: at,
            mailbox_proved_at: None,
            password_set_at: Some(if has_own_password { at.plus_days(1) } else { at }),
            invited_at: None,
            deactivated_at: None,
        };
        let user = CustomerUserRow {
            id: user_id(number),
            customer_id: self.customer.id,
            user_name: said.user_name.clone(),
            is_first_admin: false,
            created_at: at,
            person_id: Some(person_id),
            first_name: shape.first_name.clone(),
            last_name: shape.last_name.clone(),
            location: shape.location.map(|country| country.code().to_owned()).unwrap_or_default(),
            added_by_name: self.agent.name.clone(),
            deleted_at: None,
        };
        (person, user)
    }
}

/// Of the user whom a row added, also of one who is gone again.
pub fn user_id(number: u64) -> CustomerUserId {
    CustomerUserId::from_number(id("uploaded user", number))
}
