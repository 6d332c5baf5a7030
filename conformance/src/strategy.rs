//! Strategies of proptest from the spec: legal values, values at a bound, and
//! values that are not legal.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::{Api, Blank, Decimal, Field, Mode, Role, Type, UnknownMembers};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use serde_json::{Map, Value, json};

use crate::model::{accept, print, sent};

/// Characters that comparisons and encodings go wrong with.
const CHARACTERS: &[char] = &[
    'a', 'B', 'z', '0', ' ', '-', '\'', '"', '\\', '%', '_', '&', '+', '<', 'é', 'É', 'ß', 'ẞ',
    'İ', 'ı', 'ς', 'Σ', 'Ω', 'ﬀ', 'Ж', '中', 'ا', '\u{301}', '\u{200d}', '\u{ffff}', '😀', '𐐀',
    '𐐨',
];

/// Time zones of values.
pub(crate) const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "US/Pacific",
];

/// Language tags of values.
pub(crate) const TAGS: &[&str] = &["en", "EN-ca", "pt-BR", "zh-Hant-TW", "de"];
/// How often an object holds another one of its kind in a made-up value.
const DEPTH: usize = 2;

/// Legal values of a field; `owner` is the body it stands in.
pub fn valid(api: &Api, field: &Field, owner: &Map<String, Value>) -> BoxedStrategy<Value> {
    member(api, field, owner, &[])
}

/// The same inside objects of these names.
fn member(
    api: &Api,
    field: &Field,
    owner: &Map<String, Value>,
    inside: &[&str],
) -> BoxedStrategy<Value> {
    // A tree that is deep enough ends where it can.
    let again = |name: &&str| inside.iter().filter(|one| *one == name).count() >= DEPTH;
    let ends = field.list || field.nullable;
    if ends && field.objects().iter().any(again) {
        return Just(crate::model::nothing(field)).boxed();
    }
    let mut one = typed(api, &field.ty, owner, inside);
    if field.blank != Blank::Text {
        let shown = |value: &Value| value.as_str().is_none_or(|text| !text.trim().is_empty());
        one = one.prop_filter("not blank", shown).boxed();
    }
    if field.role == Some(Role::Username) {
        let plain = |value: Value| {
            let text = value.as_str().unwrap_or_default().chars();
            let plain = |c: char| {
                if c == ':' || c.is_ascii_control() {
                    'x'
                } else {
                    c
                }
            };
            text.map(plain).collect::<String>().into()
        };
        one = one.prop_map(plain).boxed();
    }
    if field.lenient {
        one = one.prop_flat_map(|value| select(spellings(&value))).boxed();
    }
    if field.folded {
        let cased = |value: Value| {
            let lower = value.as_str().map(str::to_lowercase).unwrap_or_default();
            select(vec![value, lower.into()])
        };
        one = one.prop_flat_map(cased).boxed();
    }
    if let Some(split) = field.split.clone() {
        let text = move |value: Value| {
            let part = |name: &String| value[name].as_str().unwrap_or_default().to_owned();
            let parts: Vec<String> = split.into.iter().map(part).collect();
            let joined = parts.join(&split.by);
            match parts[0].contains(&split.by) {
                true => Just(value.clone()).boxed(),
                false => select(vec![value.clone(), joined.into()]).boxed(),
            }
        };
        one = one.prop_flat_map(text).boxed();
    }
    if !field.reserved.is_empty() && field.ty != Type::Headers {
        let reserved = field.reserved.clone();
        let free = move |value: &Value| {
            value
                .as_str()
                .is_none_or(|text| !reserved.iter().any(|one| one == text))
        };
        one = one.prop_filter("not reserved", free).boxed();
    }
    if let Some(member) = field.unwrap.clone() {
        let wrapped = one.clone().prop_map(move |value| json!({ &member: value }));
        one = prop_oneof![3 => one, 1 => wrapped].boxed();
    }
    if !field.list {
        return one;
    }
    // Without keys that are known only an empty list is legal.
    if field.ty == Type::SigningKey(Vec::new()) {
        return Just(Value::Array(Vec::new())).boxed();
    }
    let most = field.max_items.unwrap_or(4).min(4) as usize;
    let many = vec(one.clone(), 0..=most).prop_map(Value::Array).boxed();
    match field.lone {
        true => prop_oneof![3 => many, 1 => one].boxed(),
        false => many,
    }
}

/// Other JSON values that mean the same.
pub fn spellings(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(true) => vec![
            json!(true),
            json!("true"),
            json!("TRUE"),
            json!("1"),
            json!(1),
        ],
        Value::Bool(false) => {
            vec![
                json!(false),
                json!("false"),
                json!("False"),
                json!("0"),
                json!(0),
            ]
        }
        Value::Number(number) => vec![value.clone(), json!(number.to_string())],
        other => vec![other.clone()],
    }
}

/// Legal values of a type.
pub fn of_type(api: &Api, ty: &Type, owner: &Map<String, Value>) -> BoxedStrategy<Value> {
    typed(api, ty, owner, &[])
}

/// The same inside objects of these names.
fn typed(
    api: &Api,
    ty: &Type,
    owner: &Map<String, Value>,
    inside: &[&str],
) -> BoxedStrategy<Value> {
    match ty {
        Type::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Integer { min, max } => {
            let (min, max) = (*min, *max);
            Union::new([Just(min).boxed(), Just(max).boxed(), (min..=max).boxed()])
                .prop_map(Value::from)
                .boxed()
        }
        Type::Decimal { min, max } => {
            let most = Decimal::whole(1_000_000);
            let least = (*min).max(Decimal::from_parts(-most.parts())).min(*max);
            let most = (*max).min(most).max(least);
            let drawn = (least.parts()..=most.parts()).prop_map(Decimal::from_parts);
            // A cent is the step of most documents; all four digits are legal.
            let cent = move |one: Decimal| Decimal::from_parts(one.parts() / 100 * 100).max(least);
            prop_oneof![2 => drawn.clone().prop_map(cent), 1 => drawn]
                .prop_map(Decimal::to_json)
                .boxed()
        }
        Type::Text { min, max } => text(*min, (*max).min(40).max(*min)),
        Type::ExternalId => text(1, 36),
        Type::Values(values) => select(values.clone()).prop_map(Value::String).boxed(),
        Type::Preset(name) => match api.preset(name) {
            [] => Just(Value::Null).boxed(),
            texts => select(texts.to_vec()).prop_map(Value::String).boxed(),
        },
        Type::DateTime(form) => {
            let form = *form;
            (0i64..4_000_000_000)
                .prop_map(move |seconds| print(form, seconds * 1_000_000).into())
                .boxed()
        }
        Type::Name => "[A-Za-z][A-Za-z0-9._-]{0,12}"
            .prop_map(Value::String)
            .boxed(),
        Type::Email { max } if *max < 31 => {
            // Behind `@a.b` there is room for a name at least.
            let most = max.saturating_sub(4).max(1);
            vec(proptest::char::range('a', 'z'), 1..=most as usize)
                .prop_map(|name| format!("{}@a.b", String::from_iter(name)).into())
                .boxed()
        }
        Type::Email { .. } => "[a-z]{1,8}[.+_-]?[a-z0-9]{1,8}@[a-z]{1,8}\\.[a-z]{2,4}"
            .prop_map(Value::String)
            .boxed(),
        Type::Phone => "\\+[1-9][0-9]{6,14}".prop_map(Value::String).boxed(),
        Type::Key { table, column } => {
            let rows = api
                .table(table)
                .map(|table| table.rows.clone())
                .unwrap_or_default();
            let keys: Vec<Value> = rows
                .iter()
                .filter_map(|row| row.get(column).cloned())
                .collect();
            match keys.is_empty() {
                true => Just(Value::Null).boxed(),
                false => select(keys).boxed(),
            }
        }
        Type::Object(name) => {
            let members = api.object(name).map_or(&[][..], |object| &object.fields);
            object(api, members, &[inside, &[name.as_str()]].concat())
        }
        Type::TimeZone => {
            let one = select(ZONES).prop_map(Value::from);
            one.boxed()
        }
        Type::Language => {
            let one = select(TAGS).prop_map(Value::from);
            one.boxed()
        }
        Type::Color => "#[0-9a-fA-F]{6}".prop_map(Value::String).boxed(),
        Type::Password { min, max } => text(*min, (*max).min(24).max(*min)),
        Type::Entry(name) => {
            let table = api.table(name);
            let rows = table.map(|table| table.rows.clone()).unwrap_or_default();
            let key = table.and_then(|table| table.columns.first());
            let key = key.map(|column| column.name.clone()).unwrap_or_default();
            match rows.is_empty() {
                true => Just(Value::Null).boxed(),
                false => select(rows)
                    .prop_map(move |row| json!({ &key: row[&key] }))
                    .boxed(),
            }
        }
        Type::Map => proptest::collection::btree_map("[a-z]{1,6}", 0i64..100, 0..3)
            .prop_map(|map| {
                map.into_iter()
                    .map(|(key, value)| (key, json!(value)))
                    .collect::<Map<_, _>>()
                    .into()
            })
            .boxed(),
        Type::Choice { by, of } => {
            let chosen = owner.get(by).and_then(Value::as_str);
            let one = of.iter().find(|(text, _)| Some(text.as_str()) == chosen);
            // Without a word of the sibling it is a text.
            one.map_or_else(|| text(0, 40), |(_, ty)| typed(api, ty, owner, inside))
        }
        // A key of its own is what a check gives it.
        Type::Shared(name) => {
            let members = api.object(name).map_or(&[][..], |object| &object.fields);
            let sent = members.iter().filter(|field| field.ty != Type::Id);
            object(
                api,
                &sent.cloned().collect::<Vec<_>>(),
                &[inside, &[name.as_str()]].concat(),
            )
        }
        Type::Secret { min, max } => text(*min, (*max).min(24).max(*min)),
        Type::Url { .. } => {
            "https?://[a-z]{1,8}\\.example(:[1-9][0-9]{1,3})?/[a-z0-9]{0,8}(\\?[a-z]=[0-9])?"
                .prop_map(Value::String)
                .boxed()
        }
        Type::Host { max } => {
            let max = *max as usize;
            "[A-Za-z0-9]{1,5}(-[a-z0-9]{1,3})?\\.[A-Za-z]{2,4}"
                .prop_map(move |name| name[name.len().saturating_sub(max)..].into())
                .boxed()
        }
        Type::SigningKey(known) => match known.is_empty() {
            true => Just(Value::Null).boxed(),
            false => select(known.clone()).prop_map(Value::String).boxed(),
        },
        Type::Headers => proptest::collection::btree_map("X-[A-Za-z]{1,6}", "[a-z0-9]{0,8}", 0..3)
            .prop_map(distinct)
            .boxed(),
        Type::Template => select(vec![
            json!({ "a": "${$.id}", "b": [1, { "c": "x ${$['name']} y" }] }),
            json!({}),
            json!("{\"a\": ${$.id}, \"b\": \"x ${$.name} y\"}"),
        ])
        .boxed(),
        Type::Token => Just(json!("fpt_made-up")).boxed(),
        Type::Id | Type::ZonedTime { .. } | Type::TableRow(_) | Type::Child(_) => {
            Just(Value::Null).boxed()
        }
    }
}

/// Objects with every member; those that a sibling decides come last.
fn object(api: &Api, fields: &[Field], inside: &[&str]) -> BoxedStrategy<Value> {
    let mut whole = Just(Map::new()).boxed();
    // What only the server sets is no part of a body.
    let fields: Vec<Field> = fields
        .iter()
        .filter(|field| field.mode != Mode::ReadOnly)
        .cloned()
        .collect();
    let chosen = |field: &&Field| matches!(field.ty, Type::Choice { .. });
    for field in fields.iter().filter(|field| !chosen(field)) {
        let (name, value) = (field.name.clone(), member(api, field, &Map::new(), inside));
        whole = (whole, value)
            .prop_map(move |(mut map, value)| {
                map.insert(name.clone(), value);
                map
            })
            .boxed();
    }
    for field in fields.iter().filter(chosen) {
        whole = with_chosen(api, field, whole, inside);
    }
    let legal = move |mut map: Map<String, Value>| {
        without(&fields, &mut map);
        for field in &fields {
            let other = |(sibling, text): &(String, String)| map[sibling] != text.as_str();
            if field.only_if.iter().any(other) {
                map.insert(field.name.clone(), Value::Null);
            }
        }
        let with = |role| fields.iter().find(|field| field.role == Some(role));
        let keys = with(Role::Keys).map(|field| &map[&field.name]);
        if let (Some(signed), true) = (with(Role::Signed), keys.is_some_and(Field::is_nothing)) {
            map.insert(signed.name.clone(), Value::Bool(false));
        }
        Value::Object(map)
    };
    whole.prop_map(legal).boxed()
}

/// Changes siblings that ask for members of which there is no value here, such as an
/// object inside of itself.
fn without(fields: &[Field], map: &mut Map<String, Value>) {
    let lacks =
        |field: &Field, map: &Map<String, Value>| map.get(&field.name).is_none_or(Value::is_null);
    for field in fields {
        for (sibling, text) in &field.required_if {
            let asks = map.get(sibling).and_then(Value::as_str) == Some(text);
            if !asks || !lacks(field, map) {
                continue;
            }
            let closed = fields.iter().find(|one| one.name == *sibling);
            let Some(Type::Values(texts)) = closed.map(|one| &one.ty) else {
                continue;
            };
            let asked = |text: &String| {
                let needs = |one: &Field| {
                    let pair = (sibling.clone(), text.clone());
                    one.required_if.contains(&pair) && lacks(one, map)
                };
                fields.iter().any(needs)
            };
            if let Some(other) = texts.iter().find(|text| !asked(text)) {
                map.insert(sibling.clone(), other.as_str().into());
            }
        }
    }
}

/// The objects with a value of a member whose type a sibling decides.
fn with_chosen(
    api: &Api,
    field: &Field,
    whole: BoxedStrategy<Map<String, Value>>,
    inside: &[&str],
) -> BoxedStrategy<Map<String, Value>> {
    let Type::Choice { by, of } = &field.ty else {
        return whole;
    };
    let values = of.iter().map(|(text, _)| {
        let owner = Map::from_iter([(by.clone(), Value::from(text.as_str()))]);
        (text.clone(), member(api, field, &owner, inside))
    });
    let values: Vec<(String, BoxedStrategy<Value>)> = values.collect();
    let (by, name) = (by.clone(), field.name.clone());
    let with = move |map: Map<String, Value>| {
        let text = map.get(&by).and_then(Value::as_str);
        let own = values.iter().find(|(one, _)| Some(one.as_str()) == text);
        // Without the sibling it may be nothing alone.
        let value = own.map_or_else(|| Just(Value::Null).boxed(), |(_, value)| value.clone());
        let name = name.clone();
        value.prop_map(move |value| {
            let mut map = map.clone();
            map.insert(name.clone(), value);
            map
        })
    };
    whole.prop_flat_map(with).boxed()
}

/// Header fields whose names differ without regard to case.
fn distinct(map: std::collections::BTreeMap<String, String>) -> Value {
    let mut kept: Map<String, Value> = Map::new();
    for (name, value) in map {
        if !kept.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
            kept.insert(name, value.into());
        }
    }
    kept.into()
}

/// Text of so many characters, with those that go wrong among them.
pub fn text(min: u32, max: u32) -> BoxedStrategy<Value> {
    let one = prop_oneof![3 => select(CHARACTERS), 1 => any::<char>().prop_filter("no U+0000", |c| *c != '\0')];
    // What a path can name may not be `.` or `..`.
    vec(one, min as usize..=max as usize)
        .prop_map(|text| text.into_iter().collect::<String>())
        .prop_filter("no step of a path", |text| text != "." && text != "..")
        .prop_map(Value::from)
        .boxed()
}

/// Values of other types than the field's, each with this one thing wrong.
pub fn wrong_types(api: &Api, field: &Field) -> Vec<Value> {
    let mut all = other_types(field);
    all.retain(|value| {
        let mut found = Vec::new();
        let meant = sent(field, value);
        let read = accept(api, field, &meant, &Map::new(), "", &mut found);
        let root =
            matches!(found.as_slice(), [one] if one.code == "type" && one.pointer.is_empty());
        // Members of an object that is none are one thing more where unknown ones are refused.
        let holds = value.as_object().is_some_and(|map| !map.is_empty());
        let members = !field.objects().is_empty() || matches!(field.ty, Type::Child(_));
        let strict = api.switches.unknown_members == UnknownMembers::Reject;
        read.is_none() && root && !(strict && holds && members)
    });
    all
}

fn other_types(field: &Field) -> Vec<Value> {
    let array = json!([1]);
    let object = json!({ "x": 1 });
    if field.list {
        let mut single = field.clone();
        single.list = false;
        return match field.lone {
            true => {
                let mut all = other_types(&single);
                all.retain(|value| !value.is_array());
                all
            }
            false => vec![json!("x"), json!(1), object],
        };
    }
    match &field.ty {
        Type::Boolean if field.lenient => vec![json!("maybe"), json!(2), array, object],
        Type::Boolean => vec![
            json!("maybe"),
            json!("yes"),
            json!("1"),
            json!(2),
            array,
            object,
        ],
        Type::Integer { .. } if field.lenient => {
            vec![
                json!("x"),
                json!("1.0"),
                json!(1.5),
                json!(true),
                array,
                object,
            ]
        }
        Type::Integer { .. } => vec![json!("1"), json!(1.5), json!(true), array, object],
        Type::Decimal { .. } => vec![json!("1"), json!(true), array, object],
        Type::Object(_) if field.split.is_some() => vec![json!(1), json!(true), array],
        Type::Secret { .. } => vec![json!(1), array, object],
        Type::Template => vec![json!(1), json!(true), array],
        Type::Headers | Type::Object(_) | Type::Map | Type::Child(_) | Type::Entry(_) => {
            vec![json!("x"), json!(1), array]
        }
        // No type of a choice is a list.
        ty if is_mixed(ty) => vec![array],
        Type::Key { .. } => vec![json!(true), array, object],
        _ if field.lenient => vec![json!(1.5), json!(true), array, object],
        _ => vec![json!(1), json!(true), array, object],
    }
}
