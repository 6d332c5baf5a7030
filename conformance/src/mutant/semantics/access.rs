//! Mutations of who sees which objects and members.

use fieldproof_spec::model::{Field, Operation, Resource, Type};
use serde_json::Value;

use super::MutatedSemantics;
use crate::model::{Access, Act, Caller, Documented, Member, Record};
use crate::mutant::mutation::Operator;

impl Access for MutatedSemantics {
    fn sees(&self, act: &Act, resource: &Resource, caller: &Caller, record: &Record) -> bool {
        let right = Documented.sees(act, resource, caller, record);
        let (member, here) = (&self.mutation.member, self.of(resource));
        match self.mutation.operator {
            Operator::UserLeak if here.is_some() => record.tenant == caller.tenant,
            // Objects below another tenant's object only leak if both leak.
            Operator::TenantLeak => {
                let own = [&resource.name, &act.resource].contains(&&self.mutation.resource);
                let operation = act.operation.map(Operation::as_str);
                let now = member.is_empty() || operation == Some(member.as_str());
                right || own && now
            }
            _ => right,
        }
    }

    fn is_below(&self, resource: &Resource, record: &Record, parent: Option<&String>) -> bool {
        match self.of(resource) {
            Some(Operator::ParentIgnored) => true,
            _ => Documented.is_below(resource, record, parent),
        }
    }

    fn logged_in(&self, resource: &Resource, record: &Record) -> Caller {
        let caller = Documented.logged_in(resource, record);
        match self.of(resource) {
            Some(Operator::LoginOpen) => Caller {
                reads: true,
                writes: true,
                sees: true,
                ..caller
            },
            _ => caller,
        }
    }

    fn shows(&self, resource: &Resource, field: &Field, caller: &Caller) -> bool {
        let hidden = self.at(resource, &field.name) == Some(Operator::MemberHidden);
        !hidden && Documented.shows(resource, field, caller)
    }

    fn shown(&self, at: &Member<'_>, kept: &Value) -> Value {
        match (self.on(at), kept) {
            (Some(Operator::ExternalLowered), Value::String(text)) => text.to_lowercase().into(),
            (Some(Operator::SecretShown), kept) => kept.clone(),
            (Some(Operator::DefaultMissing), Value::Array(children))
                if children.is_empty() && matches!(at.field.ty, Type::Child(_)) =>
            {
                Value::Null
            }
            (_, kept) => Documented.shown(at, kept),
        }
    }

    fn tag(&self, resource: &Resource, record: &Record, full: bool) -> String {
        let published = self.of(resource) != Some(Operator::VariantMissing);
        Documented.tag(resource, record, full && published)
    }
}
