//! Converts a parsed query to an executable one; refuses queries that are not well-typed (RFC
//! 9535 section 2.4.3).

use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter, FilterAtom, FnArg, Literal, Segment as Read,
    Selector as ReadSelector, SingularQuery, SingularQuerySegment, Test as ReadTest, TestFunction,
};
use serde_json::Value;

use super::pattern::Pattern;
use super::syntax::{Op, Operand, Query, Segment, Selector, Test};

pub(super) fn query(root: bool, segments: &[Read]) -> Result<Query, String> {
    let segments = segments.iter().map(segment).collect::<Result<_, _>>()?;
    Ok(Query { root, segments })
}

fn segment(read: &Read) -> Result<Segment, String> {
    let selectors = match read {
        Read::Descendant(inner) => {
            let descendant = true;
            return Ok(Segment {
                descendant,
                ..segment(inner)?
            });
        }
        Read::Selector(one) => vec![selector(one)?],
        Read::Selectors(several) => several.iter().map(selector).collect::<Result<_, _>>()?,
    };
    Ok(Segment {
        descendant: false,
        selectors,
    })
}

fn selector(read: &ReadSelector) -> Result<Selector, String> {
    Ok(match read {
        ReadSelector::Name(name) => Selector::Name(name.clone()),
        ReadSelector::Wildcard => Selector::Wildcard,
        ReadSelector::Index(index) => Selector::Index(*index),
        ReadSelector::Slice(start, end, step) => Selector::Slice(*start, *end, step.unwrap_or(1)),
        ReadSelector::Filter(one) => Selector::Filter(filter(one)?),
    })
}

fn filter(read: &Filter) -> Result<Test, String> {
    let all = |filters: &[Filter]| filters.iter().map(filter).collect::<Result<_, _>>();
    match read {
        Filter::Or(filters) => all(filters).map(Test::Or),
        Filter::And(filters) => all(filters).map(Test::And),
        Filter::Atom(atom) => {
            let (inner, not) = match atom {
                FilterAtom::Filter { expr, not } => (filter(expr)?, *not),
                FilterAtom::Test { expr, not } => (test(expr)?, *not),
                FilterAtom::Comparison(one) => (comparison(one)?, false),
            };
            Ok(match not {
                true => Test::Not(Box::new(inner)),
                false => inner,
            })
        }
    }
}

fn test(read: &ReadTest) -> Result<Test, String> {
    let function = match read {
        ReadTest::RelQuery(_) | ReadTest::AbsQuery(_) => return nodes(read).map(Test::Exists),
        ReadTest::Function(function) => function,
    };
    let (whole, text, pattern) = match &**function {
        TestFunction::Match(text, pattern) => (true, text, pattern),
        TestFunction::Search(text, pattern) => (false, text, pattern),
        TestFunction::Custom(name, _) => return Err(format!("there is no function {name}")),
        _ => return Err("what a function returns has to be compared".to_owned()),
    };
    match pattern {
        FnArg::Literal(Literal::String(pattern)) => Ok(Test::Matches(
            argument(text)?,
            Pattern::new(pattern, whole)?,
        )),
        // A pattern from the data could be arbitrarily expensive.
        _ => Err("a pattern is a text that stands in the path".to_owned()),
    }
}

fn comparison(read: &Comparison) -> Result<Test, String> {
    let (op, left, right) = match read {
        Comparison::Eq(left, right) => (Op::Equal, left, right),
        Comparison::Ne(left, right) => (Op::Unequal, left, right),
        Comparison::Lt(left, right) => (Op::Less, left, right),
        Comparison::Lte(left, right) => (Op::LessOrEqual, left, right),
        Comparison::Gt(left, right) => (Op::Less, right, left),
        Comparison::Gte(left, right) => (Op::LessOrEqual, right, left),
    };
    Ok(Test::Compare(op, comparable(left)?, comparable(right)?))
}

fn comparable(read: &Comparable) -> Result<Operand, String> {
    let (root, segments) = match read {
        Comparable::Literal(one) => return literal(one).map(Operand::Literal),
        Comparable::Function(one) => return function(one),
        Comparable::SingularQuery(SingularQuery::Current(segments)) => (false, segments),
        Comparable::SingularQuery(SingularQuery::Root(segments)) => (true, segments),
    };
    let selector = |segment: &SingularQuerySegment| match segment {
        SingularQuerySegment::Index(index) => Selector::Index(*index),
        SingularQuerySegment::Name(name) => Selector::Name(name.clone()),
    };
    let segment = |segment| Segment {
        descendant: false,
        selectors: vec![selector(segment)],
    };
    let segments = segments.iter().map(segment).collect();
    Ok(Operand::Single(Query { root, segments }))
}

fn function(read: &TestFunction) -> Result<Operand, String> {
    let query = |argument: &FnArg| match argument {
        FnArg::Test(test) => nodes(test),
        _ => Err("count and value take a path".to_owned()),
    };
    match read {
        TestFunction::Length(one) => argument(one).map(Box::new).map(Operand::Length),
        TestFunction::Count(one) => query(one).map(Operand::Count),
        TestFunction::Value(one) => query(one).map(Operand::Value),
        _ => Err("what this function returns cannot be compared".to_owned()),
    }
}

/// An argument that is one value or absent.
fn argument(read: &FnArg) -> Result<Operand, String> {
    let single = |segment: &Segment| {
        let one = matches!(
            segment.selectors[..],
            [Selector::Name(_) | Selector::Index(_)]
        );
        one && !segment.descendant
    };
    match read {
        FnArg::Literal(one) => literal(one).map(Operand::Literal),
        FnArg::Test(test) => match &**test {
            ReadTest::Function(one) => function(one),
            _ => Some(nodes(test)?)
                .filter(|query| query.segments.iter().all(single))
                .map(Operand::Single)
                .ok_or_else(|| "this function takes one value".to_owned()),
        },
        FnArg::Filter(_) => Err("this function takes one value".to_owned()),
    }
}

fn nodes(read: &ReadTest) -> Result<Query, String> {
    match read {
        ReadTest::RelQuery(segments) => query(false, segments),
        ReadTest::AbsQuery(one) => query(true, &one.segments),
        ReadTest::Function(_) => Err("count and value take a path".to_owned()),
    }
}

fn literal(read: &Literal) -> Result<Value, String> {
    Ok(match read {
        Literal::Int(number) => (*number).into(),
        Literal::Float(number) if number.is_finite() => (*number).into(),
        Literal::Float(_) => return Err("a number is too large".to_owned()),
        Literal::String(text) => text.clone().into(),
        Literal::Bool(truth) => (*truth).into(),
        Literal::Null => Value::Null,
    })
}
