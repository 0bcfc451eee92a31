//! Who earns incentives, as far as a viewer may know.

use crate::access::Reach;
use crate::partners::model::Holder;

/// Who earns. Resellers of one customer learn nothing of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earner {
    Nobody,
    Reseller {
        name: String,
        mpn_id: String,
        /// Where the location is that has the MPN ID.
        city: String,
    },
    /// Another reseller than the one who looks.
    Another,
}

impl Earner {
    /// What a viewer with this reach sees of an MPN ID and whoever has it.
    pub fn seen_within(reach: &Reach, mpn_id: &str, holder: Option<&Holder>) -> Self {
        if mpn_id.is_empty() {
            return Self::Nobody;
        }
        match (reach, holder) {
            (Reach::Reseller(own), Some(holder)) if *own != holder.organisation => Self::Another,
            (Reach::Reseller(_), None) => Self::Another,
            (_, holder) => {
                let (name, city) =
                    holder.map(|holder| (holder.name.clone(), holder.city.clone())).unwrap_or_default();
                Self::Reseller { name, mpn_id: mpn_id.to_owned(), city }
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
    use crate::values::id::OrganisationId;

    #[test]
    fn a_reseller_sees_itself_earn_and_nobody_else() {
        let holder = |name: &str| Holder {
            organisation: OrganisationId::new(),
            name: name.to_owned(),
            city: "Hamburg".to_owned(),
        };
        let (own, other) = (holder("Own"), holder("Other"));
        let named = |name: &str| Earner::Reseller {
            name: name.to_owned(),
            mpn_id: "4810233".to_owned(),
            city: "Hamburg".to_owned(),
        };
        let reseller = Reach::Reseller(own.organisation);
        assert_eq!(Earner::seen_within(&reseller, "", None), Earner::Nobody);
        assert_eq!(Earner::seen_within(&reseller, "4810233", Some(&own)), named("Own"));
        assert_eq!(Earner::seen_within(&reseller, "4810233", Some(&other)), Earner::Another);
        let provider = Reach::Provider(OrganisationId::new());
        assert_eq!(Earner::seen_within(&provider, "4810233", Some(&other)), named("Other"));
    }
}
