//! Who gets the answer when whoever asked is gone.

use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::Connection;
use twotier::db::schema::{organisations, people, person_roles};
use twotier::error::Result;

use super::{OLGA, asked, brightwater_opens, owner};
use crate::support::portal::Portal;

const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";

/// Brightwater accepts by the link; to whom the answer went.
async fn answer_goes_to(portal: &Portal, link: &str) -> (String, String) {
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = owner(portal, &brightwater).await;
    olga.visit(link).await;
    olga.check(CONSENT).press("Authorize indirect provider").await;
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("a letter");
    (letter.to_email.to_string(), letter.body_text)
}

#[actix_web::test]
async fn an_active_colleague_with_the_right_gets_the_answer_of_whoever_is_gone() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let colleague = portal.add_person(&portal.harbor, &[Role::UserAdmin]).await;
    let helpdesk = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let invited = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let pending = invited.clone();
    portal.query(move |conn| gone(conn, &pending)).await;
    let mut visitor = portal.browser();
    visitor.visit(&link).await;
    visitor.sees("ask Sam sales_agent (sales_agent.");
    let seller =
        portal.database.texts("SELECT email AS text FROM people WHERE name = 'Sam sales_agent'").remove(0);
    portal.query(move |conn| deactivate(conn, &seller)).await;
    visitor.reload().await;
    visitor.sees(&format!("ask Sam user_admin ({colleague})"));
    let mut uma = portal.browser_of(Role::AdminAgent).await;
    uma.visit("/partnership-requests").await;
    uma.follow(OLGA).await;
    uma.sees("because Sam sales_agent can no longer look after this request");
    let (to, text) = answer_goes_to(&portal, &link).await;
    assert!(to != helpdesk && to != invited, "{to}");
    assert!(to.starts_with("admin_agent.") || to == colleague, "{to}");
    assert!(
        text.contains("Sam sales_agent, who can no longer look after it, sent a partnership request"),
        "{text}"
    );
    uma.reload().await;
    uma.sees(&format!("Letter about the answer, to {to}"));
}

#[actix_web::test]
async fn whoever_lost_the_right_does_not_get_it_and_where_nobody_is_left_the_organisation_does() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    portal
        .query(|conn| {
            diesel::update(person_roles::table)
                .set(person_roles::role.eq(Role::HelpdeskAgent))
                .execute(conn)?;
            let provider = organisations::table.filter(organisations::kind.eq(OrganisationKind::Provider));
            diesel::update(provider)
                .set(organisations::contact_email.eq("office@harbor.example"))
                .execute(conn)?;
            Ok(())
        })
        .await;
    let (to, text) = answer_goes_to(&portal, &link).await;
    assert_eq!(to, "office@harbor.example");
    assert!(text.starts_with("Hello Harbor Distribution,"), "{text}");
}

#[actix_web::test]
async fn where_nobody_can_be_written_to_the_answer_counts_all_the_same() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    portal.query(|conn| Ok(diesel::delete(person_roles::table).execute(conn)?)).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.sees_not("If that is too short");
    olga.check(CONSENT).press("Authorize indirect provider").await;
    olga.sees("is now your indirect provider");
    assert_eq!(portal.carry_mail().await, 0);
}

fn deactivate(conn: &mut Connection, email: &str) -> Result<()> {
    let person = people::table.filter(people::email.eq(email));
    diesel::update(person).set(people::state.eq("inactive")).execute(conn)?;
    Ok(())
}

/// Invited, and not there yet.
fn gone(conn: &mut Connection, email: &str) -> Result<()> {
    let person = people::table.filter(people::email.eq(email));
    diesel::update(person).set(people::invited_at.eq(people::created_at.nullable())).execute(conn)?;
    Ok(())
}
