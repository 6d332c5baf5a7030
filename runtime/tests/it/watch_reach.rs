//! What the client never reaches.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fieldproof_runtime::watch::client::{Client, Dial, Dialled, Failure, Settings};
use fieldproof_runtime::watch::guard::{Guard, Refused};
use fieldproof_runtime::watch::resolve::{Answers, Resolve};
use proptest::prelude::*;
use tokio::net::{TcpListener, TcpStream};

use super::receiver::{Play, Receiver, answer, post};

const UNREACHABLE: &str = include_str!("../data/unreachable.txt");

/// Addresses that are somebody's receiver; nothing is sent to them.
const PUBLIC: &[&str] = &[
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    // Beside the first and the last of special-purpose blocks.
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2001:200::",
    "2001:4860:4860::8888",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
    "2003::",
    "2606:4700:4700::1111",
    "2620:4f:8001::",
    "2a00:1450:4001:80b::200e",
    "3fff:1000::",
    "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
];

/// Answers one list of addresses after the other, and the last for ever.
#[derive(Debug)]
struct Scripted {
    lists: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Scripted {
    fn new(lists: &[&[&str]]) -> Arc<Self> {
        let read = |list: &&[&str]| list.iter().map(|one| one.parse().unwrap()).collect();
        Arc::new(Self {
            lists: lists.iter().map(read).collect(),
            asked: AtomicUsize::new(0),
        })
    }
}

impl Resolve for Scripted {
    fn resolve<'a>(&'a self, _: &'a str) -> Answers<'a> {
        let at = self.asked.fetch_add(1, Ordering::SeqCst);
        let list = &self.lists[at.min(self.lists.len() - 1)];
        Box::pin(async move { Ok(list.clone()) })
    }
}

/// Notes what is asked for, and connects to loopback only: a guard that is
/// broken must not make a test send anything to other machines.
#[derive(Debug, Clone, Default)]
struct Noted {
    asked: Arc<Mutex<Vec<IpAddr>>>,
    /// Where connections go instead, as if the network led them there.
    astray: Option<SocketAddr>,
}

impl Noted {
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(IpAddr::to_string).collect()
    }
}

impl Dial for Noted {
    fn dial(&self, to: SocketAddr) -> Dialled {
        self.asked.lock().unwrap().push(to.ip());
        let astray = self.astray;
        Box::pin(async move {
            let ip = to.ip().to_canonical();
            match astray {
                Some(other) => TcpStream::connect(other).await,
                None if ip.is_loopback() || ip.is_unspecified() => TcpStream::connect(to).await,
                None => Err(io::ErrorKind::ConnectionRefused.into()),
            }
        })
    }
}

/// A client whose connections are noted.
fn client(guard: Guard, resolver: &Arc<Scripted>, dialer: &Noted) -> Client {
    let settings = Settings {
        resolver: Arc::clone(resolver) as _,
        dialer: Arc::new(dialer.clone()),
        connect_time_out: Duration::from_secs(1),
        ..Settings::new(guard)
    };
    Client::new(settings).unwrap()
}

fn allowing(blocks: &[&str]) -> Guard {
    let allow = blocks.iter().map(|block| block.parse().unwrap()).collect();
    Guard::new(allow, Vec::new())
}

/// Counts connections to every address of this machine on one port.
struct Canary {
    port: u16,
    seen: Arc<AtomicUsize>,
}

impl Canary {
    async fn start() -> Self {
        let seen = Arc::<AtomicUsize>::default();
        // 0.0.0.0 is 127.0.0.1 and all of its block as well.
        let v4 = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let port = v4.local_addr().unwrap().port();
        let v6 = TcpListener::bind(("::1", port)).await.unwrap();
        for listener in [v4, v6] {
            let seen = Arc::clone(&seen);
            tokio::spawn(async move {
                while listener.accept().await.is_ok() {
                    seen.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        Self { port, seen }
    }

    async fn seen(&self) -> usize {
        // Time for the other tasks to accept.
        tokio::time::sleep(Duration::from_millis(50)).await;
        self.seen.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn nothing_private_is_reached_however_it_is_spelled() {
    let canary = Canary::start().await;
    let resolver = Scripted::new(&[&["127.0.0.1"]]);
    let dialer = Noted::default();
    let client = client(allowing(&[]), &resolver, &dialer);
    let port = canary.port.to_string();
    let (mut count, mut wrong) = (0, Vec::new());
    for line in UNREACHABLE.lines().filter(|line| !line.is_empty()) {
        let Some((url, why)) = line.split_once('\t') else {
            assert!(line.starts_with('#'), "{line}");
            continue;
        };
        let url = url.replace("{port}", &port).replace("{tab}", "\t");
        count += 1;
        match client.send(&post(url)).await {
            Err(Failure::Refused(_)) => {}
            other => wrong.push(format!("{line} ({why}): {other:?}")),
        }
    }
    let seen = canary.seen().await;
    assert!(
        wrong.is_empty() && seen == 0,
        "{} of {count}, {seen} connections: {wrong:#?}",
        wrong.len()
    );
    assert!(count >= 500, "{count}");
    assert_eq!(dialer.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_canary_sees_what_is_reached() {
    let canary = Canary::start().await;
    let resolver = Scripted::new(&[&["127.0.0.1"]]);
    let client = client(
        allowing(&["127.0.0.0/8", "::1", "0.0.0.0"]),
        &resolver,
        &Noted::default(),
    );
    for (count, host) in ["127.0.0.1", "127.1.2.3", "[::1]", "0.0.0.0", "a.example"]
        .iter()
        .enumerate()
    {
        let mut request = post(format!("http://{host}:{}/", canary.port));
        request.time_out = Duration::from_millis(100);
        let sent = client.send(&request).await;
        // Of 0.0.0.0 the connection goes to another address than the one judged.
        assert!(sent.is_err(), "{host}");
        assert_eq!(canary.seen().await, count + 1, "{host}");
    }
}

#[test]
fn public_addresses_are_permitted() {
    let guard = Guard::default();
    for address in PUBLIC {
        assert_eq!(guard.permits(address.parse().unwrap()), Ok(()), "{address}");
        let host = match address.contains(':') {
            true => format!("https://[{address}]/"),
            false => format!("https://{address}/"),
        };
        assert!(guard.target(&host).is_ok(), "{address}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_address_in_its_normal_form_stays(
        rest in "(\\PC{1,12}|[0-9a-fx.:%\\[\\]@]{1,12}|[a-z]{1,5}\\.example)(:[0-9]{1,5})?(/\\PC{0,8})?"
    ) {
        let guard = allowing(&["0.0.0.0/0", "::/0"]);
        if let Ok(target) = guard.target(&format!("http://{rest}")) {
            let normal = format!("http://{}{}", target.authority(), target.path());
            prop_assert_eq!(guard.target(&normal), Ok(target));
        }
    }
}

#[tokio::test]
async fn a_name_is_resolved_once_and_its_answer_is_kept() {
    let resolver = Scripted::new(&[&["93.184.215.14"], &["127.0.0.1"]]);
    let dialer = Noted::default();
    let client = client(allowing(&[]), &resolver, &dialer);
    let request = post("http://rebind.example.com/");
    // The second answer is there, and nobody asks for it between judge and connection.
    assert_eq!(client.send(&request).await, Err(Failure::Connect));
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
    let refused = Failure::Refused(Refused::Special("loopback"));
    assert_eq!(client.send(&request).await, Err(refused));
    assert_eq!(dialer.asked(), ["93.184.215.14"]);
}

#[tokio::test]
async fn answers_of_both_kinds_are_refused_as_a_whole() {
    for list in [
        ["93.184.215.14", "127.0.0.1"],
        ["10.0.0.1", "93.184.215.14"],
        ["2606:4700:4700::1111", "fd00::1"],
        ["93.184.215.14", "::ffff:8.8.8.8"],
        ["93.184.215.14", "169.254.169.254"],
    ] {
        let dialer = Noted::default();
        let client = client(allowing(&[]), &Scripted::new(&[&list]), &dialer);
        let sent = client.send(&post("https://mixed.example.com/")).await;
        assert!(
            matches!(sent, Err(Failure::Refused(_))),
            "{list:?} {sent:?}"
        );
        assert!(dialer.asked().is_empty(), "{list:?}");
    }
}

#[tokio::test]
async fn some_of_many_public_answers_are_tried_and_all_are_judged() {
    let many = ["1.0.0.1", "1.0.0.2", "1.0.0.3", "1.0.0.4", "1.0.0.5"];
    let dialer = Noted::default();
    let one = client(allowing(&[]), &Scripted::new(&[&many]), &dialer);
    let request = post("http://many.example.com/");
    assert_eq!(one.send(&request).await, Err(Failure::Connect));
    assert_eq!(dialer.asked(), many[..4]);
    let private = [&many[..], &["192.168.0.1"]].concat();
    let other = client(allowing(&[]), &Scripted::new(&[&private]), &dialer);
    let sent = other.send(&request).await;
    assert!(matches!(sent, Err(Failure::Refused(_))), "{sent:?}");
    let nothing = client(allowing(&[]), &Scripted::new(&[&[]]), &dialer);
    assert_eq!(nothing.send(&request).await, Err(Failure::Resolve));
    assert_eq!(dialer.asked().len(), 4);
}

#[tokio::test]
async fn what_a_connection_reached_is_judged_as_well() {
    let receiver = Receiver::always(answer("200 OK", "", "")).await;
    let dialer = Noted {
        astray: Some(receiver.address),
        ..Noted::default()
    };
    let resolver = Scripted::new(&[&["93.184.215.14"]]);
    for (blocks, why) in [
        (&[] as &[&str], Refused::Special("loopback")),
        (&["127.0.0.0/8"], Refused::Peer),
    ] {
        let client = client(allowing(blocks), &resolver, &dialer);
        let sent = client.send(&post("http://a.example.com/")).await;
        assert_eq!(sent, Err(Failure::Refused(why)));
    }
    assert!(receiver.requests().is_empty());
}

#[tokio::test]
async fn addresses_of_this_host_are_refused() {
    let own = Guard::new(Vec::new(), vec!["93.184.215.14".parse().unwrap()]);
    let resolver = Scripted::new(&[&["93.184.215.14"]]);
    let client = client(own, &resolver, &Noted::default());
    for host in ["93.184.215.14", "us.example.com"] {
        let sent = client.send(&post(format!("https://{host}/"))).await;
        assert_eq!(sent, Err(Failure::Refused(Refused::Own)), "{host}");
    }
}

#[tokio::test]
async fn a_name_that_moved_is_judged_again_when_its_connection_ends() {
    let last = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned();
    let receiver = Receiver::always(Play::SayAndReset(last)).await;
    let resolver = Scripted::new(&[&["127.0.0.1"], &["10.0.0.1"]]);
    let dialer = Noted::default();
    let client = client(allowing(&["127.0.0.1"]), &resolver, &dialer);
    let request = post(format!("http://a.example:{}/", receiver.address.port()));
    assert!(client.send(&request).await.is_ok());
    tokio::time::sleep(Duration::from_millis(60)).await;
    let sent = client.send(&request).await;
    assert!(matches!(sent, Err(Failure::Refused(_))), "{sent:?}");
    assert_eq!(dialer.asked(), ["127.0.0.1"]);
}
