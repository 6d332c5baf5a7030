//! HTTP/1.1 on both sides of the proxy. Header fields are octets (RFC 9110 section 5.5),
//! stored as one character each, so that they are forwarded unchanged.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;

use super::message::{Fields, Request, Response};

/// The maximum length of a body, in bytes.
const LONGEST: usize = 256 << 20;

/// Header fields that concern one connection, or that the proxy sets itself.
const OWN: &[&str] = &[
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "transfer-encoding",
];

/// Reads the next request; `None` when the client has closed the connection.
pub(super) fn read_request(reader: &mut BufReader<TcpStream>) -> Result<Option<Request>> {
    let line = line(reader)?;
    if line.is_empty() {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    let fields = fields(reader)?;
    if has(&fields, "expect") {
        reader
            .get_mut()
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let is_bare = !has(&fields, "content-length") && !has(&fields, "transfer-encoding");
    let body = match is_bare {
        true => Vec::new(),
        false => body(reader, &fields)?,
    };
    Ok(Some(Request {
        method,
        target,
        fields,
        body,
    }))
}

/// Forwards a request.
pub(super) fn write_request(stream: &mut TcpStream, request: &Request, host: &str) -> Result<()> {
    let mut text = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    text.push_str(&format!("host: {host}\r\n"));
    for (name, value) in passed(&request.fields) {
        if name != "host" {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let announces = has(&request.fields, "content-length") || !request.body.is_empty();
    if announces {
        text.push_str(&format!("content-length: {}\r\n", request.body.len()));
    }
    text.push_str("\r\n");
    send(stream, &text, &request.body)
}

/// Reads an answer; with `head` it has no body, whatever its header says.
pub(super) fn read_response(reader: &mut BufReader<TcpStream>, head: bool) -> Result<Response> {
    loop {
        let line = line(reader)?;
        let status = line
            .split_whitespace()
            .nth(1)
            .and_then(|word| word.parse().ok());
        let status: u16 = status.ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))?;
        let fields = fields(reader)?;
        if (100..200).contains(&status) {
            continue;
        }
        let body = match head || matches!(status, 204 | 304) {
            true => Vec::new(),
            false => body(reader, &fields)?,
        };
        return Ok(Response {
            status,
            fields,
            body,
        });
    }
}

/// Forwards an answer.
pub(super) fn write_response(
    stream: &mut TcpStream,
    response: &Response,
    head: bool,
) -> Result<()> {
    let mut text = format!("HTTP/1.1 {} -\r\n", response.status);
    for (name, value) in passed(&response.fields) {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let is_bare = head || matches!(response.status, 204 | 304);
    if !is_bare {
        text.push_str(&format!("content-length: {}\r\n", response.body.len()));
    }
    text.push_str("\r\n");
    let body = if is_bare { &[][..] } else { &response.body };
    send(stream, &text, body)
}

/// Whether the connection ends after this message.
pub(super) fn ends(fields: &Fields) -> bool {
    fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
    })
}

fn passed(fields: &Fields) -> impl Iterator<Item = (String, &String)> {
    let named = fields
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value));
    named.filter(|(name, _)| !OWN.contains(&name.as_str()))
}

fn has(fields: &Fields, name: &str) -> bool {
    fields.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
}

/// Sends head and body in one write; two writes might be delayed (RFC 896).
fn send(stream: &mut TcpStream, head: &str, body: &[u8]) -> Result<()> {
    let octet = |one: char| u8::try_from(u32::from(one)).unwrap_or(b'?');
    let mut bytes: Vec<u8> = head.chars().map(octet).collect();
    bytes.extend_from_slice(body);
    stream.write_all(&bytes)
}

/// A line without its end; empty at the end of the input.
fn line(reader: &mut BufReader<TcpStream>) -> Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    let text: String = bytes.into_iter().map(char::from).collect();
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn fields(reader: &mut BufReader<TcpStream>) -> Result<Fields> {
    let mut all = Fields::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else {
            return Ok(all);
        };
        all.push((name.to_owned(), value.trim().to_owned()));
    }
}

/// Reads a body with a given length, in chunks, or up to the end of the connection.
fn body(reader: &mut BufReader<TcpStream>, fields: &Fields) -> Result<Vec<u8>> {
    let of = |name: &str| {
        let found = fields
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    let mut body = Vec::new();
    if of("transfer-encoding").is_some() {
        return chunks(reader);
    }
    match of("content-length").and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => {
            body.resize(length.min(LONGEST), 0);
            reader.read_exact(&mut body)?;
        }
        None => {
            reader.read_to_end(&mut body)?;
        }
    }
    Ok(body)
}

/// Reads a chunked body (RFC 9112 section 7.1).
fn chunks(reader: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = line(reader)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(Error::other)?;
        let start = body.len();
        body.resize(start + size.min(LONGEST), 0);
        reader.read_exact(&mut body[start..])?;
        if size == 0 {
            fields(reader)?;
            return Ok(body);
        }
        self::line(reader)?;
    }
}
