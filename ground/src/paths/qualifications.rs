//! Special qualifications of customers: asking, deciding, and the validation codes of providers.

use crate::values::id::{CodeId, CustomerId, OrganisationId, ReviewId};

super::addresses! {
    of_customer(id: &CustomerId) "/customers/{id}/qualification";
    end(id: &CustomerId) "/customers/{id}/qualification/end";
    list() "/operator/qualifications";
    export() "/operator/qualifications/export";
    show(id: &ReviewId) "/operator/qualifications/{id}";
    approval(id: &ReviewId) "/operator/qualifications/{id}/approval";
    denial(id: &ReviewId) "/operator/qualifications/{id}/denial";
    codes(id: &OrganisationId) "/operator/organisations/{id}/validation-codes";
    export_codes(id: &OrganisationId) "/operator/organisations/{id}/validation-codes/export";
    closing(id: &OrganisationId, code: &CodeId) "/operator/organisations/{id}/validation-codes/{code}/closing";
}
