//! A member of request bodies: the description that create and update bodies share.

use std::fmt;

use super::rule::Rule;

/// A member of request bodies: its name, its rule and, where it has one, its
/// [default](Defaulted).
pub struct Member<T: 'static, D = ()> {
    /// Its name on the wire.
    pub name: &'static str,
    /// Other names that bodies may use for it.
    pub others: &'static [&'static str],
    /// The rule that its value has to keep.
    pub rule: &'static (dyn Rule<Value = T> + Sync),
    /// The function that makes its default, or `()`.
    pub default: D,
}

/// A member with a default.
pub type Defaulted<T> = Member<T, fn() -> T>;

impl<T> Member<T> {
    /// A member without a default.
    #[must_use]
    pub const fn new(name: &'static str, rule: &'static (dyn Rule<Value = T> + Sync)) -> Self {
        Self {
            name,
            others: &[],
            rule,
            default: (),
        }
    }

    /// The same member with a default.
    #[must_use]
    pub const fn or(self, default: fn() -> T) -> Defaulted<T> {
        let Self {
            name, others, rule, ..
        } = self;
        Member {
            name,
            others,
            rule,
            default,
        }
    }

    /// The same member under other names as well; a body that uses two of them is refused.
    #[must_use]
    pub const fn also(mut self, others: &'static [&'static str]) -> Self {
        self.others = others;
        self
    }
}

impl<T, D> fmt::Debug for Member<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.name).finish()
    }
}
