//! Pages of lists.

use crate::model::room;
use fieldproof_spec::model::{Api, List, Op, Page, PageStyle, Refusal, Resource, Sent};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Fixture, Harness, Request, follow};
use crate::http::encode;
use crate::kind::{Json, kind};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "pages",
    about: "Pages of any size, walked by offset and by `Link: rel=next`, give every object once and in one order; \
            `X-Total-Count` counts all of them; beyond the end is an empty array.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let list = subject.resource(api).list.as_ref();
    let style = list
        .and_then(|list| list.page.as_ref())
        .map(|(page, _)| page.style);
    let mut all = match style {
        Some(PageStyle::LimitOffset) if flag(subject.resource(api)).is_some() => subject
            .resource_mutations(&[
                Operator::PageShifted,
                Operator::TotalOfPage,
                Operator::LinkBack,
                Operator::LinkForgets,
            ]),
        Some(PageStyle::LimitOffset) => subject.resource_mutations(&[
            Operator::PageShifted,
            Operator::TotalOfPage,
            Operator::LinkBack,
        ]),
        Some(PageStyle::PageNumber) if list.is_some_and(|list| list.envelope.is_some()) => subject
            .resource_mutations(&[
                Operator::PageShifted,
                Operator::ListCut,
                Operator::EnvelopeMissing,
            ]),
        Some(PageStyle::PageNumber) => {
            subject.resource_mutations(&[Operator::PageShifted, Operator::ListCut])
        }
        _ if api.switches.list_cap.is_some() => {
            subject.resource_mutations(&[Operator::LinkMissing])
        }
        _ => subject.resource_mutations(&[Operator::ListReversed]),
    };
    let asked = list.is_some_and(|list| is_asked(subject.resource(api), list));
    let counted = asked && is_counted(api, list, style);
    all.extend(subject.resource_mutations_where(&[(counted, Operator::TotalOfAll)]));
    all
}

/// Whether a list says how many objects there are.
fn is_counted(api: &Api, list: Option<&List>, style: Option<PageStyle>) -> bool {
    let named = list.and_then(|list| list.envelope.as_ref()?.total.as_ref());
    let paged = matches!(style, Some(PageStyle::LimitOffset | PageStyle::PageNumber));
    paged && (named.is_some() || api.dialect.total.is(Sent::Sent))
}

/// Whether a filter finds an object by a text of its own.
fn is_asked(resource: &Resource, list: &List) -> bool {
    list.filters.iter().any(|filter| {
        let field = resource.field(&filter.field);
        let own = field.is_some_and(|one| one.required && kind(&one.ty).free().is_some());
        own && matches!(filter.op, Op::Equals | Op::EqualsFolded)
    })
}

/// A subject per list that is paged, or at least counted.
pub(super) fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        let Some(list) = &resource.list else { continue };
        if let Some((_, row)) = &list.page {
            let id = format!("{}.list.page", resource.name);
            let mut rows = vec![row, &list.row];
            rows.extend(list.envelope.iter().map(|envelope| &envelope.row));
            subjects.push(Subject::new(id, &resource.name, SubjectPart::Whole, &rows));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    if let Some((page, _)) = page.filter(|(page, _)| page.style == PageStyle::PageNumber) {
        return numbered(harness, resource, page);
    }
    let above = harness.make_above(resource)?;
    let made = harness.several(resource, &above, 7)?;
    let count = made.len();
    let collection = &crate::harness::collection(resource, &above);
    let linked = |page: &Page| matches!(page.style, PageStyle::IdAfter | PageStyle::Cursor);
    if let Some((page, _)) = page.filter(|(page, _)| linked(page)) {
        return continued(harness, resource, collection, page, &made);
    }
    let most = page.map_or(1, |(page, _)| page.max as usize).max(1);
    let total = total(harness, resource, collection)?;
    harness.ensure(total >= count, || {
        format!("X-Total-Count counts all objects, got {total}")
    })?;
    let tail = Tail {
        harness,
        resource,
        collection,
        start: total - count,
        total,
    };
    let whole = tail.whole(most)?;
    for size in [1, 2, 3, 5].into_iter().filter(|size| *size <= most) {
        tail.by_offset(size, &whole)?;
    }
    if harness.has_links() {
        tail.ends(most.min(count))?;
        tail.by_link(most.min(3), &whole)?;
        if most > 1 {
            back(harness, resource, collection, tail.start, &whole)?;
        }
        selected(harness, resource, &above, collection, most)?;
    }
    counted(harness, resource, collection, &made)?;
    // How large an offset may be is not documented.
    let far = if harness.is_house() {
        1_000_000_000
    } else {
        total + most
    };
    let beyond = Request::get(&format!("{collection}?offset={far}"));
    let beyond = harness.expect(200, &beyond)?;
    harness.ensure(harness.items(resource, &beyond)?.is_empty(), || {
        "beyond the end is an empty array".to_owned()
    })
}

/// The total that a list reports.
fn total(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
) -> Result<usize, CheckError> {
    if !harness.has_total() {
        return Ok(harness.all(resource, collection, "")?.len());
    }
    let exchange = harness.expect(200, &Request::get(&format!("{collection}?limit=1")))?;
    let total = exchange.header("x-total-count");
    let total = total.and_then(|count| count.parse().ok());
    total.map_or_else(|| harness.fail("X-Total-Count is a number"), Ok)
}

/// A few objects at the end of a list that others may fill too.
struct Tail<'a, 'b> {
    harness: &'a Harness<'b>,
    resource: &'a Resource,
    collection: &'a str,
    /// The offset of the first of these objects, and the length of the list.
    start: usize,
    total: usize,
}

impl Tail<'_, '_> {
    fn page(&self, offset: usize, limit: usize) -> Result<Vec<String>, CheckError> {
        let (collection, total) = (self.collection, self.total);
        let page = Request::get(&format!("{collection}?limit={limit}&offset={offset}"));
        let exchange = self.harness.expect(200, &page)?;
        let count = exchange.header("x-total-count").unwrap_or_default();
        let counts = count == total.to_string() || !self.harness.has_total();
        self.harness.ensure(counts, || {
            format!("X-Total-Count is {total} on every page, got {count}")
        })?;
        ids(self.harness, self.resource, &exchange)
    }

    /// All of these objects, in pages of maximum size.
    fn whole(&self, most: usize) -> Result<Vec<String>, CheckError> {
        let mut whole = Vec::new();
        for offset in (self.start..self.total).step_by(most) {
            let objects = most.min(self.total - offset);
            let part = self.page(offset, objects)?;
            self.harness.ensure(part.len() == objects, || {
                let found = part.len();
                format!("a page of {objects} has {objects} objects, got {found}")
            })?;
            whole.extend(part);
        }
        Ok(whole)
    }

    /// The last page has no next page, even if it is full.
    fn ends(&self, objects: usize) -> Result<(), CheckError> {
        let (collection, offset) = (self.collection, self.total - objects);
        let last = Request::get(&format!("{collection}?limit={objects}&offset={offset}"));
        let exchange = self.harness.expect(200, &last)?;
        let next = self.harness.next(&exchange, collection, &last.path)?;
        self.harness.ensure(next.is_none(), || {
            "a full page at the end links to no next".to_owned()
        })
    }

    fn by_offset(&self, size: usize, whole: &[String]) -> Result<(), CheckError> {
        let mut walked = Vec::new();
        for offset in (self.start..self.total).step_by(size) {
            walked.extend(self.page(offset, size)?);
        }
        self.harness.ensure(walked == whole, || {
            format!("pages of {size} give every object once and in order")
        })
    }

    fn by_link(&self, size: usize, whole: &[String]) -> Result<(), CheckError> {
        let (harness, collection, start) = (self.harness, self.collection, self.start);
        let mut target = Some(format!("{collection}?limit={size}&offset={start}"));
        let mut walked = Vec::new();
        while let Some(path) = target {
            let exchange = harness.expect(200, &Request::get(&path))?;
            walked.extend(ids(harness, self.resource, &exchange)?);
            target = harness.next(&exchange, collection, &path)?;
            let ends = walked.len() <= self.total - start;
            harness.ensure(ends, || "the walk by Link ends".to_owned())?;
        }
        harness.ensure(walked == whole, || {
            "the walk by Link gives every object once and in order".to_owned()
        })
    }
}

/// Judges the counts of an envelope, with and without a filter.
fn counted(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    made: &[Fixture],
) -> Result<(), CheckError> {
    let list = resource.list.as_ref();
    let total = list.and_then(|list| list.envelope.as_ref()?.total.as_ref());
    let mut questions = vec![String::new()];
    questions.extend(made.iter().filter_map(|one| question(resource, one, made)));
    questions.truncate(4);
    for query in questions {
        let expected = harness.all(resource, collection, &query)?.len();
        let mark = if query.is_empty() { "" } else { "?" };
        let exchange = harness.expect(200, &Request::get(&format!("{collection}{mark}{query}")))?;
        let header = exchange
            .header("x-total-count")
            .filter(|_| harness.has_total());
        let json = exchange.json();
        let counts = [
            header.and_then(|count| count.parse().ok()),
            total
                .filter(|_| json.is_object())
                .map(|name| json[name].as_u64().unwrap_or_default()),
        ];
        if expected > 0 {
            let page = first_page(resource);
            let more = if query.is_empty() { "" } else { "&" };
            let target = format!("{collection}?{page}{more}{query}");
            let shown = harness.expect(200, &Request::get(&target))?;
            let shown = harness.items(resource, &shown)?.len();
            harness.ensure(shown == 1, || {
                format!("a page of one object of `{query}` has {shown}")
            })?;
        }
        for count in counts.into_iter().flatten() {
            harness.ensure(count == expected as u64, || {
                format!("`{query}` selects {expected} objects, and {count} are counted")
            })?;
        }
    }
    Ok(())
}

/// The query for a first page of one object.
fn first_page(resource: &Resource) -> String {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    match page {
        Some((page, _)) if page.style == PageStyle::PageNumber => {
            let name = |own: &Option<String>| own.as_deref().map(encode).unwrap_or_default();
            format!("{}=1&{}=1", name(&page.by), name(&page.size))
        }
        _ => "limit=1".to_owned(),
    }
}

/// A filter that selects only one of the created objects.
fn question(resource: &Resource, one: &Fixture, made: &[Fixture]) -> Option<String> {
    let filters = resource.list.as_ref()?.filters.iter();
    let mut asked = filters.filter_map(|filter| {
        let equal = matches!(filter.op, Op::Equals | Op::EqualsFolded);
        let own = one.shown.get(&filter.field).filter(|_| equal)?;
        let alike = made
            .iter()
            .filter(|other| other.shown.get(&filter.field) == Some(own));
        let text = match own {
            Value::String(text) if !text.trim().is_empty() => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let alone = alike.count() == 1;
        alone.then(|| format!("{}={}", encode(&filter.names[0]), encode(&text)))
    });
    asked.next()
}

/// Judges that `prev` leads to the previous page and `first` to the first one.
fn back(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    start: usize,
    whole: &[String],
) -> Result<(), CheckError> {
    let page = |target: &str| -> Result<Vec<String>, CheckError> {
        ids(
            harness,
            resource,
            &harness.expect(200, &Request::get(target))?,
        )
    };
    let target = format!("{collection}?limit=2&offset={}", start + 2);
    let exchange = harness.expect(200, &Request::get(&target))?;
    let link = |relation: &str| follow(&exchange, relation, harness.base(), collection, &target);
    if whole.len() < 4 {
        return Ok(());
    }
    if let Some(prev) = link("prev") {
        harness.ensure(page(&prev)? == whole[..2], || {
            format!("`prev` leads to the page before, got `{prev}`")
        })?;
    }
    if let Some(first) = link("first") {
        let expected = page(&format!("{collection}?limit=2&offset=0"))?;
        harness.ensure(page(&first)? == expected, || {
            format!("`first` leads to the first page, got `{first}`")
        })?;
    }
    Ok(())
}

/// Judges that following `Link` keeps the filter.
fn selected(
    harness: &Harness<'_>,
    resource: &Resource,
    above: &[String],
    collection: &str,
    most: usize,
) -> Result<(), CheckError> {
    let Some((name, field)) = flag(resource).filter(|_| resource.create.is_some()) else {
        return Ok(());
    };
    let mut own = Vec::new();
    for value in [true, true, false, true] {
        let with = [(field.to_owned(), value.into())].into_iter().collect();
        let body = harness.small_body(resource, &with);
        own.push(harness.make_below(resource, above, body)?.id().to_owned());
    }
    let query = format!("{}=1", encode(name));
    let (expected, total) =
        harness.pages(resource, collection, &query, &own, Some(most.min(100)))?;
    let size = (total / 4).clamp(1, most);
    let mut target = Some(format!("{collection}?{query}&limit={size}"));
    let mut walked = Vec::new();
    while let Some(path) = target {
        let exchange = harness.expect(200, &Request::get(&path))?;
        walked.extend(ids(harness, resource, &exchange)?);
        target = harness.next(&exchange, collection, &path)?;
        harness.ensure(walked.len() <= total + size, || {
            format!("the walk by Link with `{query}` ends")
        })?;
    }
    walked.retain(|id| own.contains(id));
    harness.ensure(walked == expected, || {
        format!("the walk by Link keeps to `{query}`")
    })
}

/// A Boolean filter with its field, which a create writes.
fn flag(resource: &Resource) -> Option<(&str, &str)> {
    let filters = resource.list.as_ref()?.filters.iter();
    let mut flags = filters.filter(|filter| {
        let field = resource.field(&filter.field);
        field.is_some_and(|field| kind(&field.ty).json() == Json::Truth && field.on_create())
    });
    let flag = flags.next()?;
    Some((flag.names[0].as_str(), flag.field.as_str()))
}

/// Judges a list that continues after an identifier: all objects in order, at once or, if
/// the deployment caps lists, page by page along `Link`.
fn continued(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    page: &Page,
    made: &[Fixture],
) -> Result<(), CheckError> {
    let by = page.by.as_deref().unwrap_or_default();
    let continues = page.style == PageStyle::IdAfter;
    let own: Vec<&str> = made.iter().map(Fixture::id).collect();
    let first = own.first().and_then(|id| id.parse::<u64>().ok());
    let before = first.unwrap_or_default().saturating_sub(1);
    let cap = harness.api.switches.list_cap;
    let mut target = Some(match continues {
        true => format!("{collection}?{by}={before}"),
        false => collection.to_owned(),
    });
    let mut walked = Vec::new();
    while let Some(path) = target {
        let exchange = harness.expect(200, &Request::get(&path))?;
        let page = ids(harness, resource, &exchange)?;
        target = harness.next(&exchange, collection, &path)?;
        let most = cap.map_or(usize::MAX, |cap| cap as usize);
        let fits = page.len() <= most && (target.is_none() || page.len() == most);
        harness.ensure(fits, || {
            format!("a page has at most {most} objects, and a link when it is full")
        })?;
        walked.extend(page);
    }
    let ascending = walked
        .windows(2)
        .all(|pair| pair[0].parse::<u64>().ok() < pair[1].parse::<u64>().ok());
    harness.ensure(ascending || !continues, || {
        format!("the list is in the order of `{}`", resource.id)
    })?;
    walked.retain(|id| own.contains(&id.as_str()));
    harness.ensure(walked == own, || {
        format!("the walk gives {own:?} once and in order, got {walked:?}")
    })
}

/// Judges numbered pages: all objects without parameters, each object on one page with
/// them, and the counts of the envelope.
fn numbered(harness: &Harness<'_>, resource: &Resource, page: &Page) -> Result<(), CheckError> {
    let made = harness.some(resource, &harness.make_above(resource)?)?;
    let Some(first) = made.first() else {
        return Ok(());
    };
    let collection = &first.collection;
    let (by, size) = (
        page.by.as_deref().unwrap_or_default(),
        page.size.as_deref().unwrap_or_default(),
    );
    let whole = uncut(harness, resource, collection)?;
    harness.ensure(!whole.is_empty(), || {
        "the list shows what is there".to_owned()
    })?;
    let list = resource.list.as_ref();
    let envelope = list.and_then(|list| list.envelope.as_ref());
    let few = whole.len().div_ceil(4);
    let mut sizes = if whole.len() > 20 {
        vec![few]
    } else {
        vec![1, 2, 4]
    };
    sizes.push(whole.len());
    sizes.retain(|objects| *objects <= page.max as usize);
    for objects in sizes {
        let pages = whole.len().div_ceil(objects);
        let mut walked = Vec::new();
        for number in 1..=pages + 1 {
            let target = format!("{collection}?{by}={number}&{size}={objects}");
            let exchange = harness.expect(200, &Request::get(&target))?;
            let json = exchange.json();
            let items = envelope.map_or(&json, |envelope| &json[&envelope.items]);
            let Value::Array(items) = items else {
                return harness.fail("a page has its objects");
            };
            walked.extend(items.iter().cloned());
            for (name, count) in envelope.iter().flat_map(|one| {
                [
                    (&one.total, whole.len()),
                    (&one.pages, pages),
                    (&one.page, number),
                ]
            }) {
                let Some(name) = name else { continue };
                harness.ensure(json[name] == count, || {
                    format!("`{name}` is {count}, got {}", json[name])
                })?;
            }
            let next = harness.next(&exchange, collection, &target)?;
            let linked = next.is_some() == (number < pages) || !harness.has_links();
            harness.ensure(linked, || {
                format!("page {number} of {pages} has a link to the next one or none")
            })?;
        }
        harness.ensure(walked == whole, || {
            format!("pages of {objects} give every object once and in order")
        })?;
    }
    refuse_numbers(harness, page, collection)?;
    counted(harness, resource, collection, &made)?;
    let default = page.default.unwrap_or(page.max) as usize;
    let whole = crowded(harness, resource, first, whole, default)?;
    let alone = harness
        .expect(200, &Request::get(&format!("{collection}?{by}=1")))?
        .json();
    let shown = envelope.map_or(&alone, |envelope| &alone[&envelope.items]);
    let found = shown.as_array().map_or(0, Vec::len);
    harness.ensure(found == whole.len().min(default), || {
        format!("a page without `{size}` has at most {default} objects, got {found}")
    })
}

/// Judges that invalid page numbers and sizes are refused, if unknown parameters are.
fn refuse_numbers(harness: &Harness<'_>, page: &Page, collection: &str) -> Result<(), CheckError> {
    if !harness.says(Refusal::Query) {
        return Ok(());
    }
    let (by, size) = (
        page.by.as_deref().unwrap_or_default(),
        page.size.as_deref().unwrap_or_default(),
    );
    let refuse = |name: &str, value: &str| -> Result<(), CheckError> {
        let request = Request::get(&format!("{collection}?{}={value}", encode(name)));
        harness.refused_query(&request, &[(name, "not_a_value")])
    };
    for bad in ["0", "-1", "x", "", "1.5", "99999999999999999999"] {
        refuse(by, bad)?;
        refuse(size, bad)?;
    }
    refuse(size, &(u64::from(page.max) + 1).to_string())
}

/// Judges a list with more objects than a default page has, if that is a small number.
fn crowded(
    harness: &Harness<'_>,
    resource: &Resource,
    first: &Fixture,
    whole: Vec<Value>,
    default: usize,
) -> Result<Vec<Value>, CheckError> {
    let enough = default < 60 && room(harness.api, resource) > default;
    if !enough || resource.create.is_none() || whole.len() > default {
        return Ok(whole);
    }
    let above = &first.ids[..first.ids.len() - 1];
    for _ in whole.len()..=default {
        let small = harness.small_body(resource, &Map::new());
        harness.make_below(resource, above, small)?;
    }
    harness.all(resource, &first.collection, "")
}

/// All objects of a list without paging parameters: at once or, if the deployment caps
/// lists, page by page along `Link`.
fn uncut(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
) -> Result<Vec<Value>, CheckError> {
    let first = harness.expect(200, &Request::get(collection))?;
    let shown = harness.items(resource, &first)?.len();
    let whole = harness.whole(resource, collection, "")?;
    let cap = harness
        .api
        .switches
        .list_cap
        .map_or(usize::MAX, |cap| cap as usize);
    let fits = match whole.len() > cap {
        true => (1..=cap).contains(&shown),
        false => shown == whole.len(),
    };
    harness.ensure(fits, || {
        format!(
            "a list that is not cut into pages shows all of {} objects, got {shown}",
            whole.len()
        )
    })?;
    Ok(whole)
}

/// The identifiers on a page.
fn ids(
    harness: &Harness<'_>,
    resource: &Resource,
    exchange: &Exchange,
) -> Result<Vec<String>, CheckError> {
    let items = harness.items(resource, exchange)?;
    let own = items.iter().filter_map(|item| resource.id_of(item));
    Ok(own.collect())
}
