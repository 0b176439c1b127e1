//! Sign-in and first run, in the airy frame. They take words and never look at a password.

use maud::{Markup, html};

use crate::layout::{Theme, front};
use crate::parts::{Field, Icon, icon, post_with, text_field};

/// The sign-in form. `error` is the same for a wrong name and a wrong password.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub desk: Option<String>,
    pub address: String,
    pub error: Option<String>,
    pub csrf: String,
    /// Where to go after: a path of ours.
    pub back: String,
    pub theme: Theme,
}

/// The very first page of a new Kept: the desk and its first admin.
#[derive(Debug, Clone)]
pub struct FirstRun {
    pub desk: Field,
    pub name: Field,
    pub address: Field,
    pub password: Field,
    /// The address clients write to.
    pub intake: Field,
    pub csrf: String,
    pub theme: Theme,
}

/// The whole sign-in page.
pub fn sign_in(page: &SignIn) -> Markup {
    let address = Field::new("address", "E-mail address", &*page.address)
        .kind("email")
        .required()
        .autocomplete("username");
    let password = Field::new("password", "Password", "")
        .kind("password")
        .required()
        .autocomplete("current-password");
    let form = html! {
        input type="hidden" name="back" value=(page.back);
        @if let Some(error) = &page.error { p.warning role="alert" { (icon(Icon::Warning)) (error) } }
        (text_field(&address)) (text_field(&password))
        button.btn.btn-1.wide { "Sign in" }
    };
    front(
        "Sign in",
        page.desk.as_deref(),
        page.theme,
        html! { h1 { "Welcome back" } (post_with("/session", &page.csrf, "form", form)) p.front-note { "No password yet, or forgotten? An admin of your desk can set a new one under Settings, People." } },
    )
}

/// The whole first-run page.
pub fn first_run(page: &FirstRun) -> Markup {
    let form = html! {
        fieldset { legend { "Your desk" } (text_field(&page.desk)) (text_field(&page.intake)) }
        fieldset { legend { "You" } (text_field(&page.name)) (text_field(&page.address)) (text_field(&page.password)) }
        button.btn.btn-1.wide { "Begin" }
    };
    front(
        "Begin",
        None,
        page.theme,
        html! { h1 { "Let's set up your desk" } p.says { "Two minutes: who you are and where your clients write. Everything can be changed later." } (post_with("/setup", &page.csrf, "form", form)) },
    )
}
