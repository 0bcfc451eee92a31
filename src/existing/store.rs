//! What files of customers do. Who sent them, and how far each is, `batches` keeps.

mod applying;
mod asking;
mod judging;
mod offers;
mod resellers;
mod returning;
mod there;

use chrono::NaiveDate;

use crate::access::Viewer;
use crate::access::permission::{AddCustomers, AssignIncentives, AttestAgreements, PlaceOrders, SeeDrafts};
use crate::activity::Entry;
use crate::batches::jobs::working;
use crate::batches::model::Head;
use crate::batches::trade::{AppliedOf, Before, Done, Marks, Trade, Work};
use crate::customers::new_account::Terms;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::existing::letters::done::Done as DoneLetter;
use crate::existing::model::{Column, Reason, Said, Undo, Why, marks, read};
use crate::jobs;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::paths;
use crate::sheets::{Built, Cells, Judged, Turn, Unread};
use crate::values::country::Country;
use crate::values::id::{BatchId, CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Problems;
use applying::Books;

pub use asking::waiting;

/// A file of customers, for whoever deals with it.
#[derive(Clone, Debug)]
pub struct OfCustomers {
    by: Viewer,
    today: NaiveDate,
}

/// The rows of a file as they are read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    columns: &'a [Column],
    /// Where customers are for whom a row names no country.
    home: Country,
    terms: &'a Terms,
}

impl Reading<'_> {
    fn cells<'a>(&'a self, texts: &'a [String]) -> Cells<'a, Column> {
        Cells { columns: self.columns, texts }
    }
}

/// What a row wants that whoever has it done may not do.
fn not_granted(by: &Viewer, said: &Said) -> Option<Reason> {
    let sold = said.sold.as_ref()?;
    if !by.may::<PlaceOrders>() {
        return Some(Reason::MayNotSell);
    }
    (sold.earner.is_some() && !by.may::<AssignIncentives>()).then_some(Reason::MayNotAssign)
}

impl OfCustomers {
    /// By which rows are read: those of whoever has it done, and the domains of the day on which the file was sent.
    fn terms(&self, head: &Head) -> Terms {
        Terms {
            region: self.by.organisation.country.region(),
            domain_suffix: head.domain_suffix.clone(),
            today: self.today,
            may_attest: self.by.may::<AttestAgreements>(),
        }
    }
}

impl Trade for OfCustomers {
    type Sends = AddCustomers;
    type Keeps = SeeDrafts;
    type Column = Column;
    type Why = Why;
    type Made = CustomerId;
    type Undo = Undo;
    type Memory = ();

    const WORK: jobs::Kind = working::<Self>("work_off_customers");

    fn place(id: &BatchId) -> String {
        paths::existing::show(id)
    }

    fn rows_as_file(id: &BatchId) -> String {
        paths::existing::export_rows(id)
    }

    fn made(id: &str) -> Option<CustomerId> {
        CustomerId::parse(id)
    }

    fn seen(_: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self> {
        let today = Moment::now().at(by.zone).date_naive();
        if of.is_some() { Err(Error::NotFound) } else { Ok(Self { by: by.clone(), today }) }
    }

    fn open(conn: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self> {
        Self::seen(conn, by, of)
    }

    fn customer(&self) -> Option<CustomerId> {
        None
    }

    fn provider(&self) -> Option<OrganisationId> {
        None
    }

    fn about(&self, entry: Entry) -> Entry {
        entry
    }

    fn marks(&self, head: &Head, cells: Cells<'_, Column>) -> Marks {
        marks(cells, head.location, &self.terms(head))
    }

    fn judge(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[(Unread<'_>, &Marks)],
        (before, ()): (&mut Before, &mut ()),
    ) -> Result<Vec<Judged<Why>>> {
        let head = &work.batch.head;
        let (columns, terms) = (head.columns(), self.terms(head));
        let reading = Reading { columns: &columns, home: head.location, terms: &terms };
        judging::judge(conn, work, reading, rows, before)
    }

    fn apply(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        turns: &[Turn<'_, Why>],
    ) -> Result<Vec<AppliedOf<Self>>> {
        let head = &work.batch.head;
        let (columns, terms) = (head.columns(), self.terms(head));
        let reading = Reading { columns: &columns, home: head.location, terms: &terms };
        let mut books = Books::default();
        turns.iter().map(|turn| applying::apply(conn, work, (reading, turn), &mut books)).collect()
    }

    fn letter(&self, Work { batch, by, site, .. }: Work<'_>) -> Result<Letter> {
        DoneLetter { batch, by, site }.letter()
    }

    fn mail_some(&self, conn: &mut Connection, work: Work<'_>, tokens: &[Token]) -> Result<()> {
        asking::ask_some(conn, work, tokens)
    }

    fn built(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<Option<Built>>> {
        rows.iter().map(|row| returning::built(conn, work, row)).collect()
    }

    fn take_back(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<std::result::Result<(), Built>>> {
        rows.iter().map(|row| returning::take_back(conn, work, row)).collect()
    }

    fn can_join(&self, why: &Why) -> bool {
        why.joinable().is_some()
    }

    fn problems(&self, head: &Head, (texts, why): (&[String], &Why)) -> Problems {
        let (columns, terms) = (head.columns(), self.terms(head));
        why.problems(|is_new| match read(Cells { columns: &columns, texts }, head.location, &terms) {
            Err(problems) => problems,
            Ok(said) if is_new => said.account(&terms).err().unwrap_or_default(),
            Ok(_) => Problems::default(),
        })
    }
}
