//! What one customer spends by usage: a month by day and service, and the months before it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::access::permission::{SeeAzureSpending, SetAzureBudgets};
use crate::azure::form::MonthChoice;
use crate::azure::model::cost::Cost;
use crate::azure::model::spending::{Spending, Standing, month_after, month_before, month_of};
use crate::azure::store::months::{self, Spender};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "azure/customer.html")]
struct SpenderPage {
    shell: Shell,
    spender: Spender,
    /// The month in which it is.
    this_month: NaiveDate,
    may_set: bool,
}

/// `GET /customers/{id}/azure`
pub async fn show(
    ask: Ask<SeeAzureSpending>,
    id: web::Path<CustomerId>,
    web::Query(choice): web::Query<MonthChoice>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let month = choice.month(now.day());
    let spender = ask.read(move |conn, by| months::find(conn, by, (&id, month), now)).await?;
    let may_set = ask.by.may::<SetAzureBudgets>();
    ask.page(&SpenderPage { shell: ask.shell(), spender, this_month: month_of(now.day()), may_set })
}

impl SpenderPage {
    /// The month that is looked at.
    fn spending(&self) -> &Spending {
        &self.spender.month.spending
    }

    fn is_this_month(&self) -> bool {
        self.spending().month == self.this_month
    }

    fn money(&self, cost: &Cost) -> Money {
        cost.money(self.spending().currency)
    }

    /// How long the bar of a cost is beside the longest of its chart, in hundredths.
    fn bar(&self, cost: &Cost, longest: &Cost) -> i64 {
        cost.percent_of(*longest)
    }

    fn longest_day(&self) -> Cost {
        self.spender.month.by_day.iter().map(|(_, cost)| *cost).max().unwrap_or_default()
    }

    fn longest_service(&self) -> Cost {
        self.spender.month.by_service.iter().map(|(_, cost)| *cost).max().unwrap_or_default()
    }

    fn longest_month(&self) -> Cost {
        self.spender.months.iter().map(|month| month.spent).max().unwrap_or_default()
    }

    /// Where the month before this one stands.
    fn before(&self) -> String {
        self.page_of(month_before(self.spending().month))
    }

    /// Where the month after it stands, once that has begun.
    fn after(&self) -> Option<String> {
        let after = Some(month_after(self.spending().month)).filter(|month| *month <= self.this_month);
        after.map(|month| self.page_of(month))
    }

    fn page_of(&self, month: NaiveDate) -> String {
        paths::azure::of_customer_in(&self.spender.customer.id, &month)
    }
}
