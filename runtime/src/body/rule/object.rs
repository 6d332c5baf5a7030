//! Objects inside objects.

use std::marker::PhantomData;

use serde_json::Value;

use super::Rule;
use crate::body::pointer::token;
use crate::body::{Body, Draft, Members, Reading};
use crate::table::Table;

/// A nested object without an identifier.
#[derive(Debug, Clone, Copy)]
pub struct Nested<B>(PhantomData<B>);

impl<B> Nested<B> {
    /// An object read as `B`.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<B> Default for Nested<B> {
    fn default() -> Self {
        Self::new()
    }
}

impl<B: Body> Rule for Nested<B> {
    type Value = B;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<B> {
        let Value::Object(map) = value else {
            reading.refuse(pointer, "type", "must be an object");
            return None;
        };
        let mut members = Members::new(map, pointer.to_owned(), reading);
        let body = B::read(&mut members);
        for (name, _) in members.rest() {
            reading.ignore(|| format!("{pointer}/{}", token(&name)));
        }
        body
    }
}

/// A new object of a child resource, sent inside its parent.
#[derive(Clone, Copy)]
pub struct Children<B> {
    table: &'static Table,
    body: PhantomData<B>,
}

impl<B> Children<B> {
    /// A new object of `table`.
    #[must_use]
    pub const fn new(table: &'static Table) -> Self {
        Self {
            table,
            body: PhantomData,
        }
    }
}

impl<B: Body> Rule for Children<B> {
    type Value = Draft<B>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Draft<B>> {
        Draft::read(value, pointer, self.table, reading)
    }
}

/// Any JSON object.
#[derive(Debug, Clone, Copy)]
pub struct Map;

impl Rule for Map {
    type Value = serde_json::Map<String, Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        let mut clean = true;
        refuse_nul(&value, pointer, reading, &mut clean);
        match value {
            Value::Object(map) => clean.then_some(map),
            _ => {
                reading.refuse(pointer, "type", "must be an object");
                None
            }
        }
    }
}

/// Records every text and name inside `value` that contains U+0000.
pub(super) fn refuse_nul(value: &Value, pointer: &str, reading: &mut Reading, clean: &mut bool) {
    refuse_below(value, pointer, &mut Vec::new(), reading, clean);
}

/// A step from a value to one inside it. The pointer is built only where it is needed: below a
/// long name with many values it would be copied for each of them.
enum Step<'a> {
    Element(usize),
    Member(&'a str),
}

fn refuse_below<'a>(
    value: &'a Value,
    pointer: &str,
    steps: &mut Vec<Step<'a>>,
    reading: &mut Reading,
    clean: &mut bool,
) {
    let check = |text: &str, steps: &[Step<'_>], reading: &mut Reading, clean: &mut bool| {
        if text.contains('\0') {
            *clean = false;
            let place = || steps.iter().fold(pointer.to_owned(), below);
            let detail = || "must not contain U+0000".to_owned();
            reading.refuse_at(place, "invalid_character", detail);
        }
    };
    match value {
        Value::String(text) => check(text, steps, reading, clean),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(Step::Element(index));
                refuse_below(item, pointer, steps, reading, clean);
                steps.pop();
            }
        }
        Value::Object(map) => {
            for name in map.keys() {
                check(name, steps, reading, clean);
            }
            for (name, item) in map {
                steps.push(Step::Member(name));
                refuse_below(item, pointer, steps, reading, clean);
                steps.pop();
            }
        }
        _ => {}
    }
}

fn below(above: String, step: &Step<'_>) -> String {
    match step {
        Step::Element(index) => format!("{above}/{index}"),
        Step::Member(name) => format!("{above}/{}", token(name)),
    }
}
