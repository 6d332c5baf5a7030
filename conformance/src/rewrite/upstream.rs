//! The service behind the proxy.

use std::io::{BufReader, Error, Result};
use std::net::TcpStream;
use std::time::Duration;

use super::message::{Request, Response};
use super::wire::{ends, read_response, write_request};

/// The maximum time for an answer of the service.
const PATIENCE: Duration = Duration::from_secs(30);

/// The address of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    authority: String,
    /// Whether the service is on this machine; it then gets the `Host` of the client.
    is_near: bool,
}

impl Target {
    /// Parses an `http` URL; `https` is not supported, since the proxy has to read the
    /// traffic.
    ///
    /// # Errors
    /// The URL has another scheme or no host.
    pub fn of(url: &str) -> std::result::Result<Self, String> {
        let rest = url
            .strip_prefix("http://")
            .ok_or_else(|| format!("`{url}` is no address of http"))?;
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || rest.trim_end_matches('/') != host {
            return Err(format!("`{url}` is not of the form http://HOST[:PORT]"));
        }
        let has_port = host
            .rsplit_once(':')
            .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        Ok(Self {
            authority: match has_port {
                true => host.to_owned(),
                false => format!("{host}:80"),
            },
            is_near: ["127.", "localhost", "[::1]"]
                .iter()
                .any(|near| host.starts_with(near)),
        })
    }
}

/// A connection to the service, opened when needed.
pub(super) struct Upstream {
    target: Target,
    open: Option<BufReader<TcpStream>>,
}

impl Upstream {
    pub(super) fn new(target: Target) -> Self {
        Self { target, open: None }
    }

    /// Sends a request and returns the answer. If an idle connection fails, the service may
    /// have closed it without reading the request, so it is sent again on a new one.
    pub(super) fn ask(&mut self, request: &Request) -> Result<Response> {
        if let Some(rested) = self.open.take()
            && let Ok(response) = self.on(rested, request)
        {
            return Ok(response);
        }
        let stream = TcpStream::connect(&self.target.authority)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        self.on(BufReader::new(stream), request)
    }

    fn on(&mut self, mut reader: BufReader<TcpStream>, request: &Request) -> Result<Response> {
        let named = request.field("host").filter(|_| self.target.is_near);
        let host = named.unwrap_or(&self.target.authority);
        write_request(reader.get_mut(), request, host)?;
        let response = read_response(&mut reader, request.method == "HEAD")
            .map_err(|error| Error::new(error.kind(), format!("no answer: {error}")))?;
        if !ends(&response.fields) {
            self.open = Some(reader);
        }
        Ok(response)
    }
}
