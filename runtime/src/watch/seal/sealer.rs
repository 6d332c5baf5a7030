//! Encryption and decryption.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, NONCE_LEN, Nonce};

use super::SealError;
use super::key::Key;

/// Prefix of a sealed text.
const PREFIX: &str = "fp1";

/// Length in bytes of the start of a sealed text, up to and with the name of its key.
pub(crate) const START: usize = 13;

/// Length of the authentication tag in bytes.
const TAG: usize = 16;

/// Encrypts with its first key and decrypts with any of them. `Debug` does not show the keys.
pub struct Sealer {
    /// At least one.
    keys: Vec<Key>,
}

/// The location of a secret, to which its ciphertext is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location<'a> {
    /// The table.
    pub table: &'a str,
    /// The object, unique across tenants.
    pub id: &'a str,
    /// The member.
    pub member: &'a str,
}

/// A decrypted secret; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The secret.
    pub text: String,
    /// Whether it should be encrypted again, because it was stored in plain text or with a key
    /// that is not the first.
    pub renew: bool,
}

impl Sealer {
    /// Parses keys of 32 bytes, as 64 hexadecimal digits or in base64, separated by blanks,
    /// commas or line breaks. The first one encrypts: put a new key before the others, and
    /// remove the old ones when everything is encrypted again.
    ///
    /// # Errors
    /// There is no key, or a malformed one; the message does not repeat it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words = text.split(|c: char| c == ',' || c.is_whitespace());
        let keys = words.filter(|word| !word.is_empty()).map(Key::parse);
        let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err("there is no key".to_owned()),
            false => Ok(Self { keys }),
        }
    }

    /// The names of the keys, the one that encrypts first; they reveal nothing about the keys.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.name.as_str())
    }

    /// Encrypts a secret for its location. The length of the ciphertext reveals that of the
    /// secret.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn seal(&self, location: &Location<'_>, text: &str) -> Result<String, SealError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| SealError::NoRandom)?;
        let key = &self.keys[0];
        let mut bytes = text.as_bytes().to_vec();
        let sealed = key.cipher.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            location.aad(&key.name),
            &mut bytes,
        );
        sealed.map_err(|_| SealError::Broken)?;
        bytes.splice(..0, nonce);
        Ok(format!("{PREFIX}:{}:{}", key.name, STANDARD.encode(bytes)))
    }

    /// Decrypts a text for its location. Plain text is returned as it is, marked for
    /// encryption.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] or [`SealError::Broken`].
    pub fn open(&self, location: &Location<'_>, text: &str) -> Result<Opened, SealError> {
        let Some((name, sealed)) = parts(text) else {
            let (text, renew) = (text.to_owned(), true);
            return Ok(Opened { text, renew });
        };
        let named = self.keys.iter().position(|key| key.name == name);
        let at = named.ok_or_else(|| SealError::UnknownKey(name.to_owned()))?;
        let mut sealed = sealed.ok_or(SealError::Broken)?;
        let (nonce, bytes) = sealed.split_at_mut(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Broken)?;
        let opened = self.keys[at]
            .cipher
            .open_in_place(nonce, location.aad(name), bytes);
        let opened = opened.map_err(|_| SealError::Broken)?;
        let text = String::from_utf8(opened.to_vec()).map_err(|_| SealError::Broken)?;
        Ok(Opened {
            text,
            renew: at > 0,
        })
    }
}

impl Location<'_> {
    /// The associated data of a ciphertext, unique for each location.
    fn aad(&self, key: &str) -> Aad<Vec<u8>> {
        let (table, id) = (self.table.len(), self.id.len());
        let text = format!(
            "{PREFIX}:{key}:{table}:{}:{id}:{}:{}",
            self.table, self.id, self.member
        );
        Aad::from(text.into_bytes())
    }
}

/// The name of the key of a sealed text, of which the start is enough.
pub(crate) fn key_name(start: &str) -> Option<&str> {
    parts(start).map(|(name, _)| name)
}

/// The key name of a sealed text and its bytes, if they are well formed; `None` for a text that
/// is not sealed.
fn parts(text: &str) -> Option<(&str, Option<Vec<u8>>)> {
    let (name, sealed) = text
        .strip_prefix(PREFIX)?
        .strip_prefix(':')?
        .split_once(':')?;
    let digits = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let bytes = STANDARD.decode(sealed).ok();
    let bytes = bytes.filter(|bytes| bytes.len() >= NONCE_LEN + TAG);
    (name.len() == 8 && digits(name)).then_some((name, bytes))
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

#[cfg(test)]
mod tests {
    use super::{Location, SealError, Sealer};

    const LOCATION: Location<'_> = Location {
        table: "watches",
        id: "t/12",
        member: "secret",
    };
    const ONE: &str = "0101010101010101010101010101010101010101010101010101010101010101";
    const TWO: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

    #[test]
    fn a_secret_opens_where_it_was_sealed_and_nowhere_else() {
        let sealer = Sealer::parse(ONE).unwrap();
        for text in ["", "open sesame", "ü\0\n", &"x".repeat(100_000)] {
            let sealed = sealer.seal(&LOCATION, text).unwrap();
            assert!(sealed.starts_with("fp1:") && (text.is_empty() || !sealed.contains(text)));
            assert_ne!(sealed, sealer.seal(&LOCATION, text).unwrap());
            let opened = sealer.open(&LOCATION, &sealed).unwrap();
            assert_eq!((opened.text.as_str(), opened.renew), (text, false));
            for other in [
                Location {
                    id: "t/13",
                    ..LOCATION
                },
                Location {
                    table: "watche",
                    id: "st/12",
                    ..LOCATION
                },
                Location {
                    member: "",
                    id: "t/12secret",
                    ..LOCATION
                },
            ] {
                assert_eq!(sealer.open(&other, &sealed), Err(SealError::Broken));
            }
        }
    }

    #[test]
    fn keys_change_one_after_the_other() {
        let old = Sealer::parse(ONE).unwrap();
        let both = Sealer::parse(&format!("{TWO}=\n {ONE},")).unwrap();
        let new = Sealer::parse(TWO).unwrap();
        let sealed = old.seal(&LOCATION, "x").unwrap();
        let opened = both.open(&LOCATION, &sealed).unwrap();
        assert!(opened.renew && opened.text == "x");
        let sealed = both.seal(&LOCATION, &opened.text).unwrap();
        assert!(!new.open(&LOCATION, &sealed).unwrap().renew);
        let unknown = old.open(&LOCATION, &sealed).unwrap_err();
        assert!(matches!(unknown, SealError::UnknownKey(_)));
        assert!(
            unknown
                .to_string()
                .contains("which is not among those given")
        );
    }

    #[test]
    fn any_change_of_a_sealed_text_is_seen() {
        let sealer = Sealer::parse(ONE).unwrap();
        let sealed = sealer.seal(&LOCATION, "open sesame").unwrap();
        for at in 0..sealed.len() {
            for new in ["A", "0", "!", ""] {
                let mut other = sealed.clone();
                other.replace_range(at..=at, new);
                if other == sealed {
                    continue;
                }
                // Without the prefix it is plain text.
                match sealer.open(&LOCATION, &other) {
                    Ok(opened) => assert!(at < 13 && opened.renew && opened.text == other),
                    Err(_) => assert!(at >= 4),
                }
            }
        }
    }

    #[test]
    fn what_was_never_sealed_is_to_be_sealed() {
        let sealer = Sealer::parse(ONE).unwrap();
        for text in [
            "",
            "open sesame",
            "fp1",
            "fp1:",
            "fp1:a:b",
            "fp2:01234567:AAAA",
        ] {
            let opened = sealer.open(&LOCATION, text).unwrap();
            assert!(opened.renew && opened.text == text, "{text}");
        }
        assert_eq!(
            sealer
                .open(&LOCATION, &sealer.seal(&LOCATION, "fp1:a:b").unwrap())
                .unwrap()
                .text,
            "fp1:a:b"
        );
    }

    #[test]
    fn refuses_what_is_no_key_and_shows_nothing() {
        for bad in [
            "",
            " ,\n",
            "ab",
            &ONE[1..],
            &ONE.replace('0', "g"),
            &TWO[1..],
        ] {
            let error = Sealer::parse(bad).unwrap_err();
            assert!(bad.len() < 10 || !error.contains(bad));
        }
        let sealer = Sealer::parse(ONE).unwrap();
        let opened = sealer.open(&LOCATION, "open sesame");
        assert_eq!(format!("{sealer:?} {opened:?}"), "Sealer Ok(Opened)");
    }
}
