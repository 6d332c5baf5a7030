//! Connections to the database.

use std::net::IpAddr;
use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config};

use super::tls::Tls;
use crate::store::Error;

/// How long a connection may take to be made.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long data may stay unacknowledged before a connection counts as lost.
const SILENCE: Duration = Duration::from_secs(20);

/// Where the database is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    config: Config,
    tls: Tls,
}

impl Place {
    /// Parses a URL such as `postgres://user:password@host/database`. Parameters behind `?` are
    /// those of PostgreSQL's own programs, `sslmode` and `sslrootcert` among them; without
    /// `sslmode`, connections to other machines use TLS.
    ///
    /// # Errors
    /// It is malformed, or a file that it names cannot be read.
    pub(super) fn parse(url: &str) -> Result<Self, Error> {
        // The text of the error may show the URL, and so a password.
        let refused = |why: String| Error::new("use the database", why);
        let (url, roots) = own_parameters(url);
        let parsed = url.parse::<Config>();
        let mut config = parsed.map_err(|why| refused(format!("its URL is malformed: {why}")))?;
        if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(match config.get_hosts().iter().all(is_here) {
                true => SslMode::Disable,
                false => SslMode::Require,
            });
        }
        config
            .application_name("fieldproof")
            .connect_timeout(PATIENCE)
            .tcp_user_timeout(SILENCE)
            .keepalives_idle(SILENCE);
        let tls = Tls::new(roots.as_deref()).map_err(refused)?;
        Ok(Self { config, tls })
    }

    /// Makes a connection.
    ///
    /// # Errors
    /// The database cannot be reached, or refuses.
    pub(super) async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = self.config.connect(self.tls.clone()).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to the database ended");
            }
        });
        Ok(client)
    }
}

/// Whether a host is this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            let address = name.parse::<IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Takes the parameter `sslrootcert` out of a URL, and reads the ways to check a certificate
/// that the library does not know: every certificate is checked in full.
fn own_parameters(url: &str) -> (String, Option<String>) {
    let Some((before, parameters)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let (mut kept, mut roots) = (Vec::new(), None);
    for parameter in parameters.split('&') {
        match parameter.split_once('=') {
            Some(("sslrootcert", file)) => {
                let file = percent_encoding::percent_decode_str(file);
                roots = Some(file.decode_utf8_lossy().into_owned());
            }
            Some(("sslmode", "verify-full" | "verify-ca")) => kept.push("sslmode=require"),
            _ => kept.push(parameter),
        }
    }
    (format!("{before}?{}", kept.join("&")), roots)
}

#[cfg(test)]
mod tests {
    use super::{Place, SslMode};

    #[test]
    fn other_machines_are_reached_over_tls_unless_that_is_switched_off() {
        let mode = |url: &str| Place::parse(url).unwrap().config.get_ssl_mode();
        for here in [
            "postgres://u@localhost/d",
            "postgres://u@127.0.0.1/d",
            "postgres://u@%2Frun%2Fsocket/d",
            "postgres://u@db.example/d?sslmode=disable",
        ] {
            assert_eq!(mode(here), SslMode::Disable, "{here}");
        }
        for there in [
            "postgres://u@db.example/d",
            "postgres://u@192.0.2.7/d?sslmode=prefer",
            "postgres://u@localhost/d?sslmode=verify-full",
            "postgres://u@localhost/d?connect_timeout=1&sslmode=require",
        ] {
            assert_eq!(mode(there), SslMode::Require, "{there}");
        }
        for bad in [
            "postgres://u@localhost/d?sslmode=perhaps",
            "postgres://u@localhost/d?sslrootcert=/no/such/file",
            "mysql://u@localhost/d",
        ] {
            assert!(Place::parse(bad).is_err(), "{bad}");
        }
    }
}
