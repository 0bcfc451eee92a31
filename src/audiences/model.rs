//! Whom an offer is open to.

use std::collections::BTreeSet;

use crate::text_enum;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

text_enum! {
    /// What being listed means.
    pub enum Rule {
        /// Nothing: every reseller can be named.
        Every = "every",
        AllBut = "all_but",
        Only = "only",
    }
}

/// Which resellers can be named on an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    pub rule: Rule,
    pub listed: BTreeSet<OrganisationId>,
}

/// An audience with what the database keeps beside it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub said: Audience,
    /// 0 as long as nobody has decided anything.
    pub version: i32,
    /// When, and who.
    pub changed: Option<(Moment, String)>,
}

impl Audience {
    pub fn every() -> Self {
        Self { rule: Rule::Every, listed: BTreeSet::new() }
    }

    pub fn lets(&self, reseller: &OrganisationId) -> bool {
        match self.rule {
            Rule::Every => true,
            Rule::AllBut => !self.listed.contains(reseller),
            Rule::Only => self.listed.contains(reseller),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_being_listed_means() {
        let (listed, other) = (OrganisationId::new(), OrganisationId::new());
        let lets = |rule| {
            let audience = Audience { rule, listed: [listed].into() };
            (audience.lets(&listed), audience.lets(&other))
        };
        assert_eq!(lets(Rule::Every), (true, true));
        assert_eq!(lets(Rule::AllBut), (false, true));
        assert_eq!(lets(Rule::Only), (true, false));
    }
}
