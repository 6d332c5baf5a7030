//! Notifications: each acknowledged change was told before the cut, or is to be told after it,
//! and nothing was told that is not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::{History, Kind};
use crate::judge::{Fault, Kept};

/// Compares what was told before `time` with what is kept.
///
/// # Errors
/// A change will never be told, or was told and did not happen.
pub(crate) fn compare(kept: &Kept, history: &History, time: u64) -> Result<(), Fault> {
    let told = history.told.iter().filter(|told| told.time < time);
    let told: Vec<(&str, u64)> = told.map(|one| (one.object.as_str(), one.number)).collect();
    if let Some((object, number)) = told.iter().find(|(_, number)| *number > kept.number) {
        return Err(Fault::Lost(format!(
            "event {number} of {object} was told, and the last change is {}",
            kept.number
        )));
    }
    let mut numbers: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    let open = kept
        .open
        .iter()
        .map(|(object, number)| (object.as_str(), *number));
    for (object, number) in told.into_iter().chain(open) {
        if number > history.base {
            numbers.entry(object).or_default().insert(number);
        }
    }
    for object in history
        .objects
        .values()
        .filter(|one| one.kind == Kind::Agent)
    {
        let own = |write: &&crate::history::Write| write.sent > 0 && write.answered < time;
        let changes = object.writes.iter().filter(own).count();
        let events = numbers.get(object.id.as_str()).map_or(0, BTreeSet::len);
        if events < changes {
            return Err(Fault::Lost(format!(
                "{changes} changes of agent {} have {events} notifications",
                object.id
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Object, State, Write};
    use crate::receiver::Told;

    /// An agent that was made at 10 and changed at 20; events 2 and 4 tell of it.
    fn history(told: &[(u64, u64)]) -> History {
        let write = |answered, version| Write {
            sent: answered - 1,
            answered,
            state: Some(State { version, digest: 0 }),
        };
        let object = Object {
            kind: Kind::Agent,
            id: "a".to_owned(),
            writes: vec![write(10, 1), write(20, 3)],
        };
        let told = told.iter().map(|(time, number)| Told {
            time: *time,
            object: "a".to_owned(),
            number: *number,
        });
        History {
            told: told.collect(),
            ..History::new([object].into_iter()).unwrap()
        }
    }

    fn kept(number: u64, open: &[u64]) -> Kept {
        let open = open.iter().map(|number| ("a".to_owned(), *number));
        let (open, objects) = (open.collect(), BTreeMap::new());
        Kept {
            objects,
            number,
            open,
        }
    }

    #[test]
    fn a_change_is_told_before_the_cut_or_after_it() {
        let told = history(&[(15, 2)]);
        assert_eq!(compare(&kept(4, &[4]), &told, 30), Ok(()));
        assert_eq!(compare(&kept(4, &[2, 4]), &told, 30), Ok(()));
        // Nobody was told at 12, and only the first change had been acknowledged.
        assert_eq!(compare(&kept(2, &[2]), &told, 12), Ok(()));
        assert!(compare(&kept(4, &[]), &told, 30).is_err());
        assert!(compare(&kept(4, &[2]), &told, 30).is_err());
        assert!(compare(&kept(2, &[]), &told, 12).is_err());
    }

    #[test]
    fn what_was_told_has_happened() {
        let told = history(&[(15, 2), (25, 4)]);
        assert_eq!(compare(&kept(4, &[]), &told, 30), Ok(()));
        assert!(compare(&kept(2, &[2]), &told, 30).is_err());
    }
}
