//! Requests in English.

use super::Does::{self, Declines, Greets, Nothing, Offers, Requests};
use crate::language::Sets;

pub(super) const SETS: Sets = &[
    (
        "do",
        "send|tell|give|confirm|reply|provide|call|forward|attach|show|describe|answer|email|mail",
    ),
    (
        "again",
        "again|persists|returns|remains|reappears|occurs|continues|comes back|not|still|more|different|else",
    ),
    ("just", "just|only|simply|still|now|also|then|even|really"),
    ("idle", "wait|know|worry|fear|understand|expect|not|never"),
];

pub(super) const PHRASES: &[(&str, Does)] = &[
    // Duties that leave nothing to do. Of equally long phrases the first counts.
    (
        "you @just? need|have to @idle;you @just? must @idle;you need not|never;\
         you @just? need|have to * about|on? nothing;you @just? must * about|on? nothing;\
         you @just? need|have nothing;you must have|feel|be;\
         you @just? need|have to be patient;you @just? need|have to do is wait|nothing;\
         i|we still? need|have you to @idle;i|we still? need you to * nothing",
        Nothing,
    ),
    (
        "nothing|anything|none more|else|further|left|for|that|which? that? you @just? need|have|must to?;\
         everything|all|what|things you need|have to know;\
         if|when|whenever|unless|until|till|before|once|where|why|how you @just? need|have|must to?;\
         sorry|unfortunate|annoying|pity that? you @just? need|have|must to?;\
         do|does|did not think|believe|see|mean .. you need|have|must to?;\
         not need|have to let|tell me|us know?",
        Nothing,
    ),
    (
        "need|require nothing|no;need|require nothing|no .. from you;not|longer need|require .. from you;\
         not|longer waiting|awaiting for|on? your|you;\
         my|our question is answered|settled|solved|resolved|closed;\
         ^ try|check|restart|reboot|retry|verify|confirm|reply|answer|forward is|was|has|had|done|\
         successful|sent|failed|finished|complete|completed|attached|succeeded|below",
        Nothing,
    ),
    ("please;pls;plz;kindly", Requests),
    (
        "please|kindly|pls note|find|accept|excuse|bear|forgive|feel|be|consider|ignore|disregard|allow|\
         wait|hold|rest|visit|see;please do not;please be|stay aware|assured|patient;pleased",
        Nothing,
    ),
    (
        "could|can|would|will|may you;could|can|would|will somebody|someone",
        Requests,
    ),
    (
        "let me|us know;^ @do me|us;tell me|us;^ confirm|reply|answer|send|forward|attach|provide;keep me|\
         us posted|informed",
        Requests,
    ),
    ("^ try|check|restart|reboot|retry|verify", Requests),
    (
        "i|we still? need|require you|your|a|an|the|more|some|this|from;i|we will need|require your|a|an|\
         the|more|some;need .. from you",
        Requests,
    ),
    (
        "waiting for|on your|you;awaiting|await your;is your turn;over to you;need you to;you @just? need|have to;\
         you @just? must",
        Requests,
    ),
    (
        "i|we would like|love to know|ask|hear|understand;i|we wonder|was|am wondering if|whether|why|how;\
         my|our|one|a question is|for;question is",
        Requests,
    ),
    (
        "if you have|had any|further|more|other|additional|questions|problems|issues|trouble|doubts|\
         concerns|difficulties;if you need|want|require anything|any|help|more|further|assistance|\
         something|us|me|else;if there is|are anything|any|something|more|further|other;if anything|\
         something|any;if i|we can|could help|assist|do|be",
        Offers,
    ),
    (
        "if it|this|that|they .. @again;if it|this|that happens|occurs|fails|breaks|returns|comes|stops|\
         persists|does not|did not|is not;if the .. @again;if you see|notice|experience|encounter|face|\
         spot|run|get stuck|it;if you get|are|feel stuck|lost|unsure;if not;if you still have|see|get;\
         if problems|issues|questions;in case",
        Offers,
    ),
    (
        "should you have|need|require|encounter|see|notice|want|experience;should it|there|anything|the",
        Offers,
    ),
    (
        "with any questions;for any questions;any time;anytime;do not hesitate;feel free;never hesitate",
        Declines,
    ),
    (
        "whenever you need|want|like|have;for more|further information;at any time",
        Declines,
    ),
    (
        "how are you;how is it going;how do you do;any further|other|more? questions;^ questions;\
         anything else;can|could|may i|we help|assist;what is up;how was your;hope you are",
        Greets,
    ),
];
