//! Signatures, as receivers with libraries of others check them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::sign::{Algorithm, Key, WEBHOOK_SIGNATURE, generate, signature};
use http::HeaderMap;
use proptest::prelude::*;
use standardwebhooks::Webhook;

/// How old a notification may be, in seconds, as the reference library has it.
const TOLERANCE: i64 = 300;

fn now() -> i64 {
    Instant::now().micros() / 1_000_000
}

fn headers(id: &str, timestamp: i64, signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", id.parse().unwrap());
    headers.insert("webhook-timestamp", timestamp.into());
    headers.insert(WEBHOOK_SIGNATURE, signature.parse().unwrap());
    headers
}

/// A receiver with the library that comes with the specification, for `v1`.
fn takes_v1(secret: &str, body: &[u8], headers: &HeaderMap) -> bool {
    Webhook::new(secret).unwrap().verify(body, headers).is_ok()
}

/// A receiver with a second implementation of Ed25519, for `v1a`.
fn takes_v1a(public: &str, body: &[u8], headers: &HeaderMap) -> bool {
    let text = |name: &str| headers[name].to_str().unwrap();
    let timestamp = text("webhook-timestamp");
    if (timestamp.parse::<i64>().unwrap() - now()).abs() > TOLERANCE {
        return false;
    }
    let key = STANDARD
        .decode(public.strip_prefix("whpk_").unwrap())
        .unwrap();
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let signed = [text("webhook-id").as_bytes(), timestamp.as_bytes(), body].join(&b'.');
    let signatures = text(WEBHOOK_SIGNATURE).split(' ');
    signatures
        .filter_map(|one| one.strip_prefix("v1a,"))
        .any(|one| {
            let signature = Signature::from_slice(&STANDARD.decode(one).unwrap()).unwrap();
            key.verify_strict(&signed, &signature).is_ok()
        })
}

proptest! {
    // The second implementation is slow without optimisation.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn receivers_take_what_is_signed_and_nothing_else(
        id in "[a-z0-9]{1,30}",
        body in prop::collection::vec(any::<u8>(), 0..200),
        flip in any::<prop::sample::Index>(),
        bit in 0u8..8,
    ) {
        let [old, new, other] = [0; 3].map(|_| generate(Algorithm::Hmac).unwrap());
        let [pair, stranger] = [0; 2].map(|_| generate(Algorithm::Ed25519).unwrap());
        let keys = [&old, &pair, &new].map(|key| Key::parse(&key.secret).unwrap());
        let (public, strange) = (pair.public.unwrap(), stranger.public.unwrap());
        // The reference library reads bodies as texts.
        let body = String::from_utf8_lossy(&body).into_owned().into_bytes();

        let present = now();
        let signed = signature(&keys, &id, present, &body);
        prop_assert_eq!(signed.split(' ').count(), 3);
        let good = headers(&id, present, &signed);
        prop_assert!(takes_v1(&old.secret, &body, &good) && takes_v1(&new.secret, &body, &good));
        prop_assert!(takes_v1a(&public, &body, &good));
        prop_assert!(!takes_v1(&other.secret, &body, &good) && !takes_v1a(&strange, &body, &good));

        let mut flipped = body.clone();
        if !flipped.is_empty() {
            let at = flip.index(flipped.len());
            flipped[at] ^= 1 << bit;
            prop_assert!(!takes_v1(&old.secret, &flipped, &good));
            prop_assert!(!takes_v1a(&public, &flipped, &good));
        }
        let renamed = headers(&format!("{id}0"), present, &signed);
        prop_assert!(!takes_v1(&old.secret, &body, &renamed) && !takes_v1a(&public, &body, &renamed));

        for stale in [now() - TOLERANCE - 5, now() + TOLERANCE + 5] {
            let signed = signature(&keys, &id, stale, &body);
            let stale = headers(&id, stale, &signed);
            prop_assert!(!takes_v1(&old.secret, &body, &stale) && !takes_v1a(&public, &body, &stale));
            // A later timestamp does not help: it is signed.
            let moved = headers(&id, present, &signed);
            prop_assert!(!takes_v1(&old.secret, &body, &moved) && !takes_v1a(&public, &body, &moved));
        }
    }
}

#[test]
fn a_notification_without_a_body_is_signed_too() {
    let key = generate(Algorithm::Hmac).unwrap();
    let present = now();
    let signed = signature(&[Key::parse(&key.secret).unwrap()], "1", present, b"");
    assert!(takes_v1(&key.secret, b"", &headers("1", present, &signed)));
}
