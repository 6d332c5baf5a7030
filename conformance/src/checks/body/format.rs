//! Texts of a known syntax.

use fieldproof_spec::model::{Api, Blank, Field, Form, Resource, Role, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Ask, Lab, Made, Stop};
use crate::model::{Kind, Mutation, accept, below};
use crate::obligation::Severity;
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "format",
    about: "Email addresses, telephone numbers and dates of the documented syntax are taken, telephone numbers without \
            their punctuation; a table of near misses is refused with the code `format`, by updates as well, and so is a \
            sibling that the kept value does not fit.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && !field.list
                && !syntaxes(&field.ty).is_empty()
        })
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, duty: &Duty) -> Vec<Mutation> {
    match &duty.field(api).ty {
        Type::Choice { .. } if duty.resource(api).update.is_some() => {
            duty.broken(&[Kind::BoundIgnored, Kind::FitIgnored])
        }
        Type::DateTime(_) => duty.broken(&[Kind::BoundIgnored, Kind::DateLoose]),
        _ => duty.broken(&[Kind::BoundIgnored]),
    }
}

/// Each syntax of a type, with the text of the sibling that asks for it.
fn syntaxes(ty: &Type) -> Vec<(Option<(&str, &str)>, &Type)> {
    match ty {
        Type::Email { .. }
        | Type::Phone
        | Type::DateTime(_)
        | Type::TimeZone
        | Type::Language
        | Type::Url { .. }
        | Type::Host { .. }
        | Type::Color => vec![(None, ty)],
        Type::Choice { by, of } => {
            let known = of.iter().filter(|(_, ty)| {
                matches!(ty, Type::Email { .. } | Type::Phone | Type::DateTime(_))
            });
            known
                .map(|(text, ty)| (Some((by.as_str(), text.as_str())), ty))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    for (sibling, ty) in syntaxes(&field.ty) {
        let with = |value: Value| -> Map<String, Value> {
            let by = sibling.map(|(by, value)| (by.to_owned(), value.into()));
            by.into_iter()
                .chain([(field.name.clone(), value)])
                .collect()
        };
        let body = |text: &str| lab.small_body(resource, &with(text.into()));
        let (mut good, mut bad) = table(lab, ty);
        // Of what may occur once, each object has a value that nobody has.
        if field.unique.is_some() {
            let own = lab.fresh(ty, &Map::new());
            let shown = accept(
                lab.api,
                field,
                &own,
                &with(own.clone()),
                "",
                &mut Vec::new(),
            );
            let text = |value: Value| value.as_str().map(str::to_owned);
            good = text(own).zip(shown.and_then(text)).into_iter().collect();
        }
        // What is sent to has to be public, and nobody is to be sent anything.
        if matches!(field.role, Some(Role::Address | Role::TokenUrl)) {
            good.retain(|(text, _)| !text.contains('['));
        }
        // Where blanks are nothing they break no syntax.
        bad.retain(|text| field.blank != Blank::Nothing || !text.trim().is_empty());
        for (text, expected) in good {
            let made = lab.make_below(resource, &above, body(&text))?;
            let shown = made
                .shown
                .get(&field.name)
                .and_then(Value::as_str)
                .unwrap_or_default();
            lab.ensure(shown == expected || !field.is_shown(), || {
                format!("`{text}` is shown as `{expected}`, got `{shown}`")
            })?;
        }
        let kept = match resource.update.is_some() && field.on_update() {
            true => Some(lab.make_with(resource, &with(lab.fresh(ty, &Map::new())))?),
            false => None,
        };
        for text in bad {
            let ask = lab
                .create(resource, &collection)
                .json(&Value::Object(body(&text)));
            refuse(lab, field, &ask)?;
            if let Some(kept) = &kept {
                let alone = json!({ &field.name: text });
                refuse(lab, field, &lab.change(resource, &kept.path, &alone)?)?;
            }
        }
        if let Some(kept) = &kept {
            unfit(lab, resource, field, sibling, kept)?;
            unchanged(lab, resource, kept)?;
        }
    }
    Ok(())
}

/// The kept value has to fit a sibling that is changed alone.
fn unfit(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    sibling: Option<(&str, &str)>,
    kept: &Made,
) -> Result<(), Stop> {
    let (Type::Choice { of, .. }, Some((by, now))) = (&field.ty, sibling) else {
        return Ok(());
    };
    for (other, _) in of.iter().filter(|(text, _)| text != now) {
        let value = kept.sent.get(&field.name).cloned().unwrap_or_default();
        let owner = [(by.to_owned(), other.as_str().into())]
            .into_iter()
            .collect();
        if accept(lab.api, field, &value, &owner, "", &mut Vec::new()).is_some() {
            continue;
        }
        refuse(
            lab,
            field,
            &lab.change(resource, &kept.path, &json!({ by: other }))?,
        )?;
    }
    Ok(())
}

fn refuse(lab: &Lab<'_>, field: &Field, ask: &Ask) -> Result<(), Stop> {
    lab.expect_violation(
        ask,
        &below("", &field.name),
        &["format", "too_long", "not_a_value", "blank", "type"],
    )
    .map(drop)
}

/// Texts that are taken, with what is shown, and texts that are refused.
fn table(lab: &Lab<'_>, ty: &Type) -> (Vec<(String, String)>, Vec<String>) {
    let same = |text: String| (text.clone(), text);
    let strings = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    match ty {
        Type::Host { max } => {
            let good = [
                ("a.example", "a.example"),
                ("WWW.A-b.Example", "www.a-b.example"),
                ("xn--bcher-kva.example", "xn--bcher-kva.example"),
                ("localhost", "localhost"),
                ("3com.example", "3com.example"),
            ];
            let good = good.map(|(sent, shown)| (sent.to_owned(), shown.to_owned()));
            let long = format!("{}.example", "a".repeat(64));
            let mut bad = strings(&[
                "",
                ".",
                "a..example",
                "a.example.",
                "-a.example",
                "a-.example",
                "a_b.example",
                "a b.example",
                "a.example:80",
                "http://a.example",
                "a.example/b",
                "b\u{fc}cher.example",
                "192.0.2.1",
                "[2001:db8::1]",
            ]);
            bad.extend((*max > 72).then_some(long));
            (good.to_vec(), bad)
        }
        Type::Url { .. } => {
            let good = [
                "https://a.example",
                "http://a.example:8080/b/c?d=e",
                "https://[2001:db8::1]/x",
            ];
            let bad = [
                "",
                "a.example",
                "//a.example",
                "/a",
                "ftp://a.example",
                "mailto:a@b.example",
                "https://",
                "https://u:p@a.example/",
                "https://a.example/#b",
                "https://a b.example",
                "https://ä.example",
            ];
            (
                good.map(|text| same(text.to_owned())).to_vec(),
                strings(&bad),
            )
        }
        Type::Email { max } => addresses(lab, *max),
        Type::Phone => {
            let number = lab.phone();
            let spaced = format!(
                "{} ({}) {}-{}.{}",
                &number[..3],
                &number[3..6],
                &number[6..9],
                &number[9..12],
                &number[12..]
            );
            let good = vec![(spaced, number), same("+1234567".to_owned())];
            let bad = strings(&[
                "",
                "+",
                "1234567",
                "+123456",
                "+1234567890123456",
                "+0123456789",
                "+12345a78",
                "++12345678",
                "+1234/5678",
            ]);
            (good, bad)
        }
        Type::DateTime(form) => dates(*form),
        Type::TimeZone => {
            let names = [
                "UTC",
                "Europe/Berlin",
                "Asia/Kolkata",
                "US/Pacific",
                "Etc/GMT+12",
            ];
            let good = names.map(|name| same(name.to_owned())).to_vec();
            let bad = ["", "Mars/Olympus", "europe/berlin", "UTC ", "+02:00"];
            (good, strings(&bad))
        }
        Type::Language => {
            let good = [
                ("en", "en"),
                ("EN-ca", "en-CA"),
                ("zh-hant-tw", "zh-Hant-TW"),
                ("PT-br", "pt-BR"),
            ];
            let good = good.map(|(sent, shown)| (sent.to_owned(), shown.to_owned()));
            let bad = ["", "e", "english language", "en_US", "en--US", "-en", "12"];
            (good.to_vec(), strings(&bad))
        }
        Type::Color => {
            let good = [("#000000", "#000000"), ("#0A7bFF", "#0a7bff")];
            let good = good.map(|(sent, shown)| (sent.to_owned(), shown.to_owned()));
            let bad = [
                "", "#", "#fff", "0a7bff", "#0a7bfg", "#0a7bff0", "red", " #0a7bff",
            ];
            (good.to_vec(), strings(&bad))
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// Dates and times of RFC 3339 section 5.6, and what other readers take for some.
fn dates(form: Form) -> (Vec<(String, String)>, Vec<String>) {
    let shown = crate::model::print(form, 1_700_000_000_000_000);
    let day = "2023-11-14T22:13:20";
    let good = match form {
        Form::Local => vec![day.to_owned(), format!("{day}.0"), day.to_lowercase()],
        _ => vec![
            format!("{day}Z"),
            format!("{day}.000000000000z"),
            "2023-11-15T00:13:20+02:00".to_owned(),
            "2023-11-14t17:43:20.0-04:30".to_owned(),
        ],
    };
    let own = if form == Form::Local { "" } else { "Z" };
    let mut bad = vec![
        String::new(),
        "now".to_owned(),
        "2021-01-01".to_owned(),
        "1700000000".to_owned(),
    ];
    for text in [
        "2021-13-01T00:00:00",
        "2021-02-30T00:00:00",
        "2021-01-01 00:00:00",
        "2021-01-01T10:30",
        "2021-01-01T00:00:00,5",
        "2021-01-01T24:00:00",
        "2016-12-31T12:00:60",
    ] {
        bad.push(format!("{text}{own}"));
    }
    for offset in ["+24:00", "+0100", "+01", "Z[UTC]"] {
        bad.push(format!("{day}{offset}"));
    }
    bad.push(match form {
        Form::Local => format!("{day}+01:00"),
        _ => day.to_owned(),
    });
    (
        good.into_iter().map(|text| (text, shown.clone())).collect(),
        bad,
    )
}

/// Addresses that are taken, each with itself, and texts that are none.
fn addresses(lab: &Lab<'_>, max: u32) -> (Vec<(String, String)>, Vec<String>) {
    let word = match lab.word() {
        word if word.len() + 24 <= max as usize => word,
        _ => lab.letters(max.saturating_sub(4).clamp(1, 12) as usize),
    };
    let mut good = vec![
        format!("{word}@a.b"),
        format!("x.{word}+t@sub.example.org"),
        format!("{word}@EXAMPLE.org"),
        long(max),
    ];
    good.retain(|text| text.chars().count() <= max as usize);
    let bad = [
        "", "plain", "@a.b", "a@", "a@b@c", "a b@c.d", "a@b c", ".a@b.c", "a..b@c.d", "a@-b.c",
    ];
    let mut bad: Vec<String> = bad.map(str::to_owned).to_vec();
    bad.push(long(max + 1));
    (
        good.into_iter().map(|text| (text.clone(), text)).collect(),
        bad,
    )
}

/// An address of exactly so many characters.
fn long(count: u32) -> String {
    let name = count.saturating_sub(2).clamp(1, 64);
    let rest = count.saturating_sub(name + 1).max(1);
    let letter = |at: u32| match at % 60 == 59 && at + 1 < rest {
        true => '.',
        false => 'b',
    };
    let domain: String = (0..rest).map(letter).collect();
    format!("{}@{domain}", "a".repeat(name as usize))
}
