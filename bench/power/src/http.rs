//! A connection that waits for each answer.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::server::TOKEN;

pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The number of the change, from the validator.
    pub(crate) version: Option<u64>,
    pub(crate) body: String,
}

impl Connection {
    pub(crate) fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            reader: BufReader::new(stream),
        })
    }

    pub(crate) fn send(&mut self, method: &str, target: &str, body: &str) -> io::Result<Answer> {
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: power\r\nauthorization: Bearer {TOKEN}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.reader.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|text| text.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status: {line:?}")))?;
        let (mut length, mut version) = (0, None);
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(io::Error::other)?,
                "etag" => {
                    // Behind the number may stand which variant it is.
                    let number = value
                        .trim_matches('"')
                        .split('-')
                        .next()
                        .unwrap_or_default();
                    version = u64::from_str_radix(number, 16).ok();
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        let body = String::from_utf8(body).map_err(io::Error::other)?;
        Ok(Answer {
            status,
            version,
            body,
        })
    }
}
