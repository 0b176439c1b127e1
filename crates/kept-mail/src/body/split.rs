//! Decides for each line of a text whether it is new, quoted or signature.

use super::SegmentKind;

/// Each line with its line end and its kind.
pub fn kinds(text: &str) -> Vec<(SegmentKind, &str)> {
    text.split_inclusive('\n')
        .map(|line| {
            let quoted = line.trim_start().starts_with('>');
            (
                if quoted {
                    SegmentKind::Quoted
                } else {
                    SegmentKind::New
                },
                line,
            )
        })
        .collect()
}
