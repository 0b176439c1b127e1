//! A closure on its way to a database thread and its answer on the way back.
//! Never answers before the thread says what became of the transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::StoreError;
use crate::tx::Tx;

/// One closure waiting for its transaction, whatever its types.
pub(crate) trait Work: Send {
    /// Runs the closure; says whether its changes should be kept. Catches its panic.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;

    /// Sends the closure's own answer when the transaction ended well, else the error.
    fn answer(self: Box<Self>, ended: Result<(), StoreError>);
}

pub(crate) struct Closure<F, T, E, R> {
    closure: Option<F>,
    result: Option<Result<T, E>>,
    reply: R,
}

impl<F, T, E, R> Closure<F, T, E, R>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    R: FnOnce(Result<T, E>) + Send + 'static,
{
    pub(crate) fn boxed(closure: F, reply: R) -> Box<dyn Work> {
        Box::new(Closure {
            closure: Some(closure),
            result: None,
            reply,
        })
    }
}

impl<F, T, E, R> Work for Closure<F, T, E, R>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
    R: FnOnce(Result<T, E>) + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(closure) = self.closure.take() else {
            return false;
        };
        let result = catch_unwind(AssertUnwindSafe(|| closure(tx)))
            .unwrap_or_else(|_| Err(StoreError::Panicked.into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, ended: Result<(), StoreError>) {
        let answer = match (self.result, ended) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::closed().into()),
        };
        (self.reply)(answer);
    }
}
