//! A receiver that often fails, and a server that is killed repeatedly: nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::mortal::Mortal;
use super::size;
use crate::deliveries::{AGENTS, ARGS, agent_as, name, watch_as};
use crate::receiver::{Receiver, Taken};
use crate::server::Server;

/// Number of tenants, each with a watch that notifies the same receiver.
const TENANTS: usize = 8;

/// A tenant whose objects change.
struct Tenant {
    number: usize,
    token: String,
    objects: Vec<String>,
}

impl Tenant {
    fn new(server: &Server, receiver: &Receiver, number: usize, objects: usize) -> Self {
        let tenant = format!("t{number}");
        let args = ["token", "create", "--scope", "agents", "--tenant", &tenant];
        let made = server.run(&args, "").stdout;
        let token = String::from_utf8(made).unwrap().trim().to_owned();
        watch_as(server, &token, &json!({ "to": receiver.url }));
        let agent = |at| agent_as(server, &token, &format!("t{number}a{at}"));
        Self {
            number,
            objects: (0..objects).map(agent).collect(),
            token,
        }
    }

    /// The name of an object after a change.
    fn name(&self, change: usize) -> String {
        format!("t{}n{change}", self.number)
    }

    fn change(&self, mortal: &Mortal, changes: usize) {
        for at in 0..changes {
            let path = format!("{AGENTS}/{}", self.objects[at % self.objects.len()]);
            let body = json!({ "first": self.name(at) }).to_string();
            mortal.change(&self.token, &path, &body);
        }
    }

    /// Changes that were acknowledged but never notified.
    fn missing(&self, changes: usize, told: &BTreeSet<(String, String)>) -> Vec<String> {
        let changed = (0..changes).map(|at| {
            let object = self.objects[at % self.objects.len()].clone();
            (object, self.name(at))
        });
        let created = self.objects.iter().map(|one| (one.clone(), String::new()));
        let all = created.chain(changed);
        let missing = all.filter(|one| !told.contains(one));
        missing
            .map(|(object, name)| object + name.as_str())
            .collect()
    }
}

/// Counts notifications of an object that arrived after one of a later change.
fn out_of_order(taken: &[Taken]) -> usize {
    let (mut seen, mut last) = (BTreeSet::new(), BTreeMap::new());
    let first = |one: &&Taken| seen.insert(one.header("webhook-id").to_owned());
    let number = |one: &Taken| -> u64 {
        let id = one.header("webhook-id").split('-').next();
        id.and_then(|id| id.parse().ok()).unwrap()
    };
    let late = taken.iter().filter(first).filter(|one| {
        let object = one.header("x-watch-resource-id").to_owned();
        let before = last.insert(object, number(one));
        before.is_some_and(|before| before > number(one))
    });
    late.count()
}

#[test]
fn a_receiver_that_fails_gets_everything_in_order_though_the_server_is_killed() {
    let changes = size("FIELDPROOF_DELIVERIES", 240) / TENANTS;
    let whole = changes * TENANTS > 5_000;
    let (objects, every) = if whole { (50, 5_000) } else { (4, 900) };
    // A control needs many kills while data are written.
    let busy = size("FIELDPROOF_KILL_EVERY", every);
    let receiver = Receiver::start(30);
    let server = Server::start(ARGS);
    let tenant = |number| Tenant::new(&server, &receiver, number, objects);
    let tenants: Vec<_> = (0..TENANTS).map(tenant).collect();
    let mortal = Mortal::new(server);
    let writing = AtomicUsize::new(TENANTS);
    let start = Instant::now();
    let end = start + Duration::from_secs(120 + (changes * TENANTS) as u64 / 20);
    let (mut kills, mut on_their_way) = (0, BTreeMap::<String, BTreeSet<i64>>::new());
    thread::scope(|scope| {
        for tenant in &tenants {
            scope.spawn(|| {
                tenant.change(&mortal, changes);
                writing.fetch_sub(1, Ordering::SeqCst);
            });
        }
        loop {
            let idle = writing.load(Ordering::SeqCst) == 0;
            thread::sleep(Duration::from_millis(if idle { every } else { busy } as u64));
            let done = writing.load(Ordering::SeqCst) == 0 && mortal.backlog() == 0;
            if done || Instant::now() > end {
                break;
            }
            for (id, claim) in mortal.kill() {
                on_their_way.entry(id).or_default().insert(claim);
            }
            kills += 1;
        }
    });
    let taken = receiver.taken();
    let object = |one: &Taken| one.header("x-watch-resource-id").to_owned();
    let told = taken.iter().map(|one| (object(one), name(one))).collect();
    let missing = tenants.iter().flat_map(|one| one.missing(changes, &told));
    let missing: Vec<_> = missing.collect();
    let order = out_of_order(&taken);
    let mut times = BTreeMap::<&str, usize>::new();
    for one in &taken {
        *times.entry(one.header("webhook-id")).or_default() += 1;
    }
    // A notification arrived twice if it was in progress at a kill, or if its response came too
    // late.
    let (mut killed, mut late, mut unexplained) = (0, 0, Vec::new());
    for (id, times) in &times {
        let claims = on_their_way.get(*id).map_or(0, BTreeSet::len);
        let by_kill = (times - 1).min(claims);
        killed += by_kill;
        match times - 1 - by_kill {
            0 => {}
            more if more <= mortal.unanswered(id) => late += more,
            _ => unexplained.push(*id),
        }
    }
    println!(
        "{} changes of {} objects in {} s, {kills} kills, {} requests: {} never told, {order} out of order, \
         {killed} taken again of {} that were on their way at a kill, {late} taken again after an answer that came too late",
        changes * TENANTS,
        objects * TENANTS,
        start.elapsed().as_secs(),
        receiver.asked(),
        missing.len(),
        on_their_way.values().map(BTreeSet::len).sum::<usize>(),
    );
    let few: Vec<_> = missing.iter().take(10).collect();
    assert!(missing.is_empty(), "{} never told: {few:?}", missing.len());
    assert_eq!((order, unexplained), (0, Vec::new()));
}
