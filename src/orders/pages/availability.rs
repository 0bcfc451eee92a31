//! Whether a domain is free, asked while somebody types.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::AddCustomers;
use crate::customers::store::is_domain_free;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::orders::draft::store::{Twin, twins};
use crate::values::domain_prefix::DomainPrefix;
use crate::values::id::DraftId;
use crate::values::problem::Problem;
use crate::web::Ask;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// The part before the suffix.
    domain: String,
    /// The draft that asks for it.
    draft: String,
}

#[derive(Template)]
#[template(path = "orders/availability.html")]
struct AvailabilityPiece {
    language: Language,
    answer: Result<String, Problem>,
    /// An open draft with the same domain, though nobody has it yet.
    twin: Option<Twin>,
}

/// `GET /domain-availability?domain=…`
pub async fn show(ask: Ask<AddCustomers>, web::Query(asked): web::Query<Asked>) -> Result<HttpResponse> {
    let mut twin = None;
    let answer = match DomainPrefix::parse(&asked.domain) {
        Ok(prefix) => {
            let domain = prefix.with(&ask.site.domain_suffix);
            let (wanted, draft) = (domain.clone(), DraftId::parse(&asked.draft));
            let (is_free, twins) = ask
                .read(move |conn, by| {
                    let twins = twins(conn, by, draft.as_ref(), prefix.as_str())?;
                    Ok((is_domain_free(conn, &wanted)?, twins))
                })
                .await?;
            twin = twins.into_iter().next();
            if is_free { Ok(domain) } else { Err(Problem::Taken) }
        }
        Err(problem) => Err(problem),
    };
    ask.page(&AvailabilityPiece { language: ask.language(), answer, twin })
}
