//! A runtime for one season.

use std::future::Future;

pub fn to_its_end<T, F: Future<Output = T>>(play: impl FnOnce() -> F) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(play())
}
