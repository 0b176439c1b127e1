//! Under whose name a queue writes. The address is not its concern: it is always the queue's own, never
//! a client's.

use super::Queue;

/// Whose name stands in From when an agent writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SenderStyle {
    /// `Dana`
    Agent,
    /// `Dana at Example IT`; `Dana` as long as the desk has no name for it.
    #[default]
    AgentAtDesk,
    /// `Example IT`
    Desk,
}

impl SenderStyle {
    pub const ALL: [SenderStyle; 3] = [Self::AgentAtDesk, Self::Agent, Self::Desk];

    /// The word for it in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::AgentAtDesk => "agent-at-desk",
            Self::Desk => "desk",
        }
    }

    /// `None` for a word that is none of them.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.as_str() == word)
    }

    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Agent => "the agent alone",
            Self::AgentAtDesk => "the agent at the desk",
            Self::Desk => "the desk alone",
        }
    }
}

/// How a queue's mail is signed in From.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    pub style: SenderStyle,
    /// What the desk calls itself; empty for the name of the queue.
    pub name: String,
}

impl Sender {
    /// The name of what no agent writes, such as acknowledgements, always.
    pub fn desk<'a>(&'a self, queue: &'a str) -> &'a str {
        match self.name.trim() {
            "" => queue.trim(),
            name => name,
        }
    }

    /// The name of what `agent` writes. An agent without a name writes as the desk.
    pub fn agent(&self, agent: &str, queue: &str) -> String {
        let agent = agent.trim();
        match self.style {
            SenderStyle::Desk => self.desk(queue).to_owned(),
            _ if agent.is_empty() => self.desk(queue).to_owned(),
            SenderStyle::AgentAtDesk if !self.name.trim().is_empty() => {
                format!("{agent} at {}", self.name.trim())
            }
            SenderStyle::AgentAtDesk | SenderStyle::Agent => agent.to_owned(),
        }
    }
}

impl Queue {
    /// The name in From of what no agent writes.
    pub fn name_in_mail(&self) -> &str {
        self.sender.desk(&self.name)
    }

    /// The name in From of what `agent` writes.
    pub fn agent_in_mail(&self, agent: &str) -> String {
        self.sender.agent(agent, &self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(style: SenderStyle, name: &str, agent: &str, expected: &str) {
        let sender = Sender {
            style,
            name: name.into(),
        };
        assert_eq!(sender.agent(agent, "Support"), expected, "{sender:?}");
    }

    #[test]
    fn an_agent_writes_under_the_name_the_queue_chose() {
        use SenderStyle::{Agent, AgentAtDesk, Desk};
        check(Agent, "Example IT", "Dana", "Dana");
        check(AgentAtDesk, "Example IT", "Dana", "Dana at Example IT");
        check(Desk, "Example IT", "Dana", "Example IT");
        check(Agent, "", "Dana", "Dana");
        check(AgentAtDesk, " ", "Dana", "Dana");
        check(Desk, "", "Dana", "Support");
        check(Agent, "Example IT", " ", "Example IT");
        check(AgentAtDesk, "Example IT", "", "Example IT");
        check(AgentAtDesk, "", "", "Support");
    }

    #[test]
    fn what_nobody_writes_is_from_the_desk() {
        for style in SenderStyle::ALL {
            let sender = |name: &str| Sender {
                style,
                name: name.into(),
            };
            assert_eq!(sender("Example IT").desk("Support"), "Example IT");
            assert_eq!(sender("").desk("Support"), "Support");
        }
    }

    #[test]
    fn every_style_has_a_word_of_its_own() {
        for style in SenderStyle::ALL {
            assert_eq!(SenderStyle::parse(style.as_str()), Some(style));
        }
        assert_eq!(SenderStyle::parse("nobody"), None);
    }
}
