//! Operations that the spec does not have.

use std::sync::Arc;

use axum::extract::State;
use fieldproof_example_orders::orders::order::{Order, OrderState};
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::service::{Answer, Call, Routes, Service, post};
use fieldproof_runtime::write::UnitOfWork;

/// `POST /orders/{orderId}/place` below the base of the API.
pub(crate) fn routes() -> Routes {
    Routes::new().at("/orders/{orderId}/place", post(place))
}

async fn place(State(service): State<Arc<Service>>, call: Call) -> Answer {
    service.act(call, placed).await
}

/// The most pieces that are packed for one order.
const MOST: i64 = 5_000;

/// Places an order, which has to have a line and to fit on a cart.
fn placed(order: &mut Order, unit: &mut UnitOfWork<'_>) -> Result<(), Problem> {
    if order.lines.is_empty() {
        return Err(Problem::refused("an order without lines cannot be placed"));
    }
    if order.lines.iter().map(|line| line.quantity).sum::<i64>() > MOST {
        let detail = format!("at most {MOST} pieces are packed for one order");
        return Err(unit.invalid("/lines", "too_large", detail));
    }
    order.state = OrderState::Placed;
    Ok(())
}
