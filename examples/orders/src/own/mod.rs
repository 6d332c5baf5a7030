//! What the order book does beyond its spec.

pub(crate) mod actions;
pub(crate) mod book;
pub(crate) mod packing;
#[cfg(test)]
mod tests;
