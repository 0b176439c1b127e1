//! The upright axis: from nothing to a round number, in round steps.

use maud::{Markup, html};

use super::percent;

/// Where the picture stands within its frame: parts of the width, units of the height.
pub(super) const LEFT: f64 = 0.09;
pub(super) const WIDE: f64 = 0.91;
pub(super) const TOP: f64 = 8.0;
pub(super) const HIGH: f64 = 160.0;
pub(super) const WHOLE: f64 = 192.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub top: i64,
    pub step: i64,
}

impl Scale {
    /// At most five steps of 1, 2 or 5 times a power of ten that reach over `highest`.
    pub fn over(highest: i64) -> Scale {
        const MOST_STEPS: i64 = 5;
        let highest = highest.max(1);
        let mut power = 1_i64;
        loop {
            for round in [1, 2, 5] {
                let step = power.saturating_mul(round);
                if step.saturating_mul(MOST_STEPS) >= highest {
                    let steps = (highest - 1) / step + 1;
                    return Scale {
                        top: step.saturating_mul(steps),
                        step,
                    };
                }
            }
            power = power.saturating_mul(10);
            if power == i64::MAX {
                return Scale {
                    top: i64::MAX,
                    step: i64::MAX,
                };
            }
        }
    }

    /// How far from the top of the frame a value stands, in units.
    pub fn y(self, value: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a picture is coarser than that")]
        let part = value as f64 / self.top as f64;
        TOP + HIGH * (1.0 - part.clamp(0.0, 1.0))
    }
}

/// Lines across with their numbers.
pub(super) fn rules(scale: Scale) -> Markup {
    let many = scale.top / scale.step;
    html! {
        @for step in 0..=many {
            @let value = step * scale.step;
            @let y = scale.y(value);
            line.chart-rule x1=(percent(LEFT)) x2="100%" y1=(units(y)) y2=(units(y)) {}
            text.chart-word x=(percent(LEFT - 0.012)) y=(units(y + 4.0)) text-anchor="end" { (value) }
        }
    }
}

/// The names of places, as many as fit beside each other on a phone.
pub(super) fn names(axis: &[String]) -> Markup {
    const MOST: usize = 5;
    let every = axis.len().div_ceil(MOST).max(1);
    html! {
        @for (place, name) in axis.iter().enumerate().step_by(every) {
            text.chart-word x=(percent(middle(place, axis.len()))) y=(units(WHOLE - 6.0)) text-anchor="middle" { (short(name)) }
        }
    }
}

/// The middle of a place, as a part of the width.
pub(super) fn middle(place: usize, places: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are a hundred places at most"
    )]
    let (place, places) = (place as f64, places.max(1) as f64);
    LEFT + WIDE * (place + 0.5) / places
}

pub(super) fn units(value: f64) -> String {
    format!("{value:.1}")
}

/// A long name would run into the next one.
fn short(name: &str) -> String {
    const LONGEST: usize = 10;
    match name.chars().count() > LONGEST {
        true => name.chars().take(LONGEST - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}
