//! The fields of a page: found by what their labels say, filled in as a person would.

use scraper::ElementRef;

use super::page::{Found, Page, Spot, all, missing, one};
use super::words::{text_of, text_without_hint, tidy};

const FIELDS: &str = "input, select, textarea";

impl Page {
    /// What a field holds now: the text, the chosen option, the label of the chosen radio button, "on" or "off".
    pub fn value(&self, label: &str) -> Found<String> {
        if let Ok(group) = self.group(label) {
            let chosen = radios(group).find(|radio| self.is_ticked(*radio));
            return Ok(chosen.and_then(|radio| self.labels(radio).pop()).unwrap_or_default());
        }
        let field = self.field(label, "field", |_| true)?;
        Ok(match kind(field) {
            "checkbox" | "radio" if self.is_ticked(field) => "on".to_owned(),
            "checkbox" | "radio" => "off".to_owned(),
            "select" => self.chosen(field).map(option_text).collect::<Vec<_>>().join(", "),
            _ => self.typed_in(field),
        })
    }

    pub fn fill(&mut self, label: &str, value: &str) -> Found<()> {
        let is_text = |field: ElementRef| !matches!(kind(field), "checkbox" | "radio" | "select" | "file");
        let field = self.field(label, "text field", is_text)?;
        usable(field, label)?;
        if field.attr("readonly").is_some() {
            return Err(format!("{label:?} is read-only"));
        }
        if let Some(limit) = field.attr("maxlength").and_then(|limit| limit.parse::<usize>().ok())
            && value.chars().count() > limit
        {
            return Err(format!(
                "{label:?} takes only {limit} characters: use post(…) to get past the browser"
            ));
        }
        let spot = self.spot_of(field);
        self.typed.insert(spot, value.to_owned());
        Ok(())
    }

    /// Chooses a file.
    pub fn attach(&mut self, label: &str, file: &[u8]) -> Found<()> {
        let field = self.field(label, "file field", |field| kind(field) == "file")?;
        usable(field, label)?;
        let spot = self.spot_of(field);
        self.files.insert(spot, file.to_owned());
        Ok(())
    }

    /// What is in the file that was chosen; nothing if none was.
    pub(super) fn attached(&self, field: ElementRef) -> Vec<u8> {
        self.files.get(&self.spot_of(field)).cloned().unwrap_or_default()
    }

    /// Chooses an option of a list, or a radio button of a group, by its text.
    pub fn choose(&mut self, label: &str, option: &str) -> Found<()> {
        if let Ok(group) = self.group(label) {
            let radios: Vec<_> = radios(group).collect();
            let fitting: Vec<_> = radios.iter().filter(|radio| self.has_label(**radio, option)).collect();
            let labels = || radios.iter().flat_map(|radio| self.labels(*radio)).collect();
            let radio = **one(&fitting, "radio button", option, labels)?;
            let changes = self.picking(radio, option)?;
            self.ticked.extend(changes);
            return Ok(());
        }
        let list = self.field(label, "list or group", |field| kind(field) == "select")?;
        usable(list, label)?;
        let options: Vec<_> = all(list, "option").collect();
        let fitting: Vec<_> = options.iter().filter(|candidate| option_text(**candidate) == option).collect();
        let names = || options.iter().map(|candidate| option_text(*candidate)).collect();
        let chosen = **one(&fitting, "option", option, names)?;
        usable(chosen, option)?;
        let is_multiple = list.attr("multiple").is_some();
        let others = options.iter().filter(|_| !is_multiple).map(|other| (self.spot_of(*other), false));
        let changes: Vec<_> = others.chain([(self.spot_of(chosen), true)]).collect();
        self.ticked.extend(changes);
        Ok(())
    }

    /// Ticks or clears a check box, or picks a radio button by its own label.
    pub fn tick(&mut self, label: &str, on: bool) -> Found<()> {
        let field = self.field(label, "check box", |field| matches!(kind(field), "checkbox" | "radio"))?;
        if kind(field) == "radio" && on {
            let changes = self.picking(field, label)?;
            self.ticked.extend(changes);
            return Ok(());
        }
        usable(field, label)?;
        let spot = self.spot_of(field);
        self.ticked.insert(spot, on);
        Ok(())
    }

    /// The message that is tied to a field and listed in the summary of problems.
    pub fn has_problem(&self, label: &str, message: &str) -> Found<()> {
        let field = match self.group(label) {
            Ok(group) => group,
            Err(_) => self.field(label, "field", |_| true)?,
        };
        let told = field.attr("aria-describedby").unwrap_or_default();
        let told: Vec<_> = told.split_whitespace().filter_map(|id| self.with_id(id)).map(text_of).collect();
        if !told.iter().any(|text| text.contains(message)) {
            return Err(format!("{label:?} does not say {message:?} but {told:?}"));
        }
        if field.value().name() != "fieldset" && field.attr("aria-invalid") != Some("true") {
            return Err(format!("{label:?} is not marked aria-invalid"));
        }
        let own_link = format!("#{}", field.attr("id").unwrap_or_default());
        let links: Vec<_> = all(self.root(), "a[href^='#']").collect();
        let leads_here =
            |link: &ElementRef| link.attr("href") == Some(&own_link) && text_of(*link).contains(message);
        match links.iter().any(leads_here) {
            true => Ok(()),
            false => Err(missing(
                "link in the summary",
                &own_link,
                links.iter().map(|link| text_of(*link)).collect(),
            )),
        }
    }

    /// Everything that labels a field says, one entry a label.
    pub fn labels(&self, field: ElementRef) -> Vec<String> {
        let mut labels = Vec::new();
        labels.extend(field.attr("aria-label").map(tidy));
        let pointed_at = field.attr("aria-labelledby").unwrap_or_default();
        let parts: Vec<_> =
            pointed_at.split_whitespace().filter_map(|id| self.with_id(id)).map(text_of).collect();
        labels.extend((!parts.is_empty()).then(|| parts.join(" ")));
        let id = field.attr("id").unwrap_or_default();
        let own = all(self.root(), "label[for]").filter(|label| label.attr("for") == Some(id));
        labels.extend(own.map(text_of));
        let around =
            field.ancestors().filter_map(ElementRef::wrap).find(|outer| outer.value().name() == "label");
        labels.extend(around.into_iter().flat_map(|label| [text_of(label), text_without_hint(label)]));
        labels.retain(|label| !label.is_empty());
        labels
    }

    pub(super) fn typed_in(&self, field: ElementRef) -> String {
        let default = || match kind(field) {
            "textarea" => field.text().collect(),
            _ => field.attr("value").unwrap_or_default().to_owned(),
        };
        self.typed.get(&self.spot_of(field)).cloned().unwrap_or_else(default)
    }

    pub(super) fn is_ticked(&self, field: ElementRef) -> bool {
        let default = field.attr("checked").is_some() || field.attr("selected").is_some();
        self.ticked.get(&self.spot_of(field)).copied().unwrap_or(default)
    }

    /// The chosen options of a list; a list of one line always shows one, the first if need be.
    pub(super) fn chosen<'a>(&'a self, list: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
        let options: Vec<_> = all(list, "option").collect();
        let mut chosen: Vec<_> = options.iter().copied().filter(|option| self.is_ticked(*option)).collect();
        if list.attr("multiple").is_none() {
            let first = options.into_iter().find(|option| option.attr("disabled").is_none());
            chosen = chosen.pop().or(first).into_iter().collect();
        }
        chosen.into_iter()
    }

    fn field(&self, label: &str, what: &str, fits: impl Fn(ElementRef) -> bool) -> Found<ElementRef<'_>> {
        let fields: Vec<_> =
            all(self.scope(), FIELDS).filter(|field| is_seen(*field) && fits(*field)).collect();
        let fitting: Vec<_> = fields.iter().filter(|field| self.has_label(**field, label)).collect();
        let labels = || fields.iter().flat_map(|field| self.labels(*field)).collect();
        one(&fitting, what, label, labels).map(|field| **field)
    }

    /// A group of radio buttons or check boxes, by its legend.
    fn group(&self, legend: &str) -> Found<ElementRef<'_>> {
        let groups: Vec<_> = all(self.scope(), "fieldset, [role=radiogroup], [role=group]").collect();
        let name = |group: ElementRef| {
            let own = group.child_elements().find(|child| child.value().name() == "legend").map(text_of);
            own.or_else(|| self.labels(group).pop()).unwrap_or_default()
        };
        let fits =
            |group: &&ElementRef| is_labelled(&name(**group), legend) && radios(**group).next().is_some();
        let fitting: Vec<_> = groups.iter().filter(fits).collect();
        one(&fitting, "group", legend, || groups.iter().map(|group| name(*group)).collect())
            .map(|group| **group)
    }

    fn has_label(&self, field: ElementRef, label: &str) -> bool {
        self.labels(field).iter().any(|own| is_labelled(own, label))
    }

    /// Picking one radio button lets go of the others of its group.
    fn picking(&self, radio: ElementRef, label: &str) -> Found<Vec<(Spot, bool)>> {
        usable(radio, label)?;
        let form = self.owner(radio);
        let same_group = |other: &ElementRef| {
            kind(*other) == "radio" && other.attr("name") == radio.attr("name") && self.owner(*other) == form
        };
        let group = all(self.root(), "input").filter(same_group).map(|other| self.spot_of(other));
        Ok(group.map(|spot| (spot, spot == self.spot_of(radio))).collect())
    }
}

/// `checkbox`, `radio`, `hidden`, `submit`, … for inputs, otherwise the name of the element.
pub fn kind<'a>(field: ElementRef<'a>) -> &'a str {
    match field.value().name() {
        "input" => field.attr("type").unwrap_or("text"),
        name => name,
    }
}

/// What a person can type or tick.
pub fn is_seen(field: ElementRef) -> bool {
    !matches!(kind(field), "hidden" | "submit" | "button" | "reset" | "image")
}

pub fn is_disabled(field: ElementRef) -> bool {
    let closed = |outer: ElementRef| outer.value().name() == "fieldset" && outer.attr("disabled").is_some();
    field.attr("disabled").is_some() || field.ancestors().filter_map(ElementRef::wrap).any(closed)
}

fn usable(field: ElementRef, label: &str) -> Found<()> {
    if is_disabled(field) { Err(format!("{label:?} is disabled")) } else { Ok(()) }
}

fn is_labelled(own: &str, label: &str) -> bool {
    own == label || own.strip_suffix(" (optional)") == Some(label)
}

fn radios<'a>(group: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    all(group, "input[type=radio]")
}

fn option_text(option: ElementRef) -> String {
    tidy(&option.text().collect::<String>())
}
