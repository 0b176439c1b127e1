//! `kept version`

use super::print;
use crate::failure::Failure;

pub fn run() -> Result<(), Failure> {
    print(concat!("kept ", env!("CARGO_PKG_VERSION")))
}
