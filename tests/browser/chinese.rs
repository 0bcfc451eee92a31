//! The way to a customer's first order in 繁體中文: layouts hold its words, and scripts say theirs in it.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

const OFFER: &str = "Office 365 Enterprise E3";

#[actix_web::test]
async fn a_sales_agent_orders_for_a_new_customer_in_chinese() {
    story(Look::DESK, async |_, sam| order(sam).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone_in_the_dark() {
    story(Look::PHONE.without_scripts().dark(), async |_, sam| order(sam).await).await;
}

async fn order(sam: &mut Chromium) {
    sam.visit("/sign-in").await;
    sam.press("繁體中文").await;
    sam.sees_heading("登入").await;
    sam.fill("電子郵件地址", "sales.agent@harbor.example").await;
    sam.fill("密碼", PASSWORD).await;
    sam.press("登入").await;
    sam.sees("登出").await;
    sam.visit("/resellers?search=Brightwater").await;
    sam.fits_in_width().await;
    sam.screenshot("zh-Hant-resellers").await;
    sam.follow_in("Brightwater IT", "新增客戶").await;
    sam.sees_heading("新客戶").await;
    for (label, value) in [
        ("公司名稱", "Juniper Hall School"),
        ("主要網域名稱", "juniperhall"),
        ("地址第 1 行", "Hafenstraße 12"),
        ("城市", "Hamburg"),
        ("郵遞區號", "20457"),
    ] {
        sam.fill(label, value).await;
    }
    for (name, value) in [("名字", "Mia"), ("姓氏", "Berg"), ("電子郵件地址", "mia.berg@juniperhall.example")]
    {
        sam.fill_in("主要連絡人", name, value).await;
    }
    sam.fits_in_width().await;
    sam.screenshot("zh-Hant-new-customer").await;
    sam.choose_radio("客戶合約的接受情況", "客戶已接受客戶合約").await;
    sam.set_date("合約接受日期", "2026-01-15").await;
    sam.press("下一步：訂閱").await;
    sam.sees_heading("新訂閱").await;
    sam.fill("搜尋方案", OFFER).await;
    sam.press("搜尋").await;
    sam.fill(&format!("{OFFER} 的授權數"), "40").await;
    sam.fits_in_width().await;
    sam.screenshot("zh-Hant-new-subscription").await;
    sam.press("下一步：檢閱").await;
    sam.sees_heading("檢閱").await;
    sam.fits_in_width().await;
    sam.press("提交").await;
    sam.sees_heading("確認").await;
    sam.sees("admin@juniperhall.onmicrosoft.com").await;
    sam.fits_in_width().await;
    sam.screenshot("zh-Hant-confirmation").await;
    sam.follow("完成").await;
    sam.sees("juniperhall.onmicrosoft.com").await;
}
