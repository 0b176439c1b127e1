//! Logs go to standard error, as JSON lines when nobody is watching, so that other tools can read them.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// `KEPT_LOG` chooses what is logged, as `info` or `kept_app=debug,warn`.
pub fn begin(is_server: bool) {
    let default = if is_server { "info" } else { "warn" };
    let filter = std::env::var("KEPT_LOG").unwrap_or_else(|_| default.into());
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new(default));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() || !is_server {
        log.with_target(false).init();
    } else {
        log.json().init();
    }
}
