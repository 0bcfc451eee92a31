//! Which form of a message a number takes: the head of a language file says it to the tools of translators
//! (`Plural-Forms`), and we go by Unicode's rules, whose categories are the forms in this order, as far as whole numbers
//! are of them. Both have to agree.

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

const ORDER: [PluralCategory; 6] = [
    PluralCategory::Zero,
    PluralCategory::One,
    PluralCategory::Two,
    PluralCategory::Few,
    PluralCategory::Many,
    PluralCategory::Other,
];

/// Beyond them, numbers repeat how the smaller ones went; the round one is of its own kind in French.
fn numbers() -> impl Iterator<Item = u64> {
    (0..=1200).chain([1_000_000])
}

/// Where the head of a file says something else than Unicode's rules for its language do.
pub fn wrong(tag: &str, forms: usize, expression: &str) -> Option<String> {
    let Some(rules) = rules(tag) else { return Some(format!("Unicode has no plurals of {tag}")) };
    let category = |number| rules.category_for(number);
    let own: Vec<_> =
        ORDER.into_iter().filter(|one| numbers().any(|number| category(number) == *one)).collect();
    if own.len() != forms {
        return Some(format!("{forms} plural forms instead of {own:?}"));
    }
    let form = |number: u64| own.iter().position(|one| *one == category(number));
    let differs = numbers().find(|number| {
        let said = evaluated(expression, *number).and_then(|form| usize::try_from(form).ok());
        said != form(*number)
    })?;
    Some(format!("`{expression}` gives {differs} another form than Unicode, of {own:?}"))
}

fn rules(tag: &str) -> Option<PluralRules> {
    let locale: Locale = tag.parse().ok()?;
    PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()
}

/// Operators of C that such expressions hold, the loosest first; the longer ones of a line first.
const OPERATORS: [&[&str]; 6] =
    [&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];

/// What an expression gives for a number.
fn evaluated(expression: &str, n: u64) -> Option<u64> {
    let mut reading = Reading { rest: expression, n };
    let value = reading.choice()?;
    reading.rest.trim().is_empty().then_some(value)
}

struct Reading<'a> {
    rest: &'a str,
    n: u64,
}

impl Reading<'_> {
    fn choice(&mut self) -> Option<u64> {
        let condition = self.operation(&OPERATORS)?;
        if !self.takes("?") {
            return Some(condition);
        }
        let yes = self.choice()?;
        let no = if self.takes(":") { self.choice()? } else { return None };
        Some(if condition == 0 { no } else { yes })
    }

    fn operation(&mut self, levels: &[&[&str]]) -> Option<u64> {
        let Some((own, tighter)) = levels.split_first() else { return self.single() };
        let mut left = self.operation(tighter)?;
        while let Some(operator) = own.iter().find(|operator| self.takes(operator)) {
            let right = self.operation(tighter)?;
            left = applied(left, operator, right)?;
        }
        Some(left)
    }

    fn single(&mut self) -> Option<u64> {
        if self.takes("n") {
            return Some(self.n);
        }
        if self.takes("!") {
            return Some(u64::from(self.single()? == 0));
        }
        if self.takes("(") {
            let value = self.choice()?;
            return self.takes(")").then_some(value);
        }
        let digits = self.rest.len() - self.rest.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn takes(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }
}

fn applied(left: u64, operator: &str, right: u64) -> Option<u64> {
    let truth = |holds: bool| Some(u64::from(holds));
    match operator {
        "||" => truth(left != 0 || right != 0),
        "&&" => truth(left != 0 && right != 0),
        "==" => truth(left == right),
        "!=" => truth(left != right),
        "<=" => truth(left <= right),
        ">=" => truth(left >= right),
        "<" => truth(left < right),
        ">" => truth(left > right),
        "+" => left.checked_add(right),
        "-" => left.checked_sub(right),
        "*" => left.checked_mul(right),
        "/" => left.checked_div(right),
        _ => left.checked_rem(right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_what_unicode_says() {
        let slavic = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2";
        for (tag, forms, expression) in [
            ("zh-Hant", 1, "0"),
            ("de", 2, "n != 1"),
            ("pl", 3, slavic),
            ("cs", 3, "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2"),
            ("ar", 6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
        ] {
            assert_eq!(wrong(tag, forms, expression), None, "{tag}");
        }
        for (tag, forms, expression) in [
            ("zh-Hant", 2, "n != 1"),
            ("de", 2, "n == 1"),
            // Of a language whose zero is singular.
            ("de", 2, "n > 1"),
            ("pl", 3, "n==1 ? 0 : 1"),
            ("de", 2, "n !"),
        ] {
            assert!(wrong(tag, forms, expression).is_some(), "{tag}");
        }
    }
}
