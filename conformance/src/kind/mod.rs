//! What the suite knows of each type of field: one file per type, each an answer to
//! the questions of [`Kind`], and one registry that the compiler checks.
//!
//! Kinds lie below the harness and the checks. What they need from above is handed to
//! them: fresh words by a [`Source`], objects around a value by [`Within`] and [`Seen`].

#[cfg(test)]
mod agreed;
mod around;
mod boolean;
mod cases;
mod child;
mod choice;
mod color;
mod date;
mod date_time;
mod decimal;
mod email;
mod entry;
mod external_id;
mod headers;
mod host;
mod id;
mod instants;
mod integer;
mod json;
mod key;
mod language;
mod length;
mod map;
mod matching;
mod name;
mod number;
mod numeric;
mod object;
mod password;
mod phone;
mod plain;
mod preset;
mod registry;
mod secret;
mod shared;
mod signing_key;
mod source;
mod table;
mod table_row;
mod template;
mod text;
mod time_zone;
mod token;
mod url;
mod uuid;
mod values;
mod zoned_time;

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Field, Op, Row};
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

pub(crate) use self::around::{Seen, Within};
pub(crate) use self::cases::{Cases, Codes, SYNTAX, Shown};
pub(crate) use self::choice::{alternatives, deciding_first};
pub(crate) use self::json::Json;
pub(crate) use self::registry::kind;
pub(crate) use self::source::Source;

/// All that the suite knows of a type of field.
///
/// What a method says without an implementation is true of a plain text: one of any
/// syntax, kept and shown as it was sent, compared as texts are, without documented
/// bounds. Such a type has to say its wording, its legal values, and, with
/// [`syntax`](Kind::syntax), what is refused.
pub(crate) trait Kind {
    /// The type with its bounds, as reports call one value.
    fn wording(&self) -> String;

    /// The JSON type that values are shown in.
    fn json(&self) -> Json {
        Json::Text
    }

    // Values that are legal.

    /// Legal values.
    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value>;

    /// A value that nobody has, as far as the type has so many.
    fn fresh(&self, within: &Within<'_>, source: &dyn Source) -> Value {
        source.drawn(self.strategy(within))
    }

    /// How many values there are, as far as they can be counted or are made up.
    fn room(&self, _api: &Api) -> u64 {
        u64::MAX
    }

    /// The values of a closed list that the spec itself has.
    fn closed(&self) -> Option<Vec<String>> {
        None
    }

    /// The values of a closed list of the spec or of the deployment.
    fn listed(&self, _api: &Api) -> Option<Vec<String>> {
        self.closed()
    }

    /// Shortest and longest, where any characters but U+0000 are legal.
    fn lengths(&self) -> Option<(u32, u32)> {
        None
    }

    /// The same, where the text is for people and no identifier of anything.
    fn free(&self) -> Option<(u32, u32)> {
        None
    }

    /// The sibling that decides which type the value is of.
    fn decided_by(&self) -> Option<&str> {
        None
    }

    /// Whether the server makes the values whatever a body says.
    fn is_made(&self) -> bool {
        false
    }

    /// Whether a file that is loaded may say the value.
    fn is_loaded(&self) -> bool {
        true
    }

    /// Whether of a value is shown only that there is one.
    fn is_masked(&self) -> bool {
        false
    }

    // Values with a purpose.

    /// A value that is as long as it may be, within reason; nothing where length does
    /// not matter.
    fn longest(&self, _source: &dyn Source) -> Option<Value> {
        None
    }

    /// Values that wrong comparisons take for each other.
    fn near(&self, within: &Within<'_>, _unique: bool, source: &dyn Source) -> Vec<Value> {
        (0..4).map(|_| self.fresh(within, source)).collect()
    }

    /// A fresh value that ends in `tail`, as far as there is room for it.
    fn ending(&self, _tail: &str, _source: &dyn Source) -> Option<Value> {
        None
    }

    /// Values that wrong orders put elsewhere, made in no order; nothing where fresh
    /// values do.
    fn unordered(&self, _unique: bool, _source: &dyn Source) -> Option<Vec<Value>> {
        None
    }

    /// Elements of a list that careless readers lose or take apart; nothing where
    /// fresh values do.
    fn elements(&self, _api: &Api, _source: &dyn Source) -> Option<Vec<Value>> {
        None
    }

    /// Another text for a value that may occur only once, and is taken by it.
    fn twin(&self, _value: &str) -> Option<String> {
        None
    }

    /// A value whose letters are kept in their case, and that is no other one in
    /// another case.
    fn cased(&self, _nonce: u64) -> Option<String> {
        None
    }

    // What is taken and what is refused.

    /// Texts of the documented syntax, and near misses; nothing where there is none.
    /// `nonce` makes values of this table that nobody has.
    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        None
    }

    /// Values at the documented bounds, and beyond them. `front` is what values begin
    /// with that have to differ, of so many characters at most.
    fn bounds(&self, _front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        Cases::default()
    }

    /// Whether there are bounds that a value can break.
    fn is_bounded(&self) -> bool {
        !self.bounds(&mut |_| String::new()).refused.is_empty()
    }

    /// Values of the right JSON type that are none, each with the code that says so.
    fn illegal(&self) -> Vec<(Value, &'static str)> {
        Vec::new()
    }

    /// Values of other JSON types than a single value of the field has.
    fn other_types(&self, field: &Field) -> Vec<Value> {
        plain::other_types(field)
    }

    /// Other ways in which JSON may write a value, with what is shown of it, and what
    /// only looks like one.
    fn written(&self) -> Cases<Shown> {
        Cases::default()
    }

    /// Where other JSON values of the same meaning are read: some, and what only looks
    /// like them.
    fn lenient(&self, number: i64) -> Cases<Value> {
        plain::lenient(number)
    }

    /// Whether texts that are reserved are names of members, and not values.
    fn reserves_names(&self) -> bool {
        false
    }

    /// Whether a merge patch changes single members of a value (RFC 7396).
    fn is_merged(&self) -> bool {
        false
    }

    /// A value without documented members, a merge patch, and what it makes of it.
    fn patch(&self) -> Option<[Value; 3]> {
        None
    }

    /// Whether what a patch removes could be mistaken for a member that is `null`.
    fn holds_null(&self) -> bool {
        false
    }

    // What is shown.

    /// Whether a value that is not `null` has the documented form.
    fn has_form(&self, value: &Value, _seen: &Seen<'_>) -> bool {
        self.json().holds(value)
    }

    /// Rows of tables that document the values, and that no request writes.
    fn rows<'a>(&self, _api: &'a Api) -> Vec<&'a Row> {
        Vec::new()
    }

    /// The moment that a shown value says, in microseconds.
    fn instant(&self, _value: &Value) -> Option<i64> {
        None
    }

    /// A moment as it is printed.
    fn print(&self, _at: i64) -> Option<String> {
        None
    }

    /// How many milliseconds apart moments have to be to differ in print.
    fn tick(&self) -> Option<u64> {
        None
    }

    // Filters and orders.

    /// What a filter is asked because an object has this value.
    fn questions(&self, value: &Value, _op: Op) -> Vec<String> {
        plain::questions(value)
    }

    /// What a filter is asked beside the values of objects.
    fn strangers(&self, _api: &Api, _op: Op, source: &dyn Source) -> Vec<String> {
        vec![source.word()]
    }

    /// Whether the text of a filter is one that it may be asked.
    fn reads(&self, _text: &str) -> bool {
        true
    }

    /// What a filter refuses to be asked.
    fn unasked(&self, _op: Op) -> &'static [&'static str] {
        &[]
    }

    /// Whether a filter over it is asked for values of others, which it must not tell.
    fn is_probed(&self) -> bool {
        false
    }

    /// Whether there is no greatest value that a filter could be asked to exceed.
    fn is_endless(&self) -> bool {
        false
    }

    /// Whether a filter reads its text as a telephone number.
    fn is_dialled(&self) -> bool {
        false
    }

    /// Whether a filter for `text` selects a value.
    fn equals(&self, value: &Value, text: &str, folded: bool) -> bool {
        plain::equals(value, text, folded)
    }

    /// How a value stands to the text of a filter, where it has an order.
    fn order(&self, _value: &Value, _text: &str) -> Option<Ordering> {
        None
    }

    /// How lists order two values that are not `null`.
    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        plain::compare(one, other)
    }
}
