//! What a row of a file says.

use super::Column;
use crate::sheets::Cells;
use crate::users::model::{DISPLAY_NAME, NAME, user_name};
use crate::users::wrong::Wrong;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::folding::folded;
use crate::values::name;
use crate::values::problem::Problem;
use crate::web::Problems;

/// What divides the licenses in a cell.
const DIVIDERS: [char; 2] = [';', '\n'];

/// What a row wants. What it leaves empty stays as it is, of a user who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub user_name: Email,
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub location: Option<Country>,
    /// The names of what the user gets licenses of.
    pub licenses: Vec<String>,
    pub alternate: Option<Email>,
}

/// Reads the cells of a row, for a customer with this domain.
///
/// # Errors
/// What is wrong with which cell, by the keys of the columns and in their order.
pub fn read(cells: Cells<'_, Column>, domain: &str) -> Result<Wish, Problems> {
    let mut problems = Problems::default();
    let typed = |column: Column| cells.get(column);
    let key = |column: Column| column.key();
    let first_name =
        problems.field(key(Column::FirstName), name::optional_name(typed(Column::FirstName), NAME));
    let last_name = problems.field(key(Column::LastName), name::optional_name(typed(Column::LastName), NAME));
    let display_name =
        problems.field(key(Column::DisplayName), name::required(typed(Column::DisplayName), DISPLAY_NAME));
    let user_name = problems.field(key(Column::Email), user_name(typed(Column::Email), domain));
    let location = problems.field(key(Column::Location), optional(typed(Column::Location), location));
    let alternate = optional(typed(Column::Alternate), Email::parse).and_then(|alternate| {
        // Nobody reads that before signing in.
        let is_own = alternate.is_some() && alternate.as_ref() == user_name.as_ref();
        if is_own { Err(Wrong::OwnUserName.into()) } else { Ok(alternate) }
    });
    let alternate = problems.field(key(Column::Alternate), alternate);
    problems.or(|| {
        Some(Wish {
            user_name: user_name?,
            first_name: first_name?,
            last_name: last_name?,
            display_name: display_name?,
            location: location?,
            licenses: licenses(typed(Column::Licenses)),
            alternate: alternate?,
        })
    })
}

/// Whom a row is about, so that two of one user are found; empty where that cannot be read.
pub fn subject(cells: Cells<'_, Column>, domain: &str) -> String {
    user_name(cells.get(Column::Email), domain).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn optional<T>(typed: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    if typed.trim().is_empty() { Ok(None) } else { parse(typed).map(Some) }
}

/// A country by its code, or by its English name.
///
/// # Errors
/// That it is none.
pub fn location(typed: &str) -> Result<Country, Problem> {
    Country::parse(typed).or_else(|_| {
        let wanted = folded(typed.trim());
        let found = Country::all().find(|country| folded(country.name()) == wanted);
        found.ok_or_else(|| Wrong::NoCountry { typed: typed.to_owned() }.into())
    })
}

fn licenses(typed: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in typed.split(DIVIDERS).map(name::line).filter(|one| !one.is_empty()) {
        if !all.iter().any(|other| folded(other) == folded(&one)) {
            all.push(one);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DOMAIN: &str = "alder.onmicrosoft.com";

    fn parsed(columns: &[Column], texts: &[&str]) -> Result<Wish, Problems> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        read(Cells { columns, texts: &texts }, DOMAIN)
    }

    #[test]
    fn a_row_says_who_where_and_with_what() {
        let columns =
            [Column::DisplayName, Column::Email, Column::Location, Column::Licenses, Column::Alternate];
        let wish = parsed(
            &columns,
            &["Mia Moss", "Mia@alder.onmicrosoft.com", "germany", "Suite; Mail\nsuite;", "mia@home.example"],
        )
        .unwrap();
        assert_eq!(wish.user_name.as_str(), "mia@alder.onmicrosoft.com");
        assert_eq!(wish.location.map(Country::code), Some("DE"));
        assert_eq!(wish.licenses, ["Suite", "Mail"]);
        assert_eq!(wish.alternate.map(|address| address.to_string()), Some("mia@home.example".to_owned()));
    }

    #[test]
    fn each_cell_that_is_wrong_is_named() {
        let long = "x".repeat(51);
        let columns = [
            Column::FirstName,
            Column::LastName,
            Column::DisplayName,
            Column::Email,
            Column::Location,
            Column::Alternate,
        ];
        let wrong = parsed(&columns, &[&long, &long, "", "mia@gmail.example", "Atlantis", "nobody"]);
        let problems = wrong.unwrap_err();
        let fields: Vec<&str> = problems.all().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            ["first_name", "last_name", "display_name", "user_name", "location", "alternate_email"]
        );
    }

    proptest! {
        #[test]
        fn any_cells_are_read(texts in proptest::collection::vec(any::<String>(), 0..10)) {
            let cells = Cells { columns: &Column::ALL, texts: &texts };
            let name = subject(cells, DOMAIN);
            if let Ok(wish) = read(cells, DOMAIN) {
                prop_assert_eq!(wish.user_name.as_str(), name);
            }
        }
    }
}
