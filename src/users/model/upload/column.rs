//! The columns of a file of users.

use crate::sheets;

/// A column, in the order of the sample. The first five are those of the file that Microsoft's portals took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    FirstName,
    LastName,
    DisplayName,
    Email,
    /// What came of the row is written there; what a file says in it is not read.
    Status,
    Location,
    Licenses,
    /// Where a link can be mailed with which the user chooses a password.
    Alternate,
}

impl Column {
    pub const ALL: [Self; 8] = [
        Self::FirstName,
        Self::LastName,
        Self::DisplayName,
        Self::Email,
        Self::Status,
        Self::Location,
        Self::Licenses,
        Self::Alternate,
    ];

    /// What stands above it in a file.
    pub const fn head(self) -> &'static str {
        match self {
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::DisplayName => "Display name",
            Self::Email => "Email",
            Self::Status => "Status update",
            Self::Location => "Location",
            Self::Licenses => "Licenses",
            Self::Alternate => "Alternate email",
        }
    }

    /// Under which its cells have problems.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::DisplayName => "display_name",
            Self::Email => "user_name",
            Self::Status => "status",
            Self::Location => "location",
            Self::Licenses => "licenses",
            Self::Alternate => "alternate_email",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// By which it is known, too.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["User name", "Email address", "User principal name"],
            Self::Location => &["Usage location"],
            Self::Licenses => &["Licences"],
            Self::Alternate => &["Alternate email address", "Alternative email"],
            Self::FirstName | Self::LastName | Self::DisplayName | Self::Status => &[],
        }
    }
}

impl sheets::Column for Column {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn heads(self) -> Vec<String> {
        std::iter::once(self.head()).chain(self.also().iter().copied()).map(str::to_owned).collect()
    }

    fn is_required(self) -> bool {
        matches!(self, Self::DisplayName | Self::Email)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Sheet, Unreadable};
    use crate::users::model::upload::LIMITS;

    #[test]
    fn the_sample_of_before_and_the_export_of_users_are_read() {
        let sample =
            b"First name,Last name,Display name,Email,Status update\r\nMia,Moss,Mia Moss,mia@a.example,\r\n";
        let sheet = Sheet::<Column>::read(sample, &LIMITS).unwrap();
        assert_eq!(sheet.head.columns(), &Column::ALL[..5]);
        let export = b"User ID,First name,Last name,Display name,User name,Location,Roles,State,Added,Licenses\n1,Mia,Moss,Mia Moss,mia@a.example,DE,,active,2026-01-01T00:00:00Z,Suite\n";
        let sheet = Sheet::<Column>::read(export, &LIMITS).unwrap();
        assert_eq!(sheet.head.unknown, ["User ID", "Roles", "State", "Added"]);
        let row = sheet.rows().next().unwrap();
        assert_eq!((row.get(Column::Email), row.get(Column::Licenses)), ("mia@a.example", "Suite"));
    }

    #[test]
    fn a_file_without_names_or_addresses_is_none() {
        let missing = vec!["Display name".to_owned(), "Email".to_owned()];
        let heads = vec!["First name".to_owned()];
        let refused = Sheet::<Column>::read(b"First name\nMia\n", &LIMITS).unwrap_err();
        assert_eq!(refused, Unreadable::NoColumn { missing, heads });
    }

    #[test]
    fn every_column_is_found_by_its_key() {
        for column in Column::ALL {
            assert_eq!(Column::of_key(column.key()), Some(column));
        }
    }
}
