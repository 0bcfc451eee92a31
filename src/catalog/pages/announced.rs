//! Withdrawing a price that is announced, as long as its day has not come.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::offer_id;
use crate::access::permission::ManageCatalog;
use crate::catalog::model::definition::Kept;
use crate::catalog::model::timeline::Period;
use crate::catalog::said::Said;
use crate::catalog::store::{keeping, prices};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "catalog/announced.html")]
struct AnnouncedPage {
    shell: Shell,
    kept: Kept,
    currency: Currency,
    period: Period,
}

/// Which price.
type Address = web::Path<(String, String, String)>;

/// `GET /catalog/{id}/prices/{currency}/{from}`
pub async fn ask(ask: Ask<ManageCatalog>, address: Address) -> Result<HttpResponse> {
    let (id, (currency, from)) = which(address)?;
    let today = Moment::now().day();
    let (kept, period) = ask
        .read(move |conn, _| {
            let kept = keeping::find(conn, &id, today)?;
            Ok((kept, prices::announced(conn, &id, (currency, from), today)?))
        })
        .await?;
    ask.page(&AnnouncedPage { shell: ask.shell(), kept, currency, period })
}

/// `POST /catalog/{id}/prices/{currency}/{from}`
pub async fn withdraw(ask: Ask<ManageCatalog>, address: Address) -> Result<HttpResponse> {
    let (id, price) = which(address)?;
    let now = Moment::now();
    let (name, is_done) = ask.write(move |conn, by| prices::withdraw(conn, by, &id, price, now)).await?;
    let said = match is_done {
        true => Said::PriceWithdrawn { name: &name },
        false => Said::PriceGone { name: &name },
    };
    ask.done(&said, paths::catalog::show(&id))
}

fn which(address: Address) -> Result<(OfferId, (Currency, NaiveDate))> {
    let (id, currency, from) = address.into_inner();
    let price = Currency::from_text(&currency).zip(from.parse().ok());
    Ok((offer_id(&web::Path::from(id))?, price.ok_or(Error::NotFound)?))
}

impl AnnouncedPage {
    /// What is asked when nothing is announced for that day.
    fn otherwise(&self) -> Option<crate::catalog::model::timeline::Asked> {
        self.kept.timelines.get(&self.currency)?.on(self.period.from.pred_opt()?)
    }
}
