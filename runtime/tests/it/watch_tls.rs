//! What the client asks of receivers that speak TLS.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use fieldproof_runtime::watch::client::{Client, Failure, Settings};
use fieldproof_runtime::watch::resolve::{Answers, Resolve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::receiver::{post, settings};

/// Made once with openssl: an authority of our own, and a certificate of it for
/// `receiver.example` and 127.0.0.1. Both hold for a hundred years.
const ROOT: &[u8] = include_bytes!("../data/tls/root.der");
const CERTIFICATE: &[u8] = include_bytes!("../data/tls/receiver.der");
const KEY: &[u8] = include_bytes!("../data/tls/receiver.key.der");

/// Every name is this machine.
#[derive(Debug)]
struct Here;

impl Resolve for Here {
    fn resolve<'a>(&'a self, _: &'a str) -> Answers<'a> {
        Box::pin(async { Ok(vec![IpAddr::from([127, 0, 0, 1])]) })
    }
}

/// Answers each connection with the name that the client asked for.
async fn receiver() -> SocketAddr {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CERTIFICATE.into()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let name = stream.get_ref().1.server_name().unwrap_or("-").to_owned();
            let _ = stream.read(&mut [0; 4_096]).await;
            let length = name.len();
            let text = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{name}");
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

fn client(roots: &[&'static [u8]]) -> Client {
    let settings = Settings {
        resolver: Arc::new(Here),
        roots: roots
            .iter()
            .map(|root| CertificateDer::from(*root))
            .collect(),
        ..settings()
    };
    Client::new(settings).unwrap()
}

#[tokio::test]
async fn a_receiver_proves_the_name_in_its_address() {
    let port = receiver().await.port();
    let client = client(&[ROOT]);
    for (host, name) in [("receiver.example", "receiver.example"), ("127.0.0.1", "-")] {
        let sent = client.send(&post(format!("https://{host}:{port}/"))).await;
        assert_eq!(&sent.unwrap().first_bytes[..], name.as_bytes());
    }
    let other = post(format!("https://other.example:{port}/"));
    let failure = Failure::Tls("the certificate is for another name");
    assert_eq!(client.send(&other).await, Err(failure));
}

#[tokio::test]
async fn an_authority_that_is_not_known_proves_nothing() {
    let port = receiver().await.port();
    let request = post(format!("https://receiver.example:{port}/"));
    let unknown = Failure::Tls("the certificate has an unknown issuer");
    assert_eq!(client(&[]).send(&request).await, Err(unknown));
    let nonsense = Settings {
        roots: vec![CertificateDer::from(&b"nonsense"[..])],
        ..settings()
    };
    assert!(Client::new(nonsense).is_err());
}

#[tokio::test]
async fn what_does_not_speak_tls_is_no_receiver_of_https() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        // Until the client ends: a reset would hide what was said.
        while stream
            .read(&mut [0; 4_096])
            .await
            .is_ok_and(|count| count > 0)
        {}
    });
    let sent = client(&[ROOT])
        .send(&post(format!("https://{address}/")))
        .await;
    let failure = Failure::Tls("the receiver does not speak TLS");
    assert_eq!(sent, Err(failure));
}
