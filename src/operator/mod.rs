//! The operator's pages: what stands above single organisations.

mod form;
mod pages;

use actix_web::web;

use pages::agreements;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/operator/agreements").get(agreements::list).post(agreements::create))
        .service(web::resource("/operator/agreements/new").get(agreements::new))
        .service(web::resource("/operator/agreements/draft").post(agreements::draft))
        .service(web::resource("/operator/agreements/{id}").get(agreements::show));
}
