//! What is selected, as far as a page looks at it before anything is begun.

use crate::access::Viewer;
use crate::customers::facts::administered_among;
use crate::customers::model::search::Filter;
use crate::customers::store::selection::{ids_after, living_filter_of};
use crate::db::Connection;
use crate::error::Result;
use crate::handovers::model::Sample;
use crate::partnerships::directory::{Partner, ResellerChoice, partners_of, resellers_administering};
use crate::relationships::model::Held;
use crate::relationships::store::plans;
use crate::subscriptions::store::handover::{Dealing, dealings_among};
use crate::values::id::{CustomerId, OrganisationId, SelectionId};
use crate::web::pager::{Portion, Start};

/// So many customers are looked at; the numbers of more are said to be of these.
const MOST: usize = 2_000;
/// Among so many former resellers one chooses.
const FORMERS: i64 = 1_000;

/// Between whom one chooses, and of how many customers.
#[derive(Clone, Debug)]
pub struct Question {
    pub partners: Vec<Partner>,
    /// Resellers that administer any customer of the provider.
    pub formers: Vec<ResellerChoice>,
    pub sample: Sample,
}

impl Question {
    pub fn reseller_name(&self, id: Option<&OrganisationId>) -> Option<&str> {
        let found = self.partners.iter().find(|partner| Some(&partner.reseller) == id);
        found.map(|partner| partner.name.as_str())
    }

    pub fn former_name(&self, id: Option<&OrganisationId>) -> Option<&str> {
        let found = self.formers.iter().find(|former| Some(&former.id) == id);
        found.map(|former| former.name.as_str())
    }
}

/// What the page needs to know about a selection of the viewer's own; `None` when nothing is selected.
///
/// # Errors
/// Database errors.
pub fn question(
    conn: &mut Connection,
    by: &Viewer,
    selection: &SelectionId,
    (former, reseller): (Option<&OrganisationId>, Option<&OrganisationId>),
) -> Result<Option<Question>> {
    let provider = &by.organisation.id;
    let Some(filter) = living_filter_of(conn, &by.person, selection)? else { return Ok(None) };
    let (customers, has_more) = first_of(conn, by, &filter)?;
    if customers.is_empty() {
        return Ok(None);
    }
    let sample = sample(conn, (customers, has_more), (former, reseller))?;
    let formers = resellers_administering(conn, provider, FORMERS)?;
    Ok(Some(Question { partners: partners_of(conn, provider)?, formers, sample }))
}

/// Tells whether a page still shows what of the viewer's own is selected, as far as it looked; `None` when nothing is.
///
/// # Errors
/// Database errors.
pub fn mark(conn: &mut Connection, by: &Viewer, selection: &SelectionId) -> Result<Option<String>> {
    let Some(filter) = living_filter_of(conn, &by.person, selection)? else { return Ok(None) };
    let (customers, has_more) = first_of(conn, by, &filter)?;
    let sample = Sample { customers, has_more, ..Sample::default() };
    Ok(Some(sample.mark()).filter(|_| !sample.customers.is_empty()))
}

fn first_of(conn: &mut Connection, by: &Viewer, filter: &Filter) -> Result<(Vec<CustomerId>, bool)> {
    let (mut found, mut start) = (Vec::new(), Some(Start::First));
    while let Some(from) = start.clone().filter(|_| found.len() < MOST) {
        let page = ids_after(conn, &by.reach(), filter, &Portion::chunk(&from))?;
        start = page.rest();
        found.extend(page.rows);
    }
    let has_more = start.is_some();
    Ok((found, has_more))
}

fn sample(
    conn: &mut Connection,
    (customers, has_more): (Vec<CustomerId>, bool),
    (former, reseller): (Option<&OrganisationId>, Option<&OrganisationId>),
) -> Result<Sample> {
    let mut administered = |by: Option<&OrganisationId>| match by {
        Some(by) => administered_among(conn, by, &customers),
        None => Ok(Vec::new()),
    };
    let (with_former, with_reseller) = (administered(former)?, administered(reseller)?);
    let held = |dealing: Dealing| {
        let Dealing { id, customer_id: customer, earner, helper } = dealing;
        (customer, Held { id, nickname: String::new(), earner, helper })
    };
    let held = dealings_among(conn, &customers)?.into_iter().map(held).collect();
    let sample = Sample { customers, has_more, with_former, with_reseller, held, planned: 0 };
    let concerned: Vec<CustomerId> = sample.concerned(former.is_some()).into_iter().collect();
    let planned = plans::count_open_among(conn, &concerned)?;
    Ok(Sample { planned, ..sample })
}
