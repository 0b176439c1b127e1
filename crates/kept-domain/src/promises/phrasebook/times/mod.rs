//! Words of time and what they mean, a file a language; what is written alike in all of them stands here.

pub(super) mod english;
pub(super) mod german;

use crate::promises::times::atom::Atom;

/// Names of zones, as people of any language write them. The region, not the offset: few mean winter time in summer.
pub(super) const ZONES: &[(&str, Atom)] = &[
    ("utc;gmt;zulu", Atom::Zone("UTC")),
    ("cet;cest;mez;mesz", Atom::Zone("Europe/Berlin")),
    ("bst;uk time", Atom::Zone("Europe/London")),
    ("eet;eest", Atom::Zone("Europe/Helsinki")),
    (
        "et;est;edt;eastern;eastern time",
        Atom::Zone("America/New_York"),
    ),
    ("ct;cst;cdt;central time", Atom::Zone("America/Chicago")),
    ("mt;mst;mdt;mountain time", Atom::Zone("America/Denver")),
    (
        "pt;pst;pdt;pacific;pacific time",
        Atom::Zone("America/Los_Angeles"),
    ),
    ("jst", Atom::Zone("Asia/Tokyo")),
    ("your? local? time zone;your local? time", Atom::Zone("")),
    ("aest;aedt", Atom::Zone("Australia/Sydney")),
];
