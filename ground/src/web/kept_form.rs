//! What was sent, kept beside the request while it is answered: a page that refuses it then loses nothing of it, and
//! offers to send it again. Whoever was signed out, lost a role or met a busy portal had typed for a while.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpMessage as _, HttpRequest, HttpResponse, web};
use askama::Template;

use super::page::{asked_for, with_status};
use super::shell::Shell;
use crate::access::Viewer;
use crate::access::identity::Identity;
use crate::error::Result;
use crate::language::filters;

/// The field by which a page that sends a form again says of whom it was.
const OF: &str = "kept-as";
/// Longer forms are not kept, in bytes: agreements and catalogs stand in files.
const LONGEST: usize = 256 * 1024;
/// No form of ours has more fields.
const MOST_FIELDS: usize = 1000;
/// What is typed here is never written into a page; a form that holds one of them is not kept.
const SECRETS: [&str; 4] = ["password", "new", "again", "code"];
/// What was typed once more to go on with something sensitive is left out: it is asked for again.
const PROOFS: [&str; 3] = ["own-password", "own-code", "own-account"];

/// Asks whoever signed in meanwhile whether to send it in their name.
#[derive(Template)]
#[template(path = "kit/kept.html")]
struct KeptPage {
    shell: Shell,
    viewer: Viewer,
    action: String,
    form: KeptForm,
}

/// The fields of a form in the order in which they were sent, so that it can be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm(Vec<(String, String)>);

impl KeptForm {
    /// What the page that answers a request may send again.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// The form, and of whom the page was that sends it again: the id of the person, or nothing.
    fn read(body: &[u8]) -> Option<(Self, Option<String>)> {
        let mut fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
        let of = fields.iter().position(|(name, _)| name == OF).map(|at| fields.remove(at).1);
        fields.retain(|(name, _)| !PROOFS.contains(&name.as_str()));
        let is_secret =
            |(name, value): &(String, String)| SECRETS.contains(&name.as_str()) && !value.is_empty();
        (fields.len() <= MOST_FIELDS && !fields.iter().any(is_secret)).then_some((Self(fields), of))
    }
}

/// Reads forms of a usual size before anything refuses them.
///
/// # Errors
/// What comes from further inside.
pub async fn keep<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse, ActixError> {
    if is_form(&request) {
        let mut body = match request.extract::<web::Bytes>().await {
            Ok(body) => body,
            Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
        };
        if let Some((form, of)) = KeptForm::read(&body) {
            if let Some(of) = of {
                if let Some(viewer) = viewer_of(&request).filter(|viewer| viewer.person.as_str() != of) {
                    let question = ask(&request, viewer, form).unwrap_or_else(HttpResponse::from_error);
                    return Ok(request.into_response(question));
                }
                body = serde_urlencoded::to_string(&form.0).unwrap_or_default().into();
            }
            request.extensions_mut().insert(form);
        }
        request.set_payload(Payload::from(body));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

fn viewer_of(request: &ServiceRequest) -> Option<Viewer> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Person(viewer)) => Some((**viewer).clone()),
        _ => None,
    }
}

/// Somebody else may have typed it, before whoever is here now signed in.
fn ask(request: &ServiceRequest, viewer: Viewer, form: KeptForm) -> Result<HttpResponse> {
    let shell = Shell::of(request.request());
    with_status(
        shell.language,
        StatusCode::CONFLICT,
        &KeptPage { shell, viewer, action: asked_for(request.request()), form },
    )
}

fn is_form(request: &ServiceRequest) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let is_usual =
        length.and_then(|length| length.parse().ok()).is_some_and(|length: usize| length <= LONGEST);
    request.method() == Method::POST
        && request.content_type() == "application/x-www-form-urlencoded"
        && is_usual
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_kept_as_it_was_sent() {
        let (kept, of) =
            KeptForm::read(b"company=Juniper+%26+Co&offers=a&kept-as=p1&offers=b&empty=").unwrap();
        assert_eq!(of.as_deref(), Some("p1"));
        let fields = [("company", "Juniper & Co"), ("offers", "a"), ("offers", "b"), ("empty", "")];
        assert_eq!(kept.fields(), fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn secrets_and_what_is_no_form_are_not() {
        let (kept, _) = KeptForm::read(b"name=Ben&own-password=x&own-code=1&password=&again=").unwrap();
        assert!(kept.fields().iter().all(|(name, value)| name == "name" || value.is_empty()));
        for body in ["email=a%40b.example&password=x", "code=123456", "new=x&again=x"] {
            assert_eq!(KeptForm::read(body.as_bytes()), None, "{body}");
        }
        assert_eq!(KeptForm::read(&b"a=b&".repeat(MOST_FIELDS + 1)), None);
    }
}
