//! TLS connections to receivers.

use std::net::IpAddr;
use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{
    AlertDescription, CertificateError, ClientConfig, Error, RootCertStore,
};

use super::Failure;
use crate::watch::guard::Host;

/// A connector for TLS 1.2 and 1.3 that trusts the authorities of browsers and those in
/// `roots`.
pub(super) fn connector(roots: &[CertificateDer<'static>]) -> Result<TlsConnector, Error> {
    let mut store = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for root in roots {
        store.add(root.clone())?;
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(store)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The name for which the receiver has to present a certificate: that of the URL, whatever it
/// resolved to.
pub(super) fn server_name(host: &Host) -> Result<ServerName<'static>, Failure> {
    match host {
        Host::Address(address) => Ok(IpAddr::into(*address)),
        Host::Name(name) => ServerName::try_from(name.clone())
            .map_err(|_| Failure::Tls("no certificate can be for this host")),
    }
}

/// Why the handshake failed, without any text from the receiver.
pub(super) fn failure(error: &std::io::Error) -> Failure {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    Failure::Tls(match inner {
        Some(Error::InvalidCertificate(why)) => match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the certificate is no longer valid"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the certificate is not yet valid"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the certificate is for another name"
            }
            CertificateError::UnknownIssuer => "the certificate has an unknown issuer",
            _ => "the certificate is not valid",
        },
        Some(Error::AlertReceived(AlertDescription::HandshakeFailure)) => {
            "nothing in common was found"
        }
        Some(Error::AlertReceived(_)) => "the receiver refused",
        Some(Error::PeerIncompatible(_)) => "the receiver knows no safe version",
        Some(_) => "the receiver does not speak TLS",
        None => "the connection ended",
    })
}
