//! The operator's customer agreements.

use crate::values::id::CustomerAgreementId;

super::addresses! {
    list() "/operator/customer-agreements";
    new() "/operator/customer-agreements/new";
    draft() "/operator/customer-agreements/draft";
    show(id: &CustomerAgreementId) "/operator/customer-agreements/{id}";
}
