//! A job that ships the orders that are placed.

use std::sync::Arc;
use std::time::Duration;

use fieldproof_example_orders::orders::order::{Order, OrderState};
use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::service::Service;

/// How long an order is packed.
const PACKING: Duration = Duration::from_secs(1);

/// Ships what is placed, for as long as the server runs.
pub(crate) async fn pack(service: Arc<Service>) {
    loop {
        tokio::time::sleep(PACKING).await;
        if let Err(problem) = ship(&service).await {
            // What is not shipped now is shipped in the next round.
            tracing::warn!(detail = problem.detail, "orders are not shipped");
        }
    }
}

/// Ships all orders that are placed, each in a write of its own.
async fn ship(service: &Service) -> Result<(), Problem> {
    for tenant in service.tenants().await? {
        // What is on later pages is shipped in the next round.
        let placed: Vec<Order> = service
            .query(&tenant, None, "state=placed&limit=100")
            .await?;
        for order in placed {
            let ship = move |order: &mut Order| {
                order.state = OrderState::Shipped;
                Ok(())
            };
            let id = order.order_id;
            service
                .write(&tenant, move |unit| unit.change(&id, ship))
                .await?;
        }
    }
    Ok(())
}
