//! What every page keeps to, proved on the pages of the gallery: our own content-security policy, forms that carry
//! their token, ids that are there once.

#[path = "../examples/gallery/desk.rs"]
mod desk;
#[path = "../examples/gallery/pages.rs"]
mod pages;
#[path = "../examples/gallery/ticket.rs"]
mod ticket;

use std::collections::HashSet;

fn each(check: impl Fn(&str, &str)) {
    for (name, markup) in pages::all() {
        check(name, &markup.into_string());
    }
}

/// The opening tags of a page, each without its brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with(['/', '!']))
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    tags(html)
        .filter_map(|tag| tag.split_once(start.as_str())?.1.split('"').next())
        .collect()
}

#[test]
fn no_page_carries_a_style_or_a_script_of_its_own() {
    each(|name, html| {
        for tag in tags(html) {
            let names: String = tag.split('"').step_by(2).collect();
            assert!(!names.contains(" style="), "{name}: <{tag}>");
            assert!(!names.contains(" on"), "{name}: <{tag}>");
            assert!(!names.starts_with("style"), "{name}: <{tag}>");
            let loaded = tag.contains(" src=\"/assets/");
            assert!(!names.starts_with("script") || loaded, "{name}: <{tag}>");
        }
    });
}

#[test]
fn every_form_that_posts_carries_the_token() {
    each(|name, html| {
        for form in html
            .split("<form")
            .skip(1)
            .filter(|form| form.starts_with(" ") && form.contains("method=\"post\""))
        {
            let body = form.split("</form>").next().unwrap_or(form);
            let posts = body
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains("method=\"post\""));
            assert!(
                !posts || body.contains("name=\"csrf\" value=\"sample\""),
                "{name}: <form{body}"
            );
        }
    });
}

#[test]
fn an_id_is_there_once() {
    each(|name, html| {
        let mut seen = HashSet::new();
        for id in values(html, "id") {
            assert!(seen.insert(id), "{name}: {id} is there twice");
        }
    });
}

#[test]
fn what_points_at_an_id_finds_it() {
    each(|name, html| {
        let ids: HashSet<_> = values(html, "id").into_iter().collect();
        for attribute in ["for", "form", "popovertarget", "aria-controls"] {
            for target in values(html, attribute) {
                assert!(
                    ids.contains(target),
                    "{name}: {attribute} points at {target}"
                );
            }
        }
    });
}

#[test]
fn words_from_outside_are_words_and_never_markup() {
    let mut shell = desk::shell(
        "<script>alert(1)</script>",
        kept_web::layout::Section::Inbox,
    );
    shell.query = "\"><img src=x>".into();
    let mut page = ticket::page(&shell);
    page.subject = "<b>bold</b> & \"quoted\"".into();
    let html = kept_web::layout::page(&shell, kept_web::ticket::views::ticket(&page, &shell))
        .into_string();
    for raw in ["<script>alert", "<img src=x", "<b>bold"] {
        assert!(!html.contains(raw), "{raw}");
    }
    assert!(html.contains("&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;"));
}

#[test]
fn the_theme_of_the_reader_is_on_the_page() {
    use kept_web::layout::Theme;
    for (word, theme) in [
        ("light", Theme::Light),
        ("dark", Theme::Dark),
        ("system", Theme::System),
        ("pink", Theme::System),
    ] {
        assert_eq!(Theme::read(word), theme);
        let shell = kept_web::layout::Shell {
            theme,
            ..desk::shell("Now", kept_web::layout::Section::Now)
        };
        let html = kept_web::layout::page(&shell, maud::html! {}).into_string();
        assert!(html.contains(&format!(
            "<html lang=\"en\" data-theme=\"{}\">",
            theme.word()
        )));
    }
}
