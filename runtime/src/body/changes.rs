//! Members of an update. An update that replaces the whole object sets members that are not
//! sent to their defaults.

use super::{Body, Defaulted, Member, Members, Presence};

impl Members<'_> {
    /// Takes a member that may be left out or `null`, with different meanings.
    pub fn change<T, D>(&mut self, member: &Member<T, D>) -> Option<Presence<T>> {
        match self.presence(member)? {
            Presence::Absent if self.reading.replaces => Some(Presence::Null),
            sent => Some(sent),
        }
    }

    /// Like [`Self::change`], for a member with a default.
    pub fn change_or<T>(&mut self, member: &Defaulted<T>) -> Option<Presence<T>> {
        match self.presence(member)? {
            Presence::Absent if self.reading.replaces => Some(Presence::Value((member.default)())),
            sent => Some(sent),
        }
    }

    /// Takes a member that may be left out; `null` sets it to its default.
    pub fn reset<T>(&mut self, member: &Defaulted<T>) -> Option<Option<T>> {
        match self.presence(member)? {
            Presence::Value(value) => Some(Some(value)),
            Presence::Null => Some(Some((member.default)())),
            Presence::Absent => Some(self.absent(member)),
        }
    }

    /// Like [`Self::reset`], with a deployment setting that takes precedence over the default.
    pub fn reset_to<T>(&mut self, member: &Defaulted<T>, setting: &str) -> Option<Option<T>> {
        match self.presence(member)? {
            Presence::Value(value) => Some(Some(value)),
            Presence::Null => {
                let set = self.reading.setting(setting, member.rule);
                Some(Some(set.unwrap_or_else(member.default)))
            }
            Presence::Absent => Some(self.absent(member)),
        }
    }

    /// Takes a member with a default that may be left out but not `null`.
    pub fn sent_or<T>(&mut self, member: &Defaulted<T>) -> Option<Option<T>> {
        match self.sent(member)? {
            Some(value) => Some(Some(value)),
            None => Some(self.absent(member)),
        }
    }

    /// Takes a required object that is updated member by member.
    pub fn change_required<B: Body>(&mut self, member: &Member<B>) -> Option<B> {
        match self.sent(member)? {
            Some(value) => Some(value),
            None => self.nothing(member, false),
        }
    }

    /// Takes an object that is updated member by member; `null` sets all of its members to
    /// their defaults.
    pub fn change_object<B: Body>(&mut self, member: &Member<B>) -> Option<B> {
        match self.presence(member)? {
            Presence::Value(value) => Some(value),
            Presence::Null => self.nothing(member, true),
            Presence::Absent => self.empty(member),
        }
    }

    /// The value of a member that was not sent: its default if the update replaces the whole
    /// object.
    fn absent<T>(&self, member: &Defaulted<T>) -> Option<T> {
        self.reading.replaces.then(|| (member.default)())
    }

    /// Reads an empty object as the update, as a replacement if `replaces` says so.
    fn nothing<B: Body>(&mut self, member: &Member<B>, replaces: bool) -> Option<B> {
        let before = std::mem::replace(&mut self.reading.replaces, replaces);
        let empty = self.empty(member);
        self.reading.replaces = before;
        empty
    }
}
