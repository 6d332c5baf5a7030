//! Verifies signatures of notifications.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::Signature;
use hmac_sha256::HMAC;
use http::HeaderMap;
use ring::signature::{ED25519, UnparsedPublicKey};
use standardwebhooks::Webhook;

use super::Notice;
use super::clock::is_now;

/// Whether one of the signatures was made with this secret.
pub(super) fn by_secret(scheme: &Signature, notice: &Notice, secret: &str) -> bool {
    let body = &notice.request.body;
    let sent = notice.header(scheme.header()).unwrap_or_default();
    match scheme {
        Signature::StandardWebhooks => by_library(notice, secret),
        Signature::HexHmac { prefix, .. } => {
            let mut all = sent
                .split(',')
                .filter_map(|one| one.strip_prefix(prefix.as_str()));
            all.any(|digits| is_of(digits, body, secret))
        }
        Signature::Timestamped { .. } => {
            let mut parts = sent.split(',');
            let moment = parts.next().and_then(|one| one.strip_prefix("t="));
            let Some((text, seconds)) =
                moment.and_then(|one| Some((one, one.parse::<i64>().ok()?)))
            else {
                return false;
            };
            let signed = [text.as_bytes(), b".", body].concat();
            let mut all = parts.filter_map(|one| one.strip_prefix("v1="));
            is_now(seconds) && all.any(|digits| is_of(digits, &signed, secret))
        }
    }
}

/// Whether `digits` is the HMAC-SHA256 of `signed` with the text of `secret` as key.
fn is_of(digits: &str, signed: &[u8], secret: &str) -> bool {
    let tag = HMAC::mac(signed, secret.as_bytes());
    let expected: Vec<String> = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    digits == expected.concat()
}

/// Whether a third-party library accepts the signature.
fn by_library(notice: &Notice, secret: &str) -> bool {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let mut headers = HeaderMap::new();
    for name in names {
        let value = notice.header(name).unwrap_or_default();
        let Ok(value) = value.parse() else {
            return false;
        };
        headers.insert(name, value);
    }
    let webhook = Webhook::new(secret);
    webhook.is_ok_and(|one| one.verify(&notice.request.body, &headers).is_ok())
}

/// Verifies the signature with a public key; `None` if no signature fits.
pub(super) fn by_pair(notice: &Notice, public: &str) -> Option<()> {
    let key = STANDARD.decode(public.strip_prefix("whpk_")?).ok()?;
    let key = UnparsedPublicKey::new(&ED25519, key);
    let (id, instant) = (
        notice.header("webhook-id")?,
        notice.header("webhook-timestamp")?,
    );
    let mut signed = format!("{id}.{instant}.").into_bytes();
    signed.extend(&notice.request.body);
    let signatures = notice.header("webhook-signature")?.split(' ');
    let mut own = signatures.filter_map(|one| STANDARD.decode(one.strip_prefix("v1a,")?).ok());
    own.find_map(|one| key.verify(&signed, &one).ok())
}
