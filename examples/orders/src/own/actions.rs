//! Operations that the spec does not have.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::MethodRouter;
use fieldproof_example_orders::orders::order::{Order, OrderState};
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::service::{Answer, Call, Service, allow};
use fieldproof_runtime::write::UnitOfWork;

/// `POST /orders/{orderId}/place` below the base of the API.
pub(crate) fn routes() -> Router<Arc<Service>> {
    let operations = allow(MethodRouter::new().post(place), "OPTIONS, POST");
    Router::new().route("/orders/{orderId}/place", operations)
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
