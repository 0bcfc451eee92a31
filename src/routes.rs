//! Every route, on one screen: first what everybody may open, then what takes somebody signed in.

use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};

use crate::access::Viewer;
use crate::access::gate::demand_person;
use crate::access::permission::{
    DecideEnrolments, SeeCustomers, SeeInstallation, SeeProviders, SeeResellers,
};
use crate::db::Db;
use crate::error::Result;
use crate::web::{assets, see_other};
use crate::{
    activity, agreements, catalog, consents, customers, enrolment, notifications, operator, orders, partners,
    partnerships, people, session, subscriptions,
};

/// All routes of the portal.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/healthz").get(health))
        .service(web::resource("/static/{name:.*}").get(assets::show))
        .configure(session::public_routes)
        .configure(people::public_routes)
        .configure(enrolment::public_routes)
        .configure(partnerships::public_routes)
        .configure(consents::public_routes)
        .service(
            // Deny by default: whoever adds a route below need not think of it.
            web::scope("")
                .wrap(from_fn(demand_person))
                .service(web::resource("/").get(start))
                .configure(session::routes)
                .configure(partners::routes)
                .configure(notifications::routes)
                .configure(people::routes)
                .configure(enrolment::routes)
                .configure(operator::routes)
                .configure(catalog::routes)
                .configure(partnerships::routes)
                .configure(agreements::routes)
                .configure(consents::routes)
                // Before the customers: "/customers/new" is no customer's id.
                .configure(orders::routes)
                .configure(customers::routes)
                .configure(subscriptions::routes)
                .configure(activity::routes)
                .default_service(web::to(nothing)),
        );
}

/// `GET /healthz`: whether the database answers.
async fn health(db: web::Data<Db>) -> HttpResponse {
    use diesel::connection::SimpleConnection as _;
    match db.read(|conn| Ok(conn.batch_execute("SELECT 1")?)).await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(_) => {
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("database\n")
        }
    }
}

/// `GET /`: where the person's work is. It takes no shell, which would use up the notice meant for that page.
async fn start(viewer: Viewer) -> HttpResponse {
    see_other(match () {
        () if viewer.may::<SeeCustomers>() => "/customers",
        () if viewer.may::<SeeResellers>() => "/resellers",
        () if viewer.may::<SeeProviders>() => "/providers",
        () if viewer.may::<SeeInstallation>() => "/operator",
        () if viewer.may::<DecideEnrolments>() => "/operator/enrolments",
        () => "/activity",
    })
}

async fn nothing() -> Result<HttpResponse> {
    Err(crate::error::Error::NotFound)
}
