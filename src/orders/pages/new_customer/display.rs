//! What the New customer page shows.

use askama::Template;

use super::version_to_carry;
use crate::access::permission::AddCustomers;
use crate::catalog::model::Qualification;
use crate::customers::languages;
use crate::customers::new_account::{AccountForm, FIELDS, Terms, qualifications};
use crate::error::Result;
use crate::language::filters;
use crate::orders::draft::alike::Alike;
use crate::orders::draft::store::{Twin, twins};
use crate::orders::draft::{Draft, Step, address_of};
use crate::partnerships::directory::{Former, Partner, former_partner, partners_of};
use crate::paths;
use crate::values::country::Country;
use crate::values::domain_prefix::DomainPrefix;
use crate::values::id::{DraftId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::address::state_name_in;
use crate::web::{Ask, Problems, Shell, three_way};

#[derive(Template)]
#[template(path = "orders/new_customer.html")]
pub struct NewCustomerPage {
    shell: Shell,
    id: DraftId,
    /// When the draft was saved last; none for one that is not kept yet.
    saved_at: Option<Moment>,
    action: String,
    version: String,
    /// What the fields hold before anybody touches them.
    opened: String,
    next: String,
    form: AccountForm,
    problems: Problems,
    /// What somebody else saved in the meantime; nothing is lost, and the form holds the viewer's own.
    differences: Vec<Difference>,
    partners: Vec<Partner>,
    /// The chosen reseller, if its partnership was removed.
    former: Option<Former>,
    countries: Vec<Country>,
    /// By whose rules the fields are drawn.
    country: Country,
    languages: Vec<languages::Choice>,
    qualifications: Vec<Qualification>,
    domain_suffix: String,
    may_attest: bool,
    /// What it looks like and nobody has seen yet.
    alike: Alike,
    /// Other open drafts with the same primary domain.
    twins: Vec<Twin>,
}

/// For which draft the page is drawn.
pub struct For {
    pub id: DraftId,
    pub kept: Option<Draft>,
    pub next: String,
    pub alike: Alike,
}

/// A field that holds something else than what is kept.
struct Difference {
    field: &'static str,
    kept: String,
    typed: String,
}

impl NewCustomerPage {
    /// The page with a form; when the form is not the one that is kept, with what differs.
    ///
    /// # Errors
    /// Database errors.
    pub async fn of(
        ask: &Ask<AddCustomers>,
        asking: For,
        form: AccountForm,
        problems: Problems,
    ) -> Result<Self> {
        let id = asking.id;
        let domain = DomainPrefix::parse(&form.domain).ok();
        let chosen = OrganisationId::parse(&form.reseller);
        let (partners, former, twins) = ask
            .read(move |conn, by| {
                let twins = match &domain {
                    Some(domain) => twins(conn, by, Some(&id), domain.as_str())?,
                    None => Vec::new(),
                };
                let provider = &by.organisation.id;
                let former = chosen.map(|reseller| former_partner(conn, provider, &reseller)).transpose()?;
                Ok((partners_of(conn, provider)?, former.flatten(), twins))
            })
            .await?;
        let terms = Terms::of(&ask.by, &ask.site, Moment::now());
        let country = form.country_in(terms.region).unwrap_or(ask.by.organisation.country);
        Ok(Self {
            shell: ask.shell(),
            saved_at: asking.kept.as_ref().map(|draft| draft.updated_at),
            action: match &asking.kept {
                Some(draft) => address_of(&draft.id, Step::Customer),
                None => paths::customers::list().to_owned(),
            },
            version: version_to_carry(asking.kept.as_ref()),
            opened: match &asking.kept {
                Some(draft) => three_way::opened(&draft.form()),
                None => three_way::opened(&form),
            },
            id: asking.id,
            next: if asking.next == "review" { asking.next } else { String::new() },
            differences: asking
                .kept
                .map(|draft| differences(&draft.form(), &form, &partners))
                .unwrap_or_default(),
            form,
            problems,
            partners,
            former,
            countries: ask.language().countries(Country::in_region(terms.region)),
            country,
            qualifications: qualifications(country),
            languages: languages::choices(ask.language(), terms.region, country),
            domain_suffix: format!(".{}", terms.domain_suffix),
            may_attest: terms.may_attest,
            alike: asking.alike,
            twins,
        })
    }

    /// The chosen reseller, if it is still one of the partners.
    fn reseller(&self) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.reseller.as_str() == self.form.reseller)
    }

    /// Where the form is as it is saved.
    fn as_saved(&self) -> String {
        if self.next.is_empty() { self.action.clone() } else { format!("{}?next={}", self.action, self.next) }
    }

    /// Whether some partner cannot be chosen.
    fn has_ineligible(&self) -> bool {
        self.partners.iter().any(|partner| !partner.is_eligible())
    }

    /// Whether the country has a Government Community Cloud, which takes a code.
    fn takes_code(&self) -> bool {
        self.qualifications.contains(&Qualification::Government)
    }

    /// What the customer is called so far.
    fn name(&self) -> String {
        crate::orders::draft::shown_name(&self.form)
    }
}

fn differences(kept: &AccountForm, typed: &AccountForm, partners: &[Partner]) -> Vec<Difference> {
    let differing = FIELDS.into_iter().filter(|field| kept.value(field) != typed.value(field));
    let difference = |field| Difference {
        field,
        kept: shown(field, kept, partners),
        typed: shown(field, typed, partners),
    };
    differing.map(difference).collect()
}

/// A value as people know it: the name of a reseller or a state instead of its id. What has a name in each language
/// (`orders/account_words.html`) stays as it is.
fn shown(field: &str, form: &AccountForm, partners: &[Partner]) -> String {
    let value = form.value(field);
    let country = Country::parse(&form.country).ok();
    let name = match field {
        "reseller" => {
            let partner = partners.iter().find(|partner| partner.reseller.as_str() == value);
            partner.map(|partner| partner.name.clone())
        }
        "state" => country.map(|country| state_name_in(country, value)),
        _ => None,
    };
    name.unwrap_or_else(|| value.to_owned())
}
