//! Conditions and values as both databases tell them, in one spelling.

/// A word, a sign, or a text in quotes.
type Token = String;

/// One spelling of a condition or value. PostgreSQL writes a list of words, a range and every text in a way of its own.
/// Brackets are left out: conditions as simple as those of tables mean the same without.
pub fn plain(sql: &str) -> String {
    let tokens = ranges(lists(uncast(tokens(sql))));
    tokens.into_iter().filter(|token| !is_bracket(token)).collect::<Vec<_>>().join(" ")
}

/// The CHECKs in a CREATE TABLE: their names, empty where they have none, and what they demand.
pub fn checks(create_table: &str) -> Vec<(String, String)> {
    let tokens = tokens(create_table);
    let begins = tokens.iter().enumerate().filter(|(_, token)| *token == "check").map(|(at, _)| at);
    let read = |at: usize| {
        let is_named = at >= 2 && tokens[at - 2] == "constraint";
        let name = if is_named { tokens[at - 1].clone() } else { String::new() };
        (name, plain(&in_brackets(&tokens[at + 1..]).join(" ")))
    };
    begins.map(read).collect()
}

/// What stands in the brackets with which the tokens begin.
fn in_brackets(tokens: &[Token]) -> &[Token] {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += i32::from(token == "(") - i32::from(token == ")");
        depth == 0
    });
    &tokens[1..end.unwrap_or(tokens.len())]
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '\'' | '"' => quoted(rest, first),
            _ if is_of_words(first) => rest.find(|sign| !is_of_words(sign)).unwrap_or(rest.len()),
            _ if ["::", "<=", ">=", "<>", "||"].iter().any(|sign| rest.starts_with(sign)) => 2,
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        match first {
            '-' if token.starts_with("--") => {}
            '\'' => tokens.push(token.to_owned()),
            _ => tokens.push(token.trim_matches('"').to_lowercase()),
        }
        rest = behind.trim_start();
    }
    tokens
}

fn is_of_words(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// How long the quoted text is with which the SQL begins; a doubled quote does not end it.
fn quoted(sql: &str, quote: char) -> usize {
    let mut signs = sql.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == quote && signs.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    sql.len()
}

/// Without `::type`; a number in quotes is one without.
fn uncast(tokens: Vec<Token>) -> Vec<Token> {
    let mut plain: Vec<Token> = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        if token != "::" {
            plain.push(token);
            continue;
        }
        let kind = rest.next().unwrap_or_default();
        for word in ["without", "time", "zone"] {
            rest.next_if(|next| kind == "timestamp" && next == word);
        }
        if let (true, Some(number)) = (["bigint", "integer"].contains(&kind.as_str()), plain.last_mut()) {
            *number = number.trim_matches('\'').to_owned();
        }
    }
    plain
}

/// `= ANY (ARRAY[…])` is `IN (…)`.
fn lists(tokens: Vec<Token>) -> Vec<Token> {
    let mut plain: Vec<Token> = Vec::new();
    for token in tokens {
        if token == "array" {
            let any = plain.iter().rposition(|earlier| earlier == "any").unwrap_or(plain.len());
            plain.truncate(any.saturating_sub(1));
            plain.push("in".to_owned());
        } else {
            plain.push(token);
        }
    }
    plain
}

/// `a BETWEEN b AND c` is `a >= b AND a <= c`.
fn ranges(tokens: Vec<Token>) -> Vec<Token> {
    let mut plain: Vec<Token> = Vec::new();
    let mut ranged = None;
    for token in tokens {
        match (token.as_str(), ranged.take()) {
            ("between", _) => {
                ranged = plain.last().cloned();
                plain.push(">=".to_owned());
            }
            ("and", Some(column)) => plain.extend([token, column, "<=".to_owned()]),
            (_, column) => {
                ranged = column;
                plain.push(token);
            }
        }
    }
    plain
}

fn is_bracket(token: &str) -> bool {
    ["(", ")", "[", "]"].contains(&token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_condition_are_one() {
        for (sqlite, postgres, expected) in [
            (
                "state IN ('open', 'it''s')",
                "((state = ANY (ARRAY['open'::text, 'it''s'::text])))",
                "state in 'open' , 'it''s'",
            ),
            ("ended_at IS NULL", "(ended_at IS NULL)", "ended_at is null"),
            (
                "quantity BETWEEN 1 AND 9999999999",
                "((quantity >= 1) AND (quantity <= '9999999999'::bigint))",
                "quantity >= 1 and quantity <= 9999999999",
            ),
            ("position IS NULL", "(\"position\" IS NULL)", "position is null"),
            (
                "'1970-01-01 00:00:00'",
                "'1970-01-01 00:00:00'::timestamp without time zone",
                "'1970-01-01 00:00:00'",
            ),
            ("FALSE", "false", "false"),
            ("a >= 0 AND b >= 0", "((a >= 0) AND (b >= 0))", "a >= 0 and b >= 0"),
        ] {
            assert_eq!((plain(sqlite).as_str(), plain(postgres).as_str()), (expected, expected));
        }
    }

    #[test]
    fn what_means_something_else_reads_otherwise() {
        for (one, other) in [
            ("state IN ('a', 'b')", "state IN ('a', 'B')"),
            ("state IN ('a', 'b')", "state IN ('a')"),
            ("n BETWEEN 1 AND 9", "n BETWEEN 1 AND 8"),
            ("n >= 0", "n > 0"),
            ("a IS NULL", "a IS NOT NULL"),
        ] {
            assert_ne!(plain(one), plain(other));
        }
    }

    #[test]
    fn checks_are_found_with_their_names() {
        let sql = "CREATE TABLE \"letters\" (
            id TEXT NOT NULL PRIMARY KEY, -- CHECK (it) twice
            kind TEXT NOT NULL CHECK (kind IN ('a (b', 'c')),
            state TEXT CONSTRAINT letters_state_check CHECK (state IN ('x')),
            CONSTRAINT both CHECK ((a IS NULL) = (b IS NULL))
        ) WITHOUT ROWID";
        let expected = [
            ("", "kind in 'a (b' , 'c'"),
            ("letters_state_check", "state in 'x'"),
            ("both", "a is null = b is null"),
        ];
        let expected = expected.map(|(name, demand)| (name.to_owned(), demand.to_owned()));
        assert_eq!(checks(sql), expected);
    }
}
