//! Reservations: what can be reserved, what is, and what customers may reserve by themselves.

use crate::values::id::{CustomerId, ReservationId, ReservationProductId};

super::addresses! {
    list() "/reservations";
    export() "/reservations/export";
    show(id: &ReservationId) "/reservations/{id}";
    of_customer(id: &CustomerId) "/customers/{id}/reservations";
    export_of_customer(id: &CustomerId) "/customers/{id}/reservations/export";
    buy(id: &CustomerId) "/customers/{id}/reservations/new";
    permissions(id: &CustomerId) "/customers/{id}/permissions";
    withdrawal(id: &CustomerId) "/customers/{id}/permissions/withdrawal";
    products() "/reservation-products";
    export_products() "/reservation-products/export";
    new_product() "/reservation-products/new";
    change_product(id: &ReservationProductId) "/reservation-products/{id}/change";
    availability(id: &ReservationProductId) "/reservation-products/{id}/availability";
    /// What the customer's own people see of them, and buy.
    own() "/own/reservations";
    export_own() "/own/reservations/export";
    buy_own(id: &CustomerId) "/own/reservations/{id}/new";
}
