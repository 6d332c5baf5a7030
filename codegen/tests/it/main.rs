//! What is emitted, as Rust: names above all.

mod kinds;
mod names;
mod written;
