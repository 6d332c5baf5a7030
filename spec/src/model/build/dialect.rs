//! The dialect: what rows state, what conventions state, and what is left open.

use serde_json::Value;

use super::super::dialect::{CONVENTIONS, Dialect, OwnRefusal, RefusalBody, Said};
use super::super::{Row, Type};
use super::Input;
use crate::kind::{Key, kind};
use crate::syntax::{
    Edges, Field, Formats, IdempotencyKeys, Identifiers, IdleUpdates, Mode, OneOrMany, Point,
    ReadOnlyMembers, Refusal, Scalars, Sent, Spec, Switches, TextOrder, UnknownMember,
    UnknownMembers, UnknownParameters, Validators, Violations,
};

impl Input<'_> {
    /// All points with their values and what states them.
    pub(super) fn dialect(&self) -> Dialect {
        let (spec, own) = (self.spec, &self.spec.dialect);
        let unknown = match spec.switches.unknown_members {
            UnknownMembers::Ignore => UnknownMember::Named,
            UnknownMembers::Reject => UnknownMember::Refused,
        };
        Dialect {
            house: self.adopted(),
            refusals: self.refusals(),
            statuses: Refusal::ALL
                .into_iter()
                .map(|kind| (kind, self.status(kind)))
                .collect(),
            violations: self.point("violations", &own.violations, Violations::All),
            unknown_parameters: self.point(
                "unknown-parameters",
                &own.unknown_parameters,
                UnknownParameters::Refused,
            ),
            unknown_members: self.point("unknown-members", &own.unknown_members, unknown),
            read_only_members: self.point(
                "read-only-members",
                &own.read_only_members,
                ReadOnlyMembers::Equal,
            ),
            scalars: self.point("scalars", &own.scalars, Scalars::Strict),
            formats: self.point("formats", &own.formats, Formats::Strict),
            edges: self.point("edges", &own.edges, Edges::Refused),
            validators: self.point("validators", &own.validators, Validators::Strong),
            location: self.point("location", &own.location, Sent::Sent),
            total: self.point("total", &own.total, Sent::Sent),
            links: self.point("links", &own.links, Sent::Sent),
            methods: self.point("methods", &own.methods, Sent::Sent),
            order: self.point("order", &own.order, TextOrder::Folded),
            idle_updates: self.point("idle-updates", &own.idle_updates, IdleUpdates::Kept),
            idempotency_keys: self.point(
                "idempotency-keys",
                &own.idempotency_keys,
                IdempotencyKeys::Honoured,
            ),
            identifiers: self.point("identifiers", &own.identifiers, Identifiers::AnyCase),
        }
    }

    /// A point: stated by its row, or with the value of the house conventions.
    fn point<T: Copy>(&self, name: &str, own: &Option<Point<T>>, house: T) -> Said<T> {
        match own {
            Some(point) => Said {
                value: point.is,
                row: Some(self.row(&["dialect", name], &point.at, &point.ruling)),
            },
            None => Said {
                value: house,
                row: self.adopted(),
            },
        }
    }

    /// Whether a field is lenient because the dialect makes all fields lenient.
    pub(super) fn is_lenient(&self, field: &Field, ty: &Type) -> bool {
        let point = self.spec.dialect.scalars.as_ref();
        let everywhere = point.is_some_and(|point| point.is == Scalars::Lenient);
        let written = field.mode != Mode::ReadOnly && field.derive.is_none();
        everywhere && written && kind(ty).takes(Key::Lenient) && has_other_values(ty)
    }

    /// The row that adopts the house conventions.
    pub(super) fn adopted(&self) -> Option<Row> {
        let adopts = self.spec.conventions.is_some();
        adopts.then(|| self.row(&[CONVENTIONS], &Default::default(), &OneOrMany::None))
    }

    fn refusals(&self) -> Said<RefusalBody> {
        let Some(own) = &self.spec.dialect.refusals else {
            return Said {
                value: RefusalBody::Problem,
                row: self.adopted(),
            };
        };
        Said {
            value: RefusalBody::Own(OwnRefusal {
                media: own.media.clone(),
                code: own.code.clone(),
                message: own.message.clone(),
                status: own.status.clone(),
                violations: own.violations.clone(),
            }),
            row: Some(self.row(&["dialect", "refusals"], &own.at, &own.ruling)),
        }
    }

    fn status(&self, kind: Refusal) -> Said<u16> {
        let own = self.spec.dialect.statuses.as_ref();
        match own.and_then(|own| Some((own, *own.are.get(&kind)?))) {
            Some((own, status)) => Said {
                value: status,
                row: Some(self.row(&["dialect", "statuses"], &own.at, &own.ruling)),
            },
            None => Said {
                value: match kind {
                    Refusal::Validation => self.spec.switches.validation_status,
                    kind => kind.house(),
                },
                row: self.adopted(),
            },
        }
    }
}

/// Whether a value of another JSON type can stand for one of this type.
fn has_other_values(ty: &Type) -> bool {
    let kind = kind(ty);
    let is_meant = |value: Value| kind.read(&kind.meant(&value)).is_ok();
    if let Type::Values(words) = ty {
        return words.iter().any(|word| word.parse::<i64>().is_ok());
    }
    !kind.is_text() || (0..18).any(|digits| is_meant(10_i64.pow(digits).into()))
}

/// The defaults of switches, overridden by the dialect.
pub(super) fn switches(spec: &Spec) -> Switches {
    let mut switches = spec.switches.clone();
    if let Some(point) = &spec.dialect.unknown_members {
        switches.unknown_members = match point.is {
            UnknownMember::Named | UnknownMember::Ignored => UnknownMembers::Ignore,
            UnknownMember::Refused => UnknownMembers::Reject,
        };
    }
    let statuses = spec.dialect.statuses.as_ref();
    if let Some(status) = statuses.and_then(|one| one.are.get(&Refusal::Validation)) {
        switches.validation_status = *status;
    }
    switches
}
