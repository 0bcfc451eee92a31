//! Files of a customer's users. What a row says and does is told in `users/model/upload.rs` and `users/store/upload.rs`.

use super::jobs::working;
use super::letters::done::Done as DoneLetter;
use super::model::Head;
use super::store::handing;
use super::trade::{self, AppliedOf, Before, Done, Keyed, Marks, Trade, Work};
use crate::access::Viewer;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::activity::Entry;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::jobs;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::paths;
use crate::sheets::{Built, Cells, Judged, Turn, Unread};
use crate::users::model::upload::{Column, Reason, Undo, Why, subject};
use crate::users::store::upload::{self as users, File, Promised};
use crate::users::store::{looked_after, open};
use crate::values::id::{BatchId, CustomerId, CustomerUserId, OrganisationId};
use crate::values::token::Token;
use crate::web::Problems;

/// A file of the users of this customer.
#[derive(Clone, Debug)]
pub struct OfUsers {
    pub customer: Customer,
}

impl Keyed for Column {
    fn key(self) -> &'static str {
        Self::key(self)
    }
}

impl trade::Why for Why {
    fn failed() -> Self {
        Self::Refused(Reason::Failed)
    }
}

impl OfUsers {
    fn file<'a>(&'a self, work: Work<'a>, columns: &'a [Column]) -> File<'a> {
        File { by: work.by, customer: &self.customer, columns, location: work.batch.head.location }
    }

    fn domain(&self) -> &str {
        &self.customer.account.domain
    }
}

impl Trade for OfUsers {
    type Sends = AddUsers;
    type Keeps = ManageUsers;
    type Column = Column;
    type Why = Why;
    type Made = CustomerUserId;
    type Undo = Undo;
    /// What the rows before would take of each offer.
    type Memory = Promised;

    const WORK: jobs::Kind = working::<Self>("work_off_upload");

    fn place(id: &BatchId) -> String {
        paths::batches::show(id)
    }

    fn rows_as_file(id: &BatchId) -> String {
        paths::batches::export_rows(id)
    }

    fn made(id: &str) -> Option<CustomerUserId> {
        CustomerUserId::parse(id)
    }

    fn seen(conn: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self> {
        let customer = looked_after(conn, &by.reach(), &of.ok_or(Error::NotFound)?)?;
        Ok(Self { customer })
    }

    fn open(conn: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self> {
        let customer = open(conn, &by.reach(), &of.ok_or(Error::NotFound)?)?;
        Ok(Self { customer })
    }

    fn customer(&self) -> Option<CustomerId> {
        Some(self.customer.id)
    }

    fn provider(&self) -> Option<OrganisationId> {
        Some(self.customer.provider)
    }

    fn about(&self, entry: Entry) -> Entry {
        entry.for_customer(&self.customer.id, &self.customer.account.company_name)
    }

    fn marks(&self, _: &Head, cells: Cells<'_, Column>) -> Marks {
        Marks { subject: subject(cells, self.domain()), ..Marks::default() }
    }

    fn judge(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[(Unread<'_>, &Marks)],
        (before, promised): (&mut Before, &mut Promised),
    ) -> Result<Vec<Judged<Why>>> {
        let columns = work.batch.head.columns();
        let unread: Vec<Unread<'_>> = rows.iter().map(|(row, _)| *row).collect();
        let before = (&mut before.subjects, promised);
        users::judge(conn, self.file(work, &columns), &unread, before, work.now)
    }

    fn apply(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        turns: &[Turn<'_, Why>],
    ) -> Result<Vec<AppliedOf<Self>>> {
        let columns = work.batch.head.columns();
        let applied = users::apply(conn, self.file(work, &columns), turns, work.now)?;
        let kept = |one: users::Applied| trade::Applied {
            outcome: one.outcome,
            why: one.why,
            made: one.user.zip(one.undo),
            password_at: one.added.map(|added| added.password_at),
        };
        Ok(applied.into_iter().map(kept).collect())
    }

    fn letter(&self, Work { batch, by, site, .. }: Work<'_>) -> Result<Letter> {
        DoneLetter { batch, by, customer: &self.customer, site }.letter()
    }

    fn mail_some(&self, conn: &mut Connection, work: Work<'_>, tokens: &[Token]) -> Result<()> {
        handing::mail_some(conn, work, (&self.customer, tokens))
    }

    fn built(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<Option<Built>>> {
        users::built(conn, work.by, &self.customer, rows)
    }

    fn take_back(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<std::result::Result<(), Built>>> {
        users::take_back(conn, work.by, &self.customer, (&work.batch.name(), rows), work.now)
    }

    fn problems(&self, head: &Head, (texts, why): (&[String], &Why)) -> Problems {
        why.problems(Cells { columns: &head.columns::<Column>(), texts }, self.domain())
    }
}
