//! Children embedded in their parent.

use fieldproof_spec::model::{Api, Field, Refusal, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::http::encode;
use crate::kind::kind;
use crate::model::{below, path};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::instant;

pub(crate) static CHECK: Check = Check {
    name: "embedded",
    about: "A parent shows exactly its children, oldest first, as they are shown on their own; a child that is added, \
            changed or removed moves the parent's time and ETag; one bad child in a create leaves nothing behind.",
    severity: Severity::Major,
    waits: true,
    oblige,
    mutants: |_, subject| {
        subject.resource_mutations(&[
            Operator::TouchMissing,
            Operator::HalfKept,
            Operator::ChildrenByChange,
        ])
    },
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for child in &api.resources {
        let Some(relation) = child.parent.as_ref().filter(|_| child.create.is_some()) else {
            continue;
        };
        let parent = api.resource(&relation.resource);
        let Some(parent) = parent.filter(|one| one.get.is_some() && one.create.is_some()) else {
            continue;
        };
        let Some(field) = relation
            .embed
            .as_ref()
            .and_then(|embed| parent.field(embed))
        else {
            continue;
        };
        let mut subject = Subject::new(
            format!("{}.{}", parent.name, field.name),
            &child.name,
            SubjectPart::Field(field.name.clone()),
            &[&field.row, &child.row],
        );
        subject.rows[1].rulings.extend(relation.rulings.clone());
        subjects.push(subject);
    }
    subjects
}

/// Judges that nothing is stored of a create that is refused for one of its children.
fn half(harness: &Harness<'_>, parent: &Resource, embed: &str) -> Result<(), CheckError> {
    let filters = parent.list.iter().flat_map(|list| &list.filters);
    let mut texts = filters.filter_map(|filter| {
        let field = parent.field(&filter.field)?;
        let text = kind(&field.ty).lengths().is_some() && !field.list;
        let equal = filter.op.asks().is_equality();
        (text && equal && field.on_create()).then_some((&filter.names[0], &field.name))
    });
    let Some((filter, field)) = texts.next() else {
        return Ok(());
    };
    let (word, above) = (harness.word(), harness.make_above(parent)?);
    let with = [
        (field.clone(), Value::from(word.as_str())),
        (embed.to_owned(), Value::Array(vec![1.into()])),
    ];
    let body = Value::Object(harness.small_body(parent, &with.into_iter().collect()));
    let collection = crate::harness::collection(parent, &above);
    let create = harness.create(parent, &collection).json(&body);
    harness.refused(Refusal::Validation, &create)?;
    let target = format!("{collection}?{}={word}", encode(filter));
    let found = harness.expect(200, &Request::get(&target))?;
    let none = harness.items(parent, &found)?.is_empty();
    harness.ensure(none, || "nothing of a refused create is stored".to_owned())
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let child = subject.resource(harness.api);
    let relation = child.parent.as_ref();
    let Some(parent) = relation.and_then(|relation| harness.api.resource(&relation.resource))
    else {
        return Ok(());
    };
    let embed = &subject.part.name();
    half(harness, parent, embed)?;
    let most = crate::model::room(harness.api, child);
    if most < 2 {
        return Err(CheckError::Skip(format!(
            "only {most} fits below one parent"
        )));
    }
    let bodies: Vec<Value> = (0..3.min(most - 1))
        .map(|_| Value::Object(harness.small_body(child, &Map::new())))
        .collect();
    let with = [(embed.clone(), Value::Array(bodies))]
        .into_iter()
        .collect();
    let made = harness.make_with(parent, &with)?;
    let mut family = Family {
        harness,
        parent,
        child,
        embed,
        made: &made,
        seen: (made.shown.clone(), made.etag.clone()),
    };
    pause();
    let added = harness.make_below(child, &made.ids, harness.small_body(child, &Map::new()))?;
    family.judge("added")?;
    pause();
    let text = child
        .fields
        .iter()
        .find(|field| field.on_update() && field.unique.is_some());
    if let (Some(_), Some(field)) = (&child.update, text) {
        family.change_oldest(field, &added)?;
        pause();
    }
    if child.delete.is_some() {
        harness.send(&Request::new("DELETE", &added.path))?;
        family.judge("removed")?;
    }
    nothing_left(harness, parent, child, embed)
}

/// Waits long enough that timestamps in whole seconds differ.
fn pause() {
    std::thread::sleep(std::time::Duration::from_millis(1_100));
}

/// A parent with the children it last showed.
struct Family<'a, 'b> {
    harness: &'a Harness<'b>,
    parent: &'a Resource,
    child: &'a Resource,
    /// The member of the parent that shows the children.
    embed: &'a str,
    made: &'a Fixture,
    /// The parent as last shown, and its ETag.
    seen: (Map<String, Value>, String),
}

impl Family<'_, '_> {
    /// Judges the parent after one of its children was `what`.
    fn judge(&mut self, what: &str) -> Result<Map<String, Value>, CheckError> {
        let (harness, parent) = (self.harness, self.parent);
        let exchange = harness.expect(200, &Request::get(&self.made.path))?;
        let shown = exchange.json().as_object().cloned().unwrap_or_default();
        let etag = exchange.header("etag").unwrap_or_default().to_owned();
        harness.ensure(etag != self.seen.1 || !harness.has_tags(), || {
            format!("the ETag of the parent moves when a child is {what}")
        })?;
        let relation = self.child.parent.as_ref();
        let touches = relation.is_some_and(|relation| relation.touch);
        if let Some(times) = parent.times.as_ref().filter(|_| touches) {
            let name = &times.updated;
            let before = instant(parent, name, &self.seen.0);
            harness.ensure(instant(parent, name, &shown) > before, || {
                format!("`{name}` of the parent moves when a child is {what}")
            })?;
        }
        self.judge_children(shown.get(self.embed))?;
        self.seen = (shown.clone(), etag);
        Ok(shown)
    }

    /// Judges that the parent shows the children as their own list does.
    fn judge_children(&self, shown: Option<&Value>) -> Result<(), CheckError> {
        let (harness, child) = (self.harness, self.child);
        let collection = crate::harness::collection(child, &self.made.ids);
        let own = match &child.list {
            Some(_) => Some(Value::Array(harness.all(child, &collection, "")?)),
            None => None,
        };
        // The list may have another order.
        let ordered = |items: Option<&Value>| -> Option<Vec<Value>> {
            let mut items = items?.as_array()?.clone();
            items.sort_by_key(|item| item[&child.id].as_str().map(str::to_owned));
            Some(items)
        };
        let sorted = child.list.as_ref().is_some_and(|list| list.sort.is_some());
        let same = match sorted {
            true => ordered(shown) == ordered(own.as_ref()),
            false => own.is_none() || shown == own.as_ref(),
        };
        harness.ensure(same, || {
            let (embed, found) = (self.embed, shown.unwrap_or(&Value::Null));
            format!("`{embed}` shows the children as their own list does, got {found}")
        })
    }

    /// Changes the oldest child, which must not move it behind the others.
    fn change_oldest(&mut self, field: &Field, added: &Fixture) -> Result<(), CheckError> {
        let (harness, child) = (self.harness, self.child);
        let mut expected = self.ids(&self.made.shown);
        let first = expected.first().and_then(Value::as_str);
        let mut ids = self.made.ids.clone();
        ids.extend(first.map(str::to_owned));
        let value = harness.fresh_for(field, &Map::new());
        let body = json!({ &field.name: value });
        harness.expect(200, &harness.change(child, &path(child, &ids), &body)?)?;
        let shown = self.judge("changed")?;
        expected.push(added.id().into());
        let found = self.ids(&shown);
        harness.ensure(found == expected, || {
            format!("the children are in the order of creation, got {found:?}")
        })
    }

    /// The identifiers of the children in a parent.
    fn ids(&self, shown: &Map<String, Value>) -> Vec<Value> {
        let children = shown.get(self.embed).and_then(Value::as_array);
        let id = |one: &Value| one[&self.child.id].clone();
        children.into_iter().flatten().map(id).collect()
    }
}

/// Judges that nothing is stored of a create with one invalid child among valid ones.
fn nothing_left(
    harness: &Harness<'_>,
    parent: &Resource,
    child: &Resource,
    embed: &str,
) -> Result<(), CheckError> {
    let unique = child
        .fields
        .iter()
        .find(|field| field.unique.is_some() && field.on_create());
    let (Some(unique), Some(required)) = (
        unique,
        child
            .fields
            .iter()
            .find(|field| field.required && field.on_create()),
    ) else {
        return Ok(());
    };
    let mut with = Map::new();
    with.insert(unique.name.clone(), harness.fresh_for(unique, &Map::new()));
    let good = harness.small_body(child, &with);
    let mut bad = harness.small_body(child, &Map::new());
    bad.shift_remove(&required.name);
    let mut body = harness.small_body(parent, &Map::new());
    body.insert(embed.to_owned(), json!([good, bad]));
    let above = harness.make_above(parent)?;
    let collection = crate::harness::collection(parent, &above);
    let pointer = below(&format!("{}/1", below("", embed)), &required.name);
    harness.expect_violation(
        &harness
            .create(parent, &collection)
            .json(&Value::Object(body.clone())),
        &pointer,
        &["required"],
    )?;
    // The unique value of the valid child would be taken if anything had been stored.
    body.insert(embed.to_owned(), json!([good]));
    harness.make_below(parent, &above, body).map(drop)
}
