//! What is emitted, as Rust: names above all.

mod cases;
mod kinds;
mod names;
mod written;
