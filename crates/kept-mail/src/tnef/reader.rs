//! Reads numbers and stretches of bytes, little end first, and stops at the end instead of failing.
//!
//! It never copies.

/// What is left to read.
#[derive(Clone, Copy)]
pub struct Reader<'x> {
    rest: &'x [u8],
}

impl<'x> Reader<'x> {
    pub fn new(bytes: &'x [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `length` bytes; nothing, and nothing consumed, when there are fewer.
    pub fn take(&mut self, length: usize) -> Option<&'x [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// As many of the next `length` bytes as there are.
    pub fn take_up_to(&mut self, length: usize) -> &'x [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Bytes of a value that is filled up to a multiple of four.
    pub fn take_padded(&mut self, length: usize) -> Option<&'x [u8]> {
        let taken = self.take(length)?;
        self.take_up_to(length.next_multiple_of(4) - length);
        Some(taken)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A length or count.
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}
