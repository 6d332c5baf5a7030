//! Statements with their values, sent one after the other without waiting for answers.
//!
//! No statement is prepared under a name, so connections hold no state between transactions,
//! and a pooler such as PgBouncer can lend each of them to several processes.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Row};

use crate::store::ColumnValue;

/// A statement and the values that it binds.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    sql: Cow<'static, str>,
    values: Vec<ColumnValue>,
    /// Whether it is one of the protocol's own.
    plain: bool,
}

/// The type is left to the statement.
static NULL: Option<&str> = None;

impl Statement {
    pub(crate) fn new(sql: impl Into<Cow<'static, str>>, values: Vec<ColumnValue>) -> Self {
        let sql = sql.into();
        Self {
            sql,
            values,
            plain: false,
        }
    }

    /// A statement of the protocol's own, such as `COMMIT`; several of them with semicolons.
    pub(crate) fn plain(sql: &'static str) -> Self {
        Self {
            plain: true,
            ..Self::new(sql, Vec::new())
        }
    }

    /// The text of it.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.sql.clone().into_owned()
    }

    /// Sends it, and reads the rows of its answer. It is sent when the future is first polled.
    pub(crate) async fn run(&self, client: &Client) -> Result<Vec<Row>, Error> {
        if self.plain {
            return client.batch_execute(&self.sql).await.map(|()| Vec::new());
        }
        let bound = self.values.iter().map(|value| match value {
            ColumnValue::Null => (&NULL as &(dyn ToSql + Sync), Type::UNKNOWN),
            ColumnValue::Number(number) => (number as _, Type::INT8),
            ColumnValue::Text(text) => (text as _, Type::TEXT),
        });
        client
            .query_typed(&self.sql, &bound.collect::<Vec<_>>())
            .await
    }
}

/// Values of a statement.
pub(crate) fn values<const N: usize>(values: [&dyn AsValue; N]) -> Vec<ColumnValue> {
    values.iter().map(|value| value.as_value()).collect()
}

/// What a statement can bind.
pub(crate) trait AsValue {
    /// The value as it is bound.
    fn as_value(&self) -> ColumnValue;
}

impl AsValue for &str {
    fn as_value(&self) -> ColumnValue {
        ColumnValue::Text((*self).to_owned())
    }
}

impl AsValue for String {
    fn as_value(&self) -> ColumnValue {
        ColumnValue::Text(self.clone())
    }
}

impl AsValue for i64 {
    fn as_value(&self) -> ColumnValue {
        ColumnValue::Number(*self)
    }
}

impl<T: AsValue> AsValue for Option<T> {
    fn as_value(&self) -> ColumnValue {
        self.as_ref().map_or(ColumnValue::Null, AsValue::as_value)
    }
}

/// Sends all statements at once, and waits for all answers; returns the rows of the last one.
///
/// # Errors
/// The first error of a statement; within a transaction it fails those that follow as well.
pub(crate) async fn run_all(client: &Client, statements: &[Statement]) -> Result<Vec<Row>, Error> {
    let mut waiting: Vec<_> = statements
        .iter()
        .map(|statement| Waiting::Sent(Box::pin(statement.run(client))))
        .collect();
    // Each is polled in turn, so they are sent in this order.
    poll_fn(|context| {
        let mut done = true;
        for one in &mut waiting {
            if let Waiting::Sent(answer) = one {
                match answer.as_mut().poll(context) {
                    Poll::Ready(rows) => *one = Waiting::Answered(rows),
                    Poll::Pending => done = false,
                }
            }
        }
        match done {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    let mut last = Vec::new();
    for one in waiting {
        if let Waiting::Answered(rows) = one {
            last = rows?;
        }
    }
    Ok(last)
}

/// A statement on its way.
enum Waiting<F> {
    Sent(Pin<Box<F>>),
    Answered(Result<Vec<Row>, Error>),
}
