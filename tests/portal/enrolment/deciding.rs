//! The operator decides: approve or refuse, once, and never what cannot be.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::{
    ADA, begun, fill, handed_in, handed_in_and_opened, hands_in, link_in, linked, open, opens, signs_in,
};
use crate::support::portal::Portal;

const LETTER_FAILS: &str = "UPDATE letters SET state = 'failed', sent_at = NULL, body_text = 'x', attempts = 12, last_error = 'no such user' WHERE subject_kind = 'enrolment'";

#[actix_web::test]
async fn what_was_refused_is_mended_and_handed_in_again() {
    let (portal, mut operator, (mut ada, old)) = handed_in_and_opened().await;
    operator.press("Refuse").await;
    assert_eq!(operator.status(), StatusCode::UNPROCESSABLE_ENTITY);
    operator.sees_problem("Reason", "Enter the reason.");
    operator.fill("Reason", "This is no <legal> name.\nWrite it out.").press("Refuse").await;
    operator.sees("The enrollment of Acme IT is refused.").sees("Refused").sees_no_button("Approve");
    portal.carry_mail().await;
    let letter = portal.letter_to(ADA);
    assert_eq!(letter.subject, "The enrollment of Acme IT was not approved");
    assert!(letter.body_text.contains("This is no <legal> name.\nWrite it out."), "{}", letter.body_text);
    assert!(letter.body_html.contains("&#60;legal&#62; name.<br>Write it out."), "{}", letter.body_html);
    ada.visit(&old).await;
    ada.sees_heading("Your enrollment was not approved");
    ada.visit(&link_in(&letter)).await;
    ada.sees_heading("Your enrollment was not approved").sees("This is no <legal> name.");
    ada.follow("Mend it").await;
    ada.fill("Company name", "Acme Information Technology GmbH");
    hands_in(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    ada.visit(&old).await;
    ada.sees_heading("This link is not known");
    opens(&mut operator, "Acme Information Technology GmbH").await;
    operator.sees("Refused earlier because").sees("Write it out.");
    operator.press("Approve").await;
    operator.visit("/operator/enrolments?state=approved").await;
    operator.sees_row(&["Acme Information Technology GmbH", "indirect reseller", "Germany", "Ada Finch"]);
    portal.carry_mail().await;
    ada.visit("/sign-in").await;
    signs_in(&mut ada, ADA).await;
    ada.sees("Acme Information Technology GmbH");
    operator.visit("/activity").await;
    operator.sees("Refuse an enrollment");
}

#[actix_web::test]
async fn of_two_operators_one_approves_and_the_other_sees_what_happened() {
    let (portal, mut first, _) = handed_in_and_opened().await;
    let mut second = first.clone_session();
    second.visit(first.path()).await;
    join_all([first.press("Approve"), second.press("Approve")]).await;
    let told = [first.text(), second.text()];
    assert_eq!(told.iter().filter(|text| text.contains("Acme IT is enrolled.")).count(), 1, "{told:?}");
    assert_eq!(told.iter().filter(|text| text.contains("no longer stood as you saw it")).count(), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE name = 'Acme IT'"), 1);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn of_approving_and_refusing_one_happens() {
    for _ in 0..3 {
        let (portal, mut first, _) = handed_in_and_opened().await;
        let mut second = first.clone_session();
        second.visit(first.path()).await;
        second.fill("Reason", "No.");
        let (approving, refusing) = (first.press("Approve"), second.press("Refuse"));
        futures_util::future::join(approving, refusing).await;
        let approved = portal.database.number("SELECT count(*) FROM organisations WHERE name = 'Acme IT'");
        let refused = portal.database.number("SELECT count(*) FROM enrolments WHERE state = 'refused'");
        assert_eq!(approved + refused, 1);
        assert_eq!(portal.carry_mail().await, 1, "one letter about it");
    }
}

#[actix_web::test]
async fn a_refusal_that_comes_too_late_keeps_its_reason() {
    let (portal, mut operator, _) = handed_in_and_opened().await;
    let mut late = operator.clone_session();
    late.visit(operator.path()).await;
    operator.press("Approve").await;
    late.fill("Reason", "Not <here>.").press("Refuse").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    late.sees("no longer stood as you saw it").sees("Not <here>.").sees("Approved");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn what_was_mended_since_is_read_again_before_it_is_approved() {
    let (portal, mut operator, (mut ada, _)) = handed_in_and_opened().await;
    let mut stale = operator.clone_session();
    stale.visit(operator.path()).await;
    operator.fill("Reason", "No.").press("Refuse").await;
    portal.carry_mail().await;
    ada.visit(&link_in(&portal.letter_to(ADA))).await;
    ada.follow("Mend it").await;
    ada.fill("Company name", "Something Else");
    hands_in(&mut ada).await;
    stale.press("Approve").await;
    stale.sees("no longer stood as you saw it").sees_heading("Something Else").sees_button("Approve");
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE kind = 'reseller'"), 0);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn of_two_with_the_same_mpn_id_the_second_cannot_be_approved() {
    let (portal, mut operator) = open().await;
    handed_in(&portal, "4810299").await;
    let link = linked(&portal, "reseller", "eve@other.example").await;
    let mut eve = portal.browser();
    eve.visit(&link).await;
    eve.press("Go on").await;
    fill(&mut eve, "Other IT", "4810299").await;
    hands_in(&mut eve).await;
    opens(&mut operator, "Other IT").await;
    operator
        .sees("Look twice")
        .sees("Another enrollment has the same name and country, MPN ID or mail domain");
    let mut early = operator.clone_session();
    early.visit(operator.path()).await;
    operator.follow("Acme IT").await;
    operator.press("Approve").await;
    early.press("Approve").await;
    assert_eq!(early.status(), StatusCode::CONFLICT);
    early.sees("Acme IT has a location with the MPN ID 4810299.").sees_no_button("Approve");
    early.fill("Reason", "The MPN ID is taken.").press("Refuse").await;
    portal.carry_mail().await;
    eve.visit(&link_in(&portal.letter_to("eve@other.example"))).await;
    eve.follow("Mend it").await;
    eve.press("Next: Review").await;
    eve.sees_problem("MPN ID", "A location here has this MPN ID already.");
    let failed =
        "SELECT count(*) FROM activity_records WHERE action = 'approve_enrollment' AND result = 'failed'";
    assert_eq!(portal.database.number(failed), 1);
}

#[actix_web::test]
async fn an_address_that_has_an_account_by_now_is_said_plainly() {
    let (portal, mut operator) = open().await;
    let (mut ada, _) = begun(&portal, "provider").await;
    fill(&mut ada, "Acme IT", "4810298").await;
    ada.press("Next: Review").await;
    handed_in(&portal, "4810299").await;
    opens(&mut operator, "Acme IT").await;
    let waiting = operator.path().to_owned();
    operator.press("Approve").await;
    // The other enrolment of the same address cannot be handed in any more.
    ada.press("Hand in").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("There is an account with ada@acme.example by now.").sees_no_button("Hand in");
    operator.visit(&waiting).await;
    operator.sees("Approved");
    // Nor can one that waits be approved.
    let wait = "UPDATE enrolments SET state = 'waiting' WHERE state = 'proven'";
    portal.query(|conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, wait)?)).await;
    opens(&mut operator, "Acme IT").await;
    operator.sees("By now there is an account with ada@acme.example").sees_no_button("Approve");
    operator.sees("An organization of this name is here already").sees("have addresses at acme.example");
    let version = "SELECT version FROM enrolments WHERE state = 'waiting'";
    let version = portal.database.number(version).to_string();
    operator.post(&format!("{}/approval", operator.path()), &[("version", &version)]).await;
    assert_eq!(operator.status(), StatusCode::CONFLICT);
    let failed =
        "SELECT count(*) FROM activity_records WHERE action = 'approve_enrollment' AND result = 'failed'";
    assert_eq!(portal.database.number(failed), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE name = 'Acme IT'"), 1);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_letter_that_failed_is_sent_again() {
    let (portal, mut operator) = open().await;
    handed_in(&portal, "4810299").await;
    portal.database.change(LETTER_FAILS);
    opens(&mut operator, "Acme IT").await;
    operator.sees("no such user");
    operator.press("Send again").await;
    operator.sees("The letter is on its way again.");
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn a_letter_whose_link_has_expired_is_not_sent_again() {
    let (portal, mut operator) = open().await;
    handed_in(&portal, "4810299").await;
    portal.database.change(LETTER_FAILS);
    portal.database.change("UPDATE enrolments SET expires_at = '2020-01-01 00:00:00'");
    opens(&mut operator, "Acme IT").await;
    operator.press("Send again").await;
    operator.sees_not("The letter is on its way again.");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn the_list_is_read_page_by_page_from_who_has_waited_longest() {
    let (portal, mut operator) = open().await;
    handed_in(&portal, "4810299").await;
    operator.visit("/").await;
    operator.follow("1 company waits for your decision").await;
    operator.sees_heading("Enrollments").sees("1 enrollment waits for a decision");
    // The same id but for one digit.
    let twin = |place: usize| {
        let (before, digit, after) = (place - 1, format!("substr(id, {place}, 1)"), place + 1);
        format!(
            "substr(id, 1, {before}) || CASE {digit} WHEN 'f' THEN 'e' ELSE 'f' END || substr(id, {after})"
        )
    };
    let copies = format!("INSERT INTO enrolments (id, kind, state, state_since, person_name, email, token_hash, expires_at, form, company_name, country, refusal_reason, started_at, version)
        SELECT {}, kind, state, '2026-01-01 00:00:00', person_name, email, token_hash || 'x', expires_at, form, 'Early IT', country, '', started_at, 1 FROM enrolments", twin(25));
    portal.query(move |conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, &copies)?)).await;
    for round in 0..5 {
        let more = format!(
            "INSERT INTO enrolments (id, kind, state, state_since, person_name, email, token_hash, expires_at, form, company_name, country, refusal_reason, started_at, version)
            SELECT {}, kind, state, '2026-06-01 00:00:00', person_name, email, token_hash || '{round}', expires_at, form, 'Middle IT', country, '', started_at, 1 FROM enrolments",
            twin(26 + round)
        );
        portal.query(move |conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, &more)?)).await;
    }
    operator.reload().await;
    operator.sees("64 enrollments wait").sees("Early IT").sees_not("Acme IT");
    operator.follow("Next").await;
    operator.follow("Next").await;
    operator.sees("Acme IT").sees_not("Early IT");
    operator.follow("Previous").await;
    operator.follow("Previous").await;
    operator.sees("Early IT");
    operator.choose("State", "Refused").press("Apply").await;
    operator.sees("No enrollment is in this state.");
    for odd in ["state=nonsense&after=%1f", "after=x%1fy", "before=2026%1f%00"] {
        operator.visit(&format!("/operator/enrolments?{odd}")).await;
        assert_eq!(operator.status(), StatusCode::OK, "{odd}");
    }
}

#[actix_web::test]
async fn other_roles_of_the_operator_decide_nothing() {
    let portal = Portal::open().await;
    let crossing =
        portal.has_organisation(twotier::access::OrganisationKind::Operator, "Crossing", "DE").await;
    for role in Role::ALL.iter().filter(|role| **role != Role::GlobalAdmin) {
        let mut somebody = portal.browser_in(&crossing, &[*role]).await;
        somebody.visit("/operator/enrolments").await;
        assert_eq!(somebody.status(), StatusCode::FORBIDDEN, "{}", role.as_text());
    }
}
