//! The one place of this library that writes to the terminal.

use std::io::{IsTerminal, stderr, stdout};

/// Whether somebody reads along.
pub(super) fn is_watched() -> bool {
    stdout().is_terminal()
}

/// Whether standard error shows colours.
pub(super) fn has_color() -> bool {
    std::env::var_os("NO_COLOR").is_none() && stderr().is_terminal()
}

/// Says a line that was asked for.
#[allow(
    clippy::print_stdout,
    reason = "the command line's answers go to standard output"
)]
pub(super) fn say(line: &str) {
    println!("{line}");
}

/// Says what went wrong, or what else the operator should know.
#[allow(
    clippy::print_stderr,
    reason = "the command line's complaints go to standard error"
)]
pub(super) fn complain(line: &str) {
    eprintln!("{line}");
}
