//! Values that no other request of any run carries.

use super::Lab;

impl Lab<'_> {
    /// A number that this run has not used.
    pub fn number(&self) -> u64 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    /// A word of lower-case letters and digits that no other run has used.
    pub fn word(&self) -> String {
        format!("w{}x{}", self.stamp, self.number())
    }

    /// A telephone number that this run has not used.
    pub fn phone(&self) -> String {
        let stamp = u64::from_str_radix(&self.stamp, 16).unwrap_or_default();
        format!(
            "+{}",
            100_000_000_000_000 + (stamp.wrapping_mul(1_000) + self.number()) % 900_000_000_000_000
        )
    }
}
