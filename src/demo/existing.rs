//! Files of customers that a provider had before: one that the portal looks at as soon as it runs, one that was taken back,
//! and one whose rows are forgotten.

use serde::Serialize;

use super::cast::Person;
use super::customers::Customer;
use super::log::{self, Actor};
use super::random::{Random, id};
use super::rows::{ActivityRow, CustomerRow, UploadLineRow, UploadRow};
use super::world::World;
use crate::access::permission::AddCustomers;
use crate::access::{Allowed, Role};
use crate::activity::{Action, Change, Entry};
use crate::batches::model::{Head, KEPT_DAYS, State, Tally};
use crate::batches::store::keeping::{NewBatch, keep};
use crate::batches::store::reading::{Line, Pieces};
use crate::batches::trade::{Keyed as _, Why as _};
use crate::db::Connection;
use crate::error::Result;
use crate::existing::model::{Column, Why};
use crate::existing::store::OfCustomers;
use crate::gate;
use crate::sheets::{Origin, Outcome, Verdict};
use crate::values::country::Country;
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;

/// Before how many seconds the one was sent that is looked at.
const JUST_NOW: i64 = 25 * 60;
const RETURNED_DAYS: i64 = 12;
const FORGOTTEN_DAYS: i64 = 200;
/// So many bytes a row takes, more or less.
const BYTES: i64 = 160;

/// What a row says of a company that is no customer: name, prefix, city and postal code, and what it runs.
type Company = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NEW: [Company; 4] = [
    ("Nordlicht Optik", "nordlichtoptik", "Kiel", "24103", "Office 365 Business Premium"),
    ("Elbufer Planung", "elbuferplanung", "Dresden", "01067", ""),
    ("Haus am Deich Pflege", "hausamdeich", "Bremerhaven", "27568", "Something that nobody sells"),
    ("Winterfeld Druck", "winterfelddruck", "Leipzig", "", ""),
];

const RETURNED: [Company; 3] = [
    ("Moorweide Logistik", "moorweidelogistik", "Hamburg", "20144", ""),
    ("Sanddorn Kosmetik", "sanddornkosmetik", "Rostock", "18055", ""),
    ("Fuhrwerk Caravan", "fuhrwerkcaravan", "Bielefeld", "33602", ""),
];

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let mut people = world.cast.harbor.people.iter();
    let Some(agent) = people.find(|person| person.roles.contains(&Role::AdminAgent)) else { return Ok(()) };
    let files = Files { world, agent };
    files.send_one(conn)?;
    files.put(conn, 2, &RETURNED)?;
    files.put(conn, 3, &[])
}

struct Files<'a> {
    world: &'a World<'a>,
    agent: &'a Person,
}

impl Files<'_> {
    fn head(&self) -> Head {
        let origin = Origin::Workbook { sheet: "Customers".to_owned() };
        Head::new((origin, &Column::ALL, Vec::new()), self.home(), self.world.suffix)
    }

    fn home(&self) -> Country {
        self.world.cast.harbor.row.country
    }

    /// New ones, one that a customer looks like, one that is there, and two with something wrong.
    fn send_one(&self, conn: &mut Connection) -> Result<()> {
        let mut pieces = Pieces::default();
        let mut add = |line: u64, texts: Vec<String>| pieces.add(Line(line, None, texts));
        for (line, company) in (2..).zip(&NEW) {
            add(line, cells(company));
        }
        let own = (0..self.world.count).filter(|index| self.world.is_harbors(*index));
        let mut there = own.filter_map(|index| Customer::of(self.world, index));
        if let Some(same) = there.next() {
            let domain = CustomerRow::domain_of(conn, &same.id)?;
            add(6, cells(&(&same.name, &domain, &same.place.city, "", "")));
        }
        if let Some(like) = there.find(|one| one.place.country == self.home()) {
            add(7, cells(&(&like.name, "newoffice", &like.place.city, &like.place.postal_code, "")));
        }
        let Some(by) = gate::absent(conn, &self.agent.id)? else { return Ok(()) };
        let may = Allowed::<AddCustomers>::check(&by)?;
        let rows = pieces.rows;
        let new = NewBatch {
            id: batch_id(1),
            job: JobId::from_number(id("file of customers job", 1)),
            customer: None,
            file_name: "from-the-old-portal.xlsx".to_owned(),
            file_hash: hash(1),
            bytes: rows.saturating_mul(BYTES),
            head: self.head(),
            rows,
            pieces: pieces.end(),
        };
        keep::<OfCustomers>(conn, &may, &new, self.world.now.plus_seconds(-JUST_NOW))
    }

    /// One that is over: with rows it was taken back, and else they are forgotten.
    fn put(&self, conn: &mut Connection, number: u64, rows: &[Company]) -> Result<()> {
        let is_returned = !rows.is_empty();
        let days = if is_returned { RETURNED_DAYS } else { FORGOTTEN_DAYS };
        let sent_at = self.world.now.plus_days(-days);
        let applied_at = sent_at.plus_seconds(420);
        let settled_at = if is_returned { applied_at.plus_days(1) } else { applied_at.plus_seconds(31) };
        let count = i64::try_from(rows.len()).unwrap_or_default();
        let tally = match is_returned {
            true => Tally { new: count, taken_back: count, ..Tally::default() },
            false => Tally {
                new: 61,
                changed: 24,
                same: 3,
                refused: 4,
                added: 61,
                altered: 24,
                unchanged: 3,
                failed: 4,
                mailed: 17,
                ..Tally::default()
            },
        };
        let by = self.agent.name.clone();
        let row = UploadRow {
            id: batch_id(number),
            organisation_id: self.world.cast.harbor.row.id,
            customer_id: None,
            person_id: self.agent.id,
            person_name: by.clone(),
            file_name: if is_returned { "trade-fair-contacts.xlsx" } else { "everybody-we-serve.xlsx" },
            file_hash: hash(number),
            byte_count: tally.read().saturating_mul(BYTES),
            head: written(&self.head()),
            state: if is_returned { State::Returned } else { State::Done },
            row_count: tally.read(),
            tally: written(&tally),
            memory: "",
            reached: 0,
            uploaded_at: sent_at,
            applied_at: Some(applied_at),
            applied_by_name: by.clone(),
            settled_at: Some(settled_at),
            settled_by_name: if is_returned { by } else { String::new() },
            handed_by_name: "",
            expires_at: is_returned.then(|| settled_at.plus_days(KEPT_DAYS)),
            worker_id: self.agent.id,
            job_id: JobId::from_number(id("file of customers job", number)),
        };
        UploadRow::insert(conn, std::slice::from_ref(&row))?;
        let lines: Vec<UploadLineRow> =
            (1..).zip(rows).map(|(at, company)| taken_back(&row.id, at, company)).collect();
        UploadLineRow::insert(conn, &lines)?;
        ActivityRow::insert(conn, &self.log(&row, &tally, settled_at))
    }

    fn log(&self, row: &UploadRow, tally: &Tally, settled_at: Moment) -> Vec<ActivityRow> {
        let provider = &self.world.cast.harbor.row;
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &provider.name };
        let mut all = Vec::new();
        let mut put = |action: Action, counts: &[(&str, i64)], at: Moment| {
            let counts = counts.iter().map(|(of, count)| Change::set(&format!("rows_{of}"), count));
            let entry = Entry::new(action, "upload", row.id, row.file_name)
                .with([Change::set("file_hash", &row.file_hash)])
                .with(counts);
            log::put(&mut all, (&provider.id, self.world.now), by, &entry, at);
        };
        let applied_at = row.applied_at.unwrap_or(row.uploaded_at);
        put(Action::ApplyUpload, &[("new", tally.new), ("refused", tally.refused)], applied_at);
        let added = tally.added + tally.taken_back;
        put(
            Action::FinishUpload,
            &[("added", added), ("refused", tally.failed)],
            applied_at.plus_seconds(31),
        );
        if row.state == State::Returned {
            put(Action::TakeUploadBack, &[], settled_at.plus_seconds(-4));
            put(Action::FinishTakingBack, &[("taken_back", tally.taken_back)], settled_at);
        }
        all
    }
}

fn batch_id(number: u64) -> BatchId {
    BatchId::from_number(id("file of customers", number))
}

fn hash(number: u64) -> String {
    Random::of("file of customers", number).hex(64)
}

fn taken_back(batch: &BatchId, number: i64, company: &Company) -> UploadLineRow {
    UploadLineRow {
        batch_id: *batch,
        number,
        line: number.saturating_add(1),
        cells: written(&cells(company)),
        subject: company.1.to_owned(),
        verdict: Verdict::New,
        result: Outcome::TakenBack,
        why: Why::default().kept(),
        made_id: None,
        undo: None,
        built_on: None,
        password_at: None,
    }
}

/// In the columns of the sample.
fn cells((name, prefix, city, code, offer): &(&str, &str, &str, &str, &str)) -> Vec<String> {
    let mut cells = vec![String::new(); Column::ALL.len()];
    for (column, text) in [
        (Column::Company, *name),
        (Column::Domain, *prefix),
        (Column::Line1, "Hauptstrasse 12"),
        (Column::City, *city),
        (Column::PostalCode, *code),
        (Column::FirstName, "Jule"),
        (Column::LastName, "Petersen"),
        (Column::Offer, *offer),
    ] {
        set(&mut cells, column, text);
    }
    let mailbox = prefix.split('.').next().unwrap_or_default();
    set(&mut cells, Column::Email, &format!("jule.petersen@{mailbox}.example"));
    if !offer.is_empty() {
        set(&mut cells, Column::Quantity, "12");
    }
    cells
}

fn set(cells: &mut [String], column: Column, text: &str) {
    let place = Column::ALL.iter().position(|one| one.key() == column.key());
    if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
        text.clone_into(cell);
    }
}

/// As the portal keeps it. Texts and numbers have no errors.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
