//! Writes to both sides.

use fieldproof_spec::model::{Resource, Type};
use serde_json::{Map, Value};

use super::super::compare::parse;
use super::{Counterparts, Pair};
use crate::harness::CheckError;
use crate::kind::kind;
use crate::strategy::wrong_types;

impl<'a> Pair<'a, '_> {
    pub(super) fn create(
        &mut self,
        resource: &'a Resource,
        above: Option<usize>,
        draw: u8,
    ) -> Result<(), CheckError> {
        let mut body = self.harness.body(resource, &Map::new());
        self.spoil(resource, &mut body, draw);
        let (service, model) = match above {
            Some(at) => (
                self.counterparts[at].service.clone(),
                self.counterparts[at].model.clone(),
            ),
            None => (Vec::new(), Vec::new()),
        };
        let own = resource
            .create
            .as_ref()
            .and_then(|create| create.path.clone());
        let target = |ids: &[String]| {
            let own = own.clone();
            own.unwrap_or_else(|| crate::harness::collection(resource, ids))
        };
        let method = self.harness.create(resource, "").method;
        let (exchange, reply) = self.both(
            &method,
            &target(&service),
            &target(&model),
            Some(&Value::Object(body)),
        )?;
        self.same(resource, &exchange, &reply)?;
        let (own, other) = (exchange.json(), parse(&reply));
        if let (Some(id), Some(counterpart)) = (resource.id_of(&own), resource.id_of(&other)) {
            let with = |mut ids: Vec<String>, id: String| {
                ids.push(id);
                ids
            };
            let counterpart = Counterparts {
                resource,
                service: with(service, id),
                model: with(model, counterpart),
                shown: own.as_object().cloned().unwrap_or_default(),
            };
            self.counterparts.push(counterpart);
        }
        Ok(())
    }

    /// Sometimes replaces a value by one of another type, or by one that another object
    /// has.
    fn spoil(&self, resource: &Resource, body: &mut Map<String, Value>, draw: u8) {
        let written: Vec<&String> = body.keys().collect();
        let Some(name) = written
            .get(usize::from(draw / 8) % written.len().max(1))
            .map(|name| (*name).clone())
        else {
            return;
        };
        let Some(field) = resource.field(&name) else {
            return;
        };
        match draw % 8 {
            // The treatment of values of another type is not documented.
            0 if self.harness.api.dialect.scalars.row.is_some() => {
                let mut wrong = wrong_types(self.harness.api, field);
                if !wrong.is_empty() {
                    body.insert(name, wrong.swap_remove(usize::from(draw) % wrong.len()));
                }
            }
            1 => {
                let unique = resource
                    .fields
                    .iter()
                    .find(|field| field.unique.is_some() && field.on_create());
                let other = self
                    .counterparts
                    .iter()
                    .rev()
                    .find(|counterpart| counterpart.resource.name == resource.name);
                if let (Some(field), Some(counterpart)) = (unique, other) {
                    body.insert(
                        field.name.clone(),
                        counterpart
                            .shown
                            .get(&field.name)
                            .cloned()
                            .unwrap_or_default(),
                    );
                }
            }
            _ => {}
        }
    }

    pub(super) fn update(&mut self, at: usize, draw: u8) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        let Some(update) = &resource.update else {
            return Ok(());
        };
        let mut body = Map::new();
        for (index, field) in resource
            .fields
            .iter()
            .filter(|field| field.on_update())
            .enumerate()
        {
            let chosen = (usize::from(draw) + index) % 3 == 0;
            let decides = resource
                .fields
                .iter()
                .any(|one| kind(&one.ty).decided_by() == Some(field.name.as_str()));
            if chosen && !decides && !matches!(field.ty, Type::Shared(_)) {
                let mut owner = self.counterparts[at].shown.clone();
                owner.extend(body.clone());
                let value = match field.nullable && draw.is_multiple_of(5) {
                    true => Value::Null,
                    false => self.harness.value(resource, field, &owner),
                };
                body.insert(field.name.clone(), value);
            }
        }
        self.spoil(resource, &mut body, draw);
        let verb = update.verbs[usize::from(draw) % update.verbs.len()].as_str();
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both(verb, &service, &model, Some(&Value::Object(body)))?;
        self.same(resource, &exchange, &reply)?;
        if let (200, Value::Object(shown)) = (exchange.status, exchange.json()) {
            self.counterparts[at].shown = shown;
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, at: usize) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        if resource.delete.is_none() {
            return Ok(());
        }
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both("DELETE", &service, &model, None)?;
        self.same(resource, &exchange, &reply)
    }
}
