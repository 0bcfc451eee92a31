//! One file, row by row, and what it leaves behind.

use serde::Serialize;

use super::company::{Company, Said, user_id};
use super::{File, Line};
use crate::activity::{Action, Change, Entry};
use crate::batches::model::{Head, KEPT_DAYS, SHOWN_HOURS, State, Tally};
use crate::batches::of_users::OfUsers;
use crate::batches::trade::{Trade as _, Why as _};
use crate::db::Connection;
use crate::demo::colleagues::Colleague;
use crate::demo::log::{self, Actor};
use crate::demo::random::{Random, id};
use crate::demo::rows::{ActivityRow, CustomerUserRow, PersonRow, UploadLineRow, UploadRow};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::licenses::store::held_by;
use crate::sheets::{Built, Origin, Outcome, Verdict};
use crate::users::model::upload::{Column, Difference, Reason, Undo, Why};
use crate::values::id::{BatchId, CustomerUserId, JobId};
use crate::values::moment::Moment;

/// So many seconds after it was sent a file was applied, and so many more its rows took.
const READ: i64 = 340;
const TOOK: i64 = 6;
/// For so many days the one that was taken back stood.
const STOOD: i64 = 2;
/// In so many days the job of the one under way goes on, so that whoever looks at the demonstration meets it there.
const GOES_ON: i64 = 30;
/// So many bytes a row takes, more or less.
const BYTES: i64 = 96;
/// What nobody has bought, for it is in no catalogue.
const NOT_BOUGHT: &str = "Project Plan 5";

/// A file, and what it leaves behind.
pub struct Story<'a> {
    company: &'a Company<'a>,
    file: &'a File,
    number: u64,
    lines: Vec<UploadLineRow>,
    people: Vec<PersonRow>,
    users: Vec<CustomerUserRow>,
    log: Vec<ActivityRow>,
}

/// What a row did: with whom, and how it is undone.
type Did = Option<(CustomerUserId, Undo)>;

impl<'a> Story<'a> {
    pub fn of(company: &'a Company<'a>, (number, file): (u64, &'a File)) -> Self {
        Self { company, file, number, lines: vec![], people: vec![], users: vec![], log: vec![] }
    }

    /// Takes the next row; `colleagues` are those of whom no row has told yet.
    ///
    /// # Errors
    /// Database errors.
    pub fn take(
        &mut self,
        conn: &mut Connection,
        (line, outcome): (Line, Outcome),
        colleagues: &mut impl Iterator<Item = Colleague>,
    ) -> Result<()> {
        match line {
            Line::New(first, last) => self.add(&self.company.newcomer(first, last), (outcome, false)),
            Line::Used(first, last) => self.add(&self.company.newcomer(first, last), (outcome, true)),
            Line::Known => {
                if let Some(colleague) = colleagues.next() {
                    self.put(&Said::of(&colleague), (Verdict::Same, outcome), (&Why::Nothing, None));
                }
            }
            Line::Renamed => {
                if let Some(colleague) = colleagues.next() {
                    self.rename(conn, &colleague, outcome)?;
                }
            }
            Line::Again(first, last) => {
                let said = self.company.newcomer(first, last);
                let earlier = self.lines.iter().find(|row| row.subject == said.user_name);
                let line = earlier.and_then(|row| u64::try_from(row.line).ok()).unwrap_or_default();
                self.refuse(&said, Reason::Twice { line }, outcome);
            }
            Line::Nameless(first, last) => {
                let mut said = self.company.newcomer(first, last);
                said.shape.display_name = String::new();
                self.refuse(&said, Reason::Cells, outcome);
            }
            Line::Unbought(first, last) => {
                let said = Said { licenses: NOT_BOUGHT, ..self.company.newcomer(first, last) };
                self.refuse(&said, Reason::NotBought { name: NOT_BOUGHT.to_owned() }, outcome);
            }
        }
        Ok(())
    }

    fn add(&mut self, said: &Said, (outcome, is_used): (Outcome, bool)) {
        let number = self.number * 100 + u64::try_from(self.lines.len()).unwrap_or_default();
        if outcome == Outcome::Added {
            let (person, user) = self.company.added(said, (number, is_used), self.applied_at());
            self.people.push(person);
            self.users.push(user);
        }
        let was_added = matches!(outcome, Outcome::Added | Outcome::TakenBack);
        let undo = || Undo { before: None, after: said.shape.clone() };
        let did = was_added.then(|| (user_id(number), undo()));
        self.put(said, (Verdict::New, outcome), (&Why::Nothing, did));
        if let Some(row) = self.lines.last_mut().filter(|_| is_used) {
            row.built_on = Some(Built::SignedIn);
        }
    }

    /// The display name becomes the other way round; where that is done, it is now as the portal has it.
    fn rename(&mut self, conn: &mut Connection, colleague: &Colleague, outcome: Outcome) -> Result<()> {
        let mut now = Said::of(colleague);
        let user = &colleague.user;
        let mut held = held_by(conn, &user.customer_id, [&user.id])?;
        now.shape.licenses = held.remove(&user.id).unwrap_or_default();
        now.shape.licenses.sort_by_key(|license| license.offer);
        let mut turned = now.clone();
        turned.shape.display_name = format!("{}, {}", user.last_name, user.first_name);
        let is_done = outcome == Outcome::Changed;
        let (before, after) = if is_done { (turned, now) } else { (now, turned) };
        let why = Why::Changes(vec![Difference {
            field: "name".to_owned(),
            old: before.shape.display_name.clone(),
            new: after.shape.display_name.clone(),
        }]);
        let undo = || Undo { before: Some(before.shape.clone()), after: after.shape.clone() };
        let did = is_done.then(|| (user.id, undo()));
        self.put(&after, (Verdict::Changed, outcome), (&why, did));
        Ok(())
    }

    fn refuse(&mut self, said: &Said, reason: Reason, outcome: Outcome) {
        self.put(said, (Verdict::Refused, outcome), (&Why::Refused(reason), None));
    }

    fn put(&mut self, said: &Said, (verdict, result): (Verdict, Outcome), (why, did): (&Why, Did)) {
        let number = i64::try_from(self.lines.len()).unwrap_or(i64::MAX).saturating_add(1);
        let (made_id, undo) = did.unzip();
        let row = UploadLineRow {
            batch_id: self.id(),
            number,
            // The heads stand above.
            line: number.saturating_add(1),
            cells: written(&said.cells()),
            subject: said.user_name.clone(),
            verdict,
            result,
            why: why.kept(),
            made_id: made_id.map(|id| id.to_string()),
            undo: undo.as_ref().map(written),
            built_on: None,
            // Nobody has handed it over yet.
            password_at: (result == Outcome::Added).then(|| self.applied_at()),
        };
        self.lines.push(row);
    }

    /// Writes everything down.
    ///
    /// # Errors
    /// Database errors.
    pub fn insert(mut self, conn: &mut Connection) -> Result<()> {
        let tally = self.tally();
        self.record(&tally);
        let row = self.row(&tally);
        PersonRow::insert(conn, &self.people)?;
        CustomerUserRow::insert(conn, &self.users)?;
        UploadRow::insert(conn, std::slice::from_ref(&row))?;
        UploadLineRow::insert(conn, &self.lines)?;
        if row.state == State::Working {
            let owner = Owner { organisation: row.organisation_id, person: row.person_id };
            let due_at = self.company.world.now.plus_days(GOES_ON);
            let times = (due_at, self.applied_at());
            jobs::store::put(conn, (&row.job_id, &owner), (&OfUsers::WORK, &row.id), times)?;
        }
        ActivityRow::insert(conn, &self.log)
    }

    fn id(&self) -> BatchId {
        BatchId::from_number(id("upload", self.number))
    }

    fn hash(&self) -> String {
        Random::of("upload", self.number).hex(64)
    }

    fn sent_at(&self) -> Moment {
        self.company.world.now.plus_seconds(-60 * self.file.minutes)
    }

    fn applied_at(&self) -> Moment {
        self.sent_at().plus_seconds(READ)
    }

    fn settled_at(&self) -> Option<Moment> {
        match self.file.state {
            State::Done | State::Stopped => Some(self.applied_at().plus_seconds(TOOK)),
            State::Returned => Some(self.applied_at().plus_days(STOOD)),
            _ => None,
        }
    }

    /// What the rows come to. Where they are forgotten, it was many users, most of whom were mailed a link.
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        if self.lines.is_empty() {
            return Tally { new: 58, refused: 3, added: 58, failed: 3, mailed: 41, ..tally };
        }
        for row in &self.lines {
            tally.judge(row.verdict);
            tally.settle(Outcome::Waiting, row.result);
            tally.built_on += i64::from(row.built_on.is_some());
        }
        tally
    }

    fn row(&self, tally: &Tally) -> UploadRow {
        let (file, agent) = (self.file, self.company.agent);
        let origin = match file.sheet {
            Some(sheet) => Origin::Workbook { sheet: sheet.to_owned() },
            None => Origin::Text { encoding: "UTF-8".to_owned() },
        };
        let head = Head::new((origin, &Column::ALL, Vec::new()), self.company.customer.place.country, "");
        let is_applied = file.state.is_applied();
        let is_by_hand = matches!(file.state, State::Stopped | State::Returned);
        let expires_at = match self.settled_at() {
            None if file.state == State::Shown => Some(self.sent_at().plus_seconds(SHOWN_HOURS * 3_600)),
            Some(at) if !self.lines.is_empty() => Some(at.plus_days(KEPT_DAYS)),
            _ => None,
        };
        let name_if = |is_so: bool| if is_so { agent.name.clone() } else { String::new() };
        UploadRow {
            id: self.id(),
            organisation_id: self.company.world.cast.harbor.row.id,
            customer_id: Some(self.company.customer.id),
            person_id: agent.id,
            person_name: agent.name.clone(),
            file_name: file.name,
            file_hash: self.hash(),
            byte_count: tally.read().saturating_mul(BYTES),
            head: written(&head),
            state: file.state,
            row_count: tally.read(),
            tally: written(tally),
            memory: "{}",
            reached: if file.state == State::Working { tally.settled() } else { 0 },
            uploaded_at: self.sent_at(),
            applied_at: is_applied.then(|| self.applied_at()),
            applied_by_name: name_if(is_applied),
            settled_at: self.settled_at(),
            settled_by_name: name_if(is_by_hand),
            handed_by_name: "",
            expires_at,
            worker_id: agent.id,
            job_id: JobId::from_number(id("upload job", self.number)),
        }
    }

    /// What was done with it, in the provider's log.
    fn record(&mut self, tally: &Tally) {
        if !self.file.state.is_applied() {
            return;
        }
        let foreseen = [("new", tally.new), ("changed", tally.changed), ("refused", tally.refused)];
        self.put_down(Action::ApplyUpload, &foreseen, self.applied_at());
        let Some(settled_at) = self.settled_at() else { return };
        // What was taken back had been added before.
        let added = tally.added + tally.taken_back;
        let came = [
            ("added", added),
            ("changed", tally.altered),
            ("unchanged", tally.unchanged),
            ("refused", tally.failed),
        ];
        let over = self.applied_at().plus_seconds(TOOK);
        let is_stopped = self.file.state == State::Stopped;
        let end = if is_stopped { Action::StopUpload } else { Action::FinishUpload };
        self.put_down(end, &came, over);
        if self.file.state == State::Returned {
            self.put_down(Action::TakeUploadBack, &[], settled_at.plus_seconds(-TOOK));
            let returned = [("taken_back", tally.taken_back), ("built_on", tally.built_on)];
            self.put_down(Action::FinishTakingBack, &returned, settled_at);
        }
    }

    fn put_down(&mut self, action: Action, counts: &[(&str, i64)], at: Moment) {
        let Company { world, agent, customer, .. } = self.company;
        let provider = &world.cast.harbor.row;
        let by = Actor { person: &agent.id, name: &agent.name, organisation: &provider.name };
        let counts = counts.iter().map(|(of, count)| Change::set(&format!("rows_{of}"), count));
        let entry = Entry::new(action, "upload", self.id(), self.file.name)
            .for_customer(&customer.id, &customer.name)
            .with([Change::set("file_hash", self.hash())])
            .with(counts);
        log::put(&mut self.log, (&provider.id, world.now), by, &entry, at);
    }
}

/// As the portal keeps it. Texts and numbers have no errors.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
