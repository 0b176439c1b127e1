//! The `<head>` of every page: one stylesheet, one script of ours, Turbo when the build has it. Nothing inline, nothing
//! from another host.

use maud::{Markup, html};

use crate::assets;

/// The head. `quick` pages are changed in place by Turbo; the others load as plain pages.
pub fn head(title: &str, quick: bool) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            title { (title) " · Kept" }
            meta name="robots" content="noindex";
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#f5f4f0" media="(prefers-color-scheme: light)";
            meta name="theme-color" content="#101216" media="(prefers-color-scheme: dark)";
            @if quick {
                meta name="turbo-refresh-method" content="morph";
                meta name="turbo-refresh-scroll" content="preserve";
                // A page from memory, shown until the real one comes, would swallow what is pressed on it.
                meta name="turbo-cache-control" content="no-preview";
            }
            @if let Some(css) = assets::path("kept.css") { link rel="stylesheet" href=(css) data-turbo-track="reload"; }
            @if let Some(icon) = assets::path("favicon.svg") { link rel="icon" href=(icon) type="image/svg+xml"; }
            @if let Some(manifest) = assets::path("kept.webmanifest") { link rel="manifest" href=(manifest); }
            @if quick { @if let Some(turbo) = assets::path("turbo.js") { script src=(turbo) defer {} } }
            @if quick { @if let Some(elements) = assets::path("elements.js") { script src=(elements) defer {} } }
            @if let Some(js) = assets::path("kept.js") { script type="module" src=(js) data-turbo-track="reload" {} }
        }
    }
}
