//! Deciding which resellers can be named on an offer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideAudiences;
use crate::audiences::form::AudienceForm;
use crate::audiences::model::Kept;
use crate::audiences::said::Said;
use crate::audiences::store::{self, Choice, Decided};
use crate::catalog::facts::name_of;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "audiences/edit.html")]
struct AudiencePage {
    shell: Shell,
    offer: OfferId,
    name: String,
    kept: Kept,
    /// Who can be listed.
    choices: Vec<Choice>,
    form: AudienceForm,
    problems: Problems,
    /// Somebody else changed it in between.
    is_conflict: bool,
}

/// `GET /catalog/{id}/resellers`
pub async fn edit(ask: Ask<DecideAudiences>, id: web::Path<OfferId>) -> Result<HttpResponse> {
    ask.page(&AudiencePage::load(&ask, *id).await?)
}

/// `POST /catalog/{id}/resellers`
pub async fn update(
    ask: Ask<DecideAudiences>,
    id: web::Path<OfferId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = AudienceForm::sent(pairs)?;
    let (offer, version) = (*id, version::read(&form.version)?);
    let wanted = match form.parse() {
        Ok(wanted) => wanted,
        Err(problems) => {
            let page = AudiencePage::load(&ask, offer).await?;
            return ask.unprocessable(&AudiencePage { form, problems, ..page });
        }
    };
    let now = Moment::now();
    let decided = ask.write(move |conn, by| store::decide(conn, by, (&offer, version), &wanted, now)).await?;
    let page = AudiencePage::load(&ask, offer).await?;
    let shown = paths::catalog::show(&offer);
    match decided {
        Decided::Done => ask.done(&Said::Decided { name: &page.name }, shown),
        Decided::Same => ask.done(&Said::NothingChanged, shown),
        Decided::Stale => {
            // Whoever sends it again has read what changed.
            let form = AudienceForm { version: page.kept.version.to_string(), ..form };
            ask.with_status(StatusCode::CONFLICT, &AudiencePage { form, is_conflict: true, ..page })
        }
    }
}

impl AudiencePage {
    async fn load(ask: &Ask<DecideAudiences>, offer: OfferId) -> Result<Self> {
        let (name, kept, choices) = ask
            .read(move |conn, by| {
                let provider = &by.organisation.id;
                let kept = store::find(conn, provider, &offer)?;
                let choices = store::choices(conn, provider, &kept.said)?;
                Ok((name_of(conn, &offer)?, kept, choices))
            })
            .await?;
        let form = AudienceForm::of(&kept);
        let (shell, problems) = (ask.shell(), Problems::default());
        Ok(Self { shell, offer, name, kept, choices, form, problems, is_conflict: false })
    }

    fn is_ticked(&self, one: &Choice) -> bool {
        self.form.listed.contains(&one.id)
    }

    /// Those that it lists now.
    fn listed(&self) -> Vec<&Choice> {
        self.choices.iter().filter(|one| self.kept.said.listed.contains(&one.id)).collect()
    }
}
