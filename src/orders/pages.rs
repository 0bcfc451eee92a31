//! The pages of the wizard, of drafts and of orders.

mod availability;
mod cancellation;
mod closed;
mod confirmation;
mod drafts;
pub mod history;
mod new_customer;
mod offers;
mod order_cancellation;
mod review;
mod step;
mod submission;

use actix_web::{guard, web};

use crate::paths::{self, orders as at};

/// All of them, step by step.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::new_customer::ROUTE).get(new_customer::new))
        // Only what is sent: the list under the same address is another area's.
        .service(web::resource(paths::customers::list::ROUTE).guard(guard::Post()).post(new_customer::create))
        .service(web::resource(at::domain_availability::ROUTE).get(availability::show))
        .service(web::resource(at::drafts::ROUTE).get(drafts::list))
        .service(web::resource(at::draft_customer::ROUTE).get(new_customer::edit).post(new_customer::update))
        .service(web::resource(at::new_subscription::ROUTE).get(offers::new))
        .service(web::resource(at::draft_subscriptions::ROUTE).get(offers::edit).post(offers::update))
        .service(web::resource(at::draft_total::ROUTE).post(offers::total::show))
        .service(web::resource(at::draft_review::ROUTE).get(review::show))
        .service(web::resource(at::draft_submission::ROUTE).post(submission::create))
        .service(
            web::resource(at::draft_cancellation::ROUTE).get(cancellation::new).post(cancellation::create),
        )
        .service(web::resource(at::draft_confirmation::ROUTE).get(confirmation::of_draft))
        .service(web::resource(at::added::ROUTE).post(confirmation::added))
        .service(web::resource(at::list::ROUTE).get(history::list))
        .service(web::resource(at::show::ROUTE).get(history::show))
        .service(
            web::resource(at::cancellation::ROUTE)
                .get(order_cancellation::new)
                .post(order_cancellation::create),
        )
        .service(web::resource(at::confirmation::ROUTE).get(confirmation::show))
        .service(web::resource(at::of_customer::ROUTE).get(history::of_customer));
}
