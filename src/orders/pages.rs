//! The pages of the wizard, of drafts and of orders.

mod availability;
mod cancellation;
mod closed;
mod confirmation;
mod drafts;
mod history;
mod new_customer;
mod offers;
mod order_cancellation;
mod review;
mod step;
mod submission;

use actix_web::{guard, web};

/// All of them, step by step.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/customers/new").get(new_customer::new))
        // Only what is sent: the list under the same address is another area's.
        .service(web::resource("/customers").guard(guard::Post()).post(new_customer::create))
        .service(web::resource("/domain-availability").get(availability::show))
        .service(web::resource("/drafts").get(drafts::list))
        .service(web::resource("/drafts/{id}/customer").get(new_customer::edit).post(new_customer::update))
        .service(web::resource("/customers/{id}/subscriptions/new").get(offers::new))
        .service(web::resource("/drafts/{id}/subscriptions").get(offers::edit).post(offers::update))
        .service(web::resource("/drafts/{id}/total").post(offers::total::show))
        .service(web::resource("/drafts/{id}/review").get(review::show))
        .service(web::resource("/drafts/{id}/submission").post(submission::create))
        .service(web::resource("/drafts/{id}/cancellation").get(cancellation::new).post(cancellation::create))
        .service(web::resource("/drafts/{id}/confirmation").get(confirmation::of_draft))
        .service(web::resource("/customers/{id}/added").post(confirmation::added))
        .service(web::resource("/orders").get(history::list))
        .service(web::resource("/orders/{id}").get(history::show))
        .service(
            web::resource("/orders/{id}/cancellation")
                .get(order_cancellation::new)
                .post(order_cancellation::create),
        )
        .service(web::resource("/orders/{id}/confirmation").get(confirmation::show))
        .service(web::resource("/customers/{id}/orders").get(history::of_customer));
}
