//! A minimal HTTP client, so that no library corrects what tests send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::server::{Server, TOKEN};

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Sends bytes as they are, and reads one response if there is one.
pub(crate) fn raw(server: &Server, bytes: &[u8]) -> Option<Answer> {
    on(TcpStream::connect(&server.address).unwrap(), bytes)
}

/// Sends bytes on a connection, and reads one response if there is one.
pub(crate) fn on(mut stream: TcpStream, bytes: &[u8]) -> Option<Answer> {
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    // It is not an error if the server closes the connection early.
    let _ = stream.write_all(bytes);
    read(&mut BufReader::new(stream))
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Answer> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let status = line.split_whitespace().nth(1)?.parse().ok()?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Answer {
        status,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// Sends a request with a token.
pub(crate) fn send_as(
    server: &Server,
    token: &str,
    method: &str,
    target: &str,
    body: &str,
) -> Answer {
    raw(server, request(token, method, target, body).as_bytes()).expect("an answer")
}

/// A request with a token.
pub(crate) fn request(token: &str, method: &str, target: &str, body: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request with the token of the tests.
pub(crate) fn send(server: &Server, method: &str, target: &str, body: &str) -> Answer {
    send_as(server, TOKEN, method, target, body)
}
