//! A member of bodies, with everything that each of them says of it alike.

use std::fmt;

use super::rule::Rule;

/// A member of bodies: its name, what it may be, and what stands in for it where it has
/// a [default](Defaulted).
pub struct Member<T: 'static, D = ()> {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it may be.
    pub rule: &'static (dyn Rule<Value = T> + Sync),
    /// Makes what stands in for it.
    pub default: D,
}

/// A member with a default.
pub type Defaulted<T> = Member<T, fn() -> T>;

impl<T> Member<T> {
    /// A member without a default.
    #[must_use]
    pub const fn new(name: &'static str, rule: &'static (dyn Rule<Value = T> + Sync)) -> Self {
        let default = ();
        Self {
            name,
            rule,
            default,
        }
    }

    /// The same with a default.
    #[must_use]
    pub const fn or(self, default: fn() -> T) -> Defaulted<T> {
        let Self { name, rule, .. } = self;
        Member {
            name,
            rule,
            default,
        }
    }
}

impl<T, D> fmt::Debug for Member<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.name).finish()
    }
}
