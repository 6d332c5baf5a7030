//! The one place that writes to the terminal.

use std::io::{IsTerminal, Write, stderr, stdout};

/// Says a line on standard output.
pub(crate) fn say(line: &str) {
    // A reader that went away, such as `head`, is not an error.
    let _ = writeln!(stdout(), "{line}");
}

/// Says a line on standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}

/// Whether standard error shows colours.
pub(crate) fn has_color() -> bool {
    std::env::var_os("NO_COLOR").is_none() && stderr().is_terminal()
}
