//! Static descriptions of resources, which generated code fills in.

mod ability;
mod column;
mod list;
mod notification;
mod op;

pub use self::ability::{Invite, Login, Role, SecretField, Visibility, Watch};
pub use self::column::{Column, ColumnKind, Lookup};
pub use self::list::{Attribute, Envelope, Filter, FilterValue, List, Sort};
pub use self::notification::{
    EventNames, Moment, Notification, NotificationEnvelope, Payload, Signature,
};
pub use self::op::Op;
pub(crate) use self::op::{Comparison, Range};

use std::fmt;

use crate::value::IdKind;

/// A resource as it is stored and served.
pub struct Table {
    /// Name of the table in the store, unique among all APIs.
    pub name: &'static str,
    /// Name of the resource.
    pub resource: &'static str,
    /// Path of the collection below the base, such as `/shelves/{shelfId}/books`.
    pub path: &'static str,
    /// The member that identifies an object.
    pub id: &'static str,
    /// The kind of its identifiers.
    pub id_kind: IdKind,
    /// Members that documents name, if they are needed: to recognize objects of this table, or
    /// to add to lists.
    pub members: &'static [&'static str],
    /// A line for each member, also inside objects: its path, a tab and what holds for it. When
    /// that differs from what held as objects were stored, they are read again. Empty if stored
    /// objects are never read again.
    pub forms: &'static str,
    /// The name of the table in an earlier version, if the spec says that it had another.
    pub was: Option<&'static str>,
    /// Paths of members that had another name, and that name; those outside stand first.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Members that the server manages.
    pub managed: &'static [Managed],
    /// Paths of members in nested objects that only the server sets; a path applies to each
    /// element of a list on its way.
    pub managed_inside: &'static [&'static [&'static str]],
    /// Members that not every caller sees.
    pub secrets: &'static [SecretField],
    /// The scope that reveals some of them.
    pub scope: Option<&'static str>,
    /// Set if its objects authenticate with their own token.
    pub login: Option<Login>,
    /// Set if users are invited by mail to set a password.
    pub invite: Option<Invite>,
    /// Set if its objects are watches of another table.
    pub watch: Option<Watch>,
    /// Whether there are watches of its objects.
    pub watched: bool,
    /// Members with a value per user: each user sees the value that was loaded for them.
    pub per_user: &'static [&'static str],
    /// Paths of members that a whole object requires if the enclosing object is sent.
    pub required: &'static [&'static [&'static str]],
    /// Columns beside the object's text.
    pub columns: &'static [Column],
    /// Columns that also identify an object.
    pub lookups: &'static [Lookup],
    /// Members whose value must not occur in another member of any other object.
    pub distinct: &'static [Distinct],
    /// Combinations of columns that have to be unique.
    pub unique: &'static [Unique],
    /// The parent resource.
    pub parent: Option<Parent>,
    /// The child resources.
    pub children: &'static [Child],
    /// How its objects are listed.
    pub list: List,
    /// Status of a successful create.
    pub create_status: u16,
    /// Status of a successful delete.
    pub delete_status: u16,
    /// Whether PUT and its aliases set members not sent to their defaults instead of keeping
    /// them.
    pub put_replaces: bool,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parents and children refer to each other, so only the name is shown.
        f.debug_tuple("Table").field(&self.name).finish()
    }
}

/// The tenant of the runtime's own rows. Names of tenants are never empty, so it is none of
/// them.
pub(crate) const GLOBAL: &str = "";

impl Table {
    /// Defaults for every field. A table has to set at least its names, path and identifier.
    pub const BASE: Self = Self {
        name: "",
        resource: "",
        path: "",
        id: "name",
        id_kind: IdKind::Name,
        members: &[],
        forms: "",
        was: None,
        renamed: &[],
        managed: &[],
        managed_inside: &[],
        secrets: &[],
        scope: None,
        login: None,
        invite: None,
        watch: None,
        watched: false,
        per_user: &[],
        required: &[],
        columns: &[],
        lookups: &[],
        distinct: &[],
        unique: &[],
        parent: None,
        children: &[],
        list: List::BASE,
        create_status: 201,
        delete_status: 204,
        put_replaces: false,
    };

    /// A table of the runtime itself: texts by name, with no path.
    #[must_use]
    pub(crate) const fn internal(name: &'static str) -> Self {
        Self {
            name,
            resource: name,
            ..Self::BASE
        }
    }

    /// The tables from the outermost parent down to this one.
    #[must_use]
    pub fn lineage(&'static self) -> Vec<&'static Table> {
        let mut line = match &self.parent {
            Some(parent) => parent.table.lineage(),
            None => Vec::new(),
        };
        line.push(self);
        line
    }
}

/// A member that the server manages; clients may send it back unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Managed {
    /// Its name on the wire.
    pub member: &'static str,
    /// Who manages it.
    pub by: ManagedBy,
}

impl Managed {
    /// The member called `member`.
    #[must_use]
    pub const fn new(member: &'static str, by: ManagedBy) -> Self {
        Self { member, by }
    }
}

/// Who manages a member, which determines the values that may be sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagedBy {
    /// The identifier.
    Id,
    /// When the object was created.
    Created,
    /// The same, as an object of a local date and time and the time zone that it is read in.
    CreatedInZone {
        /// The member with the date and time.
        time: &'static str,
        /// The member with the time zone.
        zone: &'static str,
    },
    /// When the object was last changed; an earlier instant is accepted as an older value.
    Updated,
    /// Computed from other members; the value before or after the change is accepted.
    Derived,
    /// Set by the server or its operator: when the object is made, or by an import.
    Deployment,
    /// Set on create and never changed.
    Immutable,
    /// Accepted on create; later changed by operations of its own.
    Create,
}

/// A combination of columns that has to be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unique {
    /// The columns, by index.
    pub columns: &'static [usize],
    /// The members they come from.
    pub members: &'static [&'static str],
    /// Whether it is unique within one parent instead of one tenant.
    pub in_parent: bool,
}

impl Unique {
    /// Unique within one tenant.
    #[must_use]
    pub const fn in_tenant(columns: &'static [usize], members: &'static [&'static str]) -> Self {
        Self {
            columns,
            members,
            in_parent: false,
        }
    }

    /// Unique within one parent.
    #[must_use]
    pub const fn in_parent(columns: &'static [usize], members: &'static [&'static str]) -> Self {
        Self {
            columns,
            members,
            in_parent: true,
        }
    }
}

/// A member whose value must not occur in another member of another object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distinct {
    /// The member.
    pub member: &'static str,
    /// Its column.
    pub column: usize,
    /// Whether it must differ from the identifiers of other objects.
    pub id: bool,
    /// Columns of unique members in which the value must not occur.
    pub others: &'static [usize],
}

/// The parent of a resource.
pub struct Parent {
    /// Its table.
    pub table: &'static Table,
    /// Whether a change of a child counts as a change of the parent.
    pub touch: bool,
    /// Maximum number of children per parent.
    pub most: Option<usize>,
}

/// A child of a resource.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its table.
    pub table: &'static Table,
    /// Whether it is deleted with its parent; otherwise a parent with children cannot be
    /// deleted.
    pub cascade: bool,
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_is_shown_by_its_name_because_parents_and_children_name_each_other() {
        assert_eq!(
            format!("{:?}", Table::internal("things")),
            "Table(\"things\")"
        );
    }
}
