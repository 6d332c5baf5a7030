//! A poller that continues behind the greatest identifier that it has seen.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

use super::client::DEPOTS;
use super::servers::Servers;
use super::{CLIENTS, Course};

/// The numbers that it sees until all clients have ended.
pub(super) fn follow(servers: &Servers<'_>, course: &Course) -> BTreeSet<u64> {
    let mut seen = BTreeSet::new();
    loop {
        let over = course.ended.load(Ordering::SeqCst) == CLIENTS;
        let after = seen.last().copied().unwrap_or(0_u64);
        let page = servers.read(&format!("{DEPOTS}?after={after}"));
        assert_eq!(page.status, 200, "{}", page.body);
        let page = page.json();
        let numbers = page.as_array().unwrap().iter();
        let before = seen.len();
        seen.extend(numbers.map(|one| one["number"].as_str().unwrap().parse::<u64>().unwrap()));
        if over && seen.len() == before {
            return seen;
        }
        sleep(Duration::from_millis(2));
    }
}
