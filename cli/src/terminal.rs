//! The only module that writes to the terminal.

use std::io::{IsTerminal, Write, stderr, stdout};

/// Prints a line to standard output.
pub(crate) fn say(line: &str) {
    // A reader that closed the pipe, such as `head`, is not an error.
    let _ = writeln!(stdout(), "{line}");
}

/// Prints a line to standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}

/// Whether to use colours on standard error.
pub(crate) fn has_color() -> bool {
    std::env::var_os("NO_COLOR").is_none() && stderr().is_terminal()
}
