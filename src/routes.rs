//! Every route, on one screen: first what machines ask, then what everybody may open, then what takes somebody signed in.
//! And every kind of letter.

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};

use crate::access::Viewer;
use crate::access::permission::{
    DecideEnrolments, SeeCustomers, SeeInstallation, SeeProviders, SeeRelationships, SeeResellers,
};
use crate::db::Db;
use crate::db::pulse::Beat;
use crate::error::Result;
use crate::gate::demand_person;
use crate::mail::kind::Kinds;
use crate::paths;
use crate::web::{assets, see_other};
use crate::{
    activity, agreements, audiences, azure, batches, catalog, consents, customers, endings, enrolment,
    existing, exports, handovers, invitations, notifications, operator, orders, overview, partners,
    partnerships, people, promotions, qualifications, relationships, renewal_letters, reservations,
    self_service, session, subscriptions, transfers, upgrades, users,
};

/// What machines ask, who have no session.
pub fn machines(config: &mut web::ServiceConfig) {
    config.service(web::resource(paths::health::ROUTE).get(health));
}

/// All routes for people.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::asset::ROUTE).get(assets::show))
        .configure(session::public_routes)
        .configure(people::public_routes)
        .configure(enrolment::public_routes)
        .configure(partnerships::public_routes)
        .configure(consents::public_routes)
        .configure(invitations::public_routes)
        .configure(transfers::public_routes)
        .service(
            // Deny by default: whoever adds a route below need not think of it.
            web::scope("")
                .wrap(from_fn(demand_person))
                .service(web::resource(paths::start::ROUTE).get(start))
                // Before all others: no list calls one of its things "export".
                .configure(exports::routes)
                .configure(session::routes)
                .configure(partners::routes)
                .configure(notifications::routes)
                .configure(people::routes)
                .configure(enrolment::routes)
                .configure(operator::routes)
                .configure(catalog::routes)
                .configure(promotions::routes)
                .configure(partnerships::routes)
                .configure(audiences::routes)
                .configure(agreements::routes)
                .configure(consents::routes)
                // Before the customers: "/customers/new", "/customers/handovers" and "/customers/ended" are no customer's
                // ids.
                .configure(orders::routes)
                .configure(relationships::routes)
                .configure(handovers::routes)
                .configure(transfers::routes)
                .configure(endings::routes)
                .configure(customers::routes)
                .configure(azure::routes)
                .configure(reservations::routes)
                // "/customers/{id}/users/uploads" is no user's id.
                .configure(batches::routes)
                .configure(existing::routes)
                .configure(users::routes)
                .configure(qualifications::routes)
                .configure(renewal_letters::routes)
                .configure(subscriptions::routes)
                .configure(upgrades::routes)
                .configure(overview::routes)
                .configure(self_service::routes)
                .configure(invitations::routes)
                .configure(activity::routes)
                .default_service(web::to(nothing)),
        );
}

/// Every kind of letter: those of all areas.
pub fn letters() -> Kinds {
    Kinds::of(&[
        session::LETTERS,
        partners::LETTERS,
        notifications::LETTERS,
        people::LETTERS,
        operator::LETTERS,
        enrolment::LETTERS,
        partnerships::LETTERS,
        agreements::LETTERS,
        users::LETTERS,
        batches::LETTERS,
        existing::LETTERS,
        qualifications::LETTERS,
        consents::LETTERS,
        relationships::LETTERS,
        handovers::LETTERS,
        transfers::LETTERS,
        renewal_letters::LETTERS,
        endings::LETTERS,
        invitations::LETTERS,
        exports::LETTERS,
    ])
}

/// `GET /healthz`: whether the portal can do its work, which takes a database that answers and keeps something.
async fn health(db: web::Data<Db>) -> HttpResponse {
    let (mut answer, words) = match db.pulse().await {
        Beat::Regular => (HttpResponse::Ok(), "ok\n"),
        Beat::Silent => (HttpResponse::ServiceUnavailable(), "the database does not answer\n"),
        Beat::Unwritable => (HttpResponse::ServiceUnavailable(), "the database cannot be written to\n"),
        Beat::Unreadable => {
            (HttpResponse::ServiceUnavailable(), "the tables of the database cannot be read\n")
        }
    };
    answer
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(words)
}

/// `GET /`: where the person's work is. It takes no shell, which would use up the notice meant for that page.
async fn start(viewer: Viewer) -> HttpResponse {
    see_other(match () {
        () if viewer.may::<SeeCustomers>() => paths::customers::list(),
        () if viewer.may::<SeeResellers>() => paths::partnerships::resellers(),
        () if viewer.may::<SeeProviders>() => paths::partnerships::providers(),
        () if viewer.may::<SeeInstallation>() => paths::operator::overview(),
        () if viewer.may::<SeeRelationships>() => paths::self_service::relationships(),
        // The others of a customer have nothing here but their own account.
        () if viewer.is_customer() => paths::people::profile(),
        () if viewer.may::<DecideEnrolments>() => paths::enrolment::list(),
        () => paths::activity::list(),
    })
}

async fn nothing() -> Result<HttpResponse> {
    Err(crate::error::Error::NotFound)
}
