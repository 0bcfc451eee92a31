//! Two people with one form: only the fields that somebody touched are theirs. The others take what was saved in the
//! meantime, so that one who corrects the telephone number never undoes the address that a colleague has just corrected.
//!
//! A form carries, as `opened`, what its fields held when the page was drawn.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;

/// Fields that the page added itself.
const OWN: [&str; 2] = ["version", "opened"];

/// What three versions of a form come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<F> {
    pub form: F,
    /// Fields that both changed, to different values.
    pub clashes: Vec<String>,
}

/// What a form holds as it is opened, for its hidden field `opened`. Where it cannot be said, everything that is typed
/// will count as touched.
pub fn opened(form: &impl Serialize) -> String {
    serde_urlencoded::to_string(form).unwrap_or_default()
}

/// Puts what was typed over what is saved, field by field, as far as it was touched; version and `opened` are those of
/// what is saved. Without `opened` everything that was typed counts as touched.
///
/// # Errors
/// Internal, when a form holds something else than fields.
pub fn merge<F: Serialize + DeserializeOwned>(opened: &str, typed: &F, saved: &F) -> Result<Merged<F>> {
    let form = |form: &F| serde_urlencoded::to_string(form).context("a form could not be written");
    let merged = merge_fields(opened, fields(&form(typed)?)?, fields(&form(saved)?)?);
    let form = serde_urlencoded::to_string(&merged.form).context("a form could not be written")?;
    let form = serde_urlencoded::from_str(&form).context("a form could not be read")?;
    Ok(Merged { form, clashes: merged.clashes })
}

/// The same for bare fields. One that is missing somewhere is empty there.
pub fn merge_fields(
    opened: &str,
    typed: Vec<(String, String)>,
    saved: Vec<(String, String)>,
) -> Merged<Vec<(String, String)>> {
    let opened: Option<BTreeMap<String, String>> =
        fields(opened).ok().filter(|fields| !fields.is_empty()).map(|fields| fields.into_iter().collect());
    let mut saved: BTreeMap<String, String> = saved.into_iter().collect();
    let mut clashes = Vec::new();
    let mut settle = |name: String, typed: String, now: String| {
        let before = opened.as_ref().map(|opened| opened.get(&name).map_or("", String::as_str));
        let is_untouched = before == Some(&typed) || OWN.contains(&name.as_str());
        if !is_untouched && before != Some(&now) && now != typed {
            clashes.push(name.clone());
        }
        (name, if is_untouched { now } else { typed })
    };
    let mut form = Vec::new();
    for (name, typed) in typed {
        let now = saved.remove(&name).unwrap_or_default();
        form.push(settle(name, typed, now));
    }
    form.extend(saved.into_iter().map(|(name, now)| settle(name, String::new(), now)));
    Merged { form, clashes }
}

fn fields(form: &str) -> Result<Vec<(String, String)>> {
    Ok(serde_urlencoded::from_str(form).context("a form could not be read")?)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(default)]
    struct Form {
        version: String,
        opened: String,
        name: String,
        #[serde(flatten)]
        address: Address,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(default)]
    struct Address {
        city: String,
        phone: String,
    }

    fn form(version: &str, name: &str, city: &str, phone: &str) -> Form {
        let address = Address { city: city.to_owned(), phone: phone.to_owned() };
        Form { version: version.to_owned(), name: name.to_owned(), address, ..Form::default() }
    }

    #[test]
    fn untouched_fields_take_what_is_saved_and_touched_ones_stay() {
        let opened = opened(&form("1", "Acme", "Bonn", "1"));
        let typed = form("1", "Acme", "Bonn", "2 & 3");
        let saved = form("2", "Acme Ltd", "Bonn", "1");
        let merged = merge(&opened, &typed, &saved).unwrap();
        assert_eq!(merged.form, form("2", "Acme Ltd", "Bonn", "2 & 3"));
        assert_eq!(merged.clashes, Vec::<String>::new());
    }

    #[test]
    fn what_both_changed_clashes_unless_they_agree() {
        let opened = opened(&form("1", "Acme", "Bonn", "1"));
        let typed = form("1", "Acme AG", "Köln", "1");
        let saved = form("2", "Acme Ltd", "Köln", "2");
        let merged = merge(&opened, &typed, &saved).unwrap();
        assert_eq!(merged.clashes, ["name"]);
        assert_eq!(merged.form, form("2", "Acme AG", "Köln", "2"));
    }

    #[test]
    fn what_only_one_has_is_added_or_taken_away() {
        let fields = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "5".to_owned())).collect();
        let opened = opened(&[("a", "5"), ("b", "5")]);
        let merged = merge_fields(&opened, fields(&["b", "c"]), fields(&["a", "b", "d"]));
        let kept: Vec<_> = merged
            .form
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!((kept, merged.clashes), (vec!["b", "c", "d"], Vec::<String>::new()));
    }

    #[test]
    fn without_what_was_opened_everything_typed_counts() {
        let merged = merge("", &form("1", "Acme", "Bonn", "1"), &form("2", "Acme Ltd", "Bonn", "1")).unwrap();
        assert_eq!((merged.clashes, merged.form.name.as_str()), (vec!["name".to_owned()], "Acme"));
    }
}
