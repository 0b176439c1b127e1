//! Who may do what. One table, asked by every route, so that a new act makes somebody decide.

use crate::ids::PersonId;
use crate::people::Role;

/// Somebody who has signed in to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read tickets, people and clients, and search them.
    Read,
    /// Reply, note, assign, change, merge, close.
    WorkTickets,
    /// Decide about mail that waits in Unsorted, and send failed mail again.
    SortMail,
    /// Change people's names, addresses and client.
    EditPeople,
    /// Look at the desk's rules and try them.
    SeeRules,
    /// Look at the scorecards of other agents; the desk's, the clients' and one's own are for everybody here.
    SeeColleaguesScorecards,
    /// Give a client's manager a link to their scorecard.
    ShareScorecards,
    /// Change queues, mail settings and who works here.
    Administer,
}

impl Act {
    pub const ALL: [Act; 8] = [
        Act::Read,
        Act::WorkTickets,
        Act::SortMail,
        Act::EditPeople,
        Act::SeeRules,
        Act::SeeColleaguesScorecards,
        Act::ShareScorecards,
        Act::Administer,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only {} may do this; ask one of them", .needs.plural())]
pub struct Denied {
    pub needs: Role,
}

impl Role {
    fn plural(self) -> &'static str {
        match self {
            Role::Agent => "agents",
            Role::Dispatcher => "dispatchers and admins",
            Role::Admin => "admins",
        }
    }
}

/// The least role that may do `act`.
pub fn needed_role(act: Act) -> Role {
    match act {
        Act::Read | Act::WorkTickets | Act::SortMail | Act::EditPeople => Role::Agent,
        Act::SeeRules | Act::SeeColleaguesScorecards | Act::ShareScorecards => Role::Dispatcher,
        Act::Administer => Role::Admin,
    }
}

/// # Errors
/// When the viewer's role is not enough, naming the one that is.
pub fn allow(viewer: &Viewer, act: Act) -> Result<(), Denied> {
    let needs = needed_role(act);
    if viewer.role >= needs {
        Ok(())
    } else {
        Err(Denied { needs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_admins_change_how_the_desk_works() {
        let viewer = |role| Viewer {
            person: PersonId(1),
            name: "Ines".into(),
            role,
        };
        for act in Act::ALL {
            let may = [Role::Agent, Role::Dispatcher, Role::Admin]
                .map(|role| allow(&viewer(role), act).is_ok());
            let expected = match act {
                Act::Administer => [false, false, true],
                Act::SeeRules | Act::SeeColleaguesScorecards | Act::ShareScorecards => {
                    [false, true, true]
                }
                _ => [true; 3],
            };
            assert_eq!(may, expected, "{act:?}");
        }
    }
}
