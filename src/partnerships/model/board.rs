//! What a partner lacks before something new can name it, and when it may be reminded.

use crate::partners::model::eligibility::{Mender, Missing};
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;

/// A reseller is reminded at most once in so many days.
const DAYS: i64 = 1;

/// A partner on the board.
#[derive(Clone, Debug)]
pub struct Eligibility {
    pub partnership: PartnershipId,
    pub reseller: OrganisationId,
    pub name: String,
    pub sort_name: String,
    pub mpn_id: MpnId,
    pub missing: Vec<Missing>,
    /// When the provider last reminded it, if that was not long ago.
    pub reminded_at: Option<Moment>,
}

impl Eligibility {
    /// What the reseller itself can mend: the rest is not in its hands.
    pub fn own_part(&self) -> Vec<Missing> {
        self.missing.iter().copied().filter(|lack| lack.mender() == Mender::Reseller).collect()
    }

    /// Whether a reminder makes sense now.
    pub fn can_be_reminded(&self) -> bool {
        self.reminded_at.is_none() && !self.own_part().is_empty()
    }
}

/// Who was reminded after this moment is not reminded again yet.
pub fn reminded_since(now: Moment) -> Moment {
    now.plus_days(-DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_reseller_can_mend_is_worth_a_reminder() {
        let eligibility = |missing, reminded_at| Eligibility {
            partnership: PartnershipId::new(),
            reseller: OrganisationId::new(),
            name: "Brightwater IT".to_owned(),
            sort_name: "brightwater it".to_owned(),
            mpn_id: MpnId::parse("4810233").unwrap(),
            missing,
            reminded_at,
        };
        assert!(!eligibility(vec![], None).can_be_reminded());
        assert!(!eligibility(vec![Missing::LiftedSuspension], None).can_be_reminded());
        let both = vec![Missing::LiftedSuspension, Missing::Agreement { version: 2 }];
        assert!(eligibility(both.clone(), None).can_be_reminded());
        assert!(!eligibility(both, Some(Moment::now())).can_be_reminded());
    }
}
