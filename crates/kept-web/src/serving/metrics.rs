//! Counters and histograms for Prometheus. One recorder serves the whole process; it holds numbers, never names of
//! people or tickets.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// From a page out of memory to one that somebody would complain about, in seconds.
const BUCKETS: [f64; 11] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];
const UPKEEP_EVERY: Duration = Duration::from_secs(10);

/// Begins to count. A second time changes nothing.
pub(super) fn install() {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).ok()?;
        let installed = builder.install_recorder();
        installed
            .inspect_err(|error| tracing::warn!(%error, "nothing is counted"))
            .ok()
    });
}

/// Everything counted so far, in the text format of Prometheus.
pub(crate) fn render() -> String {
    recorder().map_or_else(String::new, PrometheusHandle::render)
}

/// Keeps the histograms small while nobody asks for them. Never ends.
pub(super) async fn upkeep() {
    let mut ticks = tokio::time::interval(UPKEEP_EVERY);
    loop {
        ticks.tick().await;
        if let Some(recorder) = recorder() {
            recorder.run_upkeep();
        }
    }
}

fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER.get().and_then(Option::as_ref)
}
