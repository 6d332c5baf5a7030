//! The model served over HTTP/1.1 on the loopback interface.

mod attempt;
mod front;
mod lanes;
mod post;
mod send;
mod token;

use std::io::BufReader;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

pub(crate) use self::attempt::{SENDER, USER_AGENT};
pub(crate) use self::front::{Front, Headers, lock};

use self::front::Open;
use self::post::Post;
use crate::http::{read, write};
use crate::model::Service;

/// A model with the layer before it.
#[derive(Debug)]
pub struct Served {
    pub(crate) service: Service,
    pub(crate) front: Arc<dyn Front>,
}

impl From<Service> for Served {
    fn from(service: Service) -> Self {
        Self {
            service,
            front: Arc::new(Open),
        }
    }
}

/// A running mock; it stops when dropped.
#[derive(Debug)]
pub struct Mock {
    /// The address it listens on.
    pub address: SocketAddr,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Serves a model on a free port.
///
/// # Errors
/// No port is free.
pub fn serve(served: impl Into<Served>) -> std::io::Result<Mock> {
    serve_at(served, 0)
}

/// Serves a model on a port of this machine; 0 for a free one.
///
/// # Errors
/// The port is taken.
pub fn serve_at(served: impl Into<Served>, port: u16) -> std::io::Result<Mock> {
    let Served { service, front } = served.into();
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let address = listener.local_addr()?;
    let ends = Arc::new(AtomicBool::new(false));
    let (service, flag) = (Arc::new(Mutex::new(service)), Arc::clone(&ends));
    let post = Post::new(Arc::clone(&service), Arc::clone(&front), Arc::clone(&ends));
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if flag.load(Ordering::SeqCst) {
                break;
            }
            let (service, front, post) = (Arc::clone(&service), Arc::clone(&front), post.clone());
            std::thread::spawn(move || {
                let _ = connection(&stream, &service, &*front, &post);
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
        // A last connection wakes the accepting thread.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn connection(
    stream: &TcpStream,
    shared: &Mutex<Service>,
    front: &dyn Front,
    post: &Post,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, stream)? {
        let head = request.method == "HEAD";
        let request = lock(shared).heard(request);
        let reply = front.serve(shared, request);
        post.send();
        let reply = lock(shared).spoken(reply);
        write(stream, &reply, head)?;
    }
    Ok(())
}
