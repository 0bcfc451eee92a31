//! Adding a promotion, changing one and ending it early.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{PromotionOfferRow, PromotionRow, whole};
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::facts::{OfferNamed, offers_named};
use crate::catalog::model::code::OfferCode;
use crate::db::Connection;
use crate::db::schema::{promotion_offers, promotions};
use crate::error::{Error, Result};
use crate::promotions::model::{Promotion, Stage, Terms};
use crate::promotions::wrong::Wrong;
use crate::values::id::{OfferId, PromotionId};
use crate::values::moment::Moment;
use crate::web::Problems;

/// What came of adding a promotion, or of changing one.
#[derive(Debug)]
pub enum Kept {
    Done,
    /// It is like that already, also where the same page was sent before.
    Same,
    /// Somebody else changed it in between; how it is now.
    Stale(Box<Promotion>),
    /// It is over, and stays what it was.
    Over,
    Refused(Problems),
}

/// A promotion with its offers.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &PromotionId) -> Result<Promotion> {
    let row = promotions::table.find(id).select(PromotionRow::as_select()).first(conn)?;
    whole(conn, vec![row])?.pop().ok_or(Error::NotFound)
}

/// Adds a promotion, once however often its page is sent.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &PromotionId,
    terms: &Terms,
    now: Moment,
) -> Result<Kept> {
    match find(conn, id) {
        Ok(kept) if is_same(&kept.terms, terms) => return Ok(Kept::Same),
        Ok(kept) => return Ok(Kept::Stale(Box::new(kept))),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    let offers = match offers(conn, terms)? {
        Ok(offers) => offers,
        Err(problems) => return Ok(Kept::Refused(problems)),
    };
    let row = row(id, terms, &by.name, now);
    fill(conn, &row, &offers)?;
    let entry = entry(Action::AddPromotion, id, terms).with(differences(None, terms));
    activity::store::record(conn, by.viewer(), &entry, now)?;
    Ok(Kept::Done)
}

/// Puts one there with its offers, without a record: nobody did it.
///
/// # Errors
/// Database errors.
pub fn fill(conn: &mut Connection, row: &PromotionRow, offers: &[OfferId]) -> Result<()> {
    diesel::insert_into(promotions::table).values(row).execute(conn)?;
    put_offers(conn, &row.id, offers)
}

/// Changes one that is not over. What has begun keeps its first day, its percentage and for whom it is.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    (id, version): (&PromotionId, i32),
    wanted: &Terms,
    now: Moment,
) -> Result<Kept> {
    let kept = find(conn, id)?;
    let terms = match kept.stage(now.day()) {
        Stage::Ended => return Ok(Kept::Over),
        Stage::Running => wanted.clone().begun(&kept.terms),
        Stage::Planned => wanted.clone(),
    };
    if is_same(&kept.terms, &terms) {
        return Ok(Kept::Same);
    }
    if kept.version != version {
        return Ok(Kept::Stale(Box::new(kept)));
    }
    let offers = match offers(conn, &terms)? {
        Ok(offers) => offers,
        Err(problems) => return Ok(Kept::Refused(problems)),
    };
    let created_at: Moment = promotions::table.find(id).select(promotions::created_at).first(conn)?;
    let row = PromotionRow { version: version + 1, created_at, ..row(id, &terms, &by.name, now) };
    diesel::update(promotions::table.find(id)).set(&row).execute(conn)?;
    diesel::delete(promotion_offers::table.filter(promotion_offers::promotion_id.eq(id))).execute(conn)?;
    put_offers(conn, id, &offers)?;
    let changes = differences(Some(&kept.terms), &terms);
    activity::store::record(
        conn,
        by.viewer(),
        &entry(Action::UpdatePromotion, id, &terms).with(changes),
        now,
    )?;
    Ok(Kept::Done)
}

/// Ends one at once. What was ordered keeps its price for its term.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn end(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &PromotionId,
    now: Moment,
) -> Result<(String, bool)> {
    let kept = find(conn, id)?;
    if kept.stage(now.day()) == Stage::Ended {
        return Ok((kept.terms.name, false));
    }
    diesel::update(promotions::table.find(id))
        .set((
            promotions::ended_at.eq(Some(now)),
            promotions::ended_by_name.eq(Some(&by.name)),
            promotions::version.eq(promotions::version + 1),
        ))
        .execute(conn)?;
    activity::store::record(conn, by.viewer(), &entry(Action::EndPromotion, id, &kept.terms), now)?;
    Ok((kept.terms.name, true))
}

fn row(id: &PromotionId, terms: &Terms, by: &str, now: Moment) -> PromotionRow {
    PromotionRow {
        id: *id,
        name: terms.name.clone(),
        percent: terms.percent,
        starts_on: terms.starts_on,
        ends_on: terms.ends_on,
        for_new_customers: terms.for_new_customers,
        version: 1,
        created_at: now,
        changed_at: now,
        changed_by_name: by.to_owned(),
        ended_at: None,
        ended_by_name: None,
    }
}

/// The offers that it names, which have to be there and cost something.
fn offers(conn: &mut Connection, terms: &Terms) -> Result<Result<Vec<OfferId>, Problems>> {
    let found: Vec<OfferNamed> = offers_named(conn, &terms.offers)?;
    let mut problems = Problems::default();
    for code in &terms.offers {
        match found.iter().find(|offer| offer.code == *code) {
            None => problems.on("offers", Wrong::UnknownOffer { code: code.to_string() }),
            Some(offer) if !offer.costs_something() => {
                problems.on("offers", Wrong::FreeOffer { code: code.to_string() });
            }
            Some(offer) if !offer.ends() => {
                problems.on("offers", Wrong::EndlessOffer { code: code.to_string() });
            }
            Some(_) => {}
        }
    }
    Ok(if problems.is_empty() {
        Ok(found.into_iter().map(|offer| offer.id).collect())
    } else {
        Err(problems)
    })
}

fn put_offers(conn: &mut Connection, id: &PromotionId, offers: &[OfferId]) -> Result<()> {
    for offer_id in offers {
        let row = PromotionOfferRow { promotion_id: *id, offer_id: *offer_id };
        diesel::insert_into(promotion_offers::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn entry(action: Action, id: &PromotionId, terms: &Terms) -> Entry {
    Entry::new(action, "promotion", id, &terms.name)
}

fn is_same(one: &Terms, other: &Terms) -> bool {
    differences(Some(one), other).is_empty()
}

fn differences(old: Option<&Terms>, new: &Terms) -> Vec<Change> {
    let day = |day: NaiveDate| day.to_string();
    let offers = |terms: &Terms| {
        let mut codes: Vec<&str> = terms.offers.iter().map(OfferCode::as_str).collect();
        codes.sort_unstable();
        codes.join(";")
    };
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let said = |terms: &Terms| {
        [
            ("name", terms.name.clone()),
            ("percent", terms.percent.to_string()),
            ("starts_on", day(terms.starts_on)),
            ("ends_on", day(terms.ends_on)),
            ("new_customers", yes(terms.for_new_customers)),
            ("offers", offers(terms)),
        ]
    };
    let before = old.map(said);
    let was = |at: usize| {
        before.as_ref().and_then(|before| before.get(at)).map_or(String::new(), |(_, was)| was.clone())
    };
    let all = said(new).into_iter().enumerate().map(|(at, (field, now))| (field, was(at), now));
    all.filter(|(_, was, now)| was != now).map(|(field, was, now)| Change::new(field, was, now)).collect()
}

impl Terms {
    /// The same of one that has begun.
    fn begun(self, kept: &Self) -> Self {
        let (percent, starts_on, for_new_customers) = (kept.percent, kept.starts_on, kept.for_new_customers);
        Self { percent, starts_on, for_new_customers, ..self }
    }
}
