//! English words of time, with the slips people make in a hurry.

use jiff::civil::Weekday;

use crate::promises::times::atom::{Atom, Edge, Part, Unit, Which};
use crate::promises::times::when::Day;

pub(in crate::promises::phrasebook) const DAYS: &[(&str, Atom)] = &[
    ("today", Atom::Day(0)),
    (
        "tomorrow;tomorow;tommorow;tommorrow;tomorrrow;tmrw;tmr;tmw",
        Atom::Day(1),
    ),
    ("the? day after tomorrow;overmorrow", Atom::Day(2)),
    ("monday;mon", Atom::Weekday(Weekday::Monday)),
    ("tuesday;tues;tue", Atom::Weekday(Weekday::Tuesday)),
    (
        "wednesday;wendesday;wednsday",
        Atom::Weekday(Weekday::Wednesday),
    ),
    ("thursday;thurs;thur;thu", Atom::Weekday(Weekday::Thursday)),
    ("friday;fri", Atom::Weekday(Weekday::Friday)),
    ("saturday", Atom::Weekday(Weekday::Saturday)),
    ("sunday", Atom::Weekday(Weekday::Sunday)),
    ("wed", Atom::ShortDay(Weekday::Wednesday)),
    ("sat", Atom::ShortDay(Weekday::Saturday)),
    ("sun", Atom::ShortDay(Weekday::Sunday)),
    ("the? weekend;the? week - end", Atom::Weekend),
    ("january;jan", Atom::Month(1)),
    ("february;feb", Atom::Month(2)),
    ("march;mar", Atom::Month(3)),
    ("april;apr", Atom::Month(4)),
    ("may", Atom::Month(5)),
    ("june;jun", Atom::Month(6)),
    ("july;jul", Atom::Month(7)),
    ("august;aug", Atom::Month(8)),
    ("september;sept;sep", Atom::Month(9)),
    ("october;oct", Atom::Month(10)),
    ("november;nov", Atom::Month(11)),
    ("december;dec", Atom::Month(12)),
    ("eow;end of wk", Atom::Period(Day::Week(0, Edge::End))),
    (
        "eom;month - end;month end",
        Atom::Period(Day::Month(0, Edge::End)),
    ),
    ("year - end;year end", Atom::Period(Day::Year(0))),
    ("tonight;tonite", Atom::Tonight),
    ("th;st;nd;rd", Atom::Ordinal),
];

pub(in crate::promises::phrasebook) const PARTS: &[(&str, Atom)] = &[
    (
        "first thing;first thing in the morning",
        Atom::Part(Part::First),
    ),
    (
        "in? the? morning;in the early morning",
        Atom::Part(Part::Morning),
    ),
    (
        "noon;midday;mid - day;12 noon;lunch;lunchtime;lunch time;lunch break",
        Atom::Part(Part::Noon),
    ),
    (
        "early afternoon;early in the afternoon;after lunch;after the lunch break",
        Atom::Part(Part::AfterNoon),
    ),
    (
        "in? the? late? afternoon;late in the afternoon",
        Atom::Part(Part::Afternoon),
    ),
    ("in? the? evening", Atom::Part(Part::Evening)),
    ("at? night", Atom::Part(Part::Night)),
    ("midnight", Atom::Part(Part::Midnight)),
    ("overnight;over night", Atom::Part(Part::Overnight)),
    (
        "the? end of the? day;end of the? business day;end of the? working day;end of business;end of play;\
         eod;eob;cob",
        Atom::Part(Part::EndOfDay),
    ),
    (
        "close of business;close of play;the? close of business;end - of - day",
        Atom::Part(Part::EndOfDay),
    ),
    (
        "early;beginning of;start of;the beginning of;the start of;begin of",
        Atom::Edge(Edge::Early),
    ),
    ("mid;mid -;middle of;the middle of", Atom::Edge(Edge::Mid)),
    ("end of;the end of;end;late", Atom::Edge(Edge::End)),
];

pub(in crate::promises::phrasebook) const AMOUNTS: &[(&str, Atom)] = &[
    ("minute;minutes;min;mins;minuts", Atom::Unit(Unit::Minute)),
    ("hour;hours;hr;hrs;houres", Atom::Unit(Unit::Hour)),
    (
        "business|working|work|office hour|hours",
        Atom::Unit(Unit::OpenHour),
    ),
    ("day;days", Atom::Unit(Unit::Day)),
    (
        "business|working|work day|days;workday;workdays;weekday;weekdays",
        Atom::Unit(Unit::WorkingDay),
    ),
    ("week;weeks;wk;wks;week's", Atom::Unit(Unit::Week)),
    ("month;months", Atom::Unit(Unit::Month)),
    ("year", Atom::Unit(Unit::Year)),
    ("h;hs", Atom::H),
    (
        "half an hour;a half hour;half hour;half - hour",
        Atom::Minutes(30),
    ),
    ("a? quarter of an hour;quarter hour", Atom::Minutes(15)),
    ("three quarters of an hour", Atom::Minutes(45)),
    ("an hour and a half;one and a half hours", Atom::Minutes(90)),
    ("a fortnight;fortnight", Atom::Minutes(14 * 24 * 60)),
    ("a;an;one", Atom::Count(1)),
    ("two;a couple of;couple of", Atom::Count(2)),
    ("three", Atom::Count(3)),
    ("four", Atom::Count(4)),
    ("five", Atom::Count(5)),
    ("six", Atom::Count(6)),
    ("seven", Atom::Count(7)),
    ("eight", Atom::Count(8)),
    ("nine", Atom::Count(9)),
    ("ten", Atom::Count(10)),
    ("eleven", Atom::Count(11)),
    ("twelve", Atom::Count(12)),
    ("fourteen", Atom::Count(14)),
    ("fifteen", Atom::Count(15)),
    ("twenty", Atom::Count(20)),
    ("twenty - four;twenty four", Atom::Count(24)),
    ("thirty", Atom::Count(30)),
    ("forty;fourty", Atom::Count(40)),
    ("forty - five;forty five", Atom::Count(45)),
    ("forty - eight;forty eight", Atom::Count(48)),
    ("fifty", Atom::Count(50)),
    ("sixty", Atom::Count(60)),
    ("ninety", Atom::Count(90)),
];

pub(in crate::promises::phrasebook) const MARKS: &[(&str, Atom)] = &[
    (
        "by;until;till;til;before or by;no later than;not later than;latest by",
        Atom::By,
    ),
    ("on or before;at or before", Atom::By),
    ("at;around;about;between;approx;approximately", Atom::At),
    (
        "in;within;inside of;over;during;in less than;in under;in at most;in about;in around;\
         in the course of;over the course of;throughout",
        Atom::In,
    ),
    ("before;b4;ahead of;prior to", Atom::Before),
    ("after", Atom::After),
    ("or", Atom::Or),
    ("and", Atom::And),
    ("to;through;thru", Atom::To),
    (
        "since;last;every;each;from;starting;past;previous;as of;yesterday;of last;earlier;on last",
        Atom::NotDue,
    ),
    ("ago;old", Atom::Ago),
    (
        "the|your|our|his|her|their monday|tuesday|wednesday|thursday|friday|saturday|sunday",
        Atom::NotDue,
    ),
    (
        "good|nice|great|lovely morning|afternoon|evening|day|night|weekend",
        Atom::NotDue,
    ),
    ("this", Atom::Which(Which::This)),
    ("the? coming;the? upcoming", Atom::Which(Which::Coming)),
    ("the? next;the? following", Atom::Which(Which::Next)),
    ("the? week after next", Atom::Which(Which::AfterNext)),
    ("o'clock;oclock", Atom::Clock),
    ("am", Atom::Am),
    ("pm", Atom::Pm),
    ("half past", Atom::HalfPast),
    ("a? quarter past", Atom::QuarterPast),
    ("a? quarter to", Atom::QuarterTo),
    (
        "the;of;on;at the latest;the latest;latest;sharp;exactly;time;from now;at most;max;local;s;very;\
         then;just;or so;or earlier;or sooner;later on",
        Atom::Fill,
    ),
];

pub(in crate::promises::phrasebook) const VAGUE: &[(&str, Atom)] = &[
    (
        "soon;asap;a . s . a . p;a.s.a.p;shortly;sooner or later;very soon;momentarily;presently;\
         right away;straight away;immediately;right now",
        Atom::Vague(1),
    ),
    (
        "as soon as possible;as soon as i|we can;as soon as it|that is possible;as quickly as possible;\
         as quickly as i|we can;as fast as i|we can;as fast as possible",
        Atom::Vague(1),
    ),
    (
        "in a minute;in a moment;in a bit;in a second;in a sec;in a while;in no time;in due course;\
         before long;at some point;sometime;some time",
        Atom::Vague(1),
    ),
    (
        "later;when i|we can;when i|we get a chance;whenever i|we can;at the|my|our earliest convenience;\
         at your earliest convenience;without delay;promptly",
        Atom::Vague(1),
    ),
    (
        "in the next few hours;in a few hours;within a few hours;within the next few hours;\
         in a couple of hours;in the coming hours;within hours;in a few minutes;in the next few minutes",
        Atom::Vague(1),
    ),
    (
        "in the next few days;in a few days;within a few days;within the next few days;in the coming days;\
         in the next days;within days;over the next few days;in the next couple of days",
        Atom::Vague(3),
    ),
    (
        "in the next few weeks;in a few weeks;within a few weeks;in the coming weeks;in the near future;\
         over the next few weeks",
        Atom::Vague(5),
    ),
];
