//! Everything that is noticed while a body is read.

use std::sync::Arc;

use serde_json::Value;

use super::rule::Rule;
use crate::presets::Presets;
use crate::problem::{At, Found, NAMED, Violation};
use crate::value::Secret;
use crate::watch::guard::Guard;

/// Collects the violations of a body, its unknown members and more.
#[derive(Debug, Default)]
pub struct Reading {
    /// Violations in the order of the members that rules look at.
    pub found: Found,
    /// Violations that the whole object may excuse.
    pub excusable: Vec<Violation>,
    /// Members that no document names, as JSON Pointers: the first of them.
    pub ignored: Vec<String>,
    /// Members inside of objects that only the server sets, as they were sent: their
    /// places and values.
    pub inside: Vec<(String, Value)>,
    /// How many more of these there are.
    pub ignored_more: usize,
    /// Passwords that are not hashed yet, with their texts.
    pub passwords: Vec<(Secret, String)>,
    /// Hashes of passwords that are stored, as a merged object brings them along: their
    /// places, as JSON Pointers, and texts.
    pub hashes: Vec<(String, String)>,
    /// The public name of the host, as the deployment says it.
    pub host: Option<String>,
    /// Judges addresses that watches name, where deliveries are made.
    pub guard: Option<Arc<Guard>>,
    /// Places of identifiers of keys that sign, to be judged with the write.
    pub keys: Vec<(String, String)>,
    /// What the deployment brings.
    pub presets: Presets,
    /// A change replaces the whole object: what it does not send has its default.
    pub replaces: bool,
    /// Objects are loaded as they are printed: what the server keeps is taken.
    pub importing: bool,
    /// Members that only the server sets are as if they were not sent.
    pub ignores_read_only: bool,
}

impl Reading {
    /// Notes that the value at `pointer` is refused.
    pub fn refuse(&mut self, pointer: &str, code: &'static str, detail: impl Into<String>) {
        self.refuse_at(|| pointer.to_owned(), code, || detail.into());
    }

    /// The same, where place or explanation are long: neither is made when the
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

    /// Whether a text is the hash that is stored at `pointer`. What looks like one
    /// elsewhere is what a client has chosen.
    pub(crate) fn is_stored(&self, pointer: &str, text: &str) -> bool {
        let mut all = self.hashes.iter();
        all.any(|(place, hash)| place == pointer && hash == text)
    }

    /// A setting of the deployment, when it is one that `rule` takes.
    #[must_use]
    pub fn setting<R: Rule + ?Sized>(&self, name: &str, rule: &R) -> Option<R::Value> {
        let value = self.presets.setting(name)?.clone();
        rule.read(value, "", &mut Self::default())
    }

    /// Refuses members inside of new objects that only the server sets.
    pub fn refuse_inside(&mut self) {
        for (place, _) in std::mem::take(&mut self.inside) {
            self.refuse(&place, "read_only", "is set by the server");
        }
    }

    /// Notes that no document names the member at `pointer`.
    pub fn ignore(&mut self, pointer: impl FnOnce() -> String) {
        match self.ignored.len() < NAMED {
            true => self.ignored.push(pointer()),
            false => self.ignored_more += 1,
        }
    }

    /// Everything that is wrong, what nothing excused included.
    #[must_use]
    pub fn verdict(self) -> Found {
        let mut all = self.found;
        all.extend(self.excusable);
        all
    }

    /// Excuses a text that breaks its rule when it is the one that stands in
    /// for it; otherwise the violation counts.
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

    /// Refuses members that exclude each other, at each that has a value.
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

    /// Refuses a member that is there although a sibling says otherwise; whether
    /// it may stay.
    pub fn only(&mut self, pointer: &str, there: bool, holds: bool, when: &str) -> bool {
        let legal = !there || holds;
        if !legal {
            let detail = || format!("is only for {when}");
            self.refuse_at(|| pointer.to_owned(), "unexpected", detail);
        }
        legal
    }

    /// Refuses the lack of a member that a sibling asks for; whether it may stay
    /// away.
    pub fn needed(&mut self, pointer: &str, there: bool, holds: bool, when: &str) -> bool {
        let legal = there || !holds;
        if !legal {
            let detail = || format!("must be sent for {when}");
            self.refuse_at(|| pointer.to_owned(), "required", detail);
        }
        legal
    }

    /// Judges a value whose rule another member decides, where both are there, after a
    /// change was merged, and brings it into its one form.
    pub fn settle<T: Clone + Into<Value>>(
        &mut self,
        pointer: &str,
        value: Option<&mut T>,
        rule: Option<&dyn Rule<Value = T>>,
    ) {
        if let (Some(value), Some(rule)) = (value, rule)
            && let Some(settled) = rule.read(value.clone().into(), pointer, self)
        {
            *value = settled;
        }
    }

    /// Gives a text that is missing the one that stands in for it, which may break the
    /// rule of others.
    pub fn stand_in(&mut self, pointer: &str, text: &mut Option<String>, other: Option<&str>) {
        stand_in(text, other);
        self.excuse(pointer, text.as_deref(), other);
    }
}

/// Gives a text that is missing the one that stands in for it.
pub fn stand_in(text: &mut Option<String>, other: Option<&str>) {
    if text.is_none() {
        *text = other.map(str::to_owned);
    }
}
