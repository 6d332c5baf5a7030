//! How a service behaves outside its tables, where it departs from the house conventions.

use fieldproof_spec::model::{
    Api, Credentials, Dialect as Described, IdempotencyKeys, OwnRefusal, Places, ReadOnlyMembers,
    Refusal, RefusalBody, Sent, UnknownMember, UnknownParameters, Validators, Violations,
};
use serde::Serialize;

/// The departures from the house conventions.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Dialect {
    /// The variant in the runtime, and its texts by name.
    pub(crate) credentials: Option<(&'static str, Vec<(&'static str, String)>)>,
    pub(crate) refusals: Option<Refusals>,
    /// Statuses by the runtime's name for the kind; `None` for those of the house.
    pub(crate) statuses: Vec<(&'static str, Option<u16>)>,
    /// Switches of the runtime by name, and whether they are on.
    pub(crate) switches: Vec<(&'static str, bool)>,
}

/// The format of an API's own error bodies; a place is a list of names, outermost first.
#[derive(Debug, Serialize)]
pub(crate) struct Refusals {
    pub(crate) media: Option<String>,
    /// Names in the runtime, with places.
    pub(crate) places: Vec<(&'static str, Option<Vec<String>>)>,
    pub(crate) violations: Option<ViolationList>,
}

/// Where violations are listed.
#[derive(Debug, Serialize)]
pub(crate) struct ViolationList {
    pub(crate) list: Vec<String>,
    /// Members of an element, by the runtime's name for their content.
    pub(crate) members: Vec<(&'static str, Option<String>)>,
    /// How locations are written, unless dotted.
    pub(crate) places: Option<&'static str>,
}

impl Dialect {
    /// Resolves the dialect of an API.
    pub(super) fn of(api: &Api) -> Self {
        let own = match &api.dialect.refusals.value {
            RefusalBody::Problem => None,
            RefusalBody::Own(own) => Some(refusals(own)),
        };
        Self {
            credentials: credentials(&api.credentials),
            refusals: own,
            statuses: statuses(&api.dialect),
            switches: switches(api),
        }
    }
}

fn credentials(credentials: &Credentials) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let one = |name: &'static str, text: &String| (name, vec![("", text.clone())]);
    Some(match credentials {
        Credentials::Bearer(word) if word == "Bearer" => return None,
        Credentials::Bearer(word) => one("Bearer", word),
        Credentials::Basic => ("Basic", Vec::new()),
        Credentials::Header { name, prefix } => {
            let texts = vec![("name", name.clone()), ("prefix", prefix.clone())];
            ("Header", texts)
        }
        Credentials::Query(name) => one("Query", name),
        Credentials::Cookie(name) => one("Cookie", name),
        Credentials::None => ("None", Vec::new()),
    })
}

/// The names of a JSON Pointer.
pub(crate) fn names(pointer: &str) -> Vec<String> {
    let names = pointer.split('/').skip(1);
    names
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn refusals(own: &OwnRefusal) -> Refusals {
    let places = [
        ("code", &own.code),
        ("message", &own.message),
        ("status", &own.status),
    ];
    let said = |(name, place): (&'static str, &Option<String>)| (name, place.as_deref().map(names));
    let violations = own.violations.as_ref().map(|list| {
        let members = [
            ("field", &list.field),
            ("code", &list.code),
            ("message", &list.message),
        ];
        let members = members.into_iter();
        ViolationList {
            list: names(&list.list),
            members: members
                .map(|(name, member)| (name, member.clone()))
                .collect(),
            places: match list.places {
                Places::Dotted => None,
                Places::Pointer => Some("Pointer"),
                Places::Name => Some("Name"),
            },
        }
    });
    Refusals {
        media: (own.media != "application/json").then(|| own.media.clone()),
        places: places.into_iter().map(said).collect(),
        violations,
    }
}

/// The statuses that differ from those of the house; the one for validation errors is a switch.
fn statuses(dialect: &Described) -> Vec<(&'static str, Option<u16>)> {
    let name = |kind: Refusal| match kind {
        Refusal::Validation => None,
        Refusal::Malformed => Some("malformed"),
        Refusal::MediaType => Some("media_type"),
        Refusal::TooLarge => Some("too_large"),
        Refusal::Query => Some("query"),
        Refusal::Unauthenticated => Some("unauthenticated"),
        Refusal::Forbidden => Some("forbidden"),
        Refusal::NotFound => Some("not_found"),
        Refusal::Method => Some("method"),
        Refusal::Conflict => Some("conflict"),
        Refusal::Precondition => Some("precondition"),
        Refusal::Unconditional => Some("unconditional"),
    };
    let one = |kind: Refusal| {
        let status = Some(dialect.status(kind).value);
        Some((name(kind)?, status.filter(|own| *own != kind.house())))
    };
    Refusal::ALL.into_iter().filter_map(one).collect()
}

fn switches(api: &Api) -> Vec<(&'static str, bool)> {
    let dialect = &api.dialect;
    vec![
        ("unscoped", !api.scoped),
        ("names_first", dialect.violations.value == Violations::First),
        (
            "ignores_parameters",
            dialect.unknown_parameters.value == UnknownParameters::Ignored,
        ),
        (
            "names_no_members",
            dialect.unknown_members.value == UnknownMember::Ignored,
        ),
        (
            "ignores_read_only",
            dialect.read_only_members.value == ReadOnlyMembers::Ignored,
        ),
        (
            "no_validators",
            dialect.validators.value == Validators::None,
        ),
        (
            "no_idempotency_keys",
            dialect.idempotency_keys.value == IdempotencyKeys::Ignored,
        ),
        ("no_location", dialect.location.value == Sent::None),
        ("no_total", dialect.total.value == Sent::None),
        ("no_links", dialect.links.value == Sent::None),
    ]
}
