//! The model served over HTTP/1.1 on the loopback interface.

use std::io::BufReader;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::service::{Post, Service};
use crate::http::{read, write};

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
    serve_at(service, 0)
}

/// Serves `service` on a port of this machine; 0 for a free one.
///
/// # Errors
/// The port is taken.
pub fn serve_at(service: Service, port: u16) -> std::io::Result<Mock> {
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let address = listener.local_addr()?;
    let ends = Arc::new(AtomicBool::new(false));
    let (service, flag) = (Arc::new(Mutex::new(service)), Arc::clone(&ends));
    let post = Post::new(Arc::clone(&service), Arc::clone(&ends));
    let torn = Arc::new(AtomicUsize::new(0));
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if flag.load(Ordering::SeqCst) {
                break;
            }
            let (service, post, torn) = (Arc::clone(&service), post.clone(), Arc::clone(&torn));
            std::thread::spawn(move || {
                let _ = connection(&stream, &service, &post, &torn);
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

/// How long a careless server works on what was there, when it is alone.
const CARELESS: Duration = Duration::from_millis(30);

fn connection(
    stream: &TcpStream,
    shared: &Mutex<Service>,
    post: &Post,
    torn: &AtomicUsize,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, stream)? {
        let head = request.method == "HEAD";
        let mut service = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = if service.tears(&request.method) {
            // A careless server: what others do meanwhile is overwritten.
            let mut own = service.clone();
            drop(service);
            torn.fetch_add(1, Ordering::SeqCst);
            // Another that comes meanwhile sees the same; how busy the machine is
            // does not decide whether the two meet.
            let end = Instant::now() + CARELESS;
            while torn.load(Ordering::SeqCst) < 2 && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(2));
            let reply = own.serve(request);
            *shared.lock().unwrap_or_else(PoisonError::into_inner) = own;
            torn.fetch_sub(1, Ordering::SeqCst);
            reply
        } else {
            let reply = service.serve(request);
            drop(service);
            reply
        };
        post.send();
        write(stream, &reply, head)?;
    }
    Ok(())
}
