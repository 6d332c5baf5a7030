//! An object as it was sent: members that clients write, and managed members.

use serde_json::Value;

use super::pointer::token;
use super::{Body, Members, Reading};
use crate::table::{ManagedBy, Table};

/// A managed member that a client sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// Its name.
    pub member: &'static str,
    /// Who manages it.
    pub managed_by: ManagedBy,
    /// Its place in the body.
    pub pointer: String,
    /// The value that was sent.
    pub value: Value,
}

/// A new object as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<B> {
    /// The members that clients write.
    pub body: B,
    /// The managed members that were sent back.
    pub sent_back: Vec<SentBack>,
    /// Its place in the body.
    pub pointer: String,
}

impl<B: Body> Draft<B> {
    /// Reads a new object of `table`. Managed members are refused unless they are computed;
    /// those are checked when the object is created.
    pub fn read(value: Value, pointer: &str, table: &Table, reading: &mut Reading) -> Option<Self> {
        let (body, mut sent_back) = open::<B>(value, pointer, table, reading);
        if !reading.importing {
            for one in sent_back
                .iter()
                .filter(|one| one.managed_by != ManagedBy::Derived)
            {
                reading.refuse(&one.pointer, "read_only", "is set by the server");
            }
            sent_back.retain(|one| one.managed_by == ManagedBy::Derived);
            reading.refuse_inside();
        }
        Some(Self {
            body: body?,
            sent_back,
            pointer: pointer.to_owned(),
        })
    }
}

/// Reads an object of `table`: the members that clients write, and the managed ones.
pub fn open<B: Body>(
    value: Value,
    pointer: &str,
    table: &Table,
    reading: &mut Reading,
) -> (Option<B>, Vec<SentBack>) {
    let Value::Object(map) = value else {
        reading.refuse(pointer, "type", "must be an object");
        return (None, Vec::new());
    };
    let mut members = Members::new(map, pointer.to_owned(), reading);
    let body = B::read(&mut members);
    let mut sent_back = Vec::new();
    for (name, value) in members.rest() {
        let place = || format!("{pointer}/{}", token(&name));
        match table.managed.iter().find(|kept| kept.member == name) {
            Some(_) if reading.ignores_read_only => {}
            Some(kept) => sent_back.push(SentBack {
                member: kept.member,
                managed_by: kept.by,
                pointer: place(),
                value,
            }),
            None => reading.ignore(place),
        }
    }
    (body, sent_back)
}
