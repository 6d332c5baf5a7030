//! Mutations of how bodies of creates are read.

use fieldproof_spec::model::{Api, Resource, Type};
use serde_json::{Map, Value, json};

use super::MutatedSemantics;
use super::change::turned;
use crate::model::{Creating, Documented, Member, Repetition, Violation, below};
use crate::mutant::mutation::Operator;

impl MutatedSemantics {
    /// Whether the mutation ignores a violation.
    fn passes(
        &self,
        resource: &Resource,
        violation: &Violation,
        body: &Map<String, Value>,
    ) -> bool {
        let mut steps = violation.pointer.split('/').skip(1);
        let name = steps.next().unwrap_or_default();
        let Some(operator) = self.at(resource, name) else {
            return false;
        };
        match violation.code {
            "null" => operator == Operator::NullTurned,
            "read_only" => operator == Operator::ReadOnlyTaken,
            "type" => operator == Operator::TypeIgnored,
            "format" if operator == Operator::DateLoose => body.get(name).is_some_and(is_dated),
            "too_long" | "too_short" | "too_large" | "too_small" | "too_many_items"
            | "not_a_value" | "format" | "invalid_character" => operator == Operator::BoundIgnored,
            _ => false,
        }
    }

    /// The violations that the mutation wrongly reports in a correct body.
    fn refused(&self, resource: &Resource, body: &Map<String, Value>) -> Vec<Violation> {
        let mut refused = Vec::new();
        for field in resource.fields.iter().filter(|field| field.on_create()) {
            let value = body.get(&field.name).unwrap_or(&Value::Bool(true));
            let code = match self.at(resource, &field.name) {
                Some(Operator::IntegerWritten) if value.is_f64() => "type",
                Some(Operator::NullTurned) if value.is_null() => "null",
                _ => continue,
            };
            refused.push(Violation::new(&below("", &field.name), code));
        }
        refused
    }
}

impl Creating for MutatedSemantics {
    fn repetition(&self, resource: &Resource, same: bool) -> Repetition {
        match self.of(resource) {
            Some(Operator::IdempotencyBlind) => Repetition::Answered,
            _ => Documented.repetition(resource, same),
        }
    }

    fn owns_key(&self, resource: &Resource, own: bool) -> bool {
        own || self.of(resource) == Some(Operator::IdempotencyForeign)
    }

    fn read(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) -> Option<Map<String, Value>> {
        let body = &self.loosened(resource, body);
        let mut own = Vec::new();
        let object = Documented.read(api, resource, body, &mut own);
        let before = own.len();
        own.retain(|violation| !self.passes(resource, violation, body));
        let passed = own.len() < before;
        if own.is_empty() && !passed {
            own = self.refused(resource, body);
        }
        let whole = || {
            let fields = resource.fields.iter().filter(|field| field.on_create());
            let sent = fields.map(|field| {
                let sent = body.get(&field.name).cloned();
                (field.name.clone(), sent.unwrap_or_else(|| field.initial()))
            });
            sent.collect()
        };
        found.extend(own);
        let mut object = object.or_else(|| passed.then(whole))?;
        for field in resource.fields.iter().filter(|one| one.ty == Type::Boolean) {
            let kept = self.at(resource, &field.name) == Some(Operator::BooleanKept);
            let sent = body.get(&field.name).filter(|_| kept);
            object.extend(sent.map(|sent| (field.name.clone(), sent.clone())));
        }
        Some(object)
    }

    fn kept(&self, at: &Member<'_>, sent: Option<&Value>, read: Option<&Value>) -> Option<Value> {
        // If it is about a whole resource, the mutation concerns imports.
        let of_import = self.mutation.member.is_empty();
        match (self.on(at), sent) {
            (Some(Operator::CreateForgets), Some(_)) if at.field.on_create() => {
                Some(at.field.initial())
            }
            (Some(Operator::CreateTurns), Some(_)) if at.field.on_create() => {
                Documented.kept(at, sent, read).map(turned)
            }
            (Some(Operator::DefaultMissing), None) if !of_import => Some(match at.field.default {
                Some(Value::Bool(flag)) => json!(!flag),
                Some(_) => Value::Null,
                None => json!("another"),
            }),
            _ => Documented.kept(at, sent, read),
        }
    }

    fn spared(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        stored: Option<&Map<String, Value>>,
    ) -> Map<String, Value> {
        match (self.of(resource), stored) {
            (Some(Operator::ExcuseMissing), Some(_)) => body.clone(),
            _ => Documented.spared(api, resource, body, stored),
        }
    }

    fn duplicates(&self, child: &Resource, members: &[String], items: &[Value]) -> Vec<usize> {
        let mut operators = members.iter().map(|member| self.at(child, member));
        match operators.any(|operator| operator == Some(Operator::TwinsTaken)) {
            true => Vec::new(),
            false => Documented.duplicates(child, members, items),
        }
    }
}

impl MutatedSemantics {
    /// The body with any text read as a Boolean, where the mutation says so.
    fn loosened(&self, resource: &Resource, body: &Map<String, Value>) -> Map<String, Value> {
        let mut body = body.clone();
        for (name, value) in &mut body {
            let loose = self.at(resource, name) == Some(Operator::BooleanLoose);
            if loose && value.is_string() {
                *value = Value::Bool(*value != "false");
            }
        }
        body
    }
}

/// Whether common lenient parsers accept the text as a date and time.
fn is_dated(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
}
