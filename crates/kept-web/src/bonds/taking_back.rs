//! `POST /undo/related.blocks.1042.1043`: a link that was made is taken off, and one that was taken off is back.

use axum::response::Response;
use kept_app::Error;
use kept_app::bonds as commands;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::Bond;

use crate::forms::Posted;
use crate::respond::done;
use crate::web::Web;

/// A link of the first ticket to the second, and whether it was made or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub made: bool,
    pub on: TicketId,
    bond: Bond,
    other: TicketId,
}

pub(crate) fn read(what: &str) -> Option<Link> {
    let mut parts = what.split('.');
    let made = match parts.next()? {
        "related" => true,
        "unrelated" => false,
        _ => return None,
    };
    let bond = Bond::from_text(parts.next()?)?;
    let mut number = || Some(TicketId(parts.next()?.parse().ok()?));
    let (on, other) = (number()?, number()?);
    parts.next().is_none().then_some(Link {
        made,
        on,
        bond,
        other,
    })
}

pub(crate) async fn take_back(web: &Web, posted: &Posted, link: Link) -> Result<Response, Error> {
    let said = (link.on, link.bond, link.other);
    let back = posted.who.page_of(link.on);
    if link.made {
        commands::unrelate(&web.desk, &posted.who.viewer, said).await?;
        return Ok(done(
            &back,
            format!("The link to #{} is off again.", link.other),
        ));
    }
    commands::relate(&web.desk, &posted.who.viewer, said).await?;
    Ok(done(&back, format!("The link to #{} is back.", link.other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_named_by_all_that_it_says() {
        let expected = Link {
            made: true,
            on: TicketId(12),
            bond: Bond::PartOf,
            other: TicketId(15),
        };
        assert_eq!(read("related.part-of.12.15"), Some(expected));
        let taken_off = Link {
            made: false,
            ..expected
        };
        assert_eq!(read("unrelated.part-of.12.15"), Some(taken_off));
        for nothing in [
            "related",
            "related.part-of.12",
            "related.likes.12.15",
            "related.part-of.12.15.3",
            "related.part-of.x.15",
            "merge-12",
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
