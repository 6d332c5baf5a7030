//! Members of which an update sends a part: they are merged with the stored value before they
//! are validated as a whole.

use serde_json::{Map, Value};

use crate::body::{Reading, Unknown, open, token};
use crate::problem::Problem;
use crate::resource::{Merging, Partial, Updates};
use crate::value::{Secret, same};
use crate::write::unreadable;

/// Maximum length of a member after a merge, in bytes: the limit for bodies.
const LONGEST: usize = 1 << 20;

/// Members of an update whose values depend on the stored object.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    places: &'static [Partial],
    members: Map<String, Value>,
    patch: bool,
}

impl Waiting {
    /// Moves the partial members out of an update; `patch` tells whether it is a merge patch.
    pub(super) fn take(body: &mut Value, places: &'static [Partial], patch: bool) -> Self {
        let mut members = Map::new();
        for place in places {
            let Some((first, below)) = place.path.split_first() else {
                continue;
            };
            let part = body.get(first).and_then(|value| at(value, below));
            let waits = match (part, place.how) {
                (Some(Value::Object(_)), Merging::Patch) => patch,
                (Some(Value::Object(part)), Merging::Row(key)) => !part.contains_key(key),
                _ => false,
            };
            if waits
                && let Some(value) = body
                    .as_object_mut()
                    .and_then(|map| map.shift_remove(*first))
            {
                members.insert((*first).to_owned(), value);
            }
        }
        Self {
            places,
            members,
            patch,
        }
    }

    /// The unknown members among them; other violations are found after the merge.
    pub(super) fn unknown<R: Updates>(&self, mut reading: Reading) -> Unknown {
        if !self.members.is_empty() {
            let sent = self.members.clone().into();
            open::<R::Update>(sent, "", R::TABLE, &mut reading);
        }
        reading.unknown
    }

    /// Reads these members as an update of the object `before`.
    pub(super) fn read<R: Updates>(
        self,
        before: &R,
        reading: &mut Reading,
    ) -> Result<Option<R::Update>, Problem> {
        if self.members.is_empty() {
            return Ok(None);
        }
        let kept = serde_json::to_value(before).map_err(|error| unreadable(&error))?;
        let merged = self.over(&kept, reading).into();
        Ok(open::<R::Update>(merged, "", R::TABLE, reading).0)
    }

    /// Merges the members with the `stored` object.
    fn over(self, stored: &Value, reading: &mut Reading) -> Map<String, Value> {
        let mut whole = self.members;
        for place in self.places {
            let Some((first, below)) = place.path.split_first() else {
                continue;
            };
            let Some(part) = whole.get_mut(*first).and_then(|value| at_mut(value, below)) else {
                continue;
            };
            let kept = stored.get(first).and_then(|value| at(value, below));
            match place.how {
                Merging::Row(_) if below.is_empty() && says_nothing_new(part, kept) => {
                    whole.shift_remove(*first);
                }
                Merging::Row(key) => complete(part, kept, key),
                Merging::Names(also) if self.patch => own_names(part, also),
                Merging::Patch if self.patch && part.is_object() => {
                    let mut merged = kept.cloned().unwrap_or_default();
                    let names = place.path.iter().map(|name| format!("/{}", token(name)));
                    let pointer: String = names.collect();
                    hashes(&merged, &pointer, &mut reading.hashes);
                    merge(&mut merged, part.take());
                    if merged.to_string().len() > LONGEST {
                        let detail = format!(
                            "must be at most {LONGEST} bytes long together with what is stored"
                        );
                        reading.refuse(&pointer, "too_long", detail);
                    }
                    *part = merged;
                }
                Merging::Names(_) | Merging::Patch => {}
            }
        }
        whole
    }
}

/// Whether all members of a part equal the stored ones.
fn says_nothing_new(part: &Value, kept: Option<&Value>) -> bool {
    let (Value::Object(part), Some(kept)) = (part, kept) else {
        return false;
    };
    part.iter()
        .all(|(name, value)| kept.get(name).is_some_and(|kept| same(kept, value)))
}

/// Adds the stored key to a row sent without one.
fn complete(part: &mut Value, kept: Option<&Value>, key: &str) {
    if let (Value::Object(part), Some(kept)) = (part, kept.and_then(|kept| kept.get(key)))
        && !part.contains_key(key)
    {
        part.insert(key.to_owned(), kept.clone());
    }
}

/// Renames members to their own names; if both names were sent, both stay and are refused
/// later.
fn own_names(part: &mut Value, also: &[(&str, &str)]) {
    let Value::Object(part) = part else { return };
    for (other, own) in also {
        if !part.contains_key(*own)
            && let Some(value) = part.shift_remove(*other)
        {
            part.insert((*own).to_owned(), value);
        }
    }
}

/// Collects the password hashes in a stored value, which is at `pointer`.
pub(super) fn hashes(value: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if Secret::is_hash(text) => {
            found.push((pointer.to_owned(), text.clone()));
        }
        // Lists contain no passwords.
        Value::Object(map) => {
            for (name, value) in map {
                hashes(value, &format!("{pointer}/{}", token(name)), found);
            }
        }
        _ => {}
    }
}

/// Applies a merge patch to a value (RFC 7396 section 2).
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            target.shift_remove(&name);
        } else {
            merge(target.entry(name).or_insert(Value::Null), value);
        }
    }
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

fn at_mut<'v>(value: &'v mut Value, path: &[&str]) -> Option<&'v mut Value> {
    path.iter()
        .try_fold(value, |value, name| value.get_mut(name))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Waiting, merge};
    use crate::body::Reading;
    use crate::resource::{Merging, Partial};
    use crate::value::Secret;

    /// The examples of RFC 7396, appendix A.
    #[test]
    fn merges_as_the_standard_prints() {
        for (target, patch, expected) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": "b"}),
                json!({"b": "c"}),
                json!({"a": "b", "b": "c"}),
            ),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (
                json!({"a": "b", "b": "c"}),
                json!({"a": null}),
                json!({"b": "c"}),
            ),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (
                json!({"a": {"b": "c"}}),
                json!({"a": {"b": "d", "c": null}}),
                json!({"a": {"b": "d"}}),
            ),
            (
                json!({"a": [{"b": "c"}]}),
                json!({"a": [1]}),
                json!({"a": [1]}),
            ),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!({"a": "foo"}), json!(null), json!(null)),
            (json!({"a": "foo"}), json!("bar"), json!("bar")),
            (
                json!({"e": null}),
                json!({"a": 1}),
                json!({"e": null, "a": 1}),
            ),
            (
                json!([1, 2]),
                json!({"a": "b", "c": null}),
                json!({"a": "b"}),
            ),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, patch.clone());
            assert_eq!(merged, expected, "{target} with {patch}");
        }
    }

    const PLACES: &[Partial] = &[
        Partial {
            path: &["map"],
            how: Merging::Patch,
        },
        Partial {
            path: &["in", "seal"],
            how: Merging::Names(&[("names", "keys")]),
        },
        Partial {
            path: &["in", "seal"],
            how: Merging::Patch,
        },
        Partial {
            path: &["row"],
            how: Merging::Row("id"),
        },
    ];

    fn over(mut sent: Value, patch: bool) -> (Value, Value) {
        let stored = json!({"map": {"a": 1}, "in": {"seal": {"keys": [1], "on": true}}, "row": {"id": "1", "name": "n"}});
        let waiting = Waiting::take(&mut sent, PLACES, patch);
        (sent, waiting.over(&stored, &mut Reading::default()).into())
    }

    #[test]
    fn only_parts_wait_for_what_is_stored() {
        let whole =
            json!({"map": {"b": 2}, "in": {"seal": {"names": [2]}, "x": 1}, "row": {"id": "2"}});
        assert_eq!(over(whole.clone(), false), (whole.clone(), json!({})));
        let merged =
            json!({"map": {"a": 1, "b": 2}, "in": {"seal": {"keys": [2], "on": true}, "x": 1}});
        assert_eq!(over(whole, true), (json!({"row": {"id": "2"}}), merged));
        let name = json!({"row": {"name": "m"}});
        let completed = json!({"row": {"name": "m", "id": "1"}});
        assert_eq!(over(name, false), (json!({}), completed));
        let same = json!({"row": {"name": "n"}});
        assert_eq!(over(same, false), (json!({}), json!({})));
        for plain in [
            json!({"map": null}),
            json!({"map": 1, "row": null}),
            json!([]),
            json!(1),
        ] {
            assert_eq!(over(plain.clone(), true), (plain, json!({})));
        }
    }

    #[test]
    fn stored_hashes_are_told_from_what_a_client_sends() {
        let hash = json!(Secret::hash("sesame"));
        let stored = json!({"map": {"word": hash, "a": 1}});
        let mut sent = json!({"map": {"a": 2}});
        let waiting = Waiting::take(&mut sent, PLACES, true);
        let mut reading = Reading::default();
        let merged: Value = waiting.over(&stored, &mut reading).into();
        assert_eq!(merged, json!({"map": {"word": hash, "a": 2}}));
        assert_eq!(json!(reading.hashes), json!([["/map/word", hash]]));
    }

    #[test]
    fn patches_let_nothing_grow_without_end() {
        let mut sent = json!({"map": {"b": "x".repeat(600_000)}});
        let stored = json!({"map": {"a": "x".repeat(600_000)}});
        let waiting = Waiting::take(&mut sent, PLACES, true);
        let mut reading = Reading::default();
        waiting.over(&stored, &mut reading);
        assert_eq!(reading.found.len(), 1);
    }
}
