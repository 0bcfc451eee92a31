//! Files of users that were sent for the customer with the most users: one in every state that lasts. Whom they added is
//! added here, as the portal would have done it; whom they name beside is there already.

mod company;
mod story;

use super::colleagues;
use super::customers::Customer;
use super::rows::CustomerRow;
use super::world::World;
use crate::access::Role;
use crate::batches::model::State;
use crate::db::Connection;
use crate::error::Result;
use crate::sheets::Outcome::{self, Added, Changed, Refused, TakenBack, Unchanged, Waiting};
use crate::values::password::PasswordHash;

use Line::{Again, Known, Nameless, New, Renamed, Unbought, Used};
use company::Company;
use story::Story;

/// Whom a row is about. Names are first and last.
#[derive(Clone, Copy)]
pub enum Line {
    /// Somebody who was no user before.
    New(&'static str, &'static str),
    /// The same, who has a password of their own by now, so that the row is not taken back.
    Used(&'static str, &'static str),
    /// A colleague, whose display name it turns around.
    Renamed,
    /// A colleague, as the portal has them.
    Known,
    /// Somebody who stands in an earlier row.
    Again(&'static str, &'static str),
    /// Somebody without a display name.
    Nameless(&'static str, &'static str),
    /// Somebody who is to have what is not bought.
    Unbought(&'static str, &'static str),
}

/// A file, and what became of it.
pub struct File {
    pub name: &'static str,
    /// The sheet that was read, where it is a workbook.
    pub sheet: Option<&'static str>,
    /// Before how many minutes it was sent.
    pub minutes: i64,
    pub state: State,
    /// Its rows with what came of each; none once they are forgotten.
    pub rows: &'static [(Line, Outcome)],
}

const DAY: i64 = 24 * 60;

const FILES: [File; 6] = [
    File {
        name: "new-starters.csv",
        sheet: None,
        minutes: 20,
        state: State::Shown,
        rows: &[
            (New("Mara", "Quandt"), Waiting),
            (Renamed, Waiting),
            (Known, Waiting),
            (New("Ole", "Tietjen"), Waiting),
            (Nameless("Piet", "Hollmann"), Waiting),
            (New("Yara", "Nassar"), Waiting),
            (Again("Mara", "Quandt"), Waiting),
            (Known, Waiting),
            (Unbought("Ida", "Roloff"), Waiting),
        ],
    },
    File {
        name: "apprentices.csv",
        sheet: None,
        minutes: DAY,
        state: State::Working,
        rows: &[
            (New("Finn", "Ahrends"), Added),
            (New("Zoe", "Lindqvist"), Added),
            (New("Emil", "Tamm"), Waiting),
            (New("Nora", "Oltmanns"), Waiting),
            (New("Luca", "Ferrante"), Waiting),
        ],
    },
    File {
        name: "sales-team.xlsx",
        sheet: Some("Sales"),
        minutes: 2 * DAY,
        state: State::Done,
        rows: &[
            (New("Jette", "Brodersen"), Added),
            (Known, Unchanged),
            (New("Malik", "Osei"), Added),
            (Renamed, Changed),
            (Nameless("Arne", "Kuhlmann"), Refused),
            (New("Carla", "Moretti"), Added),
            (Known, Unchanged),
            (Unbought("Hauke", "Wessels"), Refused),
        ],
    },
    File {
        name: "warehouse.csv",
        sheet: None,
        minutes: 5 * DAY,
        state: State::Stopped,
        rows: &[
            (New("Bela", "Kovacs"), Added),
            (Known, Unchanged),
            (New("Svea", "Nyberg"), Added),
            (New("Tariq", "Rahmani"), Waiting),
            (New("Greta", "Siemers"), Waiting),
            (New("Ivo", "Petrov"), Waiting),
        ],
    },
    File {
        name: "seasonal-staff.csv",
        sheet: None,
        minutes: 12 * DAY,
        state: State::Returned,
        rows: &[
            (New("Anouk", "Dubois"), TakenBack),
            (Used("Kjell", "Haugen"), Added),
            (New("Milan", "Horak"), TakenBack),
            (Known, Unchanged),
            (New("Pia", "Stegemann"), TakenBack),
            (Again("Pia", "Stegemann"), Refused),
        ],
    },
    File { name: "everybody.xlsx", sheet: Some("Users"), minutes: 200 * DAY, state: State::Done, rows: &[] },
];

pub fn insert(conn: &mut Connection, world: &World<'_>, password: &PasswordHash) -> Result<()> {
    let mut people = world.cast.harbor.people.iter();
    let Some(agent) = people.find(|person| person.roles.contains(&Role::AdminAgent)) else { return Ok(()) };
    let first = (0..world.count).find(|index| world.is_harbors(*index));
    let Some(customer) = first.and_then(|index| Customer::of(world, index)) else { return Ok(()) };
    let domain = CustomerRow::domain_of(conn, &customer.id)?;
    let prefix = domain.split_once('.').map_or("", |(prefix, _)| prefix);
    let row = customer.row(world, prefix);
    let there = colleagues::of(world, &customer, &row, password).into_iter();
    // Whoever has a role is not changed by everybody.
    let mut plain = there.filter(|one| one.user.deleted_at.is_none() && one.role.is_none());
    let company = Company { world, agent, customer: &customer, domain: &domain, password };
    for (number, file) in (1_u64..).zip(&FILES) {
        let mut story = Story::of(&company, (number, file));
        for (line, outcome) in file.rows {
            story.take(conn, (*line, *outcome), &mut plain)?;
        }
        story.insert(conn)?;
    }
    Ok(())
}
