//! Checks that the kinds of the suite agree with what the spec crate accepts.

use std::cell::{Cell, RefCell};

use fieldproof_spec::kind::Notation;
use fieldproof_spec::load;
use fieldproof_spec::model::{Api, Blank, Decimal, Field, Form, Type};
use fieldproof_spec::pattern::Pattern;
use fieldproof_spec::value::{accept, shown};
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value};

use super::{Codes, Kind, Seen, Source, kind};
use crate::strategy::{valid, within};

/// A source without a service behind it.
struct Numbers(Cell<u64>, RefCell<TestRunner>);

impl Source for Numbers {
    fn word(&self) -> String {
        format!("w{}", self.nonce())
    }

    fn nonce(&self) -> u64 {
        self.0.replace(self.0.get() + 1)
    }

    fn drawn(&self, strategy: BoxedStrategy<Value>) -> Value {
        let tree = strategy.new_tree(&mut self.1.borrow_mut());
        tree.expect("strategies give values").current()
    }

    fn unused(&self, field: &Field, owner: &Map<String, Value>) -> Value {
        kind(&field.ty).fresh(&within(&api(), owner), self)
    }
}

fn numbers() -> Numbers {
    Numbers(Cell::new(7), RefCell::new(TestRunner::deterministic()))
}

/// A neutral API with every type of field.
fn api() -> Api {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/shelves");
    let mut loaded = load(path.as_ref()).expect("the spec of the tests");
    loaded.remove(0).api.expect("a spec without findings")
}

/// A field of the type, with all other keys at their defaults.
fn plain(api: &Api, ty: &Type) -> Field {
    let fields = api.resources.iter().flat_map(|one| &one.fields);
    let mut field = fields.clone().next().expect("a field").clone();
    field.ty = ty.clone();
    (field.list, field.lenient, field.folded) = (false, false, false);
    (field.blank, field.role, field.envelope) = (Blank::Text, None, None);
    (field.delimited, field.reserved) = (None, Vec::new());
    field
}

/// The types of the API that bodies may write, and some with extreme bounds.
fn types(api: &Api) -> Vec<Type> {
    let (min, max) = (i64::MIN, i64::MAX);
    let (less, more) = (Decimal::whole(-1), Decimal::whole(1));
    let mut all = vec![
        Type::Text { min: 1, max: 1 },
        Type::Text { min: 3, max: 9 },
        Type::Integer { min, max },
        Type::Integer { min: -5, max: -3 },
        Type::Decimal {
            min: less,
            max: more,
        },
        Type::Number {
            min: f64::MIN,
            max: f64::MAX,
        },
        Type::Number {
            min: -0.5,
            max: 2.5,
        },
        Type::Date,
        matching(2, 20, "^[A-Z]{2}-[0-9]+$"),
        matching(0, 9, "a.b"),
        matching(5, 8, "[aeiou]"),
        matching(60, 70, "^[A-Z]+-[0-9]*$"),
        matching(0, 2, "^[^,;]*$"),
        Type::DateTime(Form::MillisZ),
        Type::DateTime(Form::SecondsOffset),
        Type::DateTime(Form::SecondsZ),
        Type::DateTime(Form::Local),
        Type::Email { max: 6 },
        Type::Email { max: 254 },
        Type::Url { max: 2_000 },
        Type::Host { max: 253 },
        Type::ExternalId,
        Type::Phone,
        Type::Password { min: 8, max: 64 },
        Type::Secret { min: 8, max: 64 },
        Type::Headers,
        Type::Template,
        Type::Map,
    ];
    all.extend(Notation::ALL.iter().map(|one| Type::Notation(*one)));
    let fields = api.resources.iter().flat_map(|one| &one.fields);
    let written = fields.filter(|field| field.on_create() && !kind(&field.ty).is_made());
    let found = written.map(|field| field.ty.clone());
    all.extend(found.filter(|ty| !matches!(ty, Type::Child(_) | Type::Id)));
    all
}

fn matching(min: u32, max: u32, text: &str) -> Type {
    let pattern = Pattern::read(text).expect("a pattern of the shared language");
    Type::Matching { min, max, pattern }
}

/// The value as read, or the codes of its violations.
fn read(api: &Api, field: &Field, value: &Value) -> Result<Value, Vec<&'static str>> {
    let mut found = Vec::new();
    let read = accept(api, field, value, &Map::new(), "", &mut found);
    read.ok_or_else(|| found.iter().map(|one| one.code).collect())
}

fn takes(api: &Api, field: &Field, value: &Value) -> Value {
    match read(api, field, value) {
        Ok(read) => read,
        Err(codes) => panic!("{:?} takes {value}, got {codes:?}", field.ty),
    }
}

fn refuses(api: &Api, field: &Field, value: &Value, codes: Codes) {
    let found = read(api, field, value).expect_err("a value that is refused");
    let named = matches!(found.as_slice(), [one] if codes.contains(one));
    assert!(named, "{:?} refuses {value}, got {found:?}", field.ty);
}

/// Runs a test for every type, with a field of it and its kind.
fn each(test: impl Fn(&Api, &Field, &dyn Kind)) {
    let api = api();
    for ty in types(&api) {
        test(&api, &plain(&api, &ty), &*kind(&ty));
    }
}

#[test]
fn values_are_accepted_and_have_their_form() {
    let numbers = numbers();
    each(|api, field, kind| {
        let owner = Map::new();
        let within = within(api, &owner);
        // Without its sibling or any row to refer to, there is nothing to test.
        if kind.decided_by().is_some() || kind.room(api) == 0 {
            return;
        }
        let drawn = (0..20).map(|_| numbers.drawn(valid(api, field, &owner)));
        let fresh = (0..3).map(|_| kind.fresh(&within, &numbers));
        for value in drawn.chain(fresh) {
            let seen = Seen {
                api,
                id_kind: fieldproof_spec::model::IdKind::Hex24,
                is_whole: &|_, _| true,
            };
            let shown = shown(api, &field.ty, &takes(api, field, &value));
            assert!(kind.has_form(&shown, &seen), "{:?}: {shown}", field.ty);
        }
    });
}

#[test]
fn syntaxes_are_those_of_the_spec() {
    each(|api, field, kind| {
        let cases = kind.syntax(5).into_iter();
        for (sent, shown) in cases.clone().flat_map(|cases| cases.taken) {
            assert_eq!(takes(api, field, &sent), shown);
        }
        for (value, codes) in cases.flat_map(|cases| cases.refused) {
            refuses(api, field, &value, codes);
        }
    });
}

#[test]
fn bounds_are_those_of_the_spec() {
    each(|api, field, kind| {
        let cases = kind.bounds(&mut |count| "a".repeat(count.min(12) as usize));
        assert_eq!(cases.refused.is_empty(), !kind.is_bounded());
        for value in cases.taken {
            takes(api, field, &value);
        }
        for (value, codes) in cases.refused {
            refuses(api, field, &value, codes);
        }
        for (value, code) in kind.illegal() {
            assert_eq!(read(api, field, &value), Err(vec![code]), "{value}");
        }
    });
}

#[test]
fn other_json_means_what_the_spec_says() {
    each(|api, field, kind| {
        let cases = kind.written();
        for (sent, meant) in cases.taken {
            assert_eq!(takes(api, field, &sent), meant);
        }
        for (value, codes) in cases.refused {
            refuses(api, field, &value, codes);
        }
        let types = kind.other_types(field).into_iter();
        for value in types.filter(|_| kind.decided_by().is_none()) {
            assert!(read(api, field, &value).is_err(), "{:?}: {value}", field.ty);
        }
    });
}
