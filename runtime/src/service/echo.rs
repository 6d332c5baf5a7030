//! Members that the server keeps, as clients send them back: equal ones are
//! accepted, so that what was read can be written; others are refused.

use serde_json::Value;

use crate::body::{Echo, Reading};
use crate::problem::Problem;
use crate::resource::Resource;
use crate::table::{ManagedBy, Table};
use crate::value::{Form, Instant, same};
use crate::write::unreadable;

/// What an imported object brings along.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) id: Option<String>,
    pub(super) created: Option<Instant>,
    pub(super) updated: Option<Instant>,
}

impl Kept {
    /// Reads what was printed of an object; only imports have any of it.
    pub(super) fn read(table: &Table, echoes: &[Echo], reading: &mut Reading) -> Self {
        let mut kept = Self::default();
        if !reading.importing {
            return kept;
        }
        for echo in echoes {
            let known = match echo.keeper {
                ManagedBy::Id => {
                    kept.id = table.id_kind.of_json(&echo.value);
                    kept.id.is_some()
                }
                ManagedBy::Created => {
                    kept.created = moment(&echo.value);
                    kept.created.is_some()
                }
                ManagedBy::Updated => {
                    kept.updated = moment(&echo.value);
                    kept.updated.is_some()
                }
                _ => true,
            };
            if !known {
                reading.refuse(&echo.pointer, "format", "is not what the document prints");
            }
        }
        kept
    }
}

/// Writes the members that only the deployment sets over an imported object.
pub(super) fn overlay<R: Resource>(
    object: R,
    echoes: &[Echo],
    reading: &mut Reading,
) -> Result<R, Problem> {
    let mut object = object;
    for echo in echoes
        .iter()
        .filter(|echo| echo.keeper == ManagedBy::Deployment)
    {
        let mut value = serde_json::to_value(&object).map_err(|error| unreadable(&error))?;
        value[echo.member] = echo.value.clone();
        match serde_json::from_value(value) {
            Ok(overlaid) => object = overlaid,
            Err(error) => reading.refuse(&echo.pointer, "type", error.to_string()),
        }
    }
    Ok(object)
}

/// Judges computed members of a new object: each has to be what was computed.
pub(super) fn judge_new<R: Resource>(
    object: &R,
    echoes: &[Echo],
    reading: &mut Reading,
) -> Result<(), Problem> {
    // An import brings what another table computed; ours is computed anew.
    if reading.importing || echoes.is_empty() {
        return Ok(());
    }
    let after = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    judge(echoes, None, &after, reading);
    Ok(())
}

/// Judges a change: each echo has to be what was kept before it, or what is
/// computed after it.
pub(super) fn judge_change<R: Resource>(
    echoes: &[Echo],
    before: &str,
    after: &R,
    reading: &mut Reading,
) -> Result<(), Problem> {
    if echoes.is_empty() {
        return Ok(());
    }
    let before: Value = serde_json::from_str(before).map_err(|error| unreadable(&error))?;
    let after = serde_json::to_value(after).map_err(|error| unreadable(&error))?;
    judge(echoes, Some(&before), &after, reading);
    Ok(())
}

fn judge(echoes: &[Echo], before: Option<&Value>, after: &Value, reading: &mut Reading) {
    for echo in echoes {
        let kept = before.and_then(|before| before.get(echo.member));
        let equals = |other: Option<&Value>| other.is_some_and(|other| same(other, &echo.value));
        let accepted = match echo.keeper {
            ManagedBy::Derived => equals(kept) || equals(after.get(echo.member)),
            ManagedBy::Created | ManagedBy::Updated => is_earlier(&echo.value, kept),
            ManagedBy::Id | ManagedBy::Deployment | ManagedBy::Immutable | ManagedBy::Create => {
                equals(kept)
            }
        };
        if accepted {
            continue;
        }
        let (code, detail) = match echo.keeper {
            ManagedBy::Immutable => ("immutable", "cannot be changed"),
            ManagedBy::Create => (
                "read_only",
                "is taken by a create only; use the operations below this object",
            ),
            ManagedBy::Derived => ("read_only", "is computed from other members"),
            _ => ("read_only", "is set by the server"),
        };
        reading.refuse(&echo.pointer, code, detail);
    }
}

/// A time that is not later than the one that is kept is an old echo of it.
fn is_earlier(sent: &Value, kept: Option<&Value>) -> bool {
    match (moment(sent), kept.and_then(moment)) {
        (Some(sent), Some(kept)) => sent <= kept,
        _ => false,
    }
}

fn moment(value: &Value) -> Option<Instant> {
    let text = value.as_str()?;
    Form::MillisZ.read(text).or_else(|| Form::Local.read(text))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::judge;
    use crate::body::{Echo, Reading};
    use crate::table::ManagedBy;

    /// How `sent` is refused where `before` was kept and `after` is computed.
    fn refused(
        keeper: ManagedBy,
        sent: &str,
        before: Option<&str>,
        after: &str,
    ) -> Option<&'static str> {
        let echo = Echo {
            member: "a",
            keeper,
            pointer: "/a".to_owned(),
            value: sent.into(),
        };
        let object = |text: &str| -> Value { json!({ "a": text }) };
        let mut reading = Reading::default();
        judge(
            &[echo],
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
        for keeper in [ManagedBy::Created, ManagedBy::Updated] {
            assert_eq!(refused(keeper, first, Some(first), first), None);
            assert_eq!(refused(keeper, first, Some(second), second), None);
            assert_eq!(
                refused(keeper, second, Some(first), second),
                Some("read_only")
            );
            assert_eq!(refused(keeper, "x", Some(first), first), Some("read_only"));
        }
        for (keeper, code) in [
            (ManagedBy::Id, "read_only"),
            (ManagedBy::Deployment, "read_only"),
            (ManagedBy::Create, "read_only"),
            (ManagedBy::Immutable, "immutable"),
        ] {
            assert_eq!(
                refused(keeper, "old", Some("old"), "new"),
                None,
                "{keeper:?}"
            );
            assert_eq!(
                refused(keeper, "new", Some("old"), "new"),
                Some(code),
                "{keeper:?}"
            );
        }
    }
}
