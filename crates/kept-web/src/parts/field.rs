//! Form fields: a label, the input, a line of help, and what is wrong with it. They carry values; they check nothing.

use maud::{Markup, html};

/// One labelled input. `error` says what is wrong and what to do; it is tied to the input for screen readers.
#[derive(Debug, Clone, Default)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub value: String,
    pub help: Option<String>,
    pub error: Option<String>,
    /// `text` when empty; else `email`, `password`, `number`, `time`, …
    pub kind: &'static str,
    pub required: bool,
    /// The `autocomplete` token, when the browser may help.
    pub autocomplete: Option<&'static str>,
    pub placeholder: Option<String>,
    /// The id of the list of suggestions.
    pub list: Option<&'static str>,
    /// The page begins here.
    pub first: bool,
    /// Characters that are taken at most.
    pub most: Option<usize>,
}

impl Field {
    /// A plain text field holding `value`.
    pub fn new(name: &str, label: &str, value: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            value: value.into(),
            kind: "text",
            ..Self::default()
        }
    }

    /// The same field with a line of help under it.
    pub fn help(self, help: &str) -> Self {
        Self {
            help: Some(help.to_owned()),
            ..self
        }
    }

    /// The same field with another input type.
    pub fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// The same field, not to be left empty.
    pub fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The same field with what the browser may fill in.
    pub fn autocomplete(self, token: &'static str) -> Self {
        Self {
            autocomplete: Some(token),
            ..self
        }
    }

    /// The same field with an example in place of a value.
    pub fn placeholder(self, example: &str) -> Self {
        Self {
            placeholder: Some(example.to_owned()),
            ..self
        }
    }

    /// The same field, with the cursor in it when the page opens.
    pub fn first(self) -> Self {
        Self {
            first: true,
            ..self
        }
    }

    /// The same field, for no more characters than are taken.
    pub fn most(self, characters: usize) -> Self {
        Self {
            most: Some(characters),
            ..self
        }
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn described_by(&self) -> Option<String> {
        let help = self.help.is_some().then(|| format!("{}-help", self.id()));
        let error = self.error.is_some().then(|| format!("{}-error", self.id()));
        let ids: Vec<_> = [error, help].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// One choice of a select: its value, its words.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub words: String,
}

impl Choice {
    /// A choice from two texts.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            words: words.into(),
        }
    }
}

/// A one-line input.
pub fn text_field(field: &Field) -> Markup {
    framed(
        field,
        html! {
            input id=(field.id()) name=(field.name) type=(field.kind) value=(field.value) required[field.required] maxlength=[field.most]
                autocomplete=[field.autocomplete] placeholder=[field.placeholder.as_deref()] list=[field.list] autofocus[field.first]
                aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[field.described_by()];
        },
    )
}

/// An input of several lines that grows with its text.
pub fn text_area(field: &Field, rows: u8) -> Markup {
    framed(
        field,
        html! {
            auto-size {
                textarea id=(field.id()) name=(field.name) rows=(rows) required[field.required] maxlength=[field.most]
                    placeholder=[field.placeholder.as_deref()]
                    aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[field.described_by()] { (field.value) }
            }
        },
    )
}

/// A select; `field.value` is the chosen one.
pub fn select_field(field: &Field, offered: &[Choice]) -> Markup {
    framed(
        field,
        html! {
            select id=(field.id()) name=(field.name) required[field.required]
                aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[field.described_by()] {
                (choices(offered, &field.value))
            }
        },
    )
}

/// The options of a select, with `chosen` selected.
pub fn choices(offered: &[Choice], chosen: &str) -> Markup {
    html! {
        @for choice in offered {
            option value=(choice.value) selected[choice.value == chosen] { (choice.words) }
        }
    }
}

/// A box to tick, with its words beside it.
pub fn checkbox(name: &str, value: &str, words: &str, ticked: bool) -> Markup {
    html! {
        label.tick { input type="checkbox" name=(name) value=(value) checked[ticked]; span { (words) } }
    }
}

fn framed(field: &Field, input: Markup) -> Markup {
    html! {
        div.field {
            label for=(field.id()) { (field.label) }
            (input)
            @if let Some(error) = &field.error { p.field-error id={ (field.id()) "-error" } { (error) } }
            @if let Some(help) = &field.help { p.field-help id={ (field.id()) "-help" } { (help) } }
        }
    }
}
