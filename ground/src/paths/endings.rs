//! Ending relationships with customers, reinstating them, and giving customers back.

use crate::values::id::CustomerId;

super::addresses! {
    list() "/customers/ended";
    export() "/customers/ended/export";
    end(id: &CustomerId) "/customers/{id}/end";
    suspension(id: &CustomerId) "/customers/{id}/end/suspension";
    drafts(id: &CustomerId) "/customers/{id}/end/drafts";
    plan(id: &CustomerId) "/customers/{id}/end/plan";
    reinstatement(id: &CustomerId) "/customers/{id}/reinstatement";
    consent(id: &CustomerId) "/customers/{id}/reinstatement/consent";
    give_back(id: &CustomerId) "/customers/{id}/return";
}
