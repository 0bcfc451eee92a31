//! The Catalog pages.

use chrono::NaiveDate;

use crate::values::currency::Currency;
use crate::values::id::{OfferId, UploadId};

super::addresses! {
    list() "/catalog";
    export() "/catalog/export";
    changes() "/catalog/changes";
    export_changes() "/catalog/changes/export";
    sample() "/catalog/sample";
    new() "/catalog/new";
    upload() "/catalog/upload";
    /// What an uploaded file would do.
    preview(id: &UploadId) "/catalog/uploads/{id}";
    show(id: &OfferId) "/catalog/{id}";
    change(id: &OfferId) "/catalog/{id}/change";
    pin(id: &OfferId) "/catalog/{id}/pin";
    withdrawal(id: &OfferId) "/catalog/{id}/withdrawal";
    /// Withdrawing a price that is announced for a day.
    announced(id: &OfferId, currency: &Currency, from: &NaiveDate) "/catalog/{id}/prices/{currency}/{from}";
    bring_back(id: &OfferId) "/catalog/{id}/return";
}
