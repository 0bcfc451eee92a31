//! The reseller agreement of the demonstration, and who has accepted it.

use super::cast::{Cast, Organisation};
use super::log;
use super::random::id;
use super::requests::working_hour;
use super::rows::{AcceptanceRow, ActivityRow, AgreementRow};
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::agreement::Audience;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;

const TEXT: &str = include_str!("data/agreement.txt");

/// It was published so many days ago.
const DAYS: i64 = 62;

/// Resellers that have not come round to it.
pub const UNSIGNED: &[&str] =
    &["Clairvent Informatique", "Lanterna Informatica", "Koivuranta Data", "Murtal Datentechnik"];

/// The agreement with its acceptances.
pub struct Agreements {
    agreement: AgreementRow,
    acceptances: Vec<AcceptanceRow>,
}

impl Agreements {
    pub fn of(cast: &Cast, now: Moment) -> Self {
        let published_at = working_hour(now.plus_days(-DAYS), "agreement");
        let agreement = AgreementRow {
            id: AgreementId::from_number(id("agreement", 1)),
            audience: Audience::Reseller,
            version: 1,
            body: TEXT.trim().to_owned(),
            published_by_name: cast.operator.owner().map(|owner| owner.name.clone()).unwrap_or_default(),
            published_at,
        };
        let accept = |(nth, reseller): (i64, &Organisation)| {
            let owner = reseller.owner()?;
            let signs = !UNSIGNED.contains(&reseller.row.name.as_str());
            signs.then(|| AcceptanceRow {
                organisation_id: reseller.row.id,
                agreement_id: agreement.id,
                person_id: owner.id,
                person_name: owner.name.clone(),
                accepted_at: working_hour(published_at.plus_days(1 + nth % 30), &reseller.row.name),
            })
        };
        let acceptances = (0..).zip(&cast.resellers).filter_map(accept).collect();
        Self { agreement, acceptances }
    }

    pub fn insert(&self, conn: &mut Connection) -> Result<()> {
        AgreementRow::insert(conn, std::slice::from_ref(&self.agreement))?;
        AcceptanceRow::insert(conn, &self.acceptances)
    }

    /// What the logs say of it.
    pub fn activity(&self, cast: &Cast, now: Moment) -> Vec<ActivityRow> {
        let agreement = &self.agreement;
        let entry = |action| {
            Entry::new(action, "partner_agreement", agreement.id, agreement.version).with([
                Change::set("audience", agreement.audience.as_text()),
                Change::set("version", agreement.version),
            ])
        };
        let mut log = Vec::new();
        if let Some(owner) = cast.operator.owner() {
            let (place, by) = ((&cast.operator.row.id, now), owner.actor(&cast.operator));
            log::put(&mut log, place, by, &entry(Action::PublishPartnerAgreement), agreement.published_at);
        }
        for acceptance in &self.acceptances {
            let is_it = |one: &&Organisation| one.row.id == acceptance.organisation_id;
            let Some(reseller) = cast.resellers.iter().find(is_it) else { continue };
            let Some(owner) = reseller.owner() else { continue };
            let (place, by) = ((&reseller.row.id, now), owner.actor(reseller));
            log::put(&mut log, place, by, &entry(Action::AcceptPartnerAgreement), acceptance.accepted_at);
        }
        log
    }
}
