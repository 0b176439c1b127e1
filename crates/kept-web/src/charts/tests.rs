//! What a chart draws, without looking at pixels.

use super::scale::Scale;
use super::*;

fn chart(values: &[&[i64]]) -> Chart {
    let series = values.iter().enumerate().map(|(number, values)| Series {
        name: format!("series {number}"),
        tone: Tone::Plain(number),
        points: values
            .iter()
            .map(|value| Point {
                value: *value,
                href: (*value > 0).then(|| format!("/search?q={number}-{value}")),
            })
            .collect(),
    });
    let places = values.first().map_or(0, |values| values.len());
    Chart {
        id: "c1".into(),
        title: "Tickets".into(),
        axis: (0..places).map(|place| format!("<{place}>")).collect(),
        leads: vec![],
        tones: vec![],
        series: series.collect(),
    }
}

#[test]
fn the_axis_ends_at_a_round_number_in_at_most_five_steps() {
    for (highest, top, step) in [
        (0, 1, 1),
        (1, 1, 1),
        (5, 5, 1),
        (6, 6, 2),
        (7, 8, 2),
        (23, 25, 5),
        (99, 100, 20),
        (101, 150, 50),
        (100_000, 100_000, 20_000),
    ] {
        assert_eq!(Scale::over(highest), Scale { top, step }, "{highest}");
    }
    for highest in [i64::MAX, i64::MAX - 1, -5] {
        assert!(Scale::over(highest).top >= 1);
    }
}

#[test]
fn a_place_that_means_something_has_its_own_colour() {
    let turns = Chart {
        tones: vec![Tone::Desk, Tone::Client],
        ..chart(&[&[3, 2]])
    };
    for drawn in [columns(&turns), bars(&turns)] {
        let drawn = drawn.into_string();
        assert_eq!(drawn.matches("class=\"ch-desk\"").count(), 1, "{drawn}");
        assert_eq!(drawn.matches("class=\"ch-client\"").count(), 1, "{drawn}");
    }
}

#[test]
fn each_mark_leads_to_its_tickets_and_what_is_nothing_is_no_mark() {
    let chart = chart(&[&[3, 0, 12], &[1, 2, 0]]);
    for drawn in [columns(&chart), bars(&chart)] {
        let drawn = drawn.into_string();
        assert_eq!(drawn.matches("tabindex=\"-1\"").count(), 4, "{drawn}");
        assert!(drawn.contains("/search?q=0-12"), "{drawn}");
        assert!(drawn.contains("&lt;2&gt;, series 0: 12"), "{drawn}");
        assert!(drawn.contains("As a table"), "{drawn}");
        assert!(!drawn.contains("style="), "{drawn}");
    }
    let lines = lines(&chart).into_string();
    assert!(lines.contains("stroke-dasharray"), "{lines}");
}

#[test]
fn what_stands_on_each_other_is_measured_together() {
    let chart = chart(&[&[3, 0, 12], &[1, 2, 10]]);
    assert_eq!((chart.highest(true), chart.highest(false)), (22, 12));
}

#[test]
fn a_chart_without_figures_says_so() {
    for empty in [chart(&[]), chart(&[&[]]), chart(&[&[0, 0]])] {
        for drawn in [columns(&empty), bars(&empty), lines(&empty), grid(&empty)] {
            let drawn = drawn.into_string();
            assert!(drawn.contains("Nothing here yet"), "{drawn}");
            assert!(!drawn.contains("<svg"), "{drawn}");
        }
    }
}

#[test]
fn a_grid_begins_and_ends_where_there_is_something_and_shades_by_the_most() {
    let drawn = grid(&chart(&[&[0, 1, 10, 0]])).into_string();
    assert!(
        !drawn.contains("row\">&lt;0&gt;") && !drawn.contains("row\">&lt;3&gt;"),
        "{drawn}"
    );
    assert!(
        drawn.contains("heat-1") && drawn.contains("heat-5"),
        "{drawn}"
    );
}
