//! Forms that change something: each posts and carries the reader's forgery token. It never knows what the form does.

use maud::{Markup, html};

/// A form that posts to `action` with `inner` as its content. `csrf` is the session's token.
pub fn post(action: &str, csrf: &str, inner: Markup) -> Markup {
    post_with(action, csrf, "", inner)
}

/// The same with a class for its looks.
pub fn post_with(action: &str, csrf: &str, class: &str, inner: Markup) -> Markup {
    html! {
        form method="post" action=(action) class=[(!class.is_empty()).then_some(class)] {
            input type="hidden" name="csrf" value=(csrf);
            (inner)
        }
    }
}

/// A form that also carries files.
pub fn post_files(action: &str, csrf: &str, class: &str, inner: Markup) -> Markup {
    html! {
        form method="post" action=(action) class=(class) enctype="multipart/form-data" {
            input type="hidden" name="csrf" value=(csrf);
            (inner)
        }
    }
}
