//! Values in specs.

mod instead;
mod scalar;
mod whole;
