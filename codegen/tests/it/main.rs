//! What is emitted, as Rust: names above all.

mod names;
mod written;
