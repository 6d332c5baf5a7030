//! A ledger in memory, the reference model for others.

use std::collections::BTreeMap;

use super::{Backlog, Delivery, DeliveryState, Health, Ledger, Selection};
use crate::store::Error;
use crate::value::Instant;

/// Deliveries and health in memory. Every query scans all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    deliveries: BTreeMap<String, Delivery>,
    health: BTreeMap<String, Health>,
}

impl Memory {
    /// All deliveries, by identifier.
    pub fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values()
    }

    fn open(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries()
            .filter(|one| one.state == DeliveryState::Open)
    }

    fn line(&self, watch: &str, object: &str) -> impl Iterator<Item = &Delivery> {
        self.open()
            .filter(move |one| one.watch == watch && one.object == object)
    }

    fn is_served(&self, watch: &str) -> bool {
        let health = self.health.get(watch);
        health.is_none_or(|health| health.disabled.is_none())
    }

    /// Heads of enabled watches.
    fn heads(&self) -> impl Iterator<Item = &Delivery> {
        self.open()
            .filter(|one| one.head && self.is_served(&one.watch))
    }
}

impl Ledger for Memory {
    fn health(&self, watch: &str) -> Result<Health, Error> {
        let known = self.health.get(watch).cloned();
        Ok(known.unwrap_or_else(|| Health::new(watch.to_owned())))
    }

    fn put_health(&mut self, health: &Health) -> Result<(), Error> {
        self.health.insert(health.watch.clone(), health.clone());
        Ok(())
    }

    fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error> {
        Ok(self.deliveries.get(id).cloned())
    }

    fn put(&mut self, delivery: &Delivery) -> Result<(), Error> {
        self.deliveries
            .insert(delivery.id.clone(), delivery.clone());
        Ok(())
    }

    fn first(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        let line = self.line(watch, object);
        Ok(line.min_by_key(|one| one.number).cloned())
    }

    fn head(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        Ok(self.line(watch, object).find(|one| one.head).cloned())
    }

    fn due_watches(&self, now: Instant) -> Result<Vec<String>, Error> {
        let due = self.heads().filter(|one| one.due <= now);
        let mut watches: Vec<_> = due.map(|one| one.watch.clone()).collect();
        watches.sort();
        watches.dedup();
        Ok(watches)
    }

    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error> {
        let own = self.open().filter(|one| one.head && one.watch == watch);
        let mut due: Vec<_> = own.filter(|one| one.due <= now).cloned().collect();
        due.sort_by_key(|one| (one.due, one.number));
        due.truncate(most);
        Ok(due)
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        let dues = self.heads().map(|one| one.due);
        Ok(dues.filter(|due| *due > after).min())
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        let (open, held): (Vec<_>, Vec<_>) =
            self.open().partition(|one| self.is_served(&one.watch));
        Ok(Backlog {
            open: open.len() as u64,
            held: held.len() as u64,
            oldest: open.iter().map(|one| one.created).min(),
        })
    }

    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error> {
        let own = self.open().filter(|one| one.watch == watch);
        Ok(own.filter(|one| one.is_leased(now)).count())
    }

    fn open(&self, watch: &str) -> Result<Vec<Delivery>, Error> {
        let own = self.open().filter(|one| one.watch == watch);
        Ok(by_number(own.cloned().collect()))
    }

    fn select(&self, watch: &str, selection: &Selection) -> Result<Vec<Delivery>, Error> {
        let named = |one: &&Delivery| match selection {
            Selection::One(id) => one.id == *id,
            Selection::Range(from, to) => (*from..=*to).contains(&one.number),
            Selection::DeadSince(instant) => {
                one.state == DeliveryState::Dead && one.ended.is_some_and(|ended| ended >= *instant)
            }
        };
        let own = self.deliveries().filter(|one| one.watch == watch);
        Ok(by_number(own.filter(named).cloned().collect()))
    }

    fn held(&self, instant: Instant) -> Result<Vec<Delivery>, Error> {
        let held = self.open().filter(|one| !self.is_served(&one.watch));
        Ok(held.filter(|one| one.created < instant).cloned().collect())
    }

    fn forget_ended(&mut self, instant: Instant) -> Result<usize, Error> {
        let before = self.deliveries.len();
        self.deliveries
            .retain(|_, one| one.ended.is_none_or(|ended| ended >= instant));
        Ok(before - self.deliveries.len())
    }

    fn forget_watch(&mut self, watch: &str) -> Result<(), Error> {
        self.deliveries.retain(|_, one| one.watch != watch);
        self.health.remove(watch);
        Ok(())
    }
}

fn by_number(mut deliveries: Vec<Delivery>) -> Vec<Delivery> {
    deliveries.sort_by_key(|one| one.number);
    deliveries
}
