//! Removing duplicate values.

use std::collections::HashMap;
use std::fmt::{self, Debug, Write};
use std::hash::{BuildHasher, Hasher, RandomState};

/// Removes values that occurred before. Since not every type implements `Hash`, values are
/// looked up by a hash of their `Debug` text.
pub(crate) fn once<V: PartialEq + Debug>(values: Vec<V>) -> Vec<V> {
    let mut kept: Vec<V> = Vec::with_capacity(values.len());
    add(&mut kept, values);
    kept
}

/// Adds the values that are not in `kept` yet.
pub(crate) fn add<V: PartialEq + Debug>(kept: &mut Vec<V>, values: Vec<V>) {
    let state = RandomState::new();
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, value) in kept.iter().enumerate() {
        places.entry(written(&state, value)).or_default().push(at);
    }
    for value in values {
        let near = places.entry(written(&state, &value)).or_default();
        if near.iter().all(|at| kept[*at] != value) {
            near.push(kept.len());
            kept.push(value);
        }
    }
}

fn written<V: Debug>(state: &RandomState, value: &V) -> u64 {
    let mut hasher = Written(state.build_hasher());
    let _ = write!(hasher, "{value:?}");
    hasher.0.finish()
}

struct Written<H>(H);

impl<H: Hasher> Write for Written<H> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{add, once};

    #[test]
    fn the_first_of_equal_values_stays() {
        assert_eq!(once(vec!["b", "a", "b", "c", "a"]), ["b", "a", "c"]);
        let mut kept = vec!["x"];
        add(&mut kept, vec!["y", "x", "y"]);
        assert_eq!(kept, ["x", "y"]);
    }

    #[test]
    fn many_values_take_no_longer_each_than_few() {
        // Pairwise comparison would take minutes.
        let many = 300_000;
        let values = (0..many).chain(0..many).collect();
        assert_eq!(once::<usize>(values).len(), many);
    }
}
