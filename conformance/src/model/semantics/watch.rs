//! Which watches can be served.

use std::net::IpAddr;

use fieldproof_spec::model::{Field, Resource};
use serde_json::Value;

use crate::model::service::Key;

/// Which watches can be served.
pub(crate) trait Watching {
    /// Whether a watch of a tenant may use a signing key: it exists, belongs to the tenant
    /// and is enabled.
    fn may_sign(&self, _watch: &Resource, tenant: &str, key: Option<&Key>) -> bool {
        key.is_some_and(|key| key.tenant == tenant && key.enabled)
    }

    /// Whether a watch lacks a key: it is to be signed and names none.
    fn lacks_key(&self, _watch: &Resource, signed: bool, keys: &Value) -> bool {
        signed && Field::is_nothing(keys)
    }

    /// Whether an address may be used: any but link-local, multicast and unspecified IP
    /// literals. A mock is for development, so loopback and private addresses are allowed.
    fn is_reachable(&self, _watch: &Resource, address: &str) -> bool {
        let authority = address.split_once("://").map_or("", |(_, rest)| rest);
        let end = authority.find(['/', '?']).unwrap_or(authority.len());
        let host = match authority[..end].strip_prefix('[') {
            Some(rest) => rest.split(']').next(),
            None => authority[..end].split(':').next(),
        };
        match host.unwrap_or_default().parse() {
            Ok(IpAddr::V4(address)) => {
                let nowhere = address.octets()[0] == 0;
                !address.is_link_local() && !address.is_multicast() && !nowhere
            }
            Ok(IpAddr::V6(address)) => {
                let nowhere = address.is_unspecified();
                !address.is_unicast_link_local() && !address.is_multicast() && !nowhere
            }
            Err(_) => true,
        }
    }
}
