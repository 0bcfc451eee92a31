//! By which location the reseller takes part: the MPN ID that the provider's new orders name.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{AuthorizeProviders, ManageLocations};
use crate::db::Db;
use crate::error::Result;
use crate::partners::model::Location;
use crate::partnerships::form::PlaceForm;
use crate::partnerships::said::Said;
use crate::partnerships::store::place::{self, Moved, Taking};
use crate::paths;
use crate::values::id::PartnershipId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, page, say, see_other, unprocessable};

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
pub async fn edit(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    db: web::Data<Db>,
    id: web::Path<PartnershipId>,
) -> Result<HttpResponse> {
    let taking = taking(&db, &may, &id).await?;
    let form = PlaceForm::of(&taking.current);
    page(&PlacePage::new(shell, taking, form, Problems::default()))
}

/// `POST /providers/{id}/location`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<AuthorizeProviders>,
    db: web::Data<Db>,
    id: web::Path<PartnershipId>,
    web::Form(form): web::Form<PlaceForm>,
) -> Result<HttpResponse> {
    let chosen = match form.parse() {
        Ok(chosen) => chosen,
        Err(problems) => {
            let taking = taking(&db, &may, &id).await?;
            return unprocessable(&PlacePage::new(shell, taking, form, problems));
        }
    };
    let (by, of, shown, now) = (may.clone(), id.clone(), form.shown.clone(), Moment::now());
    let moved = db.write(move |conn| place::change(conn, &by, &of, (&shown, &chosen), now)).await?;
    let taking = taking(&db, &may, &id).await?;
    match moved {
        Moved::Done => {
            let mpn_id = taking.current.mpn_id.as_str();
            say(&session, &shell, &Said::Moved { provider: &taking.provider_name, mpn_id })?;
        }
        Moved::Same => say(&session, &shell, &Said::NothingChanged)?,
        Moved::Stale => {
            let form = PlaceForm { shown: taking.current.id.to_string(), ..form };
            let again = PlacePage::new(shell, taking, form, Problems::default());
            return with_status(StatusCode::CONFLICT, &PlacePage { is_stale: true, ..again });
        }
        Moved::Wrong => {
            let problems = ("location", Problem::UnknownChoice).into();
            return unprocessable(&PlacePage::new(shell, taking, form, problems));
        }
    }
    Ok(see_other(paths::partnerships::providers()))
}

async fn taking(db: &Db, may: &Allowed<AuthorizeProviders>, id: &PartnershipId) -> Result<Taking> {
    let (may, id) = (may.clone(), id.clone());
    db.read(move |conn| place::find(conn, &may, &id)).await
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
