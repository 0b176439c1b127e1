//! A table on paper: labels from the left, then each figure with its bar. Its head comes again on each page.

use crate::fonts::Face;
use crate::layout::{Ink, Layout, MARGIN, Mark, ROOM, STEP, WORDS, plain};
use crate::{Figure, Table};

/// Between columns, and the least a column of figures takes.
const GAP: f32 = 12.0;
const NARROWEST: f32 = 34.0;
/// Labels take no more than this of the width together.
const MOST_OF_IT: f32 = 0.6;
/// A bar this short says nothing; it is left out.
const SHORTEST: f32 = 1.0;
const BAR_HIGH: f32 = 7.0;

/// Where the columns stand.
struct Columns {
    /// Left edge and width of each, labels first.
    all: Vec<(f32, f32)>,
    labels: usize,
    /// Room for the longest number of the table.
    number: f32,
    most: i64,
}

pub(crate) fn put(layout: &mut Layout<'_>, table: &Table) {
    let columns = columns(layout, table);
    head(layout, table, &columns);
    for line in &table.lines {
        if layout.makes_room(STEP) {
            head(layout, table, &columns);
        }
        let texts = line.labels.iter().zip(&columns.all);
        for (label, at) in texts {
            text(layout, label, *at, Ink::Full);
        }
        let places = columns.all.iter().skip(columns.labels);
        for (it, at) in line.figures.iter().zip(places) {
            figure(layout, it, *at, &columns);
        }
        end_line(layout);
    }
    if let Some(below) = &table.below {
        layout.words(below, Face::Regular, WORDS, Ink::Dim);
    }
}

fn columns(layout: &Layout<'_>, table: &Table) -> Columns {
    let labels = table.lines.iter().map(|line| line.labels.len()).max();
    let labels = labels.unwrap_or(0);
    let figures = table.lines.iter().map(|line| line.figures.len()).max();
    let figures = figures.unwrap_or(0);
    let wide = |words: &str| layout.fonts.width(&plain(words), Face::Regular, WORDS);
    let natural = (0..labels).map(|n| {
        let below = table.lines.iter().filter_map(|line| line.labels.get(n));
        let all = below.chain(table.headings.get(n)).map(|it| wide(it));
        all.fold(NARROWEST, f32::max) + GAP
    });
    let mut widths: Vec<f32> = natural.collect();
    let share = match figures {
        0 => 1.0,
        _ => MOST_OF_IT,
    };
    let whole: f32 = widths.iter().sum();
    if whole > ROOM * share {
        let smaller = ROOM * share / whole;
        widths.iter_mut().for_each(|it| *it *= smaller);
    }
    let left = ROOM - widths.iter().sum::<f32>();
    widths.extend((0..figures).map(|_| left / count(figures)));
    let values = || table.lines.iter().flat_map(|line| &line.figures);
    let numbers = values().map(|it| wide(&it.value.to_string()));
    let mut x = MARGIN;
    let all = widths.into_iter().map(|width| {
        let at = x;
        x += width;
        (at, width)
    });
    Columns {
        all: all.collect(),
        labels,
        number: numbers.fold(0.0, f32::max),
        most: values().map(|it| it.value).max().unwrap_or(0).max(1),
    }
}

fn head(layout: &mut Layout<'_>, table: &Table, columns: &Columns) {
    for (heading, at) in table.headings.iter().zip(&columns.all) {
        text(layout, heading, *at, Ink::Dim);
    }
    end_line(layout);
}

fn text(layout: &mut Layout<'_>, words: &str, (x, wide): (f32, f32), ink: Ink) {
    let (face, size) = (Face::Regular, WORDS);
    let words = layout.fonts.fitted(&plain(words), face, size, wide - 4.0);
    let y = layout.y + STEP - 4.5;
    layout.put(Mark::Text {
        x,
        y,
        words,
        face,
        size,
        ink,
    });
}

/// The number to the right of its place, and behind it the bar, so that numbers stand below each other.
fn figure(layout: &mut Layout<'_>, it: &Figure, (x, wide): (f32, f32), columns: &Columns) {
    let number = it.value.to_string();
    let own = layout.fonts.width(&number, Face::Regular, WORDS);
    let at = x + columns.number - own;
    text(layout, &number, (at, wide), Ink::Full);
    let top = layout.y;
    if let Some(href) = &it.href {
        layout.put(Mark::Link {
            x: at,
            y: top,
            wide: own,
            high: STEP,
            href: href.clone(),
        });
    }
    let room = wide - columns.number - GAP - 6.0;
    let long = room * ratio(it.value, columns.most);
    if long >= SHORTEST {
        layout.put(Mark::Block {
            x: x + columns.number + 6.0,
            y: top + (STEP - BAR_HIGH) / 2.0,
            wide: long,
            high: BAR_HIGH,
            ink: Ink::Bar,
        });
    }
}

fn end_line(layout: &mut Layout<'_>) {
    layout.y += STEP;
    let y = layout.y;
    layout.put(Mark::Block {
        x: MARGIN,
        y,
        wide: ROOM,
        high: 0.5,
        ink: Ink::Rule,
    });
}

#[expect(clippy::cast_precision_loss, reason = "a share of a width")]
fn ratio(value: i64, most: i64) -> f32 {
    (value.max(0) as f64 / most as f64) as f32
}

#[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
fn count(columns: usize) -> f32 {
    columns as f32
}
