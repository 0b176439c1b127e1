//! How the tickets of a list are shown: which columns, in which order, under which headings.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What a row shows beside its subject and number, in the order in which columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    Turn,
    Strip,
    Status,
    Priority,
    Kind,
    Queue,
    Client,
    Requester,
    Due,
    Opened,
    Changed,
    Agent,
}

/// The first tickets first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Newest first.
    #[default]
    Opened,
    Oldest,
    /// What happened last first.
    Changed,
    /// What nobody has touched for longest first.
    Quiet,
    /// What is due next first.
    Due,
    /// The most urgent first.
    Priority,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    #[default]
    None,
    Turn,
    Client,
    Agent,
    Status,
    Priority,
    Kind,
    Queue,
    /// By the day on which something is due next.
    DueDay,
    OpenedDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arranged {
    pub sort: Sort,
    pub grouping: Grouping,
}

impl Column {
    pub const ALL: [Column; 12] = [
        Column::Turn,
        Column::Strip,
        Column::Status,
        Column::Priority,
        Column::Kind,
        Column::Queue,
        Column::Client,
        Column::Requester,
        Column::Due,
        Column::Opened,
        Column::Changed,
        Column::Agent,
    ];
    /// What a new view shows.
    pub const USUAL: [Column; 5] = [
        Column::Turn,
        Column::Client,
        Column::Requester,
        Column::Changed,
        Column::Agent,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Column::Turn => "Turn",
            Column::Strip => "Turn strip",
            Column::Status => "Status",
            Column::Priority => "Priority",
            Column::Kind => "Kind",
            Column::Queue => "Queue",
            Column::Client => "Client",
            Column::Requester => "Requester",
            Column::Due => "Due next",
            Column::Opened => "Opened",
            Column::Changed => "Changed",
            Column::Agent => "Agent",
        }
    }
}

impl Sort {
    pub const ALL: [Sort; 6] = [
        Sort::Opened,
        Sort::Oldest,
        Sort::Changed,
        Sort::Quiet,
        Sort::Due,
        Sort::Priority,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Sort::Opened => "Newest first",
            Sort::Oldest => "Oldest first",
            Sort::Changed => "Changed last first",
            Sort::Quiet => "Quiet for longest first",
            Sort::Due => "Due next first",
            Sort::Priority => "Most urgent first",
        }
    }
}

impl Grouping {
    pub const ALL: [Grouping; 10] = [
        Grouping::None,
        Grouping::Turn,
        Grouping::Client,
        Grouping::Agent,
        Grouping::Status,
        Grouping::Priority,
        Grouping::Kind,
        Grouping::Queue,
        Grouping::DueDay,
        Grouping::OpenedDay,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Grouping::None => "No headings",
            Grouping::Turn => "By turn",
            Grouping::Client => "By client",
            Grouping::Agent => "By agent",
            Grouping::Status => "By status",
            Grouping::Priority => "By priority",
            Grouping::Kind => "By kind",
            Grouping::Queue => "By queue",
            Grouping::DueDay => "By due day",
            Grouping::OpenedDay => "By day opened",
        }
    }
}

text_form!(Column {
    Column::Turn => "turn",
    Column::Strip => "strip",
    Column::Status => "status",
    Column::Priority => "priority",
    Column::Kind => "kind",
    Column::Queue => "queue",
    Column::Client => "client",
    Column::Requester => "requester",
    Column::Due => "due",
    Column::Opened => "opened",
    Column::Changed => "changed",
    Column::Agent => "agent",
});
text_form!(Sort {
    Sort::Opened => "opened",
    Sort::Oldest => "oldest",
    Sort::Changed => "changed",
    Sort::Quiet => "quiet",
    Sort::Due => "due",
    Sort::Priority => "priority",
});
text_form!(Grouping {
    Grouping::None => "none",
    Grouping::Turn => "turn",
    Grouping::Client => "client",
    Grouping::Agent => "agent",
    Grouping::Status => "status",
    Grouping::Priority => "priority",
    Grouping::Kind => "kind",
    Grouping::Queue => "queue",
    Grouping::DueDay => "due-day",
    Grouping::OpenedDay => "opened-day",
});
