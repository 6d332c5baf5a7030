//! Passwords.

use serde_json::Value;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

use super::{Rule, Text};
use crate::body::Reading;
use crate::value::Secret;

/// Does slow work so that other requests of this thread go on.
fn apart<T>(work: impl FnOnce() -> T) -> T {
    let several = Handle::try_current()
        .is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    match several {
        true => block_in_place(work),
        false => work(),
    }
}

/// A password, kept as a hash that does not tell it.
#[derive(Debug, Clone, Copy)]
pub struct Password(Text);

impl Password {
    /// A password of `min` to `max` Unicode scalar values.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self(Text::new(min, max))
    }
}

impl Rule for Password {
    type Value = Secret;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Secret> {
        let text = self.0.read(value, pointer, reading)?;
        let hashed = apart(|| Secret::hash(&text));
        if hashed.is_none() {
            reading.refuse(pointer, "format", "cannot be kept");
        }
        hashed
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::apart;

    #[test]
    fn slow_work_is_done_on_one_thread_on_several_and_outside_of_both() {
        let one = Builder::new_current_thread().build().unwrap();
        let several = Builder::new_multi_thread().build().unwrap();
        assert_eq!(one.block_on(async { apart(|| 1) }), 1);
        assert_eq!(several.block_on(async { apart(|| 2) }), 2);
        assert_eq!(apart(|| 3), 3);
    }
}
