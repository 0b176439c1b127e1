//! German words of time. Umlauts are written out: words are folded before they are looked up.

use jiff::civil::Weekday;

use crate::promises::times::atom::{Atom, Edge, Part, Unit, Which};
use crate::promises::times::when::Day;

pub(in crate::promises::phrasebook) const DAYS: &[(&str, Atom)] = &[
    (
        "heute;heutigen tag|tages;laufe des heutigen tages",
        Atom::Day(0),
    ),
    (
        "morgen;morgigen tag|tages;laufe des morgigen tages",
        Atom::Day(1),
    ),
    ("uebermorgen", Atom::Day(2)),
    ("montag", Atom::Weekday(Weekday::Monday)),
    ("dienstag", Atom::Weekday(Weekday::Tuesday)),
    ("mittwoch", Atom::Weekday(Weekday::Wednesday)),
    ("donnerstag", Atom::Weekday(Weekday::Thursday)),
    ("freitag", Atom::Weekday(Weekday::Friday)),
    ("samstag;sonnabend", Atom::Weekday(Weekday::Saturday)),
    ("sonntag", Atom::Weekday(Weekday::Sunday)),
    ("mo", Atom::ShortDay(Weekday::Monday)),
    ("di", Atom::ShortDay(Weekday::Tuesday)),
    ("mi", Atom::ShortDay(Weekday::Wednesday)),
    ("do", Atom::ShortDay(Weekday::Thursday)),
    ("fr", Atom::ShortDay(Weekday::Friday)),
    ("sa", Atom::ShortDay(Weekday::Saturday)),
    ("so .", Atom::ShortDay(Weekday::Sunday)),
    ("dem|das|ueber|uebers? wochenende;wochenende", Atom::Weekend),
    ("januar;jaenner", Atom::Month(1)),
    ("februar", Atom::Month(2)),
    ("maerz", Atom::Month(3)),
    ("mai", Atom::Month(5)),
    ("juni", Atom::Month(6)),
    ("juli", Atom::Month(7)),
    ("oktober;okt", Atom::Month(10)),
    ("dezember;dez", Atom::Month(12)),
];

pub(in crate::promises::phrasebook) const PARTS: &[(&str, Atom)] = &[
    (
        "als erstes;gleich als erstes;in aller fruehe;gleich in der frueh",
        Atom::Part(Part::First),
    ),
    (
        "frueh;vormittag;vormittags;am|im vormittag;am morgen;des vormittags;in der frueh;\
         am fruehen morgen;laufe des vormittags;laufe des morgens",
        Atom::Part(Part::Morning),
    ),
    (
        "mittag;mittags;zu? mittag;mittagszeit;der mittagspause;mittagspause;dem mittagessen;dem mittag",
        Atom::Part(Part::Noon),
    ),
    (
        "am? fruehen nachmittag;nach der mittagspause;nach dem mittagessen;nach dem mittag",
        Atom::Part(Part::AfterNoon),
    ),
    (
        "am? nachmittag;nachmittags;am? spaeten nachmittag;laufe des nachmittags;des nachmittags",
        Atom::Part(Part::Afternoon),
    ),
    (
        "am? abend;abends;laufe des abends",
        Atom::Part(Part::Evening),
    ),
    ("nacht;in der nacht", Atom::Part(Part::Night)),
    ("mitternacht", Atom::Part(Part::Midnight)),
    ("ueber nacht", Atom::Part(Part::Overnight)),
    (
        "feierabend;zum feierabend;dienstschluss;geschaeftsschluss;bueroschluss;tagesende;ende des tages;\
         ende des arbeitstages;ende des arbeitstags;zum tagesende",
        Atom::Part(Part::EndOfDay),
    ),
    (
        "anfang;beginn;anfang der;anfang des;beginn der;beginn des",
        Atom::Edge(Edge::Early),
    ),
    ("mitte;mitte der;mitte des", Atom::Edge(Edge::Mid)),
    (
        "ende;ende der;ende des;gegen ende der;zum ende der;zum ende des;laufe der;laufe des;verlauf der;\
         verlauf des",
        Atom::Edge(Edge::End),
    ),
];

pub(in crate::promises::phrasebook) const AMOUNTS: &[(&str, Atom)] = &[
    ("minute;minuten", Atom::Unit(Unit::Minute)),
    ("stunde;stunden;std;std .;stdn", Atom::Unit(Unit::Hour)),
    (
        "arbeitsstunde;arbeitsstunden;geschaeftsstunden",
        Atom::Unit(Unit::OpenHour),
    ),
    ("tag;tage;tagen;tages", Atom::Unit(Unit::Day)),
    (
        "werktag;werktage;werktagen;arbeitstag;arbeitstage;arbeitstagen;geschaeftstag;geschaeftstage;\
         geschaeftstagen;bankarbeitstage;bankarbeitstagen",
        Atom::Unit(Unit::WorkingDay),
    ),
    ("woche;wochen", Atom::Unit(Unit::Week)),
    ("monat;monate;monaten;monats", Atom::Unit(Unit::Month)),
    ("jahr;jahres", Atom::Unit(Unit::Year)),
    (
        "einer? halben stunde;einer? halbe stunde;eine halbe stunde;halben? stunde;halbe stunde;halbstunde",
        Atom::Minutes(30),
    ),
    (
        "einer? viertelstunde;eine viertelstunde;viertel stunde",
        Atom::Minutes(15),
    ),
    (
        "einer? dreiviertelstunde;eine dreiviertelstunde",
        Atom::Minutes(45),
    ),
    (
        "anderthalb stunden;eineinhalb stunden;einundhalb stunden",
        Atom::Minutes(90),
    ),
    ("monatsende", Atom::Period(Day::Month(0, Edge::End))),
    ("jahresende", Atom::Period(Day::Year(0))),
    ("wochenmitte", Atom::Period(Day::Week(0, Edge::Mid))),
    ("ein;eine;einer;einem;einen;eines;eins", Atom::Count(1)),
    ("zwei;zwo", Atom::Count(2)),
    ("drei", Atom::Count(3)),
    ("vier", Atom::Count(4)),
    ("fuenf", Atom::Count(5)),
    ("sechs", Atom::Count(6)),
    ("sieben", Atom::Count(7)),
    ("acht", Atom::Count(8)),
    ("neun", Atom::Count(9)),
    ("zehn", Atom::Count(10)),
    ("elf", Atom::Count(11)),
    ("zwoelf", Atom::Count(12)),
    ("vierzehn", Atom::Count(14)),
    ("fuenfzehn", Atom::Count(15)),
    ("zwanzig", Atom::Count(20)),
    ("vierundzwanzig", Atom::Count(24)),
    ("dreissig", Atom::Count(30)),
    ("vierzig", Atom::Count(40)),
    ("fuenfundvierzig", Atom::Count(45)),
    ("achtundvierzig", Atom::Count(48)),
    ("sechzig", Atom::Count(60)),
    ("neunzig", Atom::Count(90)),
];

pub(in crate::promises::phrasebook) const MARKS: &[(&str, Atom)] = &[
    (
        "bis;bis zum;bis zu;bis am;bis um;bis gegen;bis spaetestens;bis allerspaetestens;spaetestens bis;\
         spaetestens;bis einschliesslich;bis einschl;bis spaetestens um;spaetestens um;spaetestens am;\
         bis spaetestens am;bis spaetestens zum;bis inkl",
        Atom::By,
    ),
    (
        "um;gegen;ca;ca .;circa;etwa;ungefaehr;zwischen;punkt",
        Atom::At,
    ),
    (
        "in;innerhalb;innerhalb von;binnen;innert;in weniger als;in hoechstens;in maximal;in etwa;in ca;\
         in ca .;in spaetestens;im laufe von;in rund;in ungefaehr;innerhalb von maximal;spaetestens in",
        Atom::In,
    ),
    ("vor;vor dem;noch vor;noch vor dem", Atom::Before),
    ("nach;nach dem", Atom::After),
    ("oder;bzw;bzw .;beziehungsweise", Atom::Or),
    ("und", Atom::And),
    (
        "seit;seit dem;letzten;letzte;letzter;letztes;vergangenen;vergangene;vorigen;vorige;jeden;jede;\
         jeder;jedes;ab;ab dem;vom;von;gestern;gestrigen;am letzten;am vergangenen;ab sofort;stammt von",
        Atom::NotDue,
    ),
    ("her;alt", Atom::Ago),
    (
        "diese;diesen;dieser;dieses;diesem",
        Atom::Which(Which::This),
    ),
    (
        "kommenden;kommende;kommender;kommendes;naechsten;naechster;naechstes",
        Atom::Which(Which::Coming),
    ),
    ("naechste;folgende;folgenden", Atom::Which(Which::Next)),
    (
        "uebernaechste;uebernaechsten;uebernaechster",
        Atom::Which(Which::AfterNext),
    ),
    ("uhr;uhrzeit", Atom::Clock),
    ("halb", Atom::HalfTo),
    ("viertel nach", Atom::QuarterPast),
    ("viertel vor", Atom::QuarterTo),
    (
        "guten|schoenen|schoenes|schoene|schoener morgen|abend|tag|nachmittag|mittag|feierabend|wochenende|\
         woche",
        Atom::NotDue,
    ),
    ("ihrer|deiner|eurer zeit", Atom::Zone("")),
    (
        "am;der;des;dem;den;das;die;im;zum;zur;noch;von der;spaetestens;genau;irgendwann;im verlauf;ueber",
        Atom::Fill,
    ),
];

pub(in crate::promises::phrasebook) const VAGUE: &[(&str, Atom)] = &[
    (
        "bald;baldigst;baldmoeglichst;in kuerze;demnaechst;zeitnah;umgehend;schnellstmoeglich;schnellstens;\
         kurzfristig;unverzueglich;sofort;gleich;alsbald;in baelde;nachher;spaeter;so bald wie moeglich;\
         sobald wie moeglich;sobald als moeglich",
        Atom::Vague(1),
    ),
    (
        "so schnell wie moeglich;so schnell es geht;so rasch wie moeglich;so frueh wie moeglich;\
         so schnell ich kann;so schnell wir koennen;sobald ich kann;sobald wir koennen;sobald es geht;\
         sobald moeglich;moeglichst bald;moeglichst schnell;so bald ich kann;schnell wie moeglich",
        Atom::Vague(1),
    ),
    (
        "in den naechsten stunden;in ein paar stunden;in wenigen stunden;in einigen stunden;\
         in ein paar minuten;in wenigen minuten;in den naechsten minuten;in einem moment;gleich nachher;\
         bei gelegenheit",
        Atom::Vague(1),
    ),
    (
        "in den naechsten tagen;in den kommenden tagen;in ein paar tagen;in wenigen tagen;in einigen tagen;\
         die naechsten tage;die tage;innerhalb der naechsten tage",
        Atom::Vague(3),
    ),
    (
        "in den naechsten wochen;in den kommenden wochen;in ein paar wochen;in absehbarer zeit;\
         in naechster zeit;in einigen wochen",
        Atom::Vague(5),
    ),
];
