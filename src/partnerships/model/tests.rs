//! The rules of acceptance, one by one.

use super::*;
use crate::values::currency::Currency;
use crate::values::id::LocationId;

fn organisation(kind: OrganisationKind, country: &str) -> Organisation {
    Organisation {
        id: OrganisationId::new(),
        kind,
        name: "Any".to_owned(),
        country: Country::parse(country).unwrap(),
        currency: Currency::Eur,
        state: OrganisationState::Enrolled,
    }
}

fn location(country: &str, is_head_office: bool) -> Location {
    Location {
        id: LocationId::new(),
        name: "Any".to_owned(),
        mpn_id: MpnId::parse("4810233").unwrap(),
        is_head_office,
        country: Country::parse(country).unwrap(),
        city: "Any".to_owned(),
    }
}

/// What is known of a reseller with these locations.
fn facts(own: &Organisation, locations: &[Location]) -> Facts {
    let place = |one: &Location| Place { is_head_office: one.is_head_office, country: one.country };
    let best = locations.iter().find(|one| can_take_part(own, one)).or(locations.first());
    Facts { state: own.state, country: own.country, location: best.map(place), unsigned: None }
}

#[test]
fn an_enrolled_reseller_of_the_region_with_a_location_may_accept() {
    let provider = organisation(OrganisationKind::Provider, "NL");
    let reseller = organisation(OrganisationKind::Reseller, "DE");
    let locations = [location("DE", true), location("DE", false)];
    assert_eq!(obstacle(&provider, &reseller, false, &facts(&reseller, &locations)), None);
    assert_eq!(
        obstacle(&provider, &reseller, true, &facts(&reseller, &locations)),
        Some(Obstacle::AlreadyPartners)
    );
}

#[test]
fn nobody_else_may() {
    let provider = organisation(OrganisationKind::Provider, "NL");
    let locations = [location("DE", false)];
    let met = |own: &Organisation| obstacle(&provider, own, false, &facts(own, &locations));
    assert_eq!(met(&provider), Some(Obstacle::OwnOrganisation));
    for kind in [OrganisationKind::Provider, OrganisationKind::Operator] {
        assert_eq!(met(&organisation(kind, "DE")), Some(Obstacle::WrongKind(kind)));
    }
    assert_eq!(met(&organisation(OrganisationKind::Reseller, "JP")), Some(Obstacle::OtherRegion));
    let mut reseller = organisation(OrganisationKind::Reseller, "DE");
    reseller.state = OrganisationState::Suspended;
    assert_eq!(met(&reseller), Some(Obstacle::Suspended));
    reseller.state = OrganisationState::Enrolling;
    assert_eq!(met(&reseller), Some(Obstacle::NotEnrolled));
}

#[test]
fn a_head_office_and_a_location_abroad_do_not_take_part() {
    let provider = organisation(OrganisationKind::Provider, "NL");
    let reseller = organisation(OrganisationKind::Reseller, "DE");
    let locations = [location("DE", true), location("FR", false)];
    assert_eq!(
        obstacle(&provider, &reseller, false, &facts(&reseller, &locations)),
        Some(Obstacle::NoLocation)
    );
}

#[test]
fn a_suspended_provider_gains_no_partners() {
    let mut provider = organisation(OrganisationKind::Provider, "NL");
    provider.state = OrganisationState::Suspended;
    let reseller = organisation(OrganisationKind::Reseller, "DE");
    let locations = [location("DE", false)];
    assert_eq!(
        obstacle(&provider, &reseller, false, &facts(&reseller, &locations)),
        Some(Obstacle::ProviderSuspended)
    );
}

#[test]
fn an_agreement_that_is_missing_does_not_stop_a_partnership() {
    let provider = organisation(OrganisationKind::Provider, "NL");
    let reseller = organisation(OrganisationKind::Reseller, "DE");
    let facts = Facts { unsigned: Some(2), ..facts(&reseller, &[location("DE", false)]) };
    assert_eq!(obstacle(&provider, &reseller, false, &facts), None);
}
