//! Everything noted while a body is read.

use std::sync::Arc;

use serde_json::Value;

use super::rule::Rule;
use super::unknown::Unknown;
use crate::presets::Presets;
use crate::problem::{At, Found, Violation};
use crate::value::Secret;
use crate::watch::guard::Guard;

/// Collects the violations of a body, its unknown members and more.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Violations in the order in which members are checked.
    pub found: Found,
    /// Violations that may be excused once the whole object is known.
    pub excusable: Vec<Violation>,
    /// Members that no document names.
    pub unknown: Unknown,
    /// Members in nested objects that only the server sets: their JSON Pointers and the values
    /// sent.
    pub inside: Vec<(String, Value)>,
    /// Passwords still to be hashed, with their plain texts.
    pub passwords: Vec<(Secret, String)>,
    /// Stored password hashes that a merged object contains: their JSON Pointers and texts.
    pub hashes: Vec<(String, String)>,
    /// The public name of the host, as the deployment sets it.
    pub host: Option<String>,
    /// Checks the addresses that watches name, if deliveries are made.
    pub guard: Option<Arc<Guard>>,
    /// JSON Pointers and identifiers of signing keys, which are checked in the write's
    /// transaction.
    pub keys: Vec<(String, String)>,
    /// The lists, tables and settings of the deployment.
    pub presets: Presets,
    /// Whether an update replaces the whole object: members not sent get their defaults.
    pub replaces: bool,
    /// Whether objects are being imported in printed form: server-set members are then
    /// accepted.
    pub importing: bool,
    /// Whether members that only the server sets are ignored.
    pub ignores_read_only: bool,
}

impl Reading {
    /// Records a violation at `pointer`.
    pub fn refuse(&mut self, pointer: &str, code: &'static str, detail: impl Into<String>) {
        self.refuse_at(|| pointer.to_owned(), code, || detail.into());
    }

    /// Like [`Self::refuse`], for long pointers or explanations: neither is built when the
    /// violation is only counted.
    pub fn refuse_at(
        &mut self,
        pointer: impl FnOnce() -> String,
        code: &'static str,
        detail: impl FnOnce() -> String,
    ) {
        if self.found.is_full() {
            return self.found.count_more(1);
        }
        self.found.push(Violation {
            at: At::Pointer(pointer()),
            code,
            detail: detail(),
        });
    }

    /// Whether `text` is the hash stored at `pointer`. The same text elsewhere is a password
    /// that a client chose.
    pub(crate) fn is_stored(&self, pointer: &str, text: &str) -> bool {
        let mut all = self.hashes.iter();
        all.any(|(place, hash)| place == pointer && hash == text)
    }

    /// A setting of the deployment, if `rule` accepts its value.
    #[must_use]
    pub fn setting<R: Rule + ?Sized>(&self, name: &str, rule: &R) -> Option<R::Value> {
        let value = self.presets.setting(name)?.clone();
        rule.read(value, "", &mut Self::default())
    }

    /// Refuses members in new nested objects that only the server sets.
    pub fn refuse_inside(&mut self) {
        for (place, _) in std::mem::take(&mut self.inside) {
            self.refuse(&place, "read_only", "is set by the server");
        }
    }

    /// Records that no document names the member at `pointer`.
    pub fn ignore(&mut self, pointer: impl FnOnce() -> String) {
        self.unknown.push(pointer);
    }

    /// Takes the unknown members: their JSON Pointers, or none if they are refused.
    pub(crate) fn take_unknown(&mut self, refuses: bool) -> Vec<String> {
        let unknown = std::mem::take(&mut self.unknown);
        self.judge_unknown(unknown, refuses)
    }

    /// The JSON Pointers of these unknown members, or none if they are refused.
    pub(crate) fn judge_unknown(&mut self, unknown: Unknown, refuses: bool) -> Vec<String> {
        let (named, more) = unknown.into_parts();
        if !refuses {
            return named;
        }
        for pointer in named {
            self.refuse(&pointer, "unknown_member", "is not a member");
        }
        self.found.count_more(more);
        Vec::new()
    }

    /// Returns all violations, including those that nothing excused.
    #[must_use]
    pub fn verdict(self) -> Found {
        let mut all = self.found;
        all.extend(self.excusable);
        all
    }

    /// Drops the excusable violations at `pointer` if the text is the one that stands in when
    /// none is sent; otherwise they count.
    pub fn excuse(&mut self, pointer: &str, text: Option<&str>, stand_in: Option<&str>) {
        let own = |violation: &Violation| violation.at == At::Pointer(pointer.to_owned());
        let (here, others) = std::mem::take(&mut self.excusable)
            .into_iter()
            .partition(own);
        self.excusable = others;
        if text != stand_in {
            self.found.extend::<Vec<Violation>>(here);
        }
    }

    /// Refuses members that exclude each other, at each one that has a value.
    pub fn exclude(&mut self, pointer: &str, members: &[(&str, bool)]) {
        let names = |given: fn(&&(&str, bool)) -> bool| -> Vec<&str> {
            members
                .iter()
                .filter(given)
                .map(|(name, _)| *name)
                .collect()
        };
        let given = names(|(_, given)| *given);
        if given.len() < 2 {
            return;
        }
        let detail = format!(
            "only one of {} may have a value",
            names(|_| true).join(", ")
        );
        for name in given {
            self.refuse(&format!("{pointer}/{name}"), "exclusive", detail.clone());
        }
    }

    /// Refuses a member that is present although a sibling does not allow it, and returns
    /// whether it is legal.
    pub fn only(&mut self, pointer: &str, there: bool, holds: bool, when: &str) -> bool {
        let legal = !there || holds;
        if !legal {
            let detail = || format!("is only for {when}");
            self.refuse_at(|| pointer.to_owned(), "unexpected", detail);
        }
        legal
    }

    /// Refuses the absence of a member that a sibling requires, and returns whether it is
    /// legal.
    pub fn needed(&mut self, pointer: &str, there: bool, holds: bool, when: &str) -> bool {
        let legal = there || !holds;
        if !legal {
            let detail = || format!("must be sent for {when}");
            self.refuse_at(|| pointer.to_owned(), "required", detail);
        }
        legal
    }

    /// Applies the rule that another member selects to a merged value, and replaces the value
    /// with its normal form.
    pub fn settle<'a, T: Clone + Into<Value> + 'static>(
        &mut self,
        pointer: &str,
        value: impl Into<Option<&'a mut T>>,
        rule: impl Into<Option<&'static dyn Rule<Value = T>>>,
    ) {
        if let (Some(value), Some(rule)) = (value.into(), rule.into())
            && let Some(settled) = rule.read(value.clone().into(), pointer, self)
        {
            *value = settled;
        }
    }

    /// Sets a missing text to its stand-in, and excuses a stand-in that breaks the member's
    /// rule.
    pub fn stand_in(&mut self, pointer: &str, text: &mut Option<String>, other: Option<&str>) {
        stand_in(text, other);
        self.excuse(pointer, text.as_deref(), other);
    }
}

/// Sets a missing text to its stand-in.
pub fn stand_in(text: &mut Option<String>, other: Option<&str>) {
    if text.is_none() {
        *text = other.map(str::to_owned);
    }
}
