//! The members of an object in a request body, taken one by one.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::pointer::token;
use super::rule::Rule;
use super::{Defaulted, Member, Presence, Reading};

/// A body that is read member by member.
pub trait Body: Clone + Send + 'static {
    /// Takes the members; `None` if any was refused, after all of them were checked.
    fn read(members: &mut Members<'_>) -> Option<Self>;
}

/// A body without members.
impl Body for () {
    fn read(_members: &mut Members<'_>) -> Option<Self> {
        Some(())
    }
}

/// An object whose members are taken one by one. Each violation is recorded with its JSON
/// Pointer (RFC 6901), so that one response can report all of them.
#[derive(Debug)]
pub struct Members<'a> {
    map: Map<String, Value>,
    /// Names of the members already taken. They stay in the map, because removing one would
    /// shift all that follow.
    taken: HashSet<String>,
    pointer: String,
    /// Members that the body spells differently, with the name it uses.
    spelled: Vec<(&'static str, &'static str)>,
    pub(super) reading: &'a mut Reading,
}

impl<'a> Members<'a> {
    /// The members of `map`, which is at `pointer` in the body.
    pub fn new(map: Map<String, Value>, pointer: String, reading: &'a mut Reading) -> Self {
        Self {
            map,
            taken: HashSet::new(),
            pointer,
            spelled: Vec::new(),
            reading,
        }
    }

    /// Moves what is sent under another name of a member to its own; a body that uses two of its
    /// names is refused.
    fn rename<T, D>(&mut self, member: &Member<T, D>) {
        let name = member.name;
        for other in member.others {
            let Some(value) = self.take(other) else {
                continue;
            };
            if self.is_there(name) {
                let detail = format!("is another name of `{name}`, which is sent too");
                self.reading
                    .refuse(&self.own_place(other), "unexpected", detail);
            } else {
                self.taken.remove(name);
                self.map.insert(name.to_owned(), value);
                self.spelled.push((name, other));
            }
        }
    }

    /// Takes a member that has to be sent.
    pub fn required<T, D>(&mut self, member: &Member<T, D>) -> Option<T> {
        match self.presence(member)? {
            Presence::Value(value) => Some(value),
            Presence::Null => self.refuse_null(member.name),
            Presence::Absent => self.refuse_absent(member.name),
        }
    }

    /// Takes a member that has to be sent and may be `null`.
    pub fn required_nullable<T, D>(&mut self, member: &Member<T, D>) -> Option<Option<T>> {
        match self.presence(member)? {
            Presence::Value(value) => Some(Some(value)),
            Presence::Null => Some(None),
            Presence::Absent => self.refuse_absent(member.name),
        }
    }

    /// Takes a member that may be left out, in which case it has its default.
    pub fn or<T>(&mut self, member: &Defaulted<T>) -> Option<T> {
        match self.sent(member)? {
            Some(value) => Some(value),
            None => Some((member.default)()),
        }
    }

    /// Takes an object that may be left out, which means the same as an empty object.
    pub fn object<B: Body>(&mut self, member: &Member<B>) -> Option<B> {
        match self.sent(member)? {
            Some(value) => Some(value),
            None => self.empty(member),
        }
    }

    /// Takes a member that may be left out or `null`, which mean the same.
    pub fn nullable<T, D>(&mut self, member: &Member<T, D>) -> Option<Option<T>> {
        self.presence(member).map(Option::from)
    }

    /// Takes a member that may be `null`; if left out it has its default.
    pub fn nullable_or<T>(&mut self, member: &Defaulted<T>) -> Option<Option<T>> {
        let default = || Some((member.default)());
        Some(self.presence(member)?.unless_sent(default))
    }

    /// Takes a member that may be left out but not `null`.
    pub fn sent<T, D>(&mut self, member: &Member<T, D>) -> Option<Option<T>> {
        match self.presence(member)? {
            Presence::Value(value) => Some(Some(value)),
            Presence::Null => self.refuse_null(member.name),
            Presence::Absent => Some(None),
        }
    }

    /// Takes a member that may be left out or `null`, with different meanings.
    pub fn presence<T, D>(&mut self, member: &Member<T, D>) -> Option<Presence<T>> {
        self.rename(member);
        let Some(value) = self.take(member.name) else {
            return Some(Presence::Absent);
        };
        match member.rule.nothing(&value) {
            Some(nothing) => Some(nothing),
            None => {
                let pointer = self.place(member.name);
                let read = member.rule.read(value, &pointer, self.reading);
                read.map(Presence::Value)
            }
        }
    }

    /// Refuses a member that has a value although a sibling does not allow one; a sibling that
    /// was refused itself, for which `holds` is `None`, does not count.
    pub fn only<T, D>(
        &mut self,
        member: &Member<T, D>,
        read: Option<Option<T>>,
        holds: Option<bool>,
        when: &str,
    ) -> Option<Option<T>> {
        let (there, holds) = (matches!(read, Some(Some(_))), holds != Some(false));
        let place = self.place(member.name);
        read.filter(|_| self.reading.only(&place, there, holds, when))
    }

    /// Refuses a member that has no value although a sibling requires one; a sibling that was
    /// refused itself, for which `holds` is `None`, does not count.
    pub fn needed<T, D>(
        &mut self,
        member: &Member<T, D>,
        read: Option<Option<T>>,
        holds: Option<bool>,
        when: &str,
    ) -> Option<Option<T>> {
        let (there, holds) = (!matches!(read, Some(None)), holds == Some(true));
        let place = self.place(member.name);
        read.filter(|_| self.reading.needed(&place, there, holds, when))
    }

    /// Takes a member that only the server sets: the sent value is compared with the stored one
    /// later, unless read-only members are ignored.
    pub fn managed(&mut self, name: &str) {
        if let Some(value) = self.take(name)
            && !self.reading.ignores_read_only
        {
            self.reading.inside.push((self.place(name), value));
        }
    }

    /// Returns the members that nothing has taken, as they were sent.
    pub fn rest(self) -> impl Iterator<Item = (String, Value)> + use<> {
        let Self { map, taken, .. } = self;
        let left = move |(name, _): &(String, Value)| !taken.contains(name);
        map.into_iter().filter(left)
    }

    /// Reads an empty object in place of `member`.
    pub(super) fn empty<B: Body, D>(&mut self, member: &Member<B, D>) -> Option<B> {
        let pointer = self.place(member.name);
        B::read(&mut Members::new(Map::new(), pointer, self.reading))
    }

    fn is_there(&self, name: &str) -> bool {
        self.map.contains_key(name) && !self.taken.contains(name)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        if !self.is_there(name) {
            return None;
        }
        self.taken.insert(name.to_owned());
        self.map.get_mut(name).map(Value::take)
    }

    /// Applies the rule that another member selects; without a rule the value stays as it is.
    pub fn chosen<T: Into<Value>, D>(
        &mut self,
        member: &Member<T, D>,
        value: Option<T>,
        rule: Option<&dyn Rule<Value = T>>,
    ) -> Option<T> {
        match rule {
            Some(rule) => rule.read(value?.into(), &self.place(member.name), self.reading),
            None => value,
        }
    }

    /// Like [`Self::chosen`], for an update in which both members may be left out.
    pub fn chosen_sent<T: Into<Value>, D>(
        &mut self,
        member: &Member<T, D>,
        value: Option<Option<T>>,
        rule: Option<&dyn Rule<Value = T>>,
    ) -> Option<Option<T>> {
        match value? {
            Some(value) => self.chosen(member, Some(value), rule).map(Some),
            None => Some(None),
        }
    }

    /// The JSON Pointer of a member, with the name that the body uses.
    fn place(&self, name: &str) -> String {
        let spelled = self.spelled.iter().find(|(own, _)| *own == name);
        self.own_place(spelled.map_or(name, |(_, other)| *other))
    }

    fn own_place(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, token(name))
    }

    pub(super) fn refuse_null<T>(&mut self, name: &str) -> Option<T> {
        self.refuse(name, "null", "must not be null")
    }

    fn refuse_absent<T>(&mut self, name: &str) -> Option<T> {
        self.refuse(name, "required", "must be sent")
    }

    fn refuse<T>(&mut self, name: &str, code: &'static str, detail: &str) -> Option<T> {
        let place = self.place(name);
        self.reading.refuse(&place, code, detail);
        None
    }
}
