//! Values that a spec names.

mod instead;
mod scalar;
mod whole;
