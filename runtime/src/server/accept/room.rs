//! Assigns places to connections.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::limits::Limits;

/// Places for connections.
#[derive(Clone)]
pub(super) struct Room {
    limits: Limits,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    all: usize,
    each: HashMap<IpAddr, usize>,
    /// Connections beyond the bounds, oldest first.
    beyond: VecDeque<Beyond>,
    number: u64,
}

struct Beyond {
    number: u64,
    peer: IpAddr,
    /// Dropped when the seat is taken away.
    _kept: oneshot::Sender<()>,
}

/// A place for a connection, freed when dropped.
pub(super) struct Seat {
    state: Arc<Mutex<State>>,
    peer: IpAddr,
    /// Its number among the connections beyond the bounds, and a receiver that resolves when it
    /// is taken away.
    beyond: Option<(u64, oneshot::Receiver<()>)>,
}

impl Room {
    pub(super) fn new(limits: Limits) -> Self {
        let state = Arc::default();
        Self { limits, state }
    }

    /// Returns a place for a connection from `peer`: within the bounds, or one of the few
    /// beyond them. If those are full, the oldest one makes room, if possible one from the same
    /// address, so that no client displaces others.
    pub(super) fn admit(&self, peer: IpAddr) -> Seat {
        let peer = network(peer);
        let mut state = lock(&self.state);
        let own = state.each.get(&peer).copied().unwrap_or_default();
        let mut beyond = None;
        if state.all < self.limits.all && own < self.limits.each {
            state.all += 1;
            state.each.insert(peer, own + 1);
        } else {
            if state.beyond.len() >= self.limits.reserve {
                let same = state.beyond.iter().position(|one| one.peer == peer);
                state.beyond.remove(same.unwrap_or_default());
            }
            let (kept, taken) = oneshot::channel();
            state.number += 1;
            let number = state.number;
            state.beyond.push_back(Beyond {
                number,
                peer,
                _kept: kept,
            });
            beyond = Some((number, taken));
        }
        drop(state);
        Seat {
            state: Arc::clone(&self.state),
            peer,
            beyond,
        }
    }
}

impl Seat {
    /// Whether it is beyond the bounds.
    pub(super) fn is_beyond(&self) -> bool {
        self.beyond.is_some()
    }

    /// Resolves when the seat is taken away; a seat within the bounds never is.
    pub(super) async fn taken(&mut self) {
        match &mut self.beyond {
            Some((_, taken)) => drop(taken.await),
            None => std::future::pending().await,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        if let Some((number, _)) = &self.beyond {
            state.beyond.retain(|one| one.number != *number);
            return;
        }
        state.all -= 1;
        if let Some(own) = state.each.get_mut(&self.peer) {
            *own -= 1;
            if *own == 0 {
                state.each.remove(&self.peer);
            }
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The unit that counts as one address: for IPv6 the first 64 bits, which one customer usually
/// has.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => {
            let half = address.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(half))
        }
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Room, Seat};
    use crate::server::accept::limits::Limits;
    use crate::server::accept::patience::Pace;

    fn room() -> Room {
        Room::new(Limits {
            all: 3,
            each: 2,
            reserve: 2,
            pace: Pace::USUAL,
        })
    }

    fn from(room: &Room, peer: &str) -> Seat {
        room.admit(peer.parse::<IpAddr>().unwrap())
    }

    /// Whether the seat was taken away.
    fn is_taken(place: &mut Seat) -> bool {
        let (_, taken) = place.beyond.as_mut().unwrap();
        taken.try_recv() == Err(tokio::sync::oneshot::error::TryRecvError::Closed)
    }

    #[test]
    fn one_address_has_its_share_and_all_have_theirs() {
        let room = room();
        let first = from(&room, "10.0.0.1");
        let second = from(&room, "10.0.0.1");
        assert!(!first.is_beyond() && !second.is_beyond());
        assert!(from(&room, "10.0.0.1").is_beyond());
        assert!(from(&room, "::ffff:10.0.0.1").is_beyond(), "the same one");
        let third = from(&room, "10.0.0.2");
        assert!(!third.is_beyond());
        assert!(from(&room, "10.0.0.3").is_beyond(), "all are taken");
        drop(first);
        assert!(!from(&room, "10.0.0.1").is_beyond());
    }

    #[test]
    fn half_of_an_address_of_version_6_is_one_customer() {
        let room = room();
        let _held = [from(&room, "2001:db8::1"), from(&room, "2001:db8::2")];
        assert!(from(&room, "2001:db8::3").is_beyond());
        assert!(!from(&room, "2001:db8:0:1::1").is_beyond());
    }

    #[test]
    fn beyond_the_bounds_the_longest_there_of_the_same_address_makes_room() {
        let room = room();
        let _held = ["10.0.0.1", "10.0.0.1", "10.0.0.2"].map(|peer| from(&room, peer));
        let mut other = from(&room, "10.0.0.2");
        let mut first = from(&room, "10.0.0.1");
        let mut second = from(&room, "10.0.0.1");
        assert!(is_taken(&mut first) && !is_taken(&mut other) && !is_taken(&mut second));
        drop(first);
        let _third = from(&room, "10.0.0.3");
        assert!(is_taken(&mut other), "the longest there of all");
        assert!(!is_taken(&mut second));
        drop(second);
        assert_eq!(super::lock(&room.state).beyond.len(), 1);
    }
}
