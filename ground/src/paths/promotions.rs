//! Promotions of the operator.

use crate::values::id::PromotionId;

super::addresses! {
    list() "/promotions";
    export() "/promotions/export";
    new() "/promotions/new";
    show(id: &PromotionId) "/promotions/{id}";
    change(id: &PromotionId) "/promotions/{id}/change";
    /// Before its last day is over.
    ending(id: &PromotionId) "/promotions/{id}/end";
}
