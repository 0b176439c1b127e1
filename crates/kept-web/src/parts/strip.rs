//! The turn strip: a ticket's life from left to right, each stretch in the colour of whose turn it was. Drawn as SVG in
//! percentages, so it fits any width without a script; the words for it come with the data.

use maud::{Markup, html};

use super::Whose;

/// One stretch of the strip. `length` is in seconds of business time (any unit does, as long as the whole strip uses one).
#[derive(Debug, Clone)]
pub struct Stretch {
    pub whose: Whose,
    pub length: u32,
    /// Said on hover: `ours, 22 min`.
    pub says: String,
}

/// What a mark on the strip stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    Message,
    Promise,
    Missed,
}

/// A mark `at` so many units from the left.
#[derive(Debug, Clone)]
pub struct Mark {
    pub kind: MarkKind,
    pub at: u32,
    pub says: String,
}

/// A whole strip. Marks beyond the last stretch stand in the tail. `tail` is what is left until the next due time; `says` is the text alternative.
#[derive(Debug, Clone)]
pub struct Strip {
    pub stretches: Vec<Stretch>,
    pub marks: Vec<Mark>,
    pub tail: u32,
    pub says: String,
}

/// A stretch no shorter than this part of the strip can still be seen and pointed at.
const THINNEST_PERCENT: f32 = 2.0;

/// The small strip of a list row.
pub fn row_strip(strip: &Strip) -> Markup {
    html! {
        svg.strip.strip-row width="60" height="8" role="img" aria-label=(strip.says) {
            @for (place, stretch) in places(strip) { (bar(stretch, place, 0, 8)) }
            @if let Some((left, wide)) = tail(strip) {
                rect.s-tail x=(percent(left)) width=(percent(wide)) y="3" height="2" {}
            }
            @for mark in strip.marks.iter().filter(|mark| mark.kind == MarkKind::Missed) { (notch(mark, scale(strip, mark.at))) }
        }
    }
}

/// The large strip across a ticket, with its marks.
pub fn life_strip(strip: &Strip) -> Markup {
    html! {
        svg.strip.strip-life width="100%" height="16" role="img" aria-label=(strip.says) {
            @if let Some((left, wide)) = tail(strip) {
                rect.s-tail x=(percent(left)) width=(percent(wide)) y="6.5" height="3" rx="1.5" {}
            }
            @for (place, stretch) in places(strip) { (bar(stretch, place, 4, 8)) }
            @for mark in &strip.marks { (pin(mark, scale(strip, mark.at))) }
        }
    }
}

fn bar(stretch: &Stretch, (left, wide): (f32, f32), top: u8, high: u8) -> Markup {
    html! {
        rect class=(colour(stretch.whose)) x=(percent(left)) width=(percent(wide)) y=(top) height=(high) rx="2.5" { title { (stretch.says) } }
    }
}

fn pin(mark: &Mark, at: f32) -> Markup {
    let (class, path) = match mark.kind {
        MarkKind::Message => (
            "s-message",
            "M0 4.75a3.25 3.25 0 1 1 0 6.5a3.25 3.25 0 1 1 0-6.5z",
        ),
        MarkKind::Promise => ("s-promise", "M0 2 6 8 0 14-6 8z"),
        MarkKind::Missed => ("s-missed", "M-1.5 1h3v14h-3z"),
    };
    html! { svg x=(percent(at)) overflow="visible" { path class=(class) d=(path) { title { (mark.says) } } } }
}

/// The small form of what was missed.
fn notch(mark: &Mark, at: f32) -> Markup {
    html! { svg x=(percent(at)) overflow="visible" { path.s-missed d="M-1-1h2v10h-2z" { title { (mark.says) } } } }
}

fn colour(whose: Whose) -> &'static str {
    match whose {
        Whose::Desk => "s-desk",
        Whose::Client => "s-client",
        Whose::Third => "s-third",
        Whose::Parked | Whose::Spam => "s-quiet",
        Whose::Resolved | Whose::Closed => "s-kept",
    }
}

fn total(strip: &Strip) -> f32 {
    let lived: f32 = strip.stretches.iter().map(|it| it.length as f32).sum();
    (lived + strip.tail as f32).max(1.0)
}

/// Where something stands, in percent: within its stretch as that is drawn, or in the tail.
fn scale(strip: &Strip, at: u32) -> f32 {
    let mut before = 0_u32;
    for ((left, wide), stretch) in places(strip) {
        let end = before.saturating_add(stretch.length);
        if at < end {
            return inside(left + wide * (at - before) as f32 / stretch.length as f32);
        }
        before = end;
    }
    let (left, wide) = tail(strip).unwrap_or((100.0, 0.0));
    let part = (at - before) as f32 / strip.tail.max(1) as f32;
    inside(left + wide * part.min(1.0))
}

fn inside(percent: f32) -> f32 {
    percent.clamp(0.5, 99.5)
}

/// Left edge and width of each stretch, in percent. Slivers are widened so that none disappears.
fn places(strip: &Strip) -> Vec<((f32, f32), &Stretch)> {
    let total = total(strip);
    let wide = |it: &Stretch| (it.length as f32 / total * 100.0).max(THINNEST_PERCENT);
    let room = 100.0 - strip.tail as f32 / total * 100.0;
    let sum: f32 = strip.stretches.iter().map(wide).sum();
    let mut left = 0.0;
    let place = |it| {
        let width = wide(it) * room / sum;
        left += width;
        ((left - width, width), it)
    };
    strip.stretches.iter().map(place).collect()
}

fn tail(strip: &Strip) -> Option<(f32, f32)> {
    let wide = strip.tail as f32 / total(strip) * 100.0;
    (strip.tail > 0).then_some((100.0 - wide, wide))
}

fn percent(part: f32) -> String {
    format!("{part:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(lengths: &[u32], tail: u32) -> Strip {
        let stretch = |&length| Stretch {
            whose: Whose::Desk,
            length,
            says: String::new(),
        };
        Strip {
            stretches: lengths.iter().map(stretch).collect(),
            marks: vec![],
            tail,
            says: "desk".into(),
        }
    }

    #[test]
    fn stretches_fill_the_strip_to_its_tail() {
        for (lengths, tail) in [
            (&[10, 30, 60][..], 0),
            (&[10, 30][..], 60),
            (&[0, 0, 100_000][..], 0),
            (&[5][..], 5),
        ] {
            let strip = strip(lengths, tail);
            let ((left, wide), _) = *places(&strip).last().unwrap();
            let room = 100.0 - super::tail(&strip).map_or(0.0, |(_, wide)| wide);
            assert!(
                (left + wide - room).abs() < 0.01,
                "{lengths:?} {tail}: {left} + {wide} != {room}"
            );
        }
    }

    #[test]
    fn a_sliver_can_still_be_seen() {
        let strip = strip(&[1, 100_000], 0);
        assert!(places(&strip)[0].0.1 > 1.9);
    }

    #[test]
    fn a_mark_stands_in_its_stretch_however_thin_and_what_is_to_come_in_the_tail() {
        let check = |lengths: &[u32], tail: u32, at: u32, expected: f32| {
            let found = scale(&strip(lengths, tail), at);
            assert!(
                (found - expected).abs() < 0.1,
                "{lengths:?} {tail} {at}: {found}"
            );
        };
        check(&[50, 50], 0, 25, 25.0);
        check(&[50, 50], 100, 50, 25.0);
        check(&[50, 50], 100, 150, 75.0);
        check(&[50, 50], 100, 900, 99.5);
        check(&[50, 50], 0, 100, 99.5);
        check(&[2, 100_000], 0, 1, 1.0);
        check(&[], 0, 0, 99.5);
    }

    #[test]
    fn a_strip_without_a_life_is_drawn_empty() {
        assert!(places(&strip(&[], 0)).is_empty());
        assert!(
            row_strip(&strip(&[], 0))
                .into_string()
                .contains("aria-label=\"desk\"")
        );
    }
}
