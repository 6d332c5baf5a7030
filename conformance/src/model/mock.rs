//! The model served over HTTP/1.1 on the loopback interface.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::service::{Reply, Request, Service};

/// Longest body that is read.
const LONGEST: usize = 64 << 20;

/// A served model; it ends when this is dropped.
#[derive(Debug)]
pub struct Mock {
    /// Where it listens.
    pub address: SocketAddr,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Serves `service` on a free port.
///
/// # Errors
/// No port is free.
pub fn serve(service: Service) -> std::io::Result<Mock> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let ends = Arc::new(AtomicBool::new(false));
    let (service, flag) = (Arc::new(Mutex::new(service)), Arc::clone(&ends));
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if flag.load(Ordering::SeqCst) {
                break;
            }
            let service = Arc::clone(&service);
            std::thread::spawn(move || {
                let _ = connection(&stream, &service);
            });
        }
    });
    Ok(Mock {
        address,
        ends,
        thread: Some(thread),
    })
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        // A last connection wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn connection(stream: &TcpStream, shared: &Mutex<Service>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, stream)? {
        let head = request.method == "HEAD";
        let mut service = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = if service.tears(&request.method) {
            // A careless server: what others do meanwhile is overwritten.
            let mut own = service.clone();
            drop(service);
            std::thread::sleep(Duration::from_millis(2));
            let reply = own.serve(request);
            *shared.lock().unwrap_or_else(PoisonError::into_inner) = own;
            reply
        } else {
            let reply = service.serve(request);
            drop(service);
            reply
        };
        write(stream, &reply, head)?;
    }
    Ok(())
}

fn read(
    reader: &mut BufReader<&TcpStream>,
    stream: &TcpStream,
) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    if headers.contains_key("expect") {
        let mut stream = stream;
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let body = match headers
        .get("content-length")
        .and_then(|length| length.parse::<usize>().ok())
    {
        Some(length) => {
            let mut body = vec![0; length.min(LONGEST)];
            reader.read_exact(&mut body)?;
            body
        }
        None if headers.contains_key("transfer-encoding") => chunks(reader)?,
        None => Vec::new(),
    };
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Ok(Some(Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body,
    }))
}

/// A body in chunks (RFC 9112 section 7.1).
fn chunks(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = line.trim().split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size, 16).unwrap_or_default();
        let start = body.len();
        body.resize(start + size.min(LONGEST), 0);
        reader.read_exact(&mut body[start..])?;
        reader.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn write(mut stream: &TcpStream, reply: &Reply, head: bool) -> std::io::Result<()> {
    let mut text = format!("HTTP/1.1 {} -\r\n", reply.status);
    for (name, value) in &reply.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !head && !matches!(reply.status, 204 | 304) {
        text.push_str(&format!("content-length: {}\r\n", reply.body.len()));
    }
    text.push_str("\r\n");
    text.push_str(&reply.body);
    stream.write_all(text.as_bytes())
}
