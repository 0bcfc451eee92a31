//! From cells to a definition: each cell by itself, then what they say together.

mod windows;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Definition, Kind, LARGEST_QUANTITY, Status, USAGE_QUANTITIES};
use crate::catalog::model::amount::parse_amount;
use crate::catalog::model::code::OfferCode;
use crate::catalog::model::column::{Cells, Column, Cycle};
use crate::catalog::model::timeline::{Asked, Retail};
use crate::catalog::model::window::Window;
use crate::catalog::model::{Category, LimitScope, Price, Qualification, Unit};
use crate::catalog::wrong::Wrong;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::day;
use crate::values::folding::folded;
use crate::values::money::Money;
use crate::values::name;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::web::Problems;

/// The longest name of an offer.
const NAME: usize = 200;
/// The longest description.
const DESCRIPTION: usize = 1000;
/// The longest name of a publisher.
const PUBLISHER: usize = 100;
/// The longest term, which stands for no end.
const LONGEST_TERM: i64 = 9999;
/// The highest limit.
const HIGHEST_LIMIT: i64 = 1000;
/// So many offers at most can be named in a list.
const MOST_NAMED: usize = 500;
/// The longest name of a service plan.
const SERVICE_PLAN: usize = 100;
/// So many at most are in one offer.
const MOST_SERVICE_PLANS: usize = 50;
/// Nobody reads more of a word that is none.
const LONGEST_SHOWN: usize = 40;

impl Definition {
    /// Reads what files and forms hold.
    ///
    /// # Errors
    /// Everything that is wrong, by the keys of the columns, in their order.
    pub fn read(cells: &Cells) -> Result<Self, Problems> {
        let mut reader = Reader { cells, problems: Problems::default() };
        let definition = reader.definition();
        let order: Vec<String> = Column::all().map(Column::key).collect();
        let order: Vec<&str> = order.iter().map(String::as_str).collect();
        reader.problems.in_order_of(&order).or(|| definition)
    }
}

struct Reader<'a> {
    cells: &'a Cells,
    problems: Problems,
}

impl Reader<'_> {
    fn definition(&mut self) -> Option<Definition> {
        let code = self.read(Column::Code, OfferCode::parse);
        let name = self.read(Column::Name, |typed| name::required(typed, NAME));
        let description = self.read(Column::Description, |typed| name::optional(typed, DESCRIPTION));
        let category = self.word(Column::Category, None, Category::ALL, Category::as_text);
        let kind = self.word(Column::Kind, Some(Kind::Base), Kind::ALL, Kind::as_text);
        let unit = self.word(Column::Unit, Some(Unit::Licenses), Unit::ALL, Unit::as_text);
        let quantities = self.quantities(unit);
        let limit = self.limit();
        let prerequisites = self.prerequisites(kind);
        let converts_to = self.converts_to(kind);
        let upgrades_to = self.upgrades_to(code.as_ref(), kind, unit);
        let billed = self.billed(kind, unit);
        let term = self.number(Column::TermMonths, 1, LONGEST_TERM);
        let reduction = self.reduction(kind, unit);
        let cancellation = self.window(Column::Cancellation, Window::NEVER);
        let qualification =
            self.word(Column::Segment, Some(Qualification::None), Qualification::ALL, Qualification::as_text);
        let publisher = self.read(Column::Publisher, |typed| name::optional(typed, PUBLISHER));
        let countries = self.read(Column::Countries, countries);
        let service_plans = self.service_plans(unit);
        let status = self.word(Column::Status, Some(Status::Available), Status::ALL, Status::as_text);
        let valid_from = self.valid_from();
        self.fit(category, kind, unit);
        let prices = self.prices(billed, kind, unit);
        let ((minimum, maximum), (limit_scope, limit_count), (billed_monthly, billed_annually)) =
            (quantities?, limit?, billed?);
        Some(Definition {
            code: code?,
            name: name?,
            description: description?,
            category: category?,
            kind: kind?,
            unit: unit?,
            minimum,
            maximum,
            limit_scope,
            limit_count,
            prerequisites: prerequisites?,
            converts_to: converts_to?,
            upgrades_to: upgrades_to?,
            billed_monthly,
            billed_annually,
            term_months: i32::try_from(term?).ok()?,
            reduction: reduction?,
            cancellation: cancellation?,
            qualification: qualification?,
            publisher: publisher?,
            countries: countries?,
            service_plans: service_plans?,
            status: status?,
            prices,
            valid_from: valid_from?,
        })
    }

    fn read<T>(&mut self, column: Column, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        self.problems.field(column.key(), parse(self.cells.get(column)))
    }

    fn on(&mut self, column: Column, problem: impl Into<Problem>) {
        self.problems.on(column.key(), problem);
    }

    fn word<T: Copy>(
        &mut self,
        column: Column,
        usual: Option<T>,
        all: &[T],
        text: fn(&T) -> &'static str,
    ) -> Option<T> {
        self.read(column, |typed| {
            let wanted = tidy(typed);
            let found = || all.iter().find(|one| text(one) == wanted).copied();
            let unknown = || {
                let choices = all.iter().map(text).collect::<Vec<_>>().join(", ");
                Problem::from(Wrong::NotOneOf { entered: shown(typed), choices })
            };
            match usual {
                _ if !wanted.is_empty() => found().ok_or_else(unknown),
                Some(usual) => Ok(usual),
                None => Err(Problem::NotChosen),
            }
        })
    }

    fn number(&mut self, column: Column, minimum: i64, maximum: i64) -> Option<i64> {
        self.read(column, |typed| Quantity::parse(typed, minimum, maximum)).map(Quantity::get)
    }

    /// What is not said, because it makes no sense here.
    fn nothing(&mut self, column: Column) -> bool {
        let is_blank = self.cells.get(column).trim().is_empty();
        if !is_blank {
            self.on(column, Problem::NotAllowedHere);
        }
        is_blank
    }

    fn quantities(&mut self, unit: Option<Unit>) -> Option<(i64, i64)> {
        if unit == Some(Unit::Usage) {
            let is_blank = [self.nothing(Column::Minimum), self.nothing(Column::Maximum)] == [true, true];
            return is_blank.then_some(USAGE_QUANTITIES);
        }
        let minimum = self.number(Column::Minimum, 1, LARGEST_QUANTITY);
        let maximum = self.number(Column::Maximum, minimum.unwrap_or(1), LARGEST_QUANTITY);
        minimum.zip(maximum)
    }

    fn limit(&mut self) -> Option<(LimitScope, i32)> {
        let scope =
            self.word(Column::Limit, Some(LimitScope::Unlimited), LimitScope::ALL, LimitScope::as_text)?;
        if scope == LimitScope::Unlimited {
            return self.nothing(Column::LimitCount).then_some((scope, 0));
        }
        let count = self.number(Column::LimitCount, 1, HIGHEST_LIMIT)?;
        Some((scope, i32::try_from(count).ok()?))
    }

    fn prerequisites(&mut self, kind: Option<Kind>) -> Option<BTreeSet<OfferCode>> {
        if kind.is_some_and(|kind| kind != Kind::AddOn) {
            return self.nothing(Column::Prerequisites).then(BTreeSet::new);
        }
        self.read(Column::Prerequisites, |typed| {
            let codes = codes(typed)?;
            match codes.len() {
                // What is no kind is one problem, not two.
                0 if kind.is_some() => Err(Problem::Missing),
                count if count > MOST_NAMED => Err(Problem::NotAllowedHere),
                _ => Ok(codes),
            }
        })
    }

    fn converts_to(&mut self, kind: Option<Kind>) -> Option<Option<OfferCode>> {
        if self.cells.get(Column::ConvertsTo).trim().is_empty() {
            return Some(None);
        }
        if kind.is_some_and(|kind| kind != Kind::Trial) {
            return self.nothing(Column::ConvertsTo).then_some(None);
        }
        self.read(Column::ConvertsTo, OfferCode::parse).map(Some)
    }

    /// What is added to others, or billed by usage, is not replaced by anything.
    fn upgrades_to(
        &mut self,
        own: Option<&OfferCode>,
        kind: Option<Kind>,
        unit: Option<Unit>,
    ) -> Option<BTreeSet<OfferCode>> {
        if kind == Some(Kind::AddOn) || unit == Some(Unit::Usage) {
            return self.nothing(Column::UpgradesTo).then(BTreeSet::new);
        }
        self.read(Column::UpgradesTo, |typed| {
            let codes = codes(typed)?;
            match own {
                Some(own) if codes.contains(own) => Err(Wrong::UpgradesToItself.into()),
                _ if codes.len() > MOST_NAMED => Err(Problem::NotAllowedHere),
                _ => Ok(codes),
            }
        })
    }

    /// Monthly and annually: a trial neither, usage the first.
    fn billed(&mut self, kind: Option<Kind>, unit: Option<Unit>) -> Option<(bool, bool)> {
        let billed = self.read(Column::Billing, |typed| {
            let words: BTreeSet<String> = parts(typed).map(tidy).collect();
            let known = ["monthly", "annual", "none"];
            if let Some(unknown) = words.iter().find(|word| !known.contains(&word.as_str())) {
                let choices = known.join(", ");
                return Err(Wrong::NotOneOf { entered: shown(unknown), choices }.into());
            }
            Ok((words.contains("monthly"), words.contains("annual"), words.contains("none")))
        })?;
        let must_be = match (kind?, unit?, billed) {
            (Kind::Trial, _, (false, false, _)) => return Some((false, false)),
            (Kind::Trial, ..) => "none",
            (_, Unit::Usage, (true, false, false)) => return Some((true, false)),
            (_, Unit::Usage, _) => "monthly",
            (_, _, (false, false, false)) => {
                self.on(Column::Billing, Problem::NotChosen);
                return None;
            }
            (_, _, (monthly, annual, false)) => return Some((monthly, annual)),
            _ => "monthly;annual",
        };
        self.on(Column::Billing, Wrong::MustBe { word: must_be });
        None
    }

    /// Category, kind and unit together.
    fn fit(&mut self, category: Option<Category>, kind: Option<Kind>, unit: Option<Unit>) {
        let (Some(category), Some(kind), Some(unit)) = (category, kind, unit) else { return };
        match category {
            Category::Trial if kind != Kind::Trial => self.on(Column::Kind, Wrong::MustBe { word: "trial" }),
            Category::AddOn if kind != Kind::AddOn => self.on(Column::Kind, Wrong::MustBe { word: "add-on" }),
            Category::Usage if unit != Unit::Usage => self.on(Column::Unit, Wrong::MustBe { word: "usage" }),
            _ if unit == Unit::Usage && kind != Kind::Base => {
                self.on(Column::Kind, Wrong::MustBe { word: "offer" });
            }
            _ => {}
        }
    }

    /// Service plans are what users get, so only what is licensed to users has any.
    fn service_plans(&mut self, unit: Option<Unit>) -> Option<Vec<String>> {
        match unit {
            Some(Unit::Licenses) | None => self.read(Column::ServicePlans, service_plans),
            Some(_) => self.nothing(Column::ServicePlans).then(Vec::new),
        }
    }

    /// A price has every part that is billed, and no other. What costs nothing beforehand says 0 where it is offered.
    fn prices(
        &mut self,
        billed: Option<(bool, bool)>,
        kind: Option<Kind>,
        unit: Option<Unit>,
    ) -> BTreeMap<Currency, Asked> {
        let Some((monthly, annual)) = billed else { return BTreeMap::new() };
        let is_free = kind == Some(Kind::Trial) || unit == Some(Unit::Usage);
        let needed = [(Cycle::Monthly, monthly || !annual), (Cycle::Annual, annual)];
        let mut prices = BTreeMap::new();
        for currency in Currency::ALL {
            if needed.iter().all(|(cycle, _)| self.is_blank(Column::Price(currency, *cycle))) {
                needed.iter().for_each(|(cycle, _)| self.demand_list_price(currency, *cycle));
                continue;
            }
            let [monthly, annual] = needed.map(|(cycle, is_needed)| {
                let column = Column::Price(currency, cycle);
                if !is_needed {
                    return self.nothing(column).then_some(0);
                }
                self.read(column, |typed| match typed.trim() {
                    "" => Err(Wrong::OtherPriceMissing.into()),
                    typed => parse_amount(typed, currency).and_then(|minor| {
                        if is_free && minor > 0 { Err(Problem::Above { maximum: 0 }) } else { Ok(minor) }
                    }),
                })
            });
            let retail = self.retail(currency, needed, is_free);
            let list = monthly.zip(annual).map(|(monthly, annual)| Price::new(monthly, annual, currency));
            prices.extend(list.map(|list| (currency, Asked { list, retail })));
        }
        prices
    }

    /// What is suggested to be asked of customers, as far as something is, and the offer is billed like that.
    fn retail(&mut self, currency: Currency, billed: [(Cycle, bool); 2], is_free: bool) -> Retail {
        let [monthly, annual] = billed.map(|(cycle, is_billed)| {
            let column = Column::Retail(currency, cycle);
            if !is_billed || is_free {
                self.nothing(column);
                return None;
            }
            if self.is_blank(column) {
                return None;
            }
            let minor = self.read(column, |typed| parse_amount(typed, currency))?;
            Some(Money::new(minor, currency))
        });
        Retail { monthly, annual }
    }

    /// Nobody suggests a price for what is not sold.
    fn demand_list_price(&mut self, currency: Currency, cycle: Cycle) {
        if !self.is_blank(Column::Retail(currency, cycle)) {
            self.on(Column::Price(currency, cycle), Wrong::ListPriceMissing);
        }
    }

    fn is_blank(&self, column: Column) -> bool {
        self.cells.get(column).trim().is_empty()
    }

    fn valid_from(&mut self) -> Option<Option<NaiveDate>> {
        match self.is_blank(Column::ValidFrom) {
            true => Some(None),
            false => self.read(Column::ValidFrom, day::parse).map(Some),
        }
    }
}

fn codes(typed: &str) -> Result<BTreeSet<OfferCode>, Problem> {
    parts(typed).map(OfferCode::parse).collect()
}

fn countries(typed: &str) -> Result<Vec<Country>, Problem> {
    let read = |part: &str| Country::parse(part).map_err(|_| Wrong::UnknownCountry { entered: shown(part) });
    let mut countries: Vec<Country> = parts(typed).map(read).collect::<Result<_, _>>()?;
    countries.sort_by_key(|country| country.code());
    countries.dedup();
    Ok(countries)
}

/// Names, each once in whatever letter case, in the order in which they are said.
fn service_plans(typed: &str) -> Result<Vec<String>, Problem> {
    let mut plans: Vec<String> = Vec::new();
    let named = typed.split([';', '|', '\n']).filter(|part| !part.trim().is_empty());
    for plan in named.map(|part| name::required(part, SERVICE_PLAN)) {
        let plan = plan?;
        if plans.iter().all(|known| folded(known) != folded(&plan)) {
            plans.push(plan);
        }
    }
    if plans.len() > MOST_SERVICE_PLANS {
        return Err(Wrong::TooManyServicePlans { maximum: MOST_SERVICE_PLANS }.into());
    }
    Ok(plans)
}

/// The parts of a cell that holds a list, whatever stands between them.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(|sign: char| matches!(sign, ';' | ',' | '|') || sign.is_whitespace())
        .filter(|part| !part.is_empty())
}

/// A word as the database keeps words.
fn tidy(typed: &str) -> String {
    plain(typed).trim().to_lowercase().replace([' ', '_'], "-")
}

fn shown(typed: &str) -> String {
    typed.trim().chars().filter(|sign| !sign.is_control()).take(LONGEST_SHOWN).collect()
}
