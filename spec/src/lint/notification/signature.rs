//! How receivers know who sends.

use super::found::Found;
use crate::syntax::{Notification, Resource, Role, Signature, SignatureScheme, Spec};

pub(super) fn of_signature(
    spec: &Spec,
    resource: &Resource,
    signature: &Signature,
    found: &mut Vec<Found>,
) {
    let at = |key| vec!["signature", key];
    if spec.with_role(resource, Role::Keys).is_empty() {
        let message = "nothing is signed: no field has the role `keys`".to_owned();
        found.push((
            vec!["signature"],
            message,
            "give a list of texts `role: keys`",
        ));
    }
    let standard = signature.is == SignatureScheme::StandardWebhooks;
    if standard && signature.header.is_some() {
        let message = "Standard Webhooks signs in `webhook-signature`".to_owned();
        found.push((at("in"), message, "leave it out"));
    }
    if !standard && signature.header.is_none() {
        let message = "the signature has no header".to_owned();
        found.push((vec!["signature"], message, "name it: `in: X-Signature`"));
    }
    if let Some(prefix) = &signature.prefix {
        let plain = |c: char| c.is_ascii_graphic() && c != ',';
        if signature.is != SignatureScheme::HexHmac {
            let message = "only `hex-hmac` has a prefix".to_owned();
            found.push((at("prefix"), message, "leave it out"));
        } else if !prefix.chars().all(plain) {
            let message = format!("`{prefix}` cannot stand before a signature");
            let help = "use visible ASCII without commas, such as `sha256=`";
            found.push((at("prefix"), message, help));
        }
    }
}

/// Header fields without which nobody can verify what Standard Webhooks signs.
pub(super) fn standard(
    spec: &Spec,
    resource: &Resource,
    own: &Notification,
    found: &mut Vec<Found>,
) {
    let standard = match &own.signature {
        Some(signature) => signature.is == SignatureScheme::StandardWebhooks,
        None => spec.conventions.is_some() && !spec.with_role(resource, Role::Keys).is_empty(),
    };
    let Some(headers) = own.headers.as_ref().filter(|_| standard) else {
        return;
    };
    for (key, name, needed) in [
        ("id", &headers.id, "webhook-id"),
        ("timestamp", &headers.timestamp, "webhook-timestamp"),
    ] {
        let mut other = name.iter();
        if let Some(other) = other.find(|one| !one.eq_ignore_ascii_case(needed)) {
            let message = format!("Standard Webhooks has `{needed}`, not `{other}`");
            found.push((
                vec!["headers", key],
                message,
                "leave it out, or name another `signature`",
            ));
        }
    }
}
