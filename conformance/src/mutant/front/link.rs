//! Mutations of links between pages.

use fieldproof_spec::model::Resource;

use super::answer::drop_header;
use super::list::page_names;
use crate::model::Reply;
use crate::mutant::mutation::Operator;

/// Removes links, or the parameters they have to repeat.
pub(super) fn apply(operator: Operator, resource: &Resource, reply: &mut Reply) {
    match operator {
        Operator::LinkMissing | Operator::ListCut => drop_header(reply, "link"),
        Operator::LinkForgets => {
            let pages = page_names(resource);
            let links = reply.headers.iter_mut().filter(|(name, _)| name == "link");
            links.for_each(|(_, links)| *links = forgetting(links, &pages));
        }
        Operator::LinkOutside => {
            let links = reply.headers.iter_mut().filter(|(name, _)| name == "link");
            links.for_each(|(_, links)| *links = links.replace("</", "</elsewhere/"));
        }
        _ => {}
    }
}

/// The links with only parameters of these names.
fn forgetting(links: &str, names: &[String]) -> String {
    let one = |link: &str| {
        let (path, rest) = link.split_once('?')?;
        let (query, rel) = rest.split_once('>')?;
        let kept = query.split('&').filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            names.iter().any(|own| own == name)
        });
        let kept: Vec<&str> = kept.collect();
        Some(format!("{path}?{}>{rel}", kept.join("&")))
    };
    let links = links.split(", ");
    let all: Option<Vec<String>> = links.map(one).collect();
    all.unwrap_or_default().join(", ")
}
