//! Adding a promotion and changing one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::ManageCatalog;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::promotions::form::PromotionForm;
use crate::promotions::model::{Promotion, Stage};
use crate::promotions::said::Said;
use crate::promotions::store::keeping::{self, Kept};
use crate::values::id::PromotionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other, version};

#[derive(Template)]
#[template(path = "promotions/new.html")]
struct NewPage {
    shell: Shell,
    form: PromotionForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "promotions/change.html")]
struct ChangePage {
    shell: Shell,
    kept: Promotion,
    form: PromotionForm,
    problems: Problems,
    /// Whether it runs, and only its name, its last day and its offers change.
    has_begun: bool,
    /// Somebody else changed it in between.
    is_conflict: bool,
}

/// `GET /promotions/new`
pub async fn new(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    ask.page(&NewPage { shell: ask.shell(), form: PromotionForm::empty(), problems: Problems::default() })
}

/// `POST /promotions`
pub async fn create(
    ask: Ask<ManageCatalog>,
    web::Form(form): web::Form<PromotionForm>,
) -> Result<HttpResponse> {
    let (id, now) = (PromotionId::parse(&form.id).ok_or(Error::BadRequest("id"))?, Moment::now());
    let terms = match form.parse(now.day()) {
        Ok(terms) => terms,
        Err(problems) => return ask.unprocessable(&NewPage { shell: ask.shell(), form, problems }),
    };
    let name = terms.name.clone();
    match ask.write(move |conn, by| keeping::add(conn, by, &id, &terms, now)).await? {
        Kept::Refused(problems) => ask.unprocessable(&NewPage { shell: ask.shell(), form, problems }),
        Kept::Stale(kept) => ChangePage::conflict(&ask, *kept, form),
        Kept::Done | Kept::Same | Kept::Over => {
            ask.done(&Said::Added { name: &name }, paths::promotions::show(&id))
        }
    }
}

/// `GET /promotions/{id}/change`
pub async fn edit(ask: Ask<ManageCatalog>, id: web::Path<PromotionId>) -> Result<HttpResponse> {
    let kept = load(&ask, &id).await?;
    if kept.stage(Moment::now().day()) == Stage::Ended {
        return Ok(see_other(paths::promotions::show(&id)));
    }
    let form = PromotionForm::of(&kept);
    ask.page(&ChangePage::new(ask.shell(), kept, form))
}

/// `POST /promotions/{id}/change`
pub async fn update(
    ask: Ask<ManageCatalog>,
    id: web::Path<PromotionId>,
    web::Form(form): web::Form<PromotionForm>,
) -> Result<HttpResponse> {
    let (kept, now, version) = (load(&ask, &id).await?, Moment::now(), version::read(&form.version)?);
    let parsed = match kept.stage(now.day()) {
        Stage::Ended => return ask.done(&Said::NothingChanged, paths::promotions::show(&id)),
        Stage::Running => form.parse_begun(&kept.terms, now.day()),
        Stage::Planned => form.parse(now.day()),
    };
    let terms = match parsed {
        Ok(terms) => terms,
        Err(problems) => {
            let again = ChangePage::new(ask.shell(), kept, form);
            return ask.unprocessable(&ChangePage { problems, ..again });
        }
    };
    let (wanted, name) = (*id, terms.name.clone());
    let change = ask.write(move |conn, by| keeping::change(conn, by, (&wanted, version), &terms, now));
    match change.await? {
        Kept::Done => ask.done(&Said::Changed { name: &name }, paths::promotions::show(&id)),
        Kept::Same | Kept::Over => ask.done(&Said::NothingChanged, paths::promotions::show(&id)),
        Kept::Refused(problems) => {
            let again = ChangePage::new(ask.shell(), kept, form);
            ask.unprocessable(&ChangePage { problems, ..again })
        }
        Kept::Stale(now) => ChangePage::conflict(&ask, *now, form),
    }
}

async fn load(ask: &Ask<ManageCatalog>, id: &PromotionId) -> Result<Promotion> {
    let id = *id;
    ask.read(move |conn, _| keeping::find(conn, &id)).await
}

impl ChangePage {
    /// How it is now, beside what was sent. Whoever sends it again has read what changed.
    fn conflict(ask: &Ask<ManageCatalog>, now: Promotion, form: PromotionForm) -> Result<HttpResponse> {
        let form = PromotionForm { version: now.version.to_string(), ..form };
        let again = Self::new(ask.shell(), now, form);
        ask.with_status(StatusCode::CONFLICT, &Self { is_conflict: true, ..again })
    }

    fn new(shell: Shell, kept: Promotion, form: PromotionForm) -> Self {
        let has_begun = kept.stage(Moment::now().day()) == Stage::Running;
        Self { shell, kept, form, problems: Problems::default(), has_begun, is_conflict: false }
    }
}
