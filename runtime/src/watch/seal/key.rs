//! Encryption keys.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, PAD_INDIFFERENT};
use ring::aead::{CHACHA20_POLY1305, LessSafeKey, UnboundKey};
use ring::hmac;

use crate::auth::hex;

/// Length of a key in bytes.
pub(super) const LENGTH: usize = 32;

/// A key with its name.
pub(super) struct Key {
    /// Eight hexadecimal digits that reveal nothing about the key.
    pub(super) name: String,
    pub(super) cipher: LessSafeKey,
}

impl Key {
    /// Parses 64 hexadecimal digits, or 32 bytes in either base64 alphabet.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let bytes = match text.len() {
            64 => unhex(text),
            _ => [STANDARD, URL_SAFE].iter().find_map(|alphabet| {
                GeneralPurpose::new(alphabet, PAD_INDIFFERENT)
                    .decode(text)
                    .ok()
            }),
        };
        // The text is a secret, so the message does not repeat it.
        let wrong = || "a key is 32 bytes, as 64 hexadecimal digits or in base64".to_owned();
        let bytes = bytes
            .filter(|bytes| bytes.len() == LENGTH)
            .ok_or_else(wrong)?;
        let cipher = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| wrong())?;
        let name = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), b"name of a key");
        Ok(Self {
            name: hex(&name.as_ref()[..4]),
            cipher: LessSafeKey::new(cipher),
        })
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<_>> = text.chars().map(|c| c.to_digit(16)).collect();
    let byte = |pair: &[u32]| u8::try_from(pair[0] * 16 + pair[1]).ok();
    digits?.chunks_exact(2).map(byte).collect()
}
