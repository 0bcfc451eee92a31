//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::model::{Member, OwnDetails, Standing};
use super::store::change::Wanted;
use super::store::list::Wanted as Listed;
use crate::access::{Role, Viewer};
use crate::error::Result;
use crate::language::Language;
use crate::values::email::{self, Email};
use crate::values::folding::folded;
use crate::values::name;
use crate::values::password::{NewPassword, OwnWords};
use crate::values::problem::Problem;
use crate::values::typed::{self, printable_line, typed_line};
use crate::web::{Problems, three_way};

/// The longest name of a member.
pub const NAME: usize = 2 * name::PERSON;

/// The filters of the list, as they stand in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MemberFilter {
    pub search: String,
    pub role: String,
    pub state: String,
}

impl MemberFilter {
    /// What the page may show again.
    pub fn tidy(mut self) -> Self {
        self.search = typed::search(&self.search);
        self
    }

    pub fn needle(&self) -> String {
        folded(&self.search)
    }

    /// What addresses are searched by, which are kept as servers write them.
    pub fn needle_of_address(&self) -> String {
        email::needle(&self.search)
    }

    pub fn role(&self) -> Option<Role> {
        Role::from_text(&self.role)
    }

    pub fn standing(&self) -> Option<Standing> {
        Standing::from_text(&self.state)
    }

    pub fn is_set(&self) -> bool {
        !self.needle().is_empty() || self.role().is_some() || self.standing().is_some()
    }

    /// The people that are meant.
    pub fn wanted(&self) -> Listed {
        Listed {
            needle: self.needle(),
            address: self.needle_of_address(),
            role: self.role(),
            standing: self.standing(),
            is_open: false,
        }
    }
}

/// What a form of lines and roles holds, where several versions of it are merged: each role is a field of its own.
pub fn with_roles(
    lines: impl IntoIterator<Item = (String, String)>,
    roles: &[Role],
) -> Vec<(String, String)> {
    let roles = roles.iter().map(|role| (role.as_text().to_owned(), "yes".to_owned()));
    lines.into_iter().chain(roles).collect()
}

/// The lines and the roles of [`with_roles`].
pub fn without_roles(fields: Vec<(String, String)>) -> (Vec<(String, String)>, Vec<Role>) {
    let (roles, lines): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, _)| Role::from_text(name).is_some());
    let kept = roles.into_iter().filter(|(_, value)| !value.is_empty());
    let mut roles: Vec<Role> = kept.filter_map(|(name, _)| Role::from_text(&name)).collect();
    roles.sort_unstable();
    (lines, roles)
}

/// Add user and a user's page, as typed. Roles repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct MemberForm {
    pub id: String,
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
    /// `mail` or `temporary`.
    pub way: String,
    pub version: String,
    /// What name and roles were when the page was drawn.
    pub opened: String,
    pub has_unknown_role: bool,
}

impl MemberForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable_line(&value);
            match name.as_str() {
                "id" => form.id = value,
                "name" => form.name = value,
                "email" => form.email = value,
                "way" => form.way = value,
                "version" => form.version = value,
                "opened" => form.opened = value,
                "roles" => match Role::from_text(&value) {
                    Some(role) if !form.roles.contains(&role) => form.roles.push(role),
                    Some(_) => {}
                    None => form.has_unknown_role = true,
                },
                _ => {}
            }
        }
        form.roles.sort_unstable();
        form
    }

    /// The form of a member as it is kept.
    pub fn kept(member: &Member) -> Self {
        let form = Self {
            name: member.name.clone(),
            email: member.email.to_string(),
            roles: member.roles.clone(),
            version: member.version.to_string(),
            ..Self::default()
        };
        Self { opened: three_way::opened(&form.fields()), ..form }
    }

    /// What of this was touched, put over what is kept by now; and whether somebody else touched the same.
    pub fn over(&self, kept: &Self) -> (Self, bool) {
        let merged = three_way::merge_fields(&self.opened, self.fields(), kept.fields());
        let (lines, roles) = without_roles(merged.form);
        let name = lines.into_iter().find(|(field, _)| field == "name").map(|(_, name)| name);
        let name = name.unwrap_or_else(|| kept.name.clone());
        (Self { name, roles, ..kept.clone() }, !merged.clashes.is_empty())
    }

    /// The name, and a field for each role.
    fn fields(&self) -> Vec<(String, String)> {
        with_roles([("name".to_owned(), self.name.clone())], &self.roles)
    }

    /// Name and roles.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn wanted(&self) -> Result<Wanted, Problems> {
        let mut problems = Problems::default();
        let (name, roles) = (self.named(&mut problems), self.chosen(&mut problems));
        problems.or(|| Some(Wanted { name: name?, roles: roles? }))
    }

    /// Everything that a new member needs.
    ///
    /// # Errors
    /// What is wrong, in the order of the page.
    pub fn parse(&self) -> Result<(Wanted, Email), Problems> {
        let mut problems = Problems::default();
        let name = self.named(&mut problems);
        let email = problems.field("email", Email::parse(&self.email));
        let roles = self.chosen(&mut problems);
        problems.field("way", self.way());
        problems.or(|| Some((Wanted { name: name?, roles: roles? }, email?)))
    }

    /// Whether it names one of the ways to a password.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn way(&self) -> Result<(), Problem> {
        match self.way.as_str() {
            "mail" | "temporary" => Ok(()),
            "" => Err(Problem::NotChosen),
            _ => Err(Problem::UnknownChoice),
        }
    }

    fn named(&self, problems: &mut Problems) -> Option<String> {
        problems.field("name", name::required(&self.name, NAME))
    }

    fn chosen(&self, problems: &mut Problems) -> Option<Vec<Role>> {
        let chosen = match () {
            () if self.has_unknown_role => Err(Problem::UnknownChoice),
            () if self.roles.is_empty() => Err(Problem::NotChosen),
            () => Ok(self.roles.clone()),
        };
        problems.field("roles", chosen)
    }
}

/// One's own name, time zone and language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    #[serde(deserialize_with = "typed_line")]
    pub name: String,
    /// IANA name, such as `Europe/Berlin`.
    pub zone: String,
    /// As a tag, such as `zh-Hant`.
    pub language: String,
    /// What the fields held when the page was drawn.
    pub opened: String,
}

impl ProfileForm {
    /// What is kept, as it would be typed. Whoever has chosen no language goes on in the one that the page is read in.
    pub fn of(viewer: &Viewer, read: Language) -> Self {
        let form = Self {
            name: viewer.name.clone(),
            zone: viewer.zone.name().to_owned(),
            language: viewer.language.unwrap_or(read).tag().to_owned(),
            opened: String::new(),
        };
        Self { opened: three_way::opened(&form), ..form }
    }

    /// What of this was touched, put over what is kept by now.
    ///
    /// # Errors
    /// Internal.
    pub fn touched(&self, viewer: &Viewer, read: Language) -> Result<Self> {
        let kept = Self::of(viewer, read);
        let touched = three_way::merge(&self.opened, self, &kept)?.form;
        // A page of a version without languages says none.
        let language = if touched.language.is_empty() { kept.language } else { touched.language };
        Ok(Self { language, ..touched })
    }

    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self) -> Result<OwnDetails, Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, NAME));
        let zone = problems.field("zone", self.zone.parse().map_err(|_| Problem::UnknownChoice));
        let language = Language::of_tag(&self.language).ok_or(Problem::UnknownChoice);
        let language = problems.field("language", language);
        problems.or(|| Some(OwnDetails { name: name?, zone: zone?, language: language? }))
    }
}

/// Another address to sign in with.
#[derive(Clone, Debug, Deserialize, Default)]
#[serde(default)]
pub struct AddressForm {
    #[serde(deserialize_with = "typed_line")]
    pub email: String,
}

impl AddressForm {
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, of_now: &Email) -> Result<Email, Problems> {
        let email = Email::parse(&self.email).map_err(|problem| Problems::from(("email", problem)))?;
        if email == *of_now { Err(("email", Problem::Unchanged).into()) } else { Ok(email) }
    }
}

/// Whose password is forgotten.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ForgottenPasswordForm {
    #[serde(deserialize_with = "typed_line")]
    pub email: String,
}

/// A password set by a mailed link.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ChosenPasswordForm {
    pub new: String,
    pub again: String,
}

impl ChosenPasswordForm {
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, own: &OwnWords) -> Result<NewPassword, Problems> {
        let mut problems = Problems::default();
        let new = problems.field("new", NewPassword::parse(&self.new, own));
        if self.again != self.new {
            problems.on("again", Problem::NotTheSame);
        }
        problems.or(|| new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(pairs: &[(&str, &str)]) -> MemberForm {
        MemberForm::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_member_has_a_name_an_address_roles_and_a_way_to_a_password() {
        let problems = form(&[]).parse().unwrap_err();
        let fields: Vec<_> = problems.all().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "email", "roles", "way"]);
        let roles = [("roles", "user_admin"), ("roles", "sales_agent"), ("roles", "user_admin")];
        assert_eq!(form(&roles).roles, [Role::UserAdmin, Role::SalesAgent]);
        let unknown = form(&[("name", "Ann"), ("roles", "king")]).wanted().unwrap_err();
        assert_eq!(unknown.at("roles"), Some(&Problem::UnknownChoice));
    }

    proptest! {
        #[test]
        fn any_pairs_are_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            prop_assert!(MemberForm::of(pairs).parse().is_err());
        }
    }
}
