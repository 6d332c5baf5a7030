//! Shrinks a failing spec: entries are removed as long as it still fails.

use serde_json::Value;

use crate::sound::{Sound, check, remove};

/// Removes entries from `sound` as long as `fails` holds and `check` reports nothing, with at
/// most `trials` attempts.
#[must_use]
pub fn shrink(sound: Sound, trials: usize, fails: &mut dyn FnMut(&Sound) -> bool) -> Sound {
    let (mut best, mut left) = (sound, trials);
    loop {
        let mut smaller = false;
        let mut paths = Vec::new();
        all(&best.value, &mut Vec::new(), &mut paths);
        // Large entries are tried first.
        paths.sort_by_key(Vec::len);
        for path in paths {
            let mut value = best.value.clone();
            if !remove(&mut value, &path) {
                continue;
            }
            let (text, found, api) = check(&value);
            let (Some(api), true) = (api, found.is_empty()) else {
                continue;
            };
            if left == 0 {
                return best;
            }
            left -= 1;
            let next = Sound {
                value,
                text,
                api,
                cut: best.cut,
            };
            if fails(&next) {
                best = next;
                smaller = true;
            }
        }
        if !smaller {
            return best;
        }
    }
}

/// Collects the paths of all entries and elements.
fn all(value: &Value, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (step, inner) in steps {
        path.push(step);
        paths.push(path.clone());
        all(inner, path, paths);
        path.pop();
    }
}
