//! Email addresses.

use fieldproof_spec::model::Api;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::source::letters;
use super::{Cases, Kind, Shown, Source, Within};

/// An address of at most this many characters; unique addresses are case-insensitive.
pub(super) struct Email(pub(super) u32);

/// The shortest domain part of an address.
const END: &str = "@a.b";

impl Email {
    /// The length of the local part before the shortest domain.
    fn name(&self) -> usize {
        self.0.saturating_sub(END.len() as u32).max(1) as usize
    }
}

impl Kind for Email {
    fn wording(&self) -> String {
        format!("an email address of at most {} characters", self.0)
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        if self.0 < 31 {
            return vec(proptest::char::range('a', 'z'), 1..=self.name())
                .prop_map(|name| format!("{}{END}", String::from_iter(name)).into())
                .boxed();
        }
        "[a-z]{1,8}[.+_-]?[a-z0-9]{1,8}@[a-z]{1,8}\\.[a-z]{2,4}"
            .prop_map(Value::String)
            .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        let end = if self.0 < 40 { END } else { "@example.org" };
        let room = self.0.saturating_sub(end.len() as u32).clamp(1, 60);
        let name = match source.word() {
            word if word.len() <= room as usize => word,
            _ => source.letters(room.min(12) as usize),
        };
        format!("{name}{end}").into()
    }

    fn room(&self, _: &Api) -> u64 {
        match self.0 {
            // One or a few letters before the shortest domain.
            0..8 => 26_u64.saturating_pow(self.0.saturating_sub(END.len() as u32)),
            _ => u64::MAX,
        }
    }

    fn longest(&self, source: &dyn Source) -> Option<Value> {
        let label = "b".repeat(60);
        let long = || format!("{}@{label}.{label}.example", source.word()).into();
        (self.0 > 200).then(long)
    }

    /// Includes another case, which is a different address unless it is unique.
    fn near(&self, _: &Within<'_>, unique: bool, source: &dyn Source) -> Vec<Value> {
        let name = source.letters((self.0 as usize).saturating_sub(5).clamp(1, 12));
        let mut all = vec![format!("{name}{END}"), format!("{name}{END}x")];
        if !unique {
            all.push(format!("{}@A.b", name.to_uppercase()));
        }
        all.into_iter().map(Value::from).collect()
    }

    fn twin(&self, value: &str) -> Option<String> {
        Some(value.to_uppercase())
    }

    fn syntax(&self, nonce: u64) -> Option<Cases<Shown>> {
        let max = self.0;
        let word = format!("w{nonce:x}");
        let word = match word.len() + 24 <= max as usize {
            true => word,
            false => letters(nonce, self.name().min(12)),
        };
        let mut taken = vec![
            format!("{word}{END}"),
            format!("x.{word}+t@sub.example.org"),
            format!("{word}@EXAMPLE.org"),
            long(max),
        ];
        taken.retain(|text| text.chars().count() <= max as usize);
        let refused = [
            "", "plain", "@a.b", "a@", "a@b@c", "a b@c.d", "a@b c", ".a@b.c", "a..b@c.d", "a@-b.c",
        ];
        let taken = taken.iter().map(|text| (text.as_str(), text.as_str()));
        Some(Cases::texts(taken, &refused).without([long(max + 1).as_str()]))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("nobody".into(), "format")]
    }

    fn is_probed(&self) -> bool {
        true
    }
}

/// An address of exactly `count` characters.
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
