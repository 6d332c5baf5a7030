//! Checks of specs that are served side by side, each sound by itself.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, code};
use crate::lint::path::served;
use crate::load::{Loaded, again};
use crate::tree;

/// Reports names and paths that an earlier spec already uses.
pub(crate) fn compare(all: &mut [Loaded]) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for one in all.iter_mut().filter(|one| one.api.is_some()) {
        let Some((spec, tree)) = again(&one.source) else {
            continue;
        };
        let file = name(&one.path);
        let span = |place: &[&str]| tree::find(&tree, place).span.clone();
        if let Some(other) = names.insert(spec.api.clone(), file.clone()) {
            let message = format!("{other} calls its API `{}` as well", spec.api);
            one.found
                .push(Diagnostic::new(code::SAME_NAME, message, span(&["api"])));
        }
        let base = spec.base.trim_end_matches('/');
        for served in served(&spec) {
            let path = format!("{base}{}", served.path);
            let other = paths.insert(path.clone(), file.clone());
            if let Some(other) = other.filter(|other| *other != file) {
                let message = format!("{other} serves `{path}` as well");
                let span = span(&served.place);
                one.found
                    .push(Diagnostic::new(code::SAME_PATH, message, span));
            }
        }
        if !one.found.is_empty() {
            one.api = None;
        }
    }
}

fn name(path: &Path) -> String {
    let file = path.file_name().unwrap_or(path.as_os_str());
    file.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
