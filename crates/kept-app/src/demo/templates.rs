//! What the sample desk says again and again.

use kept_domain::access::Viewer;

use crate::reply_templates::{self, Written};
use crate::{Desk, Error};

const TEMPLATES: [(&str, &str); 3] = [
    (
        "Restart, and how",
        "Hello {{ first_name }},\n\nplease restart it once: hold the power button until the light goes out, wait ten seconds, press it again.\n\nDoes it still happen after that?",
    ),
    (
        "Which device is it?",
        "Hello {{ first_name }},\n\nwhich device is it? The number stands on the label below the screen and begins with two letters.",
    ),
    (
        "Parts are on their way",
        "Hello {{ first_name }},\n\nthe part is ordered. I tell you the day it comes, and we agree then when we put it in.",
    ),
];

pub(super) async fn write(desk: &Desk, agent: &Viewer) -> Result<(), Error> {
    for (name, text) in TEMPLATES {
        let written = Written {
            name: name.into(),
            text: text.into(),
            only_mine: false,
        };
        reply_templates::save(desk, agent, None, written).await?;
    }
    Ok(())
}
