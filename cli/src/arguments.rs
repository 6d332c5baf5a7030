//! Arguments from files: `@FILE` stands for the lines of a file.

use std::ffi::OsString;
use std::fs;

use crate::exit::{Exit, Failure};

/// The arguments, with `@FILE` replaced by the lines of the file. Empty lines and lines
/// that begin with `#` are skipped.
pub(crate) fn expand(given: impl Iterator<Item = OsString>) -> Result<Vec<OsString>, Failure> {
    let mut all = Vec::new();
    for argument in given {
        let Some(file) = argument.to_str().and_then(|text| text.strip_prefix('@')) else {
            all.push(argument);
            continue;
        };
        let text = fs::read_to_string(file).map_err(|error| {
            Failure::new(
                Exit::Usage,
                format!("error: cannot read the arguments in {file}: {error}"),
            )
        })?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        all.extend(lines.map(OsString::from));
    }
    Ok(all)
}
