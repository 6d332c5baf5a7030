//! Managed members that clients send back: unchanged values are accepted, so that what was read
//! can be written; others are refused.

use serde_json::Value;

use crate::body::{Reading, SentBack};
use crate::problem::Problem;
use crate::resource::Resource;
use crate::table::{ManagedBy, Table};
use crate::value::{Form, Instant, from_zone, same};
use crate::write::unreadable;

/// The managed members that an import accepts.
#[derive(Debug, Default)]
pub(super) struct Imported {
    pub(super) id: Option<String>,
    pub(super) created: Option<Instant>,
    pub(super) updated: Option<Instant>,
}

impl Imported {
    /// Reads the managed members of an imported object; in other bodies they are not accepted.
    pub(super) fn read(table: &Table, sent_back: &[SentBack], reading: &mut Reading) -> Self {
        let mut kept = Self::default();
        if !reading.importing {
            return kept;
        }
        for one in sent_back {
            let known = match one.managed_by {
                ManagedBy::Id => {
                    kept.id = table.id_kind.of_json(&one.value);
                    kept.id.is_some()
                }
                ManagedBy::Created => {
                    kept.created = instant(&one.value);
                    kept.created.is_some()
                }
                ManagedBy::CreatedInZone { time, zone } => {
                    kept.created = in_zone(&one.value, time, zone);
                    kept.created.is_some()
                }
                ManagedBy::Updated => {
                    kept.updated = instant(&one.value);
                    kept.updated.is_some()
                }
                _ => true,
            };
            if !known {
                reading.refuse(
                    &one.pointer,
                    "format",
                    "is not in the form that the document prints",
                );
            }
        }
        kept
    }
}

/// Overwrites the members of an imported object that are kept as they are printed.
pub(super) fn overlay<R: Resource>(
    object: R,
    sent_back: &[SentBack],
    reading: &mut Reading,
) -> Result<R, Problem> {
    let mut object = object;
    let as_printed = |by| matches!(by, ManagedBy::Deployment | ManagedBy::CreatedInZone { .. });
    for one in sent_back.iter().filter(|one| as_printed(one.managed_by)) {
        let mut value = serde_json::to_value(&object).map_err(|error| unreadable(&error))?;
        value[one.member] = one.value.clone();
        match serde_json::from_value(value) {
            Ok(overlaid) => object = overlaid,
            Err(error) => reading.refuse(&one.pointer, "type", error.to_string()),
        }
    }
    Ok(object)
}

/// Checks that the computed members sent with a new object equal the computed values.
pub(super) fn judge_new<R: Resource>(
    object: &R,
    sent_back: &[SentBack],
    reading: &mut Reading,
) -> Result<(), Problem> {
    // Imported values were computed by another server and are computed again.
    if reading.importing || sent_back.is_empty() {
        return Ok(());
    }
    let after = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    judge(sent_back, None, &after, reading);
    Ok(())
}

/// Checks that each value sent with an update equals the stored one, or the one computed after
/// the change.
pub(super) fn judge_change<R: Resource>(
    sent_back: &[SentBack],
    before: &str,
    after: &R,
    reading: &mut Reading,
) -> Result<(), Problem> {
    if sent_back.is_empty() {
        return Ok(());
    }
    let before: Value = serde_json::from_str(before).map_err(|error| unreadable(&error))?;
    let after = serde_json::to_value(after).map_err(|error| unreadable(&error))?;
    judge(sent_back, Some(&before), &after, reading);
    Ok(())
}

fn judge(sent_back: &[SentBack], before: Option<&Value>, after: &Value, reading: &mut Reading) {
    for one in sent_back {
        let kept = before.and_then(|before| before.get(one.member));
        let equals = |other: Option<&Value>| other.is_some_and(|other| same(other, &one.value));
        let accepted = match one.managed_by {
            ManagedBy::Derived => equals(kept) || equals(after.get(one.member)),
            ManagedBy::Created | ManagedBy::Updated => is_earlier(&one.value, kept),
            ManagedBy::Id
            | ManagedBy::CreatedInZone { .. }
            | ManagedBy::Deployment
            | ManagedBy::Immutable
            | ManagedBy::Create => equals(kept),
        };
        if accepted {
            continue;
        }
        let (code, detail) = match one.managed_by {
            ManagedBy::Immutable => ("immutable", "cannot be changed"),
            ManagedBy::Create => (
                "read_only",
                "can be sent only when the object is created; use the operations below it",
            ),
            ManagedBy::Derived => ("read_only", "is computed from other members"),
            _ => ("read_only", "is set by the server"),
        };
        reading.refuse(&one.pointer, code, detail);
    }
}

/// Whether a time is not later than the stored one, and so an older value sent back.
fn is_earlier(sent: &Value, kept: Option<&Value>) -> bool {
    match (instant(sent), kept.and_then(instant)) {
        (Some(sent), Some(kept)) => sent <= kept,
        _ => false,
    }
}

fn instant(value: &Value) -> Option<Instant> {
    let text = value.as_str()?;
    Form::MillisZ.read(text).or_else(|| Form::Local.read(text))
}

fn in_zone(value: &Value, time: &str, zone: &str) -> Option<Instant> {
    from_zone(value.get(time)?.as_str()?, value.get(zone)?.as_str()?)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::judge;
    use crate::body::{Reading, SentBack};
    use crate::table::ManagedBy;

    /// The code with which `sent` is refused, if `before` is stored and `after` computed.
    fn refused(
        managed_by: ManagedBy,
        sent: &str,
        before: Option<&str>,
        after: &str,
    ) -> Option<&'static str> {
        let one = SentBack {
            member: "a",
            managed_by,
            pointer: "/a".to_owned(),
            value: sent.into(),
        };
        let object = |text: &str| -> Value { json!({ "a": text }) };
        let mut reading = Reading::default();
        judge(
            &[one],
            before.map(object).as_ref(),
            &object(after),
            &mut reading,
        );
        reading.found.first().map(|one| one.code)
    }

    #[test]
    fn what_is_computed_may_be_as_it_was_or_as_it_becomes() {
        for (sent, code) in [("old", None), ("new", None), ("x", Some("read_only"))] {
            assert_eq!(
                refused(ManagedBy::Derived, sent, Some("old"), "new"),
                code,
                "{sent}"
            );
        }
        assert_eq!(refused(ManagedBy::Derived, "new", None, "new"), None);
    }

    #[test]
    fn what_is_kept_may_be_as_it_was_and_a_moment_an_earlier_one() {
        let (first, second) = ("2021-01-01T00:00:00Z", "2021-01-01T00:00:01Z");
        for managed_by in [ManagedBy::Created, ManagedBy::Updated] {
            assert_eq!(refused(managed_by, first, Some(first), first), None);
            assert_eq!(refused(managed_by, first, Some(second), second), None);
            assert_eq!(
                refused(managed_by, second, Some(first), second),
                Some("read_only")
            );
            assert_eq!(
                refused(managed_by, "x", Some(first), first),
                Some("read_only")
            );
        }
        for (managed_by, code) in [
            (ManagedBy::Id, "read_only"),
            (ManagedBy::Deployment, "read_only"),
            (ManagedBy::Create, "read_only"),
            (ManagedBy::Immutable, "immutable"),
        ] {
            assert_eq!(
                refused(managed_by, "old", Some("old"), "new"),
                None,
                "{managed_by:?}"
            );
            assert_eq!(
                refused(managed_by, "new", Some("old"), "new"),
                Some(code),
                "{managed_by:?}"
            );
        }
    }
}
