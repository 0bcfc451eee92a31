//! Files of usage: what they would do is shown, good rows are counted once, and wrong ones say why.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::UploadId;
use twotier::values::moment::{Moment, days_after};

use super::{HEADS, Scene, count, has_azure, last_month, row, today, upload};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn what_was_used_is_counted_once_and_corrected_by_another_row() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 0.00", "Nothing yet"]);
    ada.follow("Upload usage").await;
    ada.follow("the sample").await;
    assert!(ada.download().text().contains("Customer domain,Subscription ID,Entitlement ID,Day"));
    let rows = [row(today(), "Hot LRS", "20.004"), row(today(), "Cool LRS", "0.0009")];
    upload(&mut ada, &rows).await;
    ada.sees("2 new, 0 changed, 0 the same, 0 refused.")
        .sees("Customers will have spent € 20.00 more than before.");
    ada.press("Apply").await;
    ada.sees("The usage is counted.").sees("2 rows were added, 0 took the place of former ones");
    ada.follow("See Azure spending").await;
    ada.sees_row(&["Contoso", "€ 20.00"]);
    upload(&mut ada, &rows).await;
    ada.sees("0 new, 0 changed, 2 the same, 0 refused.").sees_no_button("Apply");
    // Another cost takes the place of the former one, also under another service.
    let other = rows[0].replace("Storage", "Backup").replace("20.004", "12.5");
    upload(&mut ada, &[other, rows[1].clone()]).await;
    ada.sees("0 new, 1 changed, 1 the same, 0 refused.")
        .sees("Customers will have spent € 7.50 less than before.");
    ada.press("Apply").await;
    ada.visit(&scene.page()).await;
    ada.sees_row(&["Backup", "€ 12.50"]).sees_row(&["Storage", "€ 0.00"]);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM usage_rows"), 2);
    let sums = |table| format!("SELECT CAST(sum(cost_millionths) AS BIGINT) FROM {table}");
    for table in ["usage_rows", "usage_days", "usage_months"] {
        assert_eq!(scene.portal.database.number(&sums(table)), 12_500_900, "{table}");
    }
    ada.visit("/activity").await;
    ada.sees("Upload usage").sees_row(&["Spending", "−€ 7.50"]);
}

#[actix_web::test]
async fn every_wrong_row_says_why_and_the_good_ones_go_in() {
    let scene = Scene::open().await;
    let fabrikam = scene.portal.has_customer("Fabrikam").await;
    scene.portal.has_subscription(&fabrikam, PlainSubscription::new("Business Basic")).await;
    let mut ada = scene.ada().await;
    let tomorrow = days_after(today(), 1);
    let rows = [
        row(today(), "Good", "1"),
        row(tomorrow, "Early", "1"),
        row("2019-12-31".parse().unwrap(), "Before", "1"),
        row(today(), "Odd", "1,234").replace("1,234", "\"1,234\""),
        row(today(), "Good", "2"),
        row(today(), "None", "1").replace("contoso", "fabrikam"),
        format!("nobody.example,{},,,x,,-1", today()),
    ];
    upload(&mut ada, &rows).await;
    ada.sees("1 new, 0 changed, 0 the same, 6 refused.");
    ada.sees_row(&["3", "Early", "Refused", "Day: Enter a day that is not in the future."]);
    ada.sees_row(&["4", "Before", "The subscription began on 2020-01-01."]);
    ada.sees_row(&["5", "Odd", "Cost before tax: Write it like this: 0.0384"]);
    ada.sees_row(&["6", "Good", "Line 2 has the same subscription, day and meter already."]);
    ada.sees_row(&["7", "fabrikam", "None of your customers with this domain"]);
    ada.sees_row(&["8", "nobody.example", "Enter the service."]);
    ada.sees("Enter the meter.").sees("Enter the unit.").sees("Enter 0 or more.");
    ada.follow("Refused (6)").await;
    ada.sees_no_row(&["2", "Good", "New"]);
    ada.press("Apply").await;
    ada.sees("1 row was added, 0 took the place of former ones, 6 rows were refused.");
}

#[actix_web::test]
async fn several_subscriptions_are_told_apart_by_their_ids() {
    let scene = Scene::open().await;
    let second = has_azure(&scene.portal, &scene.contoso, "Azure for tests").await;
    let mut ada = scene.ada().await;
    upload(&mut ada, &[row(today(), "Hot LRS", "1")]).await;
    ada.sees("This customer has several subscriptions that are billed by usage. Say which one by its ID or its entitlement ID.");
    ada.visit("/azure-spending/usage").await;
    let line = |id: String| format!("{id},{},Storage,Hot LRS,1,1 GB,2.5", today());
    let heads = HEADS.replace("Customer domain", "Subscription ID");
    let file = format!("{heads}\n{}\n{}\n", line(scene.azure.to_string()), line(second.to_string()));
    ada.attach("File", file).press("Show what it does").await;
    ada.sees("2 new, 0 changed");
    ada.press("Apply").await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 5.00"]);
}

#[actix_web::test]
async fn pressing_twice_counts_once_and_what_came_in_between_is_shown_first() {
    let scene = Scene::open().await;
    let (mut ada, mut bob) = (scene.ada().await, scene.ada().await);
    upload(&mut ada, &[row(today(), "Hot LRS", "5")]).await;
    let mut tab = ada.clone_session();
    let address = ada.path().to_owned();
    tab.visit(&address).await;
    ada.press("Apply").await;
    tab.press("Apply").await;
    tab.sees("This file was applied before. Nothing was done again.");
    upload(&mut ada, &[row(today(), "Hot LRS", "6")]).await;
    count(&mut bob, &[row(today(), "Hot LRS", "7")]).await;
    ada.press("Apply").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Other usage came in after you had read this.");
    ada.press("Apply").await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 6.00"]);
    // A colleague's file is nobody else's.
    bob.visit(&address).await;
    assert_eq!(bob.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn nothing_of_another_provider_takes_usage() {
    let scene = Scene::open().await;
    let summit = scene.portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = scene.portal.browser_in(&summit, &[Role::AdminAgent]).await;
    upload(&mut eve, &[row(today(), "Hot LRS", "1")]).await;
    eve.sees("0 new, 0 changed, 0 the same, 1 refused.").sees_no_button("Apply");
    let heads = HEADS.replace("Customer domain", "Subscription ID");
    eve.visit("/azure-spending/usage").await;
    let file = format!("{heads}\n{},{},Storage,Hot LRS,1,1 GB,1\n", scene.azure, today());
    eve.attach("File", file).press("Show what it does").await;
    eve.sees("None of your customers has a subscription with this ID that is billed by usage.");
    eve.visit(&scene.page()).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
    eve.visit("/azure-spending").await;
    eve.sees("Nothing is billed by usage");
}

#[actix_web::test]
async fn what_is_no_file_of_usage_keeps_what_was_pasted_and_old_files_are_forgotten() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    ada.visit("/azure-spending/usage").await;
    ada.fill("Or paste its text (optional)", "Day,Cost\n2026-01-01,1\n").press("Show what it does").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Meter");
    assert!(ada.field("Or paste its text (optional)").contains("2026-01-01,1"));
    upload(&mut ada, &[row(last_month(), "Hot LRS", "1")]).await;
    scene.portal.does("forget_catalogue_files", Moment::now().plus_days(2)).await;
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM previewed_files"), 0);
    ada.press("Apply").await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    ada.visit(&format!("/azure-spending/usage/{}", UploadId::new())).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
}
