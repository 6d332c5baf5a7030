//! Contents of answers: members, identifiers, times, computed and imported values.

pub(super) mod command;
pub(super) mod computed;
pub(super) mod embedded;
pub(super) mod example;
pub(super) mod identifier;
pub(super) mod loaded;
pub(super) mod lookup;
pub(super) mod presets;
pub(super) mod rows;
pub(super) mod shown;
pub(super) mod stand_in;
pub(super) mod status;
pub(super) mod table;
pub(super) mod times;
pub(super) mod zoned;
