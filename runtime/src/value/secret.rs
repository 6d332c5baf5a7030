//! Secrets that are stored as a hash.

use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};

use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Argon2, Block, Params, Version};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A secret, stored as a salted argon2id hash in PHC format, from which it cannot be recovered.
/// Hashing is slow, so a secret that was just read gets its hash later, and all its copies with
/// it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<OnceLock<String>>);

thread_local! {
    /// The memory in which a thread hashes. It is kept, because freeing it each time would
    /// leave it between smaller blocks and make the allocator take new memory.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

impl Secret {
    /// A secret that will get its hash later.
    #[must_use]
    pub fn pending() -> Self {
        Self(Arc::default())
    }

    /// Hashes a secret, which by design takes some milliseconds and 19 MiB.
    #[must_use]
    pub fn hash(text: &str) -> Option<Self> {
        let (argon, mut bytes) = (Argon2::default(), [0; 16]);
        getrandom::fill(&mut bytes).ok()?;
        let salt = Salt::new(&bytes).ok()?;
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        MEMORY
            .with_borrow_mut(|memory| {
                memory.resize(argon.params().block_count(), Block::default());
                argon.hash_password_into_with_memory(text.as_bytes(), &salt, &mut out, memory)
            })
            .ok()?;
        let hash = PasswordHash {
            algorithm: argon2::ARGON2ID_IDENT,
            version: Some(Version::default().into()),
            params: ParamsString::try_from(argon.params()).ok()?,
            salt: Some(salt),
            hash: Some(Output::new(&out).ok()?),
        };
        Some(Self::of(hash.to_string()))
    }

    /// Sets the hash of a pending secret to that of another.
    pub fn become_like(&self, other: &Self) {
        if let Some(hash) = other.0.get() {
            let _ = self.0.set(hash.clone());
        }
    }

    /// Whether a text is the hash of a secret.
    pub(crate) fn is_hash(text: &str) -> bool {
        text.starts_with("$argon2") && PasswordHash::new(text).is_ok()
    }

    /// Makes a pending secret match nothing.
    pub fn give_up(&self) {
        let _ = self.0.set(String::new());
    }

    /// Whether `text` is the secret.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let hash = self.0.get().map(|hash| PasswordHash::new(hash));
        hash.and_then(Result::ok).is_some_and(|hash| {
            Argon2::default()
                .verify_password(text.as_bytes(), &hash)
                .is_ok()
        })
    }

    /// The secret with this hash.
    pub(crate) fn of(hash: String) -> Self {
        Self(Arc::new(OnceLock::from(hash)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.get() {
            Some(hash) => serializer.serialize_str(hash),
            None => Err(ser::Error::custom("a secret without its hash")),
        }
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::of)
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

    #[test]
    fn copies_get_the_hash_together_and_nothing_is_stored_without_one() {
        let one = Secret::pending();
        let copy = one.clone();
        assert!(!copy.is("") && serde_json::to_string(&copy).is_err());
        one.become_like(&Secret::hash("open sesame").unwrap());
        assert!(copy.is("open sesame") && copy == one);
        let text = serde_json::to_string(&copy).unwrap();
        assert_eq!(serde_json::from_str::<Secret>(&text).unwrap(), one);
    }
}
