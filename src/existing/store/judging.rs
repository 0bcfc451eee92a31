//! What rows would do, before anything happens.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::offers::Offers;
use super::resellers::Resellers;
use super::there::{Holder, holders};
use super::{Reading, not_granted};
use crate::access::permission::AddCustomers;
use crate::access::{Allowed, Viewer};
use crate::batches::store::list::texts_alike;
use crate::batches::trade::{Before, Marks, Work};
use crate::customers::facts::{awaiting_agreement, resellers_of};
use crate::customers::store::likeness::{Same, of_or_near};
use crate::db::Connection;
use crate::error::Result;
use crate::existing::model::{Brought, Known, Like, Reason, Said, Sold, Why, read};
use crate::sheets::{Judged, Unread, Verdict};
use crate::subscriptions::facts::{Held, held_by};
use crate::values::id::{CustomerId, OfferId};
use crate::web::Problems;

/// Looks at a portion of rows, each as if those before it had been done.
///
/// # Errors
/// Database errors.
pub(super) fn judge(
    conn: &mut Connection,
    work: Work<'_>,
    reading: Reading<'_>,
    rows: &[(Unread<'_>, &Marks)],
    before: &mut Before,
) -> Result<Vec<Judged<Why>>> {
    let said: Vec<_> =
        rows.iter().map(|(row, _)| read(reading.cells(row.texts), reading.home, reading.terms)).collect();
    let domains: Vec<&str> = said.iter().flatten().map(|said| said.domain.as_str()).collect();
    let holders = holders(conn, work.by, &domains)?;
    let own = holders.values().filter_map(|holder| match holder {
        Holder::Own { customer, .. } => Some(*customer),
        _ => None,
    });
    let own: Vec<CustomerId> = own.collect();
    let (held, awaiting) = (held_by(conn, &own)?, awaiting_agreement(conn, &own)?);
    let mut judge = Judge {
        work,
        reading,
        holders: &holders,
        held: &held,
        awaiting: &awaiting,
        offers: Offers::default(),
        resellers: Resellers::default(),
        portion: Vec::new(),
    };
    let mut judged = Vec::with_capacity(rows.len());
    for (said, (row, marks)) in said.iter().zip(rows) {
        let one = judge.one(conn, (said, row), (marks, before))?;
        if one.verdict != Verdict::Refused {
            before.add(marks, row.line);
            if let Ok(said) = said {
                judge.portion.push((said.domain.clone(), said.sold.clone()));
            }
        }
        judged.push(one);
    }
    Ok(judged)
}

struct Judge<'a> {
    work: Work<'a>,
    reading: Reading<'a>,
    holders: &'a HashMap<String, Holder>,
    /// What customers have that are there.
    held: &'a [Held],
    /// Those of them who have not accepted the customer agreement.
    awaiting: &'a [CustomerId],
    offers: Offers,
    resellers: Resellers,
    /// The domains of earlier rows of the portion, and what those bring along.
    portion: Vec<(String, Option<Sold>)>,
}

type Read = std::result::Result<Said, Problems>;

impl Judge<'_> {
    fn by(&self) -> &Viewer {
        self.work.by
    }

    fn one(
        &mut self,
        conn: &mut Connection,
        (said, row): (&Read, &Unread<'_>),
        (marks, before): (&Marks, &Before),
    ) -> Result<Judged<Why>> {
        if let Some((found, expected)) = row.odd_length {
            return Ok(refused(Reason::CellCount { found, expected }));
        }
        let Ok(said) = said else { return Ok(refused(Reason::Cells { is_new: false })) };
        if let Some(line) = before.subjects.get(&marks.subject) {
            return Ok(refused(Reason::Twice { line: *line }));
        }
        if let Some(reason) = not_granted(self.by(), said) {
            return Ok(refused(reason));
        }
        let [domains, _, _] = &before.likeness;
        let holder = self.holders.get(&said.domain).unwrap_or(&Holder::Nobody);
        match (holder, domains.get(&said.domain), &said.sold) {
            (Holder::Ended, ..) => Ok(refused(Reason::Ended)),
            (Holder::Other, ..) => Ok(refused(Reason::DomainTaken)),
            (_, Some(line), None) => Ok(refused(Reason::Twice { line: *line })),
            (Holder::Nobody, Some(_), Some(sold)) => self.further(conn, (said, sold), None),
            (Holder::Nobody, None, _) => self.newcomer(conn, said, (marks, before)),
            (Holder::Own { customer, .. }, _, sold) => {
                if let Some(reason) = self.not_as_kept(conn, said, customer)? {
                    return Ok(refused(reason));
                }
                match sold {
                    None => Ok(Judged { verdict: Verdict::Same, why: Why::default() }),
                    Some(sold) => self.further(conn, (said, sold), Some(*customer)),
                }
            }
        }
    }

    /// What a row says of a customer who is there that is otherwise: a file adds customers, and changes none.
    fn not_as_kept(
        &mut self,
        conn: &mut Connection,
        said: &Said,
        customer: &CustomerId,
    ) -> Result<Option<Reason>> {
        if said.has_accepted() && self.awaiting.contains(customer) {
            return Ok(Some(Reason::NotAccepted));
        }
        let Some(mpn_id) = &said.reseller else { return Ok(None) };
        let reason = match self.resellers.named(conn, self.work.by, mpn_id)? {
            Err(why) => Some(Reason::Reseller(why.as_text().to_owned())),
            Ok(reseller) if resellers_of(conn, customer)?.contains(&reseller) => None,
            Ok(_) => Some(Reason::NotAdministered),
        };
        Ok(reason)
    }

    /// A subscription of a customer who is there, or in an earlier row.
    fn further(
        &mut self,
        conn: &mut Connection,
        (said, sold): (&Said, &Sold),
        customer: Option<CustomerId>,
    ) -> Result<Judged<Why>> {
        let brings = match self.brought(conn, said, sold, customer)? {
            Ok(brings) => brings,
            Err(reason) => return Ok(refused(reason)),
        };
        let own = self.held.iter().filter(|held| Some(held.customer) == customer);
        match brings.is_among(own, sold.starts_on.is_some()) {
            Known::Same => return Ok(Judged { verdict: Verdict::Same, why: Why::default() }),
            Known::Otherwise(quantity) => return Ok(refused(Reason::Held { quantity: quantity.get() })),
            Known::Not => {}
        }
        Ok(Judged { verdict: Verdict::Changed, why: Why { brings: Some(brings), ..Why::default() } })
    }

    fn newcomer(
        &mut self,
        conn: &mut Connection,
        said: &Said,
        (marks, before): (&Marks, &Before),
    ) -> Result<Judged<Why>> {
        let Ok(account) = said.account(self.reading.terms) else {
            return Ok(refused(Reason::Cells { is_new: true }));
        };
        if let Some(mpn_id) = &said.reseller
            && let Err(why) = self.resellers.named(conn, self.work.by, mpn_id)?
        {
            return Ok(refused(Reason::Reseller(why.as_text().to_owned())));
        }
        let brings = match &said.sold {
            None => None,
            Some(sold) => match self.brought(conn, said, sold, None)? {
                Ok(brings) => Some(brings),
                Err(reason) => return Ok(refused(reason)),
            },
        };
        let may = Allowed::<AddCustomers>::check(self.by())?;
        let mut likes: Vec<Like> = of_or_near(conn, &may, &account)?.into_iter().map(Like::of).collect();
        let [_, names, numbers] = &before.likeness;
        let [_, name, number] = &marks.likeness;
        for (line, same) in [(names.get(name), Same::City), (numbers.get(number), Same::Registration)] {
            if let Some(line) = line {
                likes.push(Like::Line { line: *line, same: same.as_text().to_owned() });
            }
        }
        let verdict = if likes.is_empty() { Verdict::New } else { Verdict::Likely };
        Ok(Judged { verdict, why: Why { likes, brings, ..Why::default() } })
    }

    fn brought(
        &mut self,
        conn: &mut Connection,
        said: &Said,
        sold: &Sold,
        customer: Option<CustomerId>,
    ) -> Result<std::result::Result<Brought, Reason>> {
        let (by, today) = (self.work.by, self.reading.terms.today);
        let brings = match self.offers.brought(conn, (by, &mut self.resellers), sold, today)? {
            Ok(brings) => brings,
            Err(reason) => return Ok(Err(reason)),
        };
        let bases = self.offers.bases(conn, by, &brings.offer)?;
        if bases.is_empty() {
            return Ok(Ok(brings));
        }
        match self.end_of_base(conn, &said.domain, customer, &bases)? {
            // An add-on renews with its base, whatever the file says.
            Some(end) => Ok(Ok(brings.renewing_on(end))),
            None => Ok(Err(Reason::BaseMissing { bases: self.offers.names(conn, by, &bases)? })),
        }
    }

    /// When one of these offers renews that a customer has, or an earlier row brings along.
    fn end_of_base(
        &mut self,
        conn: &mut Connection,
        domain: &str,
        customer: Option<CustomerId>,
        bases: &[OfferId],
    ) -> Result<Option<NaiveDate>> {
        let is_base = |held: &&Held| Some(held.customer) == customer && bases.contains(&held.offer);
        if let Some(base) = self.held.iter().find(is_base) {
            return Ok(Some(base.renews_on));
        }
        let mut sold: Vec<Sold> = Vec::new();
        for texts in texts_alike(conn, &self.work.batch.id, domain)? {
            let said = read(self.reading.cells(&texts), self.reading.home, self.reading.terms);
            sold.extend(said.ok().and_then(|said| said.sold));
        }
        let near = self.portion.iter().filter(|(of, _)| of == domain);
        sold.extend(near.filter_map(|(_, sold)| sold.clone()));
        let (by, today) = (self.work.by, self.reading.terms.today);
        for one in sold {
            let brought = self.offers.brought(conn, (by, &mut self.resellers), &one, today)?;
            if let Some(base) = brought.ok().filter(|brought| bases.contains(&brought.offer)) {
                return Ok(Some(base.renews_on));
            }
        }
        Ok(None)
    }
}

fn refused(reason: Reason) -> Judged<Why> {
    Judged { verdict: Verdict::Refused, why: Why::refused(reason) }
}
