//! Who is told: whoever can act on it, now.

use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, letters_to, says};

#[actix_web::test]
async fn whoever_cannot_act_is_not_told() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let told = portal.add_person(&portal.harbor, &[Role::AdminAgent, Role::BillingAdmin]).await;
    let invited = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let inactive = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change(&format!(
        "UPDATE people SET invited_at = created_at, must_change_password = TRUE WHERE email = '{invited}'"
    ));
    portal.database.change(&format!(
        "UPDATE people SET state = 'inactive', deactivated_at = created_at WHERE email = '{inactive}'"
    ));
    let uma = portal.add_person(&portal.harbor, &[Role::UserAdmin]).await;
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail().await, 1);
    assert_eq!(letters_to(portal, &told), 1);
    for other in [&invited, &inactive, &uma] {
        assert_eq!(letters_to(portal, other), 0, "{other}");
    }
}

#[actix_web::test]
async fn whoever_leaves_or_loses_the_role_within_the_hour_is_not_told() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let stays = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let leaves = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let loses = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let now = Moment::now();
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail_at(now).await, 3);
    scene.change_quantity(27).await;
    assert_eq!(portal.carry_mail_at(now.plus_seconds(60)).await, 0);
    portal.database.change(&format!(
        "UPDATE people SET state = 'inactive', deactivated_at = created_at WHERE email = '{leaves}'"
    ));
    portal.database.change(&format!(
        "UPDATE person_roles SET role = 'billing_admin' WHERE person_id = (SELECT id FROM people WHERE email = '{loses}')"
    ));
    assert_eq!(portal.carry_mail_at(now.plus_seconds(3600)).await, 1);
    assert_eq!(letters_to(portal, &stays), 2);
    // Who comes back is not told what has passed.
    portal.database.change(&format!(
        "UPDATE people SET state = 'active', deactivated_at = NULL WHERE email = '{leaves}'"
    ));
    assert_eq!(portal.carry_mail_at(now.plus_seconds(9_000)).await, 0);
}

#[actix_web::test]
async fn a_suspended_organization_is_told_as_others_are() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let olga = scene.olga(Role::SalesAgent).await;
    portal.has_suspended(&scene.brightwater, "Unpaid").await;
    scene.end_delegation().await;
    portal.carry_mail().await;
    says(&portal.letter_to(&olga), "ended the delegation of Contoso.");
}

#[actix_web::test]
async fn whoever_is_purged_leaves_no_switches_behind() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change(&format!(
        "INSERT INTO muted_notifications SELECT id, 'subscription_suspended' FROM people WHERE email = '{sam}'"
    ));
    scene.change_quantity(26).await;
    portal.carry_mail().await;
    let now = Moment::now();
    portal.database.change(&format!(
        "UPDATE people SET state = 'inactive', deactivated_at = created_at WHERE email = '{sam}'"
    ));
    portal.keep_house(now.plus_days(31)).await;
    portal.does("purge_people", now.plus_days(31)).await;
    for table in ["muted_notifications", "digests"] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}
