//! Values that no other request of any run carries.
//!
//! They are made of the moment the lab began and of a number that belongs to
//! the obligation, so they do not depend on what else is judged.

use super::Lab;

impl Lab<'_> {
    /// A number that this obligation has not used.
    pub fn number(&self) -> u64 {
        self.count.set(self.count.get().wrapping_add(1));
        self.count.get()
    }

    /// A word of lower-case letters and digits that no other run has used.
    pub fn word(&self) -> String {
        format!("w{:x}x{}", self.mark.get(), self.number())
    }

    /// A number of twelve digits that no other run has used.
    pub fn nonce(&self) -> u64 {
        self.mark.get().wrapping_add(self.number()) % 1_000_000_000_000
    }

    /// A telephone number that no other run has used.
    pub fn phone(&self) -> String {
        format!("+{}", 100_000_000_000_000 + self.nonce())
    }
}
