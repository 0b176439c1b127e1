//! What one version of one agreement asks of one ticket: its targets, what stops them, and both sides' hours.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Owed, Side, Standing, Target};
use crate::hours::Calendar;

/// How much of its time is used up when somebody is warned, unless an agreement says otherwise.
pub(super) const WARN_PERCENT: u8 = 75;

/// Chosen for the ticket's priority and kind already, and whole in itself: later changes of an agreement do not reach it (S16).
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub first_response: Option<Target>,
    pub next_response: Option<Target>,
    pub next_update: Option<Target>,
    pub resolution: Option<Target>,
    pub answer: Option<Target>,
    pub confirmation: Option<Target>,
    pub pauses: Pauses,
    /// How much of a target is used up when the side that owes is warned.
    pub warn_percent: u8,
    pub desk: Arc<Calendar>,
    pub client: Arc<Calendar>,
}

/// In which standing a clock of the desk stops. The client's clocks never do, except that of a duty: while the desk looks at
/// what came, or waits for somebody else, no time of the client's is used up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pauses(BTreeMap<Owed, BTreeSet<Standing>>);

impl Default for Pauses {
    /// Resolution and next update stop while it is the client's turn; a third party's stops nothing.
    fn default() -> Self {
        let silent = [Standing::WithClient, Standing::Parked];
        Self::none()
            .stop(Owed::Resolution, &silent)
            .stop(Owed::NextUpdate, &silent)
    }
}

impl Pauses {
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The same, with this clock stopping there too.
    pub fn stop(mut self, owed: Owed, standings: &[Standing]) -> Self {
        self.0.entry(owed).or_default().extend(standings);
        self
    }

    /// Whether this clock stops in that standing. Once a ticket has ended or is set aside nothing runs: the wait for a
    /// reopening is nobody's at the desk (S10, S12).
    pub fn stops(&self, owed: Owed, standing: Standing) -> bool {
        let ended = match standing {
            Standing::Closed | Standing::Aside => true,
            Standing::Resolved => {
                matches!(owed, Owed::Resolution | Owed::NextUpdate | Owed::Duty)
            }
            Standing::Open | Standing::WithThirdParty => owed == Owed::Duty,
            Standing::WithClient | Standing::Parked => false,
        };
        ended
            || self
                .0
                .get(&owed)
                .is_some_and(|them| them.contains(&standing))
    }
}

impl Terms {
    /// Terms that ask nothing yet.
    pub fn none(desk: Arc<Calendar>, client: Arc<Calendar>) -> Self {
        Self {
            first_response: None,
            next_response: None,
            next_update: None,
            resolution: None,
            answer: None,
            confirmation: None,
            pauses: Pauses::default(),
            warn_percent: WARN_PERCENT,
            desk,
            client,
        }
    }

    pub fn target(&self, owed: Owed) -> Option<Target> {
        match owed {
            Owed::FirstResponse => self.first_response,
            Owed::NextResponse => self.next_response,
            Owed::NextUpdate => self.next_update,
            Owed::Resolution => self.resolution,
            Owed::Answer => self.answer,
            Owed::Confirmation => self.confirmation,
            Owed::Acceptance | Owed::Approval | Owed::Duty | Owed::Promise => None,
        }
    }

    /// The hours of the side that owes.
    pub fn calendar(&self, side: Side) -> &Arc<Calendar> {
        match side {
            Side::Desk => &self.desk,
            Side::Client => &self.client,
        }
    }

    /// Whether under these terms something with a due time is owed at every instant of an open ticket.
    ///
    /// In each standing some clock always runs. With the client or parked: their answer. With the desk: the resolution, or the
    /// next update when the client only wanted us to know. With a third party: the resolution; when the agreement stops it, the
    /// response the client waits for, else the next update. So these must be asked for, and none may stop where it is needed.
    pub fn always_owe(&self) -> bool {
        let asked = [
            Owed::FirstResponse,
            Owed::NextResponse,
            Owed::NextUpdate,
            Owed::Resolution,
            Owed::Answer,
        ];
        let at_desk = [Standing::Open, Standing::WithThirdParty];
        let anywhere = [Standing::WithClient, Standing::Parked];
        let runs = |owed: Owed, there: &[Standing]| {
            !there
                .iter()
                .any(|standing| self.pauses.stops(owed, *standing))
        };
        asked.iter().all(|owed| self.target(*owed).is_some())
            && runs(Owed::Resolution, &at_desk[..1])
            && runs(Owed::NextUpdate, &at_desk)
            && [Owed::FirstResponse, Owed::NextResponse]
                .iter()
                .all(|owed| runs(*owed, &at_desk) && runs(*owed, &anywhere))
            && self.desk.has_weekly_hours()
            && self.client.has_weekly_hours()
    }
}
