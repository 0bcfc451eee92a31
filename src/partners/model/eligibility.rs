//! Whether a reseller can be named for something new: one answer, wherever it is asked.

use super::OrganisationState;
use crate::partners::wrong::Wrong;
use crate::values::country::Country;
use crate::values::problem::Problem;

/// What is known of a reseller, and of the location by which it takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub state: OrganisationState,
    pub country: Country,
    /// The location whose MPN ID is to earn; none where it has none.
    pub location: Option<Place>,
    /// The version of the reseller agreement that holds and that it has not accepted.
    pub unsigned: Option<i32>,
}

/// What decides whether a location can earn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub is_head_office: bool,
    pub country: Country,
}

/// What a reseller lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// It is not enrolled and authorised yet.
    Enrolment,
    /// The operator has suspended it.
    LiftedSuspension,
    /// It sells in another region than the provider.
    SameRegion,
    /// A head office earns nothing, and an MPN ID only counts in the country of the account.
    EarningLocation,
    /// It has not accepted the version that holds.
    Agreement { version: i32 },
}

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mender {
    Operator,
    /// The reseller's Global admin.
    Reseller,
    /// The provider chooses somebody else.
    Provider,
}

/// Everything that keeps a provider from naming a reseller for something new.
pub fn missing(facts: &Facts, provider: Country) -> Vec<Missing> {
    let earns = facts.location.is_some_and(|place| can_earn(facts.country, place));
    let fits = facts.country.region() == provider.region();
    [
        (facts.state == OrganisationState::Enrolling).then_some(Missing::Enrolment),
        (facts.state == OrganisationState::Suspended).then_some(Missing::LiftedSuspension),
        (!fits).then_some(Missing::SameRegion),
        (!earns).then_some(Missing::EarningLocation),
        facts.unsigned.map(|version| Missing::Agreement { version }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a location's MPN ID earns incentives for an organisation of this country.
pub fn can_earn(country: Country, place: Place) -> bool {
    !place.is_head_office && place.country == country
}

impl Missing {
    /// What stands for it in files; the same in every language.
    pub fn as_text(self) -> &'static str {
        match self {
            Self::Enrolment => "enrollment",
            Self::LiftedSuspension => "lifted_suspension",
            Self::SameRegion => "same_region",
            Self::EarningLocation => "earning_location",
            Self::Agreement { .. } => "agreement",
        }
    }

    pub fn mender(self) -> Mender {
        match self {
            Self::Enrolment | Self::LiftedSuspension => Mender::Operator,
            Self::EarningLocation | Self::Agreement { .. } => Mender::Reseller,
            Self::SameRegion => Mender::Provider,
        }
    }

    /// The same as the problem of a field in which the reseller was chosen.
    pub fn problem(self) -> Problem {
        match self {
            Self::Enrolment => Wrong::NotEnrolled.into(),
            Self::LiftedSuspension => Wrong::Suspended.into(),
            Self::SameRegion => Problem::OtherRegion,
            Self::EarningLocation => Wrong::NoEarningLocation.into(),
            Self::Agreement { version } => Wrong::AgreementUnsigned { version }.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn whole() -> Facts {
        let place = Place { is_head_office: false, country: country("DE") };
        Facts {
            state: OrganisationState::Enrolled,
            country: country("DE"),
            location: Some(place),
            unsigned: None,
        }
    }

    #[test]
    fn a_reseller_that_lacks_nothing_can_be_named() {
        assert_eq!(missing(&whole(), country("FR")), []);
    }

    #[test]
    fn each_lack_is_told_with_who_mends_it() {
        let head_office = Place { is_head_office: true, country: country("DE") };
        let abroad = Place { is_head_office: false, country: country("FR") };
        for (facts, lack, mender) in [
            (Facts { state: OrganisationState::Enrolling, ..whole() }, Missing::Enrolment, Mender::Operator),
            (
                Facts { state: OrganisationState::Suspended, ..whole() },
                Missing::LiftedSuspension,
                Mender::Operator,
            ),
            (Facts { location: Some(head_office), ..whole() }, Missing::EarningLocation, Mender::Reseller),
            (Facts { location: Some(abroad), ..whole() }, Missing::EarningLocation, Mender::Reseller),
            (Facts { location: None, ..whole() }, Missing::EarningLocation, Mender::Reseller),
            (Facts { unsigned: Some(3), ..whole() }, Missing::Agreement { version: 3 }, Mender::Reseller),
        ] {
            assert_eq!(missing(&facts, country("FR")), [lack]);
            assert_eq!(lack.mender(), mender);
        }
        assert_eq!(missing(&whole(), country("US")), [Missing::SameRegion]);
        assert_eq!(Missing::SameRegion.mender(), Mender::Provider);
    }

    proptest! {
        #[test]
        fn nothing_is_missing_exactly_when_everything_is_there(
            state in prop::sample::select(OrganisationState::ALL),
            own in prop::sample::select(vec!["DE", "FR", "US"]),
            place in prop::option::of((any::<bool>(), prop::sample::select(vec!["DE", "FR", "US"]))),
            unsigned in prop::option::of(1..9),
        ) {
            let facts = Facts {
                state,
                country: country(own),
                location: place.map(|(is_head_office, code)| Place { is_head_office, country: country(code) }),
                unsigned,
            };
            let is_whole = state == OrganisationState::Enrolled
                && own != "US"
                && place == Some((false, own))
                && unsigned.is_none();
            prop_assert_eq!(missing(&facts, country("DE")).is_empty(), is_whole);
        }
    }
}
