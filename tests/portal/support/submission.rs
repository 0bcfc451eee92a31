//! What a browser sends when a button is pressed: the form that the page really holds, and nothing else.

use actix_web::http::Method;
use scraper::ElementRef;
use url::Url;

use super::fields::{is_disabled, is_seen, kind};
use super::page::{Found, Page, all};
use super::wire::Call;
use super::words::tidy;

impl Page {
    /// The request that pressing a button makes.
    pub fn submission(&self, button: &str) -> Found<Call> {
        let pressed = self.button(button)?;
        if is_disabled(pressed) {
            return Err(format!("the button {button:?} is disabled"));
        }
        let form =
            self.owner(pressed).filter(|_| matches!(pressed.attr("type"), None | Some("submit" | "image")));
        let form = form.ok_or_else(|| format!("the button {button:?} does nothing without scripts"))?;
        let skips_checks = form.attr("novalidate").is_some() || pressed.attr("formnovalidate").is_some();
        if let Some(trouble) =
            self.controls(form).find_map(|field| self.refusal(field)).filter(|_| !skips_checks)
        {
            return Err(format!("a browser would not send this form: {trouble}"));
        }
        let action = pressed.attr("formaction").or(form.attr("action")).unwrap_or_default();
        let method = pressed.attr("formmethod").or(form.attr("method")).unwrap_or("get");
        self.call(method, self.resolve(action)?, &self.entries(form, pressed), form)
    }

    /// An address on this page, made whole.
    pub fn resolve(&self, href: &str) -> Found<Url> {
        let target = self.address.join(href).map_err(|error| format!("bad address {href:?}: {error}"))?;
        match target.origin() == self.address.origin() {
            true => Ok(target),
            false => Err(format!("{target} leads away from the portal")),
        }
    }

    /// The form that a field or button belongs to.
    pub(super) fn owner<'a>(&'a self, control: ElementRef<'a>) -> Option<ElementRef<'a>> {
        match control.attr("form") {
            Some(id) => self.with_id(id),
            None => {
                control.ancestors().filter_map(ElementRef::wrap).find(|outer| outer.value().name() == "form")
            }
        }
    }

    fn call(
        &self,
        method: &str,
        mut target: Url,
        entries: &[(String, String)],
        form: ElementRef,
    ) -> Found<Call> {
        match form.attr("enctype") {
            None | Some("application/x-www-form-urlencoded") => {}
            Some("multipart/form-data") => {
                let file = |name: &str| {
                    let mut files = self.controls(form).filter(|field| kind(*field) == "file");
                    files.find(|field| field.attr("name") == Some(name)).map(|field| self.attached(field))
                };
                return Ok(Call::post_parts(path_of(&target), entries, file));
            }
            Some(other) => return Err(format!("no form is sent as {other:?}")),
        }
        match Method::from_bytes(method.to_uppercase().as_bytes()) {
            Ok(Method::POST) => Ok(Call::post(path_of(&target), entries)),
            Ok(Method::GET) => {
                target.query_pairs_mut().clear().extend_pairs(entries);
                Ok(Call::get(path_of(&target)))
            }
            _ => Err(format!("forms know GET and POST, not {method:?}")),
        }
    }

    /// Names and values in the order of the page, as the HTML standard gathers them.
    fn entries(&self, form: ElementRef, pressed: ElementRef) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        for field in self.controls(form).filter(|field| !is_disabled(*field)) {
            let Some(name) = field.attr("name").filter(|name| !name.is_empty()) else { continue };
            let values: Vec<String> = match kind(field) {
                "submit" | "button" | "image" | "reset" => {
                    Some(field).filter(|field| *field == pressed).map(value_attribute).into_iter().collect()
                }
                "checkbox" | "radio" => {
                    self.is_ticked(field).then(|| tick_value(field)).into_iter().collect()
                }
                "select" => {
                    self.chosen(field).filter(|option| !is_disabled(*option)).map(option_value).collect()
                }
                // Line breaks go over the wire as CR LF, whatever the page holds.
                "textarea" => vec![self.typed_in(field).replace("\r\n", "\n").replace('\n', "\r\n")],
                _ => vec![self.typed_in(field)],
            };
            entries.extend(values.into_iter().map(|value| (name.to_owned(), value)));
        }
        entries
    }

    fn controls<'a>(&'a self, form: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
        all(self.root(), "input, select, textarea, button")
            .filter(move |field| self.owner(*field) == Some(form))
    }

    /// Why a browser would stop at this field by itself.
    fn refusal(&self, field: ElementRef) -> Option<String> {
        if is_disabled(field)
            || !is_seen(field)
            || kind(field) == "button"
            || field.attr("required").is_none()
        {
            return None;
        }
        let is_empty = match kind(field) {
            "checkbox" => !self.is_ticked(field),
            "radio" => {
                let same =
                    |other: &ElementRef| kind(*other) == "radio" && other.attr("name") == field.attr("name");
                !all(self.root(), "input").filter(same).any(|radio| self.is_ticked(radio))
            }
            "select" => self.chosen(field).all(|option| option_value(option).is_empty()),
            _ => self.typed_in(field).is_empty(),
        };
        is_empty.then(|| format!("{:?} is required", self.labels(field)))
    }
}

/// Path and query, as the request line has them.
pub fn path_of(address: &Url) -> String {
    match address.query() {
        Some(query) if !query.is_empty() => format!("{}?{query}", address.path()),
        _ => address.path().to_owned(),
    }
}

fn value_attribute(field: ElementRef) -> String {
    field.attr("value").unwrap_or_default().to_owned()
}

fn tick_value(field: ElementRef) -> String {
    field.attr("value").unwrap_or("on").to_owned()
}

fn option_value(option: ElementRef) -> String {
    option.attr("value").map_or_else(|| tidy(&option.text().collect::<String>()), str::to_owned)
}
