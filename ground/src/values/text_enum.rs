//! Keeps a Rust type as text in a column of either database.

/// Makes an enum whose variants are kept as the given words: `text_enum! { pub enum State { Open = "open", … } }`.
/// Gives `as_text`, `from_text` and `ALL`; templates match on the variants, databases see the words.
#[macro_export]
macro_rules! text_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn as_text(&self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        $crate::stored_as_text!($name);
    };
}

/// Lets a type with `as_text(&self) -> &'static str` and `from_text(&str) -> Option<Self>` stand in a TEXT column.
#[macro_export]
macro_rules! stored_as_text {
    ($name:ident) => {
        const _: () = {
            use diesel::{
                backend::Backend,
                deserialize::{self, FromSql, FromSqlRow},
                expression::AsExpression,
                serialize::{self, Output, ToSql},
                sql_types::Text,
            };

            impl<DB: Backend> ToSql<Text, DB> for $name
            where
                str: ToSql<Text, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    <str as ToSql<Text, DB>>::to_sql(self.as_text(), out)
                }
            }

            impl<DB: Backend> FromSql<Text, DB> for $name
            where
                String: FromSql<Text, DB>,
            {
                fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    let text = <String as FromSql<Text, DB>>::from_sql(bytes)?;
                    Self::from_text(&text)
                        .ok_or_else(|| format!("{text:?} is no {}", stringify!($name)).into())
                }
            }

            // Only carries the derives, which cannot be added to the type where it stands.
            #[derive(AsExpression, FromSqlRow)]
            #[diesel(foreign_derive)]
            #[diesel(sql_type = Text)]
            #[expect(dead_code, reason = "diesel reads the field's type, nobody makes a value")]
            struct Proxy($name);
        };
    };
}
