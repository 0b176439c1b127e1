//! The fields tickets are counted by.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    Client,
    Agent,
    Queue,
    Status,
    Turn,
    Priority,
    Kind,
    Tag,
    /// How long ago it was opened.
    Age,
    OpenedDay,
    OpenedWeek,
    OpenedMonth,
    /// Days of the week.
    Weekday,
    /// Hours of the day.
    Hour,
    ResolvedDay,
    ResolvedWeek,
    ResolvedMonth,
}

text_form!(By {
    By::Client => "client",
    By::Agent => "agent",
    By::Queue => "queue",
    By::Status => "status",
    By::Turn => "turn",
    By::Priority => "priority",
    By::Kind => "kind",
    By::Tag => "tag",
    By::Age => "age",
    By::OpenedDay => "opened-day",
    By::OpenedWeek => "opened-week",
    By::OpenedMonth => "opened-month",
    By::Weekday => "weekday",
    By::Hour => "hour",
    By::ResolvedDay => "resolved-day",
    By::ResolvedWeek => "resolved-week",
    By::ResolvedMonth => "resolved-month",
});

/// In which order its groups stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The largest first, for names.
    Size,
    /// As they follow each other: urgent before low, Monday before Tuesday.
    Own,
    /// As they follow each other without a gap; what has no tickets counts nothing.
    Time,
}

impl By {
    pub const ALL: [By; 17] = [
        By::Client,
        By::Agent,
        By::Queue,
        By::Status,
        By::Turn,
        By::Priority,
        By::Kind,
        By::Tag,
        By::Age,
        By::OpenedDay,
        By::OpenedWeek,
        By::OpenedMonth,
        By::Weekday,
        By::Hour,
        By::ResolvedDay,
        By::ResolvedWeek,
        By::ResolvedMonth,
    ];

    pub fn words(self) -> &'static str {
        match self {
            By::Client => "Client",
            By::Agent => "Agent",
            By::Queue => "Queue",
            By::Status => "Status",
            By::Turn => "Turn",
            By::Priority => "Priority",
            By::Kind => "Kind",
            By::Tag => "Tag",
            By::Age => "Age",
            By::OpenedDay => "Day opened",
            By::OpenedWeek => "Week opened",
            By::OpenedMonth => "Month opened",
            By::Weekday => "Day of the week",
            By::Hour => "Hour of the day",
            By::ResolvedDay => "Day resolved",
            By::ResolvedWeek => "Week resolved",
            By::ResolvedMonth => "Month resolved",
        }
    }

    pub fn order(self) -> Order {
        match self {
            By::Client | By::Agent | By::Queue | By::Tag => Order::Size,
            By::Status | By::Turn | By::Priority | By::Kind | By::Age | By::Weekday | By::Hour => {
                Order::Own
            }
            By::OpenedDay
            | By::OpenedWeek
            | By::OpenedMonth
            | By::ResolvedDay
            | By::ResolvedWeek
            | By::ResolvedMonth => Order::Time,
        }
    }

    /// Every group there can be, for fields that have few.
    pub fn all_ranks(self) -> Option<i64> {
        match self {
            By::Weekday => Some(7),
            By::Hour => Some(24),
            By::Age => Some(5),
            _ => None,
        }
    }
}
