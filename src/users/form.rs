//! What the browser sends.

pub mod licenses;

use serde::{Deserialize, Serialize};

use super::model::{DISPLAY_NAME, Details, NAME, ROLES, User, user_name};
use crate::access::Role;
use crate::customers::model::listing::View;
use crate::customers::model::search::{Filter, Search};
use crate::people::form::{MemberFilter, with_roles, without_roles};
use crate::people::model::Standing;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{CustomerUserId, OfferId};
use crate::values::name;
use crate::values::person::full_name;
use crate::values::problem::Problem;
use crate::values::typed::{self, printable_line};
use crate::web::{Problems, three_way};

/// The filters of the list, as they stand in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct UserFilter {
    #[serde(flatten)]
    pub people: MemberFilter,
    /// The code of a country.
    pub location: String,
    /// The id of an offer, of which the users have a license.
    pub license: String,
}

impl UserFilter {
    /// What the page may show again. Deleted users stand on a page of their own, and a company has its own roles only.
    pub fn tidy(self) -> Self {
        let location = self.location().map(|country| country.code().to_owned()).unwrap_or_default();
        let license = self.license().map(|offer| offer.to_string()).unwrap_or_default();
        let mut people = self.people.tidy();
        if people.standing() == Some(Standing::Inactive) {
            people.state.clear();
        }
        if people.role().is_some_and(|role| !ROLES.contains(&role)) {
            people.role.clear();
        }
        Self { people, location, license }
    }

    pub fn location(&self) -> Option<Country> {
        Country::parse(&self.location).ok()
    }

    pub fn license(&self) -> Option<OfferId> {
        OfferId::parse(&self.license)
    }

    pub fn is_set(&self) -> bool {
        self.people.is_set() || self.location().is_some() || self.license().is_some()
    }
}

/// What the list of customers is searched for whose users one looks after.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CustomerSearch {
    pub search: String,
}

impl CustomerSearch {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self { search: typed::search(&self.search) }
    }

    /// The customers that it finds.
    pub fn wanted(&self) -> Filter {
        Filter { search: Search::parse(&self.search), ..Filter::of(View::Mine) }
    }
}

/// Add user and a user's page, as typed. Roles repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct UserForm {
    /// Chosen by the page, so that sending it twice adds one.
    pub id: String,
    /// Whose passwords this one joins.
    pub sheet: String,
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub user_name: String,
    pub location: String,
    pub roles: Vec<Role>,
    /// Of a new user: what the user gets at once.
    pub licenses: Vec<OfferId>,
    pub version: String,
    /// What the fields held when the page was drawn.
    pub opened: String,
    pub has_unknown_role: bool,
}

/// The fields of one line, in the order of the page.
const LINES: [&str; 5] = ["first_name", "last_name", "display_name", "user_name", "location"];

impl UserForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable_line(&value);
            match name.as_str() {
                "id" => form.id = value,
                "sheet" => form.sheet = value,
                "licenses" => form.licenses.extend(OfferId::parse(&value)),
                "version" => form.version = value,
                "opened" => form.opened = value,
                "roles" => match Role::from_text(&value) {
                    Some(role) if form.roles.contains(&role) => {}
                    Some(role) if ROLES.contains(&role) => form.roles.push(role),
                    _ => form.has_unknown_role = true,
                },
                name => {
                    if let Some(line) = form.line(name) {
                        *line = value;
                    }
                }
            }
        }
        form.roles.sort_unstable();
        form.licenses.sort_unstable();
        form.licenses.dedup();
        form
    }

    fn line(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "first_name" => &mut self.first_name,
            "last_name" => &mut self.last_name,
            "display_name" => &mut self.display_name,
            "user_name" => &mut self.user_name,
            "location" => &mut self.location,
            _ => return None,
        })
    }

    /// The form of a user as it is kept.
    pub fn kept(user: &User) -> Self {
        let form = Self {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            display_name: user.member.name.clone(),
            location: user.location.map(|country| country.code().to_owned()).unwrap_or_default(),
            roles: user.member.roles.clone(),
            version: user.member.version.to_string(),
            ..Self::default()
        };
        Self { opened: three_way::opened(&form.fields()), ..form }
    }

    /// What of this was touched, put over what is kept by now; and whether somebody else touched the same.
    pub fn over(&self, kept: &Self) -> (Self, bool) {
        let merged = three_way::merge_fields(&self.opened, self.fields(), kept.fields());
        let (lines, roles) = without_roles(merged.form);
        let mut form = Self { roles, ..kept.clone() };
        for (name, value) in lines {
            if let Some(line) = form.line(&name) {
                *line = value;
            }
        }
        (form, !merged.clashes.is_empty())
    }

    fn fields(&self) -> Vec<(String, String)> {
        let mut form = self.clone();
        let lines = LINES.iter().filter_map(|name| Some(((*name).to_owned(), form.line(name)?.clone())));
        with_roles(lines.collect::<Vec<_>>(), &self.roles)
    }

    /// The details of a user. Whoever leaves the name empty that is shown is called by first and last name, in the
    /// order of the location.
    ///
    /// # Errors
    /// What is wrong, in the order of the page.
    pub fn details(&self) -> Result<Details, Problems> {
        let mut problems = Problems::default();
        let details = self.read(&mut problems);
        problems.or(|| details)
    }

    /// Everything that a new user of a customer with this domain needs.
    ///
    /// # Errors
    /// What is wrong, in the order of the page.
    pub fn parse(&self, domain: &str) -> Result<(Details, Email), Problems> {
        let mut problems = Problems::default();
        let details = self.read(&mut problems);
        let name = problems.field("user_name", user_name(&self.user_name, domain));
        problems.in_order_of(&LINES).or(|| Some((details?, name?)))
    }

    fn read(&self, problems: &mut Problems) -> Option<Details> {
        let first_name = problems.field("first_name", name::optional_name(&self.first_name, NAME));
        let last_name = problems.field("last_name", name::optional_name(&self.last_name, NAME));
        let location = problems.field("location", Country::parse(&self.location));
        let together = self.together(first_name.as_deref(), last_name.as_deref(), location);
        let display_name = problems.field("display_name", name::required(&together, DISPLAY_NAME));
        let roles = if self.has_unknown_role { Err(Problem::UnknownChoice) } else { Ok(self.roles.clone()) };
        let roles = problems.field("roles", roles);
        Some(Details {
            first_name: first_name?,
            last_name: last_name?,
            display_name: display_name?,
            location: location?,
            roles: roles?,
        })
    }

    fn together(&self, first: Option<&str>, last: Option<&str>, location: Option<Country>) -> String {
        match (first, last, location) {
            (Some(first), Some(last), Some(location)) if self.display_name.trim().is_empty() => {
                full_name(location, first, "", last)
            }
            _ => self.display_name.clone(),
        }
    }
}

/// The passwords in hand: what to do with them, and where links go. Addresses are named after users, so it arrives as
/// pairs.
#[derive(Clone, Debug, Default)]
pub struct LinksForm {
    /// A user's id, and what was typed for it.
    pub addresses: Vec<(String, String)>,
}

/// Under which name the address for a user is sent.
pub fn field_of(user: &CustomerUserId) -> String {
    format!("address-{user}")
}

impl LinksForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let addresses = pairs.into_iter().filter_map(|(name, value)| {
            name.strip_prefix("address-").map(|user| (user.to_owned(), printable_line(&value)))
        });
        Self { addresses: addresses.collect() }
    }

    /// What was typed for a user.
    pub fn of_user(&self, user: &str) -> &str {
        let of = self.addresses.iter().find(|(id, _)| id == user);
        of.map(|(_, typed)| typed.as_str()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(pairs: &[(&str, &str)]) -> UserForm {
        UserForm::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_user_has_a_name_a_user_name_and_a_location() {
        let problems = form(&[]).parse("alder.example").unwrap_err();
        let fields: Vec<_> = problems.all().map(|(field, _)| field).collect();
        assert_eq!(fields, ["display_name", "user_name", "location"]);
        let mia =
            form(&[("first_name", "Mia"), ("last_name", "Moss"), ("user_name", "mia"), ("location", "de")]);
        let (details, name) = mia.parse("alder.example").unwrap();
        assert_eq!((details.display_name.as_str(), name.as_str()), ("Mia Moss", "mia@alder.example"));
        let taro = form(&[("first_name", "太郎"), ("last_name", "山田"), ("location", "JP")]);
        assert_eq!(taro.details().unwrap().display_name, "山田 太郎");
    }

    #[test]
    fn a_company_gives_its_own_roles_only() {
        let base = [("display_name", "Mia"), ("location", "DE")];
        let with = |role| form(&[base[0], base[1], ("roles", role)]).details();
        assert_eq!(with("billing_admin").unwrap().roles, [Role::BillingAdmin]);
        for role in ["sales_agent", "king"] {
            assert_eq!(with(role).unwrap_err().at("roles"), Some(&Problem::UnknownChoice), "{role}");
        }
    }

    #[test]
    fn what_two_people_change_in_different_fields_is_kept_of_both() {
        let opened = form(&[("display_name", "Mia"), ("location", "DE"), ("roles", "user_admin")]);
        let opened = UserForm { opened: three_way::opened(&opened.fields()), ..opened };
        let typed = UserForm { display_name: "Mia Moss".to_owned(), ..opened.clone() };
        let kept = UserForm { location: "FR".to_owned(), roles: Vec::new(), ..opened.clone() };
        let (merged, clashes) = typed.over(&kept);
        assert_eq!((merged.display_name.as_str(), merged.location.as_str()), ("Mia Moss", "FR"));
        assert!(merged.roles.is_empty() && !clashes);
        let other = UserForm { display_name: "Mia M.".to_owned(), ..opened };
        assert!(typed.over(&other).1);
    }

    proptest! {
        #[test]
        fn any_pairs_are_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            prop_assert!(UserForm::of(pairs.clone()).parse("alder.example").is_err());
            let _ = LinksForm::of(pairs);
        }
    }
}
