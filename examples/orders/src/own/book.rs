//! The rules of the order book: what an order costs, and which changes its state allows.

use fieldproof_example_orders::orders::order::{Order, OrderState};
use fieldproof_runtime::hooks::Hooks;
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::write::UnitOfWork;

/// Articles and what one of each costs, in cents. Others are priced when they are packed.
const PRICES: &[(&str, i64)] = &[("espresso", 220), ("cappuccino", 310), ("croissant", 190)];

/// The rules of the order book.
pub(crate) struct Book;

impl Hooks<Order> for Book {
    fn create(&self, order: &mut Order, unit: &mut UnitOfWork<'_>) -> Result<(), Problem> {
        // An imported order keeps what it cost then.
        if !unit.is_import() {
            order.total = cost(order);
        }
        Ok(())
    }

    fn update(
        &self,
        before: &Order,
        after: &mut Order,
        _: &mut UnitOfWork<'_>,
    ) -> Result<(), Problem> {
        if before.state != OrderState::Draft && before.lines != after.lines {
            return Err(Problem::refused("the order is placed: its lines are final"));
        }
        if !follows(before.state, after.state) {
            let (from, to) = (before.state, after.state);
            return Err(Problem::refused(format!(
                "an order that is {from:?} cannot become {to:?}"
            )));
        }
        if after.state == OrderState::Draft {
            after.total = cost(after);
        }
        Ok(())
    }

    fn delete(&self, order: &Order, _: &mut UnitOfWork<'_>) -> Result<(), Problem> {
        match order.state {
            OrderState::Draft => Ok(()),
            _ => Err(Problem::refused("the order is placed: it is kept")),
        }
    }
}

/// Whether an order may go from one state to the other.
fn follows(from: OrderState, to: OrderState) -> bool {
    use OrderState::{Draft, Placed, Shipped};
    from == to || matches!((from, to), (Draft, Placed) | (Placed, Shipped))
}

fn cost(order: &Order) -> i64 {
    let price = |article: &str| PRICES.iter().find(|(name, _)| *name == article);
    let lines = order.lines.iter();
    lines
        .filter_map(|line| Some(price(&line.article)?.1 * line.quantity))
        .sum()
}
