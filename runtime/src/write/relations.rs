//! Lists of shared objects.

use std::fmt::Debug;

use super::UnitOfWork;
use crate::body::Reading;
use crate::body::rule::add;

/// An object whose lists of shared objects are being written.
pub struct Relations<'w, 't> {
    pub(crate) work: &'w mut UnitOfWork<'t>,
    pub(crate) reading: &'w mut Reading,
    pub(crate) id: &'w str,
}

impl<'w, 't> Relations<'w, 't> {
    pub(crate) fn new(work: &'w mut UnitOfWork<'t>, reading: &'w mut Reading, id: &'w str) -> Self {
        Self { work, reading, id }
    }

    /// Adds the values that were sent and are not in the list yet, up to `most` in all.
    pub fn extend_values<V: PartialEq + Debug>(
        &mut self,
        pointer: &str,
        kept: &mut Vec<V>,
        sent: Option<Vec<V>>,
        most: usize,
    ) {
        if let Some(sent) = sent {
            add(kept, sent);
            self.bound(pointer, kept.len(), most);
        }
    }

    /// Refuses a list that is too long.
    pub(crate) fn bound(&mut self, pointer: &str, count: usize, most: usize) {
        if count > most {
            let detail =
                format!("must have at most {most} elements, including those already stored");
            self.reading.refuse(pointer, "too_many_items", detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Author;
    use super::{Reading, Relations, UnitOfWork};
    use crate::store::{Durability, Memory, Store};
    use crate::switches::Switches;
    use crate::value::Instant;

    /// Adds `sent` to "a" and "b", with a limit of three; returns the list and the error code.
    fn grown(sent: &'static [&'static str]) -> (Vec<&'static str>, Option<&'static str>) {
        let decide = move |tx: &mut dyn crate::store::Transaction| {
            let author = Author::deployment("t");
            let (mut reading, mut kept) = (Reading::default(), vec!["a", "b"]);
            let mut work = UnitOfWork::new(tx, &author, &(), Switches::BASE);
            let mut relations = Relations::new(&mut work, &mut reading, "1");
            relations.extend_values("/x", &mut kept, Some(sent.to_vec()), 3);
            Ok((kept, reading.found.first().map(|one| one.code)))
        };
        let store: &dyn Store = &Memory::new(|| Instant::from_micros(0));
        store.commit("t", Durability::Full, decide).wait().unwrap()
    }

    #[test]
    fn a_list_grows_by_what_it_lacks_up_to_its_bound() {
        assert_eq!(grown(&["b", "c", "c"]), (vec!["a", "b", "c"], None));
        let over = Some("too_many_items");
        assert_eq!(grown(&["c", "d"]), (vec!["a", "b", "c", "d"], over));
    }
}
