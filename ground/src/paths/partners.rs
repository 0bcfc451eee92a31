//! The organization's own profile, locations and agreement.

use crate::values::id::{AgreementId, LocationId};

super::addresses! {
    profile() "/organisation";
    edit_profile() "/organisation/profile";
    locations() "/organisation/locations";
    export_locations() "/organisation/locations/export";
    new_location() "/organisation/locations/new";
    location(id: &LocationId) "/organisation/locations/{id}";
    agreement() "/organisation/agreement";
    acceptance() "/organisation/agreement/acceptance";
    agreement_version(id: &AgreementId) "/organisation/agreement/{id}";
}
