//! Specs named on the command line.

use std::path::{Path, PathBuf};

use fieldproof_spec::model::Api;
use fieldproof_spec::{Loaded, load};

use crate::exit::{Exit, Failure};
use crate::terminal::{complain, has_color};

/// Reads all specs of `paths`.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Loaded>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let loaded = load(path).map_err(|error| {
            let message = format!("error: cannot read the spec {}: {error}", path.display());
            Failure::new(Exit::Unreadable, message)
        })?;
        all.extend(loaded);
    }
    Ok(all)
}

/// Shows all findings and returns their number.
pub(crate) fn show(loaded: &[Loaded]) -> usize {
    for one in loaded.iter().filter(|one| !one.found.is_empty()) {
        complain(&one.render(has_color()));
        complain("");
    }
    loaded.iter().map(|one| one.found.len()).sum()
}

/// The APIs of `path`; if a spec has findings, they are shown and the command fails.
pub(crate) fn apis(path: &Path) -> Result<Vec<Api>, Failure> {
    Ok(checked(path)?
        .into_iter()
        .filter_map(|one| one.api)
        .collect())
}

/// The specs of `path`; if one has findings, they are shown and the command fails.
pub(crate) fn checked(path: &Path) -> Result<Vec<Loaded>, Failure> {
    let loaded = read(&[path.to_owned()])?;
    match show(&loaded) {
        0 => Ok(loaded),
        count => {
            let message = format!("{}; `fieldproof explain CODE` tells more", findings(count));
            Err(Failure::new(Exit::Unreadable, message))
        }
    }
}

/// The number of findings in words.
pub(crate) fn findings(count: usize) -> String {
    match count {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    }
}
