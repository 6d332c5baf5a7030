//! Members of a change. One that replaces the whole object sets what it does not send
//! to its default.

use super::{Body, Defaulted, Member, Members, Presence};

impl Members<'_> {
    /// A member that may be left out or `null`, which is not the same.
    pub fn change<T, D>(&mut self, member: &Member<T, D>) -> Option<Presence<T>> {
        match self.presence(member)? {
            Presence::Absent if self.reading.replaces => Some(Presence::Null),
            sent => Some(sent),
        }
    }

    /// The same with a default.
    pub fn change_or<T>(&mut self, member: &Defaulted<T>) -> Option<Presence<T>> {
        match self.presence(member)? {
            Presence::Absent if self.reading.replaces => Some(Presence::Value((member.default)())),
            sent => Some(sent),
        }
    }

    /// A member that may be left out; `null` sets it to its default.
    pub fn reset<T>(&mut self, member: &Defaulted<T>) -> Option<Option<T>> {
        match self.presence(member)? {
            Presence::Value(value) => Some(Some(value)),
            Presence::Null => Some(Some((member.default)())),
            Presence::Absent => Some(self.absent(member)),
        }
    }

    /// The same where a setting of the deployment comes before the default.
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

    /// A member with a default that may be left out but not `null`.
    pub fn sent_or<T>(&mut self, member: &Defaulted<T>) -> Option<Option<T>> {
        match self.sent(member)? {
            Some(value) => Some(Some(value)),
            None => Some(self.absent(member)),
        }
    }

    /// An object that changes member by member, and has to be there.
    pub fn change_required<B: Body>(&mut self, member: &Member<B>) -> Option<B> {
        match self.sent(member)? {
            Some(value) => Some(value),
            None => self.nothing(member, false),
        }
    }

    /// An object that changes member by member; `null` sets all of it to defaults.
    pub fn change_object<B: Body>(&mut self, member: &Member<B>) -> Option<B> {
        match self.presence(member)? {
            Presence::Value(value) => Some(value),
            Presence::Null => self.nothing(member, true),
            Presence::Absent => self.empty(member),
        }
    }

    /// What stands in for a member that was not sent.
    fn absent<T>(&self, member: &Defaulted<T>) -> Option<T> {
        self.reading.replaces.then(|| (member.default)())
    }

    /// The change of an object that sends none of it.
    fn nothing<B: Body>(&mut self, member: &Member<B>, replaces: bool) -> Option<B> {
        let before = std::mem::replace(&mut self.reading.replaces, replaces);
        let empty = self.empty(member);
        self.reading.replaces = before;
        empty
    }
}

/// Writes what was sent over what is kept; what was not sent stays.
pub fn set<T>(kept: &mut T, sent: Option<T>) {
    if let Some(sent) = sent {
        *kept = sent;
    }
}
