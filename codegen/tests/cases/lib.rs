//! What is emitted for each case, as a module: a new folder needs no entry anywhere.

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
