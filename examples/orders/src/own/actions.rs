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

/// Places an order, which has to have a line.
fn placed(order: &mut Order, _: &mut UnitOfWork<'_>) -> Result<(), Problem> {
    if order.lines.is_empty() {
        return Err(Problem::refused("an order without lines cannot be placed"));
    }
    order.state = OrderState::Placed;
    Ok(())
}
