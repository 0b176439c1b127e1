//! The line of work in front of the database threads.
//! Never grows past its limit, and never keeps an async thread waiting for room.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::StoreError;
use crate::work::Work;

/// A bounded queue, many in, many out, first come first served.
pub(crate) struct Queue {
    limit: usize,
    line: Mutex<Line>,
    arrived: Condvar,
    room: Condvar,
}

struct Line {
    waiting: VecDeque<Box<dyn Work>>,
    closed: bool,
}

/// What a thread gets when it asks for work.
pub(crate) enum Taken {
    Work(VecDeque<Box<dyn Work>>),
    /// Nothing came within the time it was willing to wait.
    Nothing,
    /// The queue is closed and empty.
    Closed,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Queue {
        Queue {
            limit: limit.max(1),
            line: Mutex::new(Line {
                waiting: VecDeque::new(),
                closed: false,
            }),
            arrived: Condvar::new(),
            room: Condvar::new(),
        }
    }

    /// Puts work in line, or answers `Busy` at once when the line is full.
    pub(crate) fn offer(&self, work: Box<dyn Work>) -> Result<(), StoreError> {
        let line = self.line();
        if line.waiting.len() >= self.limit && !line.closed {
            return Err(StoreError::Busy);
        }
        self.join(line, work)
    }

    /// Puts work in line, waiting for room. For threads that may block.
    pub(crate) fn offer_waiting(&self, work: Box<dyn Work>) -> Result<(), StoreError> {
        let line = self
            .room
            .wait_while(self.line(), |line| {
                line.waiting.len() >= self.limit && !line.closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        self.join(line, work)
    }

    fn join(&self, mut line: MutexGuard<'_, Line>, work: Box<dyn Work>) -> Result<(), StoreError> {
        if line.closed {
            return Err(StoreError::closed());
        }
        line.waiting.push_back(work);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for work and takes up to `most` of it, in order.
    pub(crate) fn take(&self, most: usize, patience: Duration) -> Taken {
        let (mut line, _) = self
            .arrived
            .wait_timeout_while(self.line(), patience, |line| {
                line.waiting.is_empty() && !line.closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        if line.waiting.is_empty() {
            return if line.closed {
                Taken::Closed
            } else {
                Taken::Nothing
            };
        }
        let count = most.min(line.waiting.len());
        let taken = line.waiting.drain(..count).collect();
        self.room.notify_all();
        Taken::Work(taken)
    }

    /// Lets nobody else in. What is in line is still served.
    pub(crate) fn close(&self) {
        self.line().closed = true;
        self.arrived.notify_all();
        self.room.notify_all();
    }

    /// A panic while holding the lock can't leave the line half changed, so poison is ignored.
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
