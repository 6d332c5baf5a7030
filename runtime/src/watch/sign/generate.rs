//! Generates signing keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Key;
use super::key::{PRIVATE, SECRET};

/// The algorithm for signatures of notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA256 (RFC 2104), `v1`: receivers need the secret as well.
    Hmac,
    /// Ed25519 (RFC 8032), `v1a`: receivers need only the public key.
    Ed25519,
}

/// A new key. Its secret is shown only once, and never by `Debug`.
pub struct Generated {
    /// The secret, in the format of [`Key::parse`].
    pub secret: String,
    /// The key with which receivers verify signatures; `None` for HMAC.
    pub public: Option<String>,
}

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Generated");
        shown.field("public", &self.public).finish_non_exhaustive()
    }
}

/// Generates a key of 32 random bytes.
///
/// # Errors
/// The system provides no random numbers.
pub fn generate(algorithm: Algorithm) -> Result<Generated, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|why| format!("cannot make a key: {why}"))?;
    let start = match algorithm {
        Algorithm::Hmac => SECRET,
        Algorithm::Ed25519 => PRIVATE,
    };
    let secret = format!("{start}{}", STANDARD.encode(bytes));
    let public = Key::parse(&secret)?.public();
    Ok(Generated { secret, public })
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Key, generate};

    #[test]
    fn makes_another_key_each_time() {
        for (algorithm, start) in [(Algorithm::Hmac, "whsec_"), (Algorithm::Ed25519, "whsk_")] {
            let (one, two) = (generate(algorithm).unwrap(), generate(algorithm).unwrap());
            assert!(one.secret.starts_with(start) && one.secret != two.secret);
            assert_eq!(Key::parse(&one.secret).unwrap().public(), one.public);
            assert_eq!(one.public.is_some(), algorithm == Algorithm::Ed25519);
            assert!(!format!("{one:?}").contains(&one.secret));
        }
    }
}
