//! Icons as inline SVG on a 16-unit grid, drawn with the colour of the text. They decorate words and never replace them.

use maud::{Markup, PreEscaped, html};

/// Every icon there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Archive,
    Back,
    Ban,
    Bell,
    Building,
    Chart,
    Check,
    Chevron,
    Clip,
    Link,
    Template,
    Clock,
    Cross,
    Document,
    Download,
    Eye,
    External,
    Image,
    Inbox,
    Info,
    Join,
    Keyboard,
    Lock,
    Mail,
    Menu,
    Monitor,
    Moon,
    Now,
    Outbox,
    Pause,
    Pencil,
    People,
    Phone,
    Plus,
    Queue,
    Reply,
    Retry,
    Robot,
    Search,
    Settings,
    Sheet,
    SignOut,
    Sun,
    Undo,
    Unsorted,
    Warning,
}

/// The icon, hidden from screen readers: the word beside it speaks.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.4"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" { (PreEscaped(drawing(icon))) }
    }
}

fn drawing(icon: Icon) -> &'static str {
    match icon {
        Icon::Archive => {
            r#"<rect x="2" y="3" width="12" height="3" rx=".8"/><path d="M3 6v6a1.2 1.2 0 0 0 1.2 1.2h7.6A1.2 1.2 0 0 0 13 12V6M6.5 8.8h3"/>"#
        }
        Icon::Back => r#"<path d="M9.8 3.2 5 8l4.8 4.8"/>"#,
        Icon::Ban => r#"<circle cx="8" cy="8" r="5.8"/><path d="m4 4 8 8"/>"#,
        Icon::Bell => {
            r#"<path d="M8 2.200a3.900 3.900 0 0 0-3.900 3.900v2.500L2.700 11h10.600l-1.400-2.400V6.100A3.900 3.900 0 0 0 8 2.200zM6.500 13.100a1.600 1.600 0 0 0 3 0"/>"#
        }
        Icon::Building => {
            r#"<path d="M3 13.8V3.4a1.2 1.2 0 0 1 1.2-1.2h4.6A1.2 1.2 0 0 1 10 3.4v10.4M10 6.6h1.8A1.2 1.2 0 0 1 13 7.8v6M1.8 13.8h12.4M5.4 5.2h2.2M5.4 8h2.2M5.4 10.8h2.2"/>"#
        }
        Icon::Check => r#"<path d="M3 8.6 6.4 12 13 4.6"/>"#,
        Icon::Chevron => r#"<path d="M6.2 3.2 11 8l-4.8 4.8"/>"#,
        Icon::Clip => {
            r#"<path d="m13 7.6-5 4.9a3 3 0 0 1-4.3-4.2l5.3-5.2a2 2 0 0 1 2.8 2.8L6.6 11a1 1 0 0 1-1.4-1.4L9.8 5"/>"#
        }
        Icon::Link => {
            r#"<path d="M6.6 9.4 9.4 6.6M7.4 4.6l1.8-1.8a2.8 2.8 0 0 1 4 4L11.4 8.6M8.6 11.4l-1.8 1.8a2.8 2.8 0 0 1-4-4L4.6 7.4"/>"#
        }
        Icon::Template => {
            r#"<path d="M3 2.6h10v4.2H3zM3 9.6h5.4M3 13h5.4M12 9.4v4.2M9.9 11.5h4.2"/>"#
        }
        Icon::Clock => r#"<circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.4"/>"#,
        Icon::Cross => r#"<path d="m4 4 8 8M12 4l-8 8"/>"#,
        Icon::Document => {
            r#"<path d="M4 2.2h5l3.2 3.2v8.4H4zM9 2.2v3.2h3.2M6.2 8.4h3.8M6.2 11h3.8"/>"#
        }
        Icon::Download => r#"<path d="M8 2.4v8M4.8 7.4 8 10.6l3.2-3.2M3 13.4h10"/>"#,
        Icon::Eye => {
            r#"<path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z"/><circle cx="8" cy="8" r="1.8"/>"#
        }
        Icon::External => {
            r#"<path d="M9.4 2.6h4v4M13.2 2.8 7.6 8.4M6.6 3.4H4a1.4 1.4 0 0 0-1.4 1.4V12A1.4 1.4 0 0 0 4 13.4h7.2a1.4 1.4 0 0 0 1.4-1.4V9.4"/>"#
        }
        Icon::Image => {
            r#"<rect x="2" y="3" width="12" height="10" rx="1.4"/><circle cx="5.6" cy="6.4" r="1.1"/><path d="m2.4 11.6 3.4-3 2.4 2 2.6-2.6 3 3"/>"#
        }
        Icon::Inbox => {
            r#"<path d="M2 9.4V12a1.4 1.4 0 0 0 1.4 1.4h9.2A1.4 1.4 0 0 0 14 12V9.4M2 9.4l2.2-6a1 1 0 0 1 .9-.6h5.8a1 1 0 0 1 .9.6l2.2 6M2 9.4h3.4l1 1.8h3.2l1-1.8H14"/>"#
        }
        Icon::Info => r#"<circle cx="8" cy="8" r="5.8"/><path d="M8 7.4v3.4M8 5.1v.1"/>"#,
        Icon::Join => {
            r#"<path d="M4.5 13.4v-3C4.5 7.6 8 7.6 8 4.8V2.6M5.8 4.8 8 2.6l2.2 2.2M11.5 13.4v-3c0-1.2-.5-1.9-1.2-2.5"/>"#
        }
        Icon::Keyboard => {
            r#"<rect x="1.8" y="4" width="12.4" height="8" rx="1.4"/><path d="M4.4 6.6h.1M7 6.6h.1M9.6 6.6h.1M11.8 6.6h.1M5.2 9.6h5.6"/>"#
        }
        Icon::Lock => {
            r#"<rect x="3.2" y="7" width="9.6" height="6.6" rx="1.4"/><path d="M5.4 7V5a2.6 2.6 0 0 1 5.2 0v2"/>"#
        }
        Icon::Mail => {
            r#"<rect x="2" y="3.4" width="12" height="9.2" rx="1.4"/><path d="M2.4 4.4 8 8.8l5.6-4.4"/>"#
        }
        Icon::Menu => r#"<path d="M2.6 4.6h10.8M2.6 8h10.8M2.6 11.4h10.8"/>"#,
        Icon::Monitor => {
            r#"<rect x="2" y="3" width="12" height="8" rx="1.2"/><path d="M6 13.6h4M8 11v2.6"/>"#
        }
        Icon::Moon => r#"<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z"/>"#,
        Icon::Now => r#"<path d="M9.2 1.9 3.4 9.2h4.4l-1 4.9 5.8-7.3H8.2z"/>"#,
        Icon::Outbox => r#"<path d="M14 2.2 7.2 9M14 2.2 9.8 13.8 7.2 9 2.2 6.4z"/>"#,
        Icon::Pause => r#"<path d="M5.8 3.6v8.8M10.2 3.6v8.8"/>"#,
        Icon::Pencil => r#"<path d="m10.8 2.9 2.3 2.3-7.7 7.7-2.9.6.6-2.9z"/>"#,
        Icon::People => {
            r#"<circle cx="6" cy="5.2" r="2.4"/><path d="M1.8 13.2c.3-2.5 2-3.9 4.2-3.9s3.9 1.4 4.2 3.9M10.6 3a2.3 2.3 0 0 1 0 4.4M11.8 9.6c1.4.5 2.2 1.7 2.4 3.6"/>"#
        }
        Icon::Phone => {
            r#"<path d="M5.6 2.6 3.9 3a1.4 1.4 0 0 0-1.1 1.5c.4 4.900 3.8 8.300 8.700 8.700a1.4 1.4 0 0 0 1.5-1.1l.4-1.7-2.900-1.500-1.300 1.200c-1.500-.700-2.600-1.800-3.300-3.300l1.200-1.300z"/>"#
        }
        Icon::Plus => r#"<path d="M8 3v10M3 8h10"/>"#,
        Icon::Queue => r#"<path d="M2.6 4h10.8M2.6 8h7.4M2.6 12h4.4"/>"#,
        Icon::Reply => r#"<path d="M6.4 4 2.4 8l4 4M2.4 8h6.2c3 0 4.9 1.6 4.9 4.6"/>"#,
        Icon::Retry => r#"<path d="M13 3v3.2H9.8M13 6.2A5.4 5.4 0 1 0 13.3 9"/>"#,
        Icon::Robot => {
            r#"<rect x="3" y="5.6" width="10" height="7.4" rx="2"/><path d="M8 5.6V3M6 8.8v.8M10 8.8v.8"/><circle cx="8" cy="2.5" r=".6"/>"#
        }
        Icon::Search => r#"<circle cx="7" cy="7" r="4.4"/><path d="m10.4 10.4 3.2 3.2"/>"#,
        Icon::Settings => {
            r#"<path d="M2.2 4.6h6.6M12.4 4.6h1.4M2.2 11.4h1.4M7.2 11.4h6.6"/><circle cx="10.6" cy="4.6" r="1.7"/><circle cx="5.4" cy="11.4" r="1.7"/>"#
        }
        Icon::Chart => r#"<path d="M2.6 13.4h10.8M4.4 11V7.6M8 11V3.4M11.6 11V5.8"/>"#,
        Icon::Sheet => {
            r#"<rect x="2.6" y="2.6" width="10.8" height="10.8" rx="1.4"/><path d="M2.6 6.2h10.8M2.6 9.8h10.8M6.6 6.2v7.2"/>"#
        }
        Icon::SignOut => {
            r#"<path d="M6.4 2.8H4A1.4 1.4 0 0 0 2.6 4.2v7.6A1.4 1.4 0 0 0 4 13.2h2.4M10.2 5 13.2 8l-3 3M13 8H6.2"/>"#
        }
        Icon::Sun => {
            r#"<circle cx="8" cy="8" r="2.6"/><path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1"/>"#
        }
        Icon::Undo => r#"<path d="M5.4 3 2.4 6l3 3M2.4 6h7a3.7 3.7 0 0 1 0 7.4H6"/>"#,
        Icon::Unsorted => {
            r#"<circle cx="8" cy="8" r="5.8"/><path d="M6.2 6.3a1.850 1.850 0 1 1 2.7 1.7c-.6.3-.9.7-.9 1.3M8 11.3v.1"/>"#
        }
        Icon::Warning => r#"<path d="M8 2.6 14.2 13.4H1.8zM8 6.6v3M8 11.5v.1"/>"#,
    }
}
