//! By which location the reseller takes part: the MPN ID that the provider's new orders name.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AuthorizeProviders, ManageLocations};
use crate::error::Result;
use crate::language::filters;
use crate::partners::model::Location;
use crate::partnerships::form::PlaceForm;
use crate::partnerships::said::Said;
use crate::partnerships::store::place::{self, Moved, Taking};
use crate::paths;
use crate::values::id::PartnershipId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "partnerships/location.html")]
struct PlacePage {
    shell: Shell,
    taking: Taking,
    form: PlaceForm,
    problems: Problems,
    /// Somebody chose another one after the form was drawn.
    is_stale: bool,
    may_add: bool,
}

/// `GET /providers/{id}/location`
pub async fn edit(ask: Ask<AuthorizeProviders>, id: web::Path<PartnershipId>) -> Result<HttpResponse> {
    let taking = taking(&ask, &id).await?;
    let form = PlaceForm::of(&taking.current);
    ask.page(&PlacePage::new(ask.shell(), taking, form, Problems::default()))
}

/// `POST /providers/{id}/location`
pub async fn update(
    ask: Ask<AuthorizeProviders>,
    id: web::Path<PartnershipId>,
    web::Form(form): web::Form<PlaceForm>,
) -> Result<HttpResponse> {
    let chosen = match form.parse() {
        Ok(chosen) => chosen,
        Err(problems) => {
            let taking = taking(&ask, &id).await?;
            return ask.unprocessable(&PlacePage::new(ask.shell(), taking, form, problems));
        }
    };
    let (of, shown, now) = (*id, form.shown.clone(), Moment::now());
    let moved = ask.write(move |conn, by| place::change(conn, by, &of, (&shown, &chosen), now)).await?;
    let taking = taking(&ask, &id).await?;
    match moved {
        Moved::Done => {
            let mpn_id = taking.current.mpn_id.as_str();
            let said = Said::Moved { provider: &taking.provider_name, mpn_id };
            ask.done(&said, paths::partnerships::providers())
        }
        Moved::Same => ask.done(&Said::NothingChanged, paths::partnerships::providers()),
        Moved::Stale => {
            let form = PlaceForm { shown: taking.current.id.to_string(), ..form };
            let again = PlacePage::new(ask.shell(), taking, form, Problems::default());
            ask.with_status(StatusCode::CONFLICT, &PlacePage { is_stale: true, ..again })
        }
        Moved::Wrong => {
            let problems = ("location", Problem::UnknownChoice).into();
            ask.unprocessable(&PlacePage::new(ask.shell(), taking, form, problems))
        }
    }
}

async fn taking(ask: &Ask<AuthorizeProviders>, id: &PartnershipId) -> Result<Taking> {
    let id = *id;
    ask.read(move |conn, by| place::find(conn, by, &id)).await
}

impl PlacePage {
    fn new(shell: Shell, taking: Taking, form: PlaceForm, problems: Problems) -> Self {
        let may_add = shell.may::<ManageLocations>();
        Self { shell, taking, form, problems, is_stale: false, may_add }
    }

    /// Whether there is another one to choose.
    fn has_others(&self) -> bool {
        self.taking.choices.iter().any(|one| one.id != self.taking.current.id)
    }

    /// Whether the present one is among those that earn.
    fn earns(&self) -> bool {
        self.taking.choices.iter().any(|one| one.id == self.taking.current.id)
    }

    /// The one that was sent, if it still can be chosen.
    fn chosen(&self) -> Option<&Location> {
        self.taking.choices.iter().find(|one| one.id.as_str() == self.form.location)
    }
}
