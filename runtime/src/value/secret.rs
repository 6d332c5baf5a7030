//! Secrets that are kept as a hash.

use std::fmt;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use serde::{Deserialize, Serialize};

/// A secret as it is kept: an argon2id hash with its salt, in PHC form. What
/// it was cannot be told from it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret(String);

impl Secret {
    /// Hashes a secret: some milliseconds of work and 19 MiB, on purpose.
    #[must_use]
    pub fn hash(text: &str) -> Option<Self> {
        let hash = Argon2::default().hash_password(text.as_bytes()).ok()?;
        Some(Self(hash.to_string()))
    }

    /// Whether `text` is the secret.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let hash = PasswordHash::new(&self.0);
        hash.is_ok_and(|hash| {
            Argon2::default()
                .verify_password(text.as_bytes(), &hash)
                .is_ok()
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn tells_the_secret_from_others_and_shows_nothing() {
        let one = Secret::hash("open sesame").unwrap();
        assert!(one.is("open sesame") && !one.is("open sesam") && !one.is(""));
        assert_ne!(
            Some(one.clone()),
            Secret::hash("open sesame"),
            "each has a salt"
        );
        assert_eq!(format!("{one:?}"), "Secret");
    }
}
