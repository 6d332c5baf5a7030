//! A proxy in front of a service that forwards the traffic, with a rewrite if one is given.

use std::io::{BufReader, Result};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::apply::apply;
use super::example::example;
use super::memory::Memory;
use super::message::{Request, Response, Seen};
use super::route::Routes;
use super::rule::Rewrite;
use super::upstream::{Target, Upstream};
use super::wire::{ends, read_request, write_response};
use super::write::remove;

/// At least so many exchanges are told as examples.
const EXAMPLES: usize = 3;

/// A running proxy; it stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    /// The address it listens on.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    target: Target,
    routes: Routes,
    rewrite: Option<Rewrite>,
    memory: Mutex<Memory>,
    /// The traffic, if it is to be recorded.
    seen: Option<Mutex<Vec<Seen>>>,
    applied: AtomicUsize,
    /// The first exchanges that were rewritten.
    examples: Mutex<Vec<String>>,
    ends: AtomicBool,
}

impl Proxy {
    /// Starts a proxy that forwards and records the traffic.
    ///
    /// # Errors
    /// No port is free.
    pub fn open(target: Target, routes: Routes) -> Result<Self> {
        Self::start(target, routes, None)
    }

    /// Starts a proxy that rewrites the traffic.
    ///
    /// # Errors
    /// No port is free.
    pub fn with(target: Target, routes: Routes, rewrite: Rewrite) -> Result<Self> {
        Self::start(target, routes, Some(rewrite))
    }

    fn start(target: Target, routes: Routes, rewrite: Option<Rewrite>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let seen = rewrite.is_none().then(Mutex::default);
        let shared = Arc::new(Shared {
            target,
            routes,
            rewrite,
            memory: Mutex::default(),
            seen,
            applied: AtomicUsize::new(0),
            examples: Mutex::default(),
            ends: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.ends.load(Ordering::SeqCst) {
                    break;
                }
                let own = Arc::clone(&own);
                // If a client or the service breaks off, only this connection ends.
                std::thread::spawn(move || own.connection(stream));
            }
        });
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// The number of exchanges that were rewritten.
    #[must_use]
    pub fn applied(&self) -> usize {
        self.shared.applied.load(Ordering::SeqCst)
    }

    /// The first exchanges that were rewritten, as text.
    #[must_use]
    pub fn examples(&self) -> Vec<String> {
        lock(&self.shared.examples).clone()
    }

    /// The traffic since the last call.
    #[must_use]
    pub fn take(&self) -> Vec<Seen> {
        let seen = self.shared.seen.as_ref();
        seen.map_or_else(Vec::new, |seen| std::mem::take(&mut lock(seen)))
    }

    /// Removes objects that were created through the proxy and still exist.
    ///
    /// # Errors
    /// The service does not answer.
    pub fn sweep(&self) -> Result<()> {
        let left = lock(&self.shared.memory).left();
        let mut upstream = Upstream::new(self.shared.target.clone());
        for (path, by) in left {
            upstream.ask(&remove(&by, &path))?;
        }
        Ok(())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        // A last connection wakes the accepting thread.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn connection(&self, stream: TcpStream) -> Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        let mut upstream = Upstream::new(self.target.clone());
        while let Some(request) = read_request(&mut reader)? {
            let head = request.method == "HEAD";
            let last = ends(&request.fields);
            let response = self.serve(request, &mut upstream)?;
            write_response(reader.get_mut(), &response, head)?;
            if last {
                break;
            }
        }
        Ok(())
    }

    fn serve(&self, request: Request, upstream: &mut Upstream) -> Result<Response> {
        let route = self.routes.route(request.path());
        let Some(rewrite) = &self.rewrite else {
            let response = upstream.ask(&request)?;
            let seen = Seen {
                route,
                request,
                response,
            };
            let response = seen.response.clone();
            lock(&self.memory).note(&seen);
            self.seen
                .iter()
                .for_each(|all| lock(all).push(seen.clone()));
            return Ok(response);
        };
        let told = self.applied.load(Ordering::SeqCst) >= EXAMPLES;
        let (asked, mut passed) = ((!told).then(|| request.clone()), None);
        let ask = &mut |request: &Request| {
            let response = upstream.ask(request)?;
            if !told {
                passed = Some((request.clone(), response.clone()));
            }
            Ok(response)
        };
        let (response, applied) = apply(rewrite, &route, request, &self.memory, ask)?;
        if applied {
            self.applied.fetch_add(1, Ordering::SeqCst);
            let told = asked.map(|asked| example(&asked, passed.as_ref(), &response));
            lock(&self.examples).extend(told);
        }
        Ok(response)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
