//! Where the time went: how long it was whose turn.

use crate::clocks::Whose;

/// Milliseconds for each of [`Whose::ALL`]. They sum to the time the tickets lived, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times([i64; 6]);

impl Times {
    pub fn of(sums: impl IntoIterator<Item = (Whose, i64)>) -> Self {
        let mut times = Self::default();
        for (whose, ms) in sums {
            times.0[place(whose)] += ms;
        }
        times
    }

    pub fn ms(self, whose: Whose) -> i64 {
        self.0[place(whose)]
    }

    pub fn sum(self) -> i64 {
        self.0.iter().sum()
    }

    /// Whole percent for each of [`Whose::ALL`] that sum to 100, unless there was no time at all: what rounding leaves goes
    /// where most was cut off.
    pub fn percents(self) -> [i64; 6] {
        let sum = self.sum();
        if sum <= 0 {
            return [0; 6];
        }
        let exact = self.0.map(|ms| i128::from(ms) * 100);
        let mut parts = exact.map(|part| i64::try_from(part / i128::from(sum)).unwrap_or(0));
        let mut places: Vec<usize> = (0..6).collect();
        places.sort_by_key(|at| std::cmp::Reverse(exact[*at] % i128::from(sum)));
        let left = usize::try_from(100 - parts.iter().sum::<i64>()).unwrap_or(0);
        for at in places.into_iter().take(left) {
            parts[at] += 1;
        }
        parts
    }
}

fn place(whose: Whose) -> usize {
    match whose {
        Whose::Desk => 0,
        Whose::Client => 1,
        Whose::ThirdParty => 2,
        Whose::Parked => 3,
        Whose::Resolved => 4,
        Whose::Nobody => 5,
    }
}
