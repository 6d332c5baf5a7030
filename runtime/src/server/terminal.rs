//! Terminal output; no other part of this library writes to the terminal.

use std::io::{IsTerminal, stderr, stdout};

/// Whether the output goes to a terminal.
pub(super) fn is_watched() -> bool {
    stdout().is_terminal()
}

/// Whether standard error may be coloured.
pub(super) fn has_color() -> bool {
    std::env::var_os("NO_COLOR").is_none() && stderr().is_terminal()
}

/// Prints a line that the user asked for.
#[allow(
    clippy::print_stdout,
    reason = "the command line's answers go to standard output"
)]
pub(super) fn say(line: &str) {
    println!("{line}");
}

/// Prints an error or another message for the operator.
#[allow(
    clippy::print_stderr,
    reason = "the command line's complaints go to standard error"
)]
pub(super) fn complain(line: &str) {
    eprintln!("{line}");
}
