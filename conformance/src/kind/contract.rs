//! The interface of field types in the suite.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Field, Row};
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::{Cases, Json, Seen, Shown, Source, Within, plain};

/// Facts about a field type that checks need.
///
/// The default implementations describe a plain text: of any syntax, stored and shown as it
/// was sent, compared as text, without documented bounds. Such a type only has to define
/// its wording, its valid values, and, with [`syntax`](Kind::syntax), what is refused.
pub(crate) trait Kind {
    /// A value of the type in words, with its bounds, for reports.
    fn wording(&self) -> String;

    /// The JSON type that values are shown in.
    fn json(&self) -> Json {
        Json::Text
    }

    // Valid values.

    /// Valid values.
    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value>;

    /// A value that no other object has, as long as the type has enough values.
    fn fresh(&self, within: &Within<'_>, source: &dyn Source) -> Value {
        source.drawn(self.strategy(within))
    }

    /// The number of possible values, where it is finite and known.
    fn room(&self, _api: &Api) -> u64 {
        u64::MAX
    }

    /// The values of a closed list in the spec itself.
    fn closed(&self) -> Option<Vec<String>> {
        None
    }

    /// The values of a closed list of the spec or of the deployment.
    fn listed(&self, _api: &Api) -> Option<Vec<String>> {
        self.closed()
    }

    /// The minimum and maximum length, if any characters but U+0000 are valid.
    fn lengths(&self) -> Option<(u32, u32)> {
        None
    }

    /// The same, if the text is meant for people and identifies nothing.
    fn free(&self) -> Option<(u32, u32)> {
        None
    }

    /// The sibling that decides the type of the value.
    fn decided_by(&self) -> Option<&str> {
        None
    }

    /// Whether the server generates the values, whatever a body contains.
    fn is_made(&self) -> bool {
        false
    }

    /// Whether an imported file may contain the value.
    fn is_loaded(&self) -> bool {
        true
    }

    /// Whether answers only show that a value exists, not the value itself.
    fn is_masked(&self) -> bool {
        false
    }

    // Values for a purpose.

    /// A value of maximum length, within reason; `None` if length does not matter.
    fn longest(&self, _source: &dyn Source) -> Option<Value> {
        None
    }

    /// Values that faulty comparisons confuse.
    fn near(&self, within: &Within<'_>, _unique: bool, source: &dyn Source) -> Vec<Value> {
        (0..4).map(|_| self.fresh(within, source)).collect()
    }

    /// A fresh value that ends in `tail`, as far as there is room for it.
    fn ending(&self, _tail: &str, _source: &dyn Source) -> Option<Value> {
        None
    }

    /// Values that faulty orderings misplace, unsorted; `None` if fresh values will do.
    fn unordered(&self, _unique: bool, _source: &dyn Source) -> Option<Vec<Value>> {
        None
    }

    /// Items of a list that faulty parsers lose or split; `None` if fresh values will do.
    fn elements(&self, _api: &Api, _source: &dyn Source) -> Option<Vec<Value>> {
        None
    }

    /// Another text that conflicts with a unique value.
    fn twin(&self, _value: &str) -> Option<String> {
        None
    }

    /// A value that keeps the case of its letters, although its type is case-insensitive.
    fn cased(&self, _nonce: u64) -> Option<String> {
        None
    }

    // Accepted and refused values.

    /// Texts of the documented syntax, and near misses; `None` if there is no syntax.
    /// `nonce` makes the values unique.
    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        None
    }

    /// Values at the documented bounds, and beyond them. `front` returns a unique prefix of
    /// at most the given number of characters.
    fn bounds(&self, _front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        Cases::default()
    }

    /// Whether a value can violate a bound.
    fn is_bounded(&self) -> bool {
        !self.bounds(&mut |_| String::new()).refused.is_empty()
    }

    /// Invalid values of the right JSON type, each with the code of its violation.
    fn illegal(&self) -> Vec<(Value, &'static str)> {
        Vec::new()
    }

    /// Values of JSON types that a single value of the field cannot have.
    fn other_types(&self, field: &Field) -> Vec<Value> {
        plain::other_types(field)
    }

    /// Other JSON notations of a value, with what is shown for them, and values that only
    /// look alike.
    fn written(&self) -> Cases<Shown> {
        Cases::default()
    }

    /// Alternative JSON values with the same meaning, for lenient fields, and values that
    /// only look alike.
    fn lenient(&self, number: i64) -> Cases<Value> {
        plain::lenient(number)
    }

    /// Whether reserved texts are names of members rather than values.
    fn reserves_names(&self) -> bool {
        false
    }

    /// Whether a merge patch changes single members of a value (RFC 7396).
    fn is_merged(&self) -> bool {
        false
    }

    /// A value without documented members, a merge patch, and the patched value.
    fn patch(&self) -> Option<[Value; 3]> {
        None
    }

    /// Whether a removed member could be confused with one that is `null`.
    fn holds_null(&self) -> bool {
        false
    }

    // Shown values.

    /// Whether a value that is not `null` has the documented form.
    fn has_form(&self, value: &Value, _seen: &Seen<'_>) -> bool {
        self.json().holds(value)
    }

    /// Rows of tables that document the values and that no request writes.
    fn rows<'a>(&self, _api: &'a Api) -> Vec<&'a Row> {
        Vec::new()
    }

    /// The time in a shown value, in microseconds since the epoch.
    fn instant(&self, _value: &Value) -> Option<i64> {
        None
    }

    /// A time in the format of the type.
    fn print(&self, _at: i64) -> Option<String> {
        None
    }

    /// The interval in milliseconds by which times must differ to be shown differently.
    fn tick(&self) -> Option<u64> {
        None
    }

    // Filters and sorting.

    /// Filter texts derived from the value of an object.
    fn questions(&self, value: &Value, _asks: Asks) -> Vec<String> {
        plain::questions(value)
    }

    /// Filter texts that are independent of existing values.
    fn strangers(&self, _api: &Api, _asks: Asks, source: &dyn Source) -> Vec<String> {
        vec![source.word()]
    }

    /// Whether a filter accepts the text.
    fn reads(&self, _text: &str) -> bool {
        true
    }

    /// Texts that a filter has to refuse.
    fn unasked(&self, _asks: Asks) -> &'static [&'static str] {
        &[]
    }

    /// Whether checks filter by values of objects that the caller must not see.
    fn is_probed(&self) -> bool {
        false
    }

    /// Whether there is no maximum value that a filter could be asked to exceed.
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

    /// How a value compares to the text of a filter; `None` without an order.
    fn order(&self, _value: &Value, _text: &str) -> Option<Ordering> {
        None
    }

    /// The sort order of two values that are not `null`.
    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        plain::compare(one, other)
    }
}
