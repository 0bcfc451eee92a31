//! Who earns incentives, as far as a viewer may know.

use crate::access::Reach;
use crate::values::id::OrganisationId;

/// Who earns. Resellers of one customer learn nothing of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earner {
    Nobody,
    Reseller {
        name: String,
        mpn_id: String,
    },
    /// Another reseller than the one who looks.
    Another,
}

impl Earner {
    /// What a viewer with this reach sees of an MPN ID and the reseller that has it.
    pub fn seen_within(reach: &Reach, mpn_id: &str, reseller: Option<(&OrganisationId, &str)>) -> Self {
        if mpn_id.is_empty() {
            return Self::Nobody;
        }
        match (reach, reseller) {
            (Reach::Reseller(own), Some((id, _))) if own != id => Self::Another,
            (Reach::Reseller(_), None) => Self::Another,
            (_, found) => {
                let name = found.map_or_else(String::new, |(_, name)| name.to_owned());
                Self::Reseller { name, mpn_id: mpn_id.to_owned() }
            }
        }
    }

    /// The MPN ID, where there is one to be seen.
    pub fn mpn_id(&self) -> &str {
        match self {
            Self::Reseller { mpn_id, .. } => mpn_id,
            Self::Nobody | Self::Another => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reseller_sees_itself_earn_and_nobody_else() {
        let (own, other) = (OrganisationId::new(), OrganisationId::new());
        let named = |name: &str| Earner::Reseller { name: name.to_owned(), mpn_id: "4810233".to_owned() };
        let reseller = Reach::Reseller(own.clone());
        assert_eq!(Earner::seen_within(&reseller, "", None), Earner::Nobody);
        assert_eq!(Earner::seen_within(&reseller, "4810233", Some((&own, "Own"))), named("Own"));
        assert_eq!(Earner::seen_within(&reseller, "4810233", Some((&other, "Other"))), Earner::Another);
        let provider = Reach::Provider(OrganisationId::new());
        assert_eq!(Earner::seen_within(&provider, "4810233", Some((&other, "Other"))), named("Other"));
    }
}
