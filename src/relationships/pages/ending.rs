//! Every delegation of a provider that ends soon, and one new last day for those that are ticked.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::AssociateResellers;
use crate::customers::store::delegations::{Ending, ending_until};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::relationships::form::BulkForm;
use crate::relationships::said::Said;
use crate::relationships::store::prolonging;
use crate::relationships::wrong::Wrong;
use crate::values::moment::{Moment, days_after};
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

/// What ends within so many days is listed.
pub const SOON_DAYS: u64 = 60;

#[derive(Template)]
#[template(path = "relationships/ending.html")]
struct EndingPage {
    shell: Shell,
    rows: Vec<Ending>,
    pager: Pager,
    form: BulkForm,
    problems: Problems,
}

/// `GET /delegations/ending`
pub async fn list(ask: Ask<AssociateResellers>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let form = BulkForm { until: "day".to_owned(), ..BulkForm::default() };
    let page = EndingPage::load(&ask, &cursor, form).await?;
    ask.page(&page)
}

/// `POST /delegations/ending`
pub async fn prolong(
    ask: Ask<AssociateResellers>,
    cursor: web::Query<Cursor>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (form, now) = (BulkForm::of(pairs), Moment::now());
    let (ticked, ends_on) = match form.parse(now.day()) {
        Ok(bulk) => bulk,
        Err(problems) => {
            let page = EndingPage::load(&ask, &cursor, form).await?;
            return ask.unprocessable(&EndingPage { problems, ..page });
        }
    };
    let tally = ask.write(move |conn, by| prolonging::prolong_all(conn, by, &ticked, ends_on, now)).await?;
    if tally.earlier > 0 && tally.prolonged == 0 {
        let problems = ("ends_on", Problem::from(Wrong::EndsEarlier)).into();
        let page = EndingPage::load(&ask, &cursor, form).await?;
        return ask.unprocessable(&EndingPage { problems, ..page });
    }
    let said = match (tally.prolonged, tally.stale, tally.earlier) {
        (0, 0, _) => Said::NothingChanged,
        (prolonged, 0, 0) => Said::ProlongedMany { prolonged },
        (prolonged, stale, earlier) => Said::ProlongedSome { prolonged, stale, earlier },
    };
    ask.done(&said, paths::relationships::ending())
}

impl EndingPage {
    async fn load(ask: &Ask<AssociateResellers>, cursor: &Cursor, form: BulkForm) -> Result<Self> {
        let (portion, until) = (cursor.portion(), days_after(Moment::now().day(), SOON_DAYS));
        let page = ask.read(move |conn, by| ending_until(conn, &by.organisation.id, until, &portion)).await?;
        let pager = Pager::new(&page, paths::relationships::ending(), &());
        Ok(Self { shell: ask.shell(), rows: page.rows, pager, form, problems: Problems::default() })
    }

    /// What the tick of a row is sent as: the delegation, and the last day that is shown of it.
    fn tick(&self, row: &Ending) -> String {
        let shown = row.delegation.ends_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{} {shown}", row.delegation.id)
    }
}
