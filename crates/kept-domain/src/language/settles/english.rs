//! What is done, in English.

use super::Says::{self, Done, Nothing, Open, Unsure};
use crate::language::Sets;

pub(super) const SETS: Sets = &[
    ("all", "everything|all|it|this|that|both"),
    (
        "what",
        "problem|issue|error|fault|bug|matter|incident|outage|trouble|request|ticket",
    ),
    (
        "done",
        "fixed|solved|resolved|repaired|sorted|settled|done|finished|completed|corrected",
    ),
    (
        "now",
        "now|all|finally|fully|completely|also|already|just|again|both|been|being",
    ),
];

pub(super) const PHRASES: &[(&str, Says)] = &[
    (
        "@all is|are|was|were|has|have @now? @now? @done|working;@all taken care of;@all is|has been? taken care of;\
         your|the|this @what is|was|has @now? @now? @done;the|your * @what is|was|has @now? @now? @done;\
         i|we have @now? @done @all|the|your|this;i|we @done @all|the @what?;i|we @done your|this @what;\
         ^ @all @done;^ fixed|solved|resolved;^ @all is|are well|good|fine|set again|now?;^ @all good|set again|now?",
        Done,
    ),
    (
        "not;never;no longer sure;until;unless;once;should;would;could;might;may;maybe;perhaps;probably;hopefully;\
         almost;nearly;partly;partially;mostly;soon;temporarily;workaround;for now;for the moment;will be;\
         going to be;about to;before;after;as soon as;when;if;except;apart from;tomorrow;part of;one of;half of;\
         to be;try;tried;trying;think|believe|hope|guess|assume;says|said|told|claims|thought|wrote|according",
        Unsure,
    ),
    (
        "you do not need|have to|do;you need|have not|nothing;no need to;nothing more|else|further|left? to do;\
         if|when you have|need|notice|see|want .. question|questions|anything|help|more;\
         if it|this|that|the .. happens|comes|occurs|returns|appears|is|problem|error .. again|back|not;\
         do not hesitate;not hesitate;not worry;once again|more;should you|it|this|anything|any|the;\
         could not be|have easier|simpler;before|after you asked|wrote|called;when you called|wrote",
        Nothing,
    ),
    (
        "i|we will;i|we shall;i|we am|are still|working|going|waiting|checking|looking;still|yet working|open|waiting|\
         missing|broken|down|to do|not|need|have;not yet;remains|remaining to|open|problem|issue|is;however;\
         except;meanwhile;in the meantime;next step|steps;working on;looking into;waiting for|on;unfortunately;\
         does not|did not|do not|is not|are not|was not|were not|has not|have not|can not|cannot work|working|\
         fixed|solved|resolved|done|finished|help|possible|repaired",
        Open,
    ),
];
