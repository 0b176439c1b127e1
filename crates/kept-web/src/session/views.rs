//! Sign-in and first run, in the airy frame. They take words and never look at a password.

use maud::{Markup, html};

use crate::layout::{Theme, front};
use crate::parts::{Field, Icon, icon, text_field};

/// The sign-in form. `error` is the same for a wrong name and a wrong password.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub email: String,
    pub error: Option<String>,
    /// Where to go after: a path of ours.
    pub back: String,
    /// A new desk that nobody has claimed.
    pub nobody_yet: bool,
    pub theme: Theme,
}

/// A one-time link that somebody followed.
#[derive(Debug, Clone)]
pub struct Link {
    pub token: String,
    pub error: Option<String>,
    pub theme: Theme,
}

/// The very first page of a new Kept: the desk and its first admin.
#[derive(Debug, Clone)]
pub struct FirstRun {
    /// The secret of the link that led here.
    pub token: String,
    pub name: Field,
    pub address: Field,
    pub password: Field,
    /// The address clients write to.
    pub intake: Field,
    pub zone: Field,
    /// What is wrong with none of the fields.
    pub error: Option<String>,
    pub theme: Theme,
}

impl FirstRun {
    /// The field of this name.
    pub fn field(&mut self, name: &str) -> Option<&mut Field> {
        let fields = [
            &mut self.name,
            &mut self.address,
            &mut self.password,
            &mut self.intake,
            &mut self.zone,
        ];
        fields.into_iter().find(|field| field.name == name)
    }
}

/// The whole sign-in page.
pub fn sign_in(page: &SignIn) -> Markup {
    let email = Field::new("email", "E-mail address", &*page.email)
        .kind("email")
        .required()
        .autocomplete("username");
    let password = Field::new("password", "Password", "")
        .kind("password")
        .required()
        .autocomplete("current-password");
    let card = html! {
        h1 { "Welcome back" }
        form.form method="post" action="/session" {
            input type="hidden" name="back" value=(page.back);
            (warning(page.error.as_deref()))
            (text_field(&email)) (text_field(&password))
            button.btn.btn-1.wide { "Sign in" }
        }
        p.front-note { (note(page.nobody_yet)) }
    };
    front("Sign in", page.theme, card)
}

fn note(nobody_yet: bool) -> &'static str {
    if nobody_yet {
        "Nobody can sign in yet. The server printed a link when it started: open it to make the first admin. Starting it again prints a new one."
    } else {
        "No password yet, or forgotten? An admin of your desk can make a sign-in link under Settings, People and roles."
    }
}

fn warning(error: Option<&str>) -> Markup {
    html! { @if let Some(error) = error { p.warning role="alert" { (icon(Icon::Warning)) (error) } } }
}

/// The whole page of a one-time link.
pub fn link(page: &Link) -> Markup {
    let card = html! {
        h1 { "Sign in with this link" }
        @if page.error.is_some() {
            (warning(page.error.as_deref()))
            a.btn.btn-1.wide href="/sign-in" { "To the sign-in page" }
        } @else {
            p.says { "It works once. The button is there so that programs which open every link in a mail do not use it up." }
            form.form method="post" action={ "/sign-in/" (page.token) } { button.btn.btn-1.wide { "Sign in" } }
        }
    };
    front("Sign in", page.theme, card)
}

/// The whole first-run page.
pub fn first_run(page: &FirstRun) -> Markup {
    let card = html! {
        h1 { "Let's set up your desk" }
        p.says { "Two minutes: who you are and where your clients write. Everything can be changed later." }
        form.form method="post" action="/setup" {
            input type="hidden" name="token" value=(page.token);
            (warning(page.error.as_deref()))
            fieldset { legend { "You" } (text_field(&page.name)) (text_field(&page.address)) (text_field(&page.password)) }
            fieldset { legend { "Your desk" } (text_field(&page.intake)) (text_field(&page.zone)) }
            button.btn.btn-1.wide { "Begin" }
        }
    };
    front("Begin", page.theme, card)
}
