//! Requests in German.

use super::Does::{self, Declines, Greets, Nothing, Offers, Requests};
use crate::language::Sets;

pub(super) const SETS: Sets = &[
    (
        "tun",
        "schicken|senden|geben|sagen|teilen|rufen|melden|pruefen|testen|starten|schauen|probieren|\
         versuchen|oeffnen|klicken|installieren|aktualisieren|bestaetigen|antworten|laden|nennen|\
         beschreiben|waehlen|tragen|fuellen|unterschreiben|lassen|bringen|stellen|ueberpruefen|\
         kontrollieren|machen|fragen|leiten|legen|entscheiden",
    ),
    (
        "tu",
        "schick|schicke|sende|gib|sag|teil|teile|ruf|melde|pruef|pruefe|teste|starte|schau|probier|\
         probiere|versuch|versuche|nenn|nenne|bestaetige|antworte|beschreib|bring|lass|frag|leite",
    ),
    (
        "ihr",
        "ihre|ihren|ihrer|deine|deinen|eure|euren|die|den|das|eine|einen|noch|von|dazu|dafuer",
    ),
    (
        "wieder",
        "fragen|rueckfragen|frage|etwas|noch|erneut|wieder|probleme|problem|weiterhin|nicht|hilfe|\
         irgendetwas|irgendwas|was|schwierigkeiten|unklar|weitere|fehler",
    ),
];

pub(super) const PHRASES: &[(&str, Does)] = &[
    ("bitte", Requests),
    (
        "bitte entschuldigen|entschuldige|entschuldigt|beachten|beachte|nicht|sehr|schoen|verzeihen|gern|\
         gerne;bitte haben sie;bitte hab|habt;bitte .. geduld|verstaendnis|nachsicht|entschuldigung;\
         um .. bitte;bitte wundern",
        Nothing,
    ),
    (
        "koennten|koennen|wuerden|moechten|wollen sie|ihr;kannst|koenntest|wuerdest|magst|moechtest du;\
         koenntet|koennt|wuerdet ihr",
        Requests,
    ),
    (
        "^ @tun sie;^ @tu mir|uns|mich|mal|es|das|dich|den|die|doch|kurz;geben|gib|gebt .. bescheid;sagen|\
         sag .. bescheid",
        Requests,
    ),
    (
        "lassen sie mich|uns .. wissen;lass mich|uns .. wissen;teilen sie .. mit",
        Requests,
    ),
    (
        "ich|wir brauche|brauchen|benoetige|benoetigen .. @ihr;brauche|brauchen|benoetige|benoetigen ich|\
         wir .. @ihr;mir|uns fehlt|fehlen;es fehlt|fehlen noch;fehlt|fehlen mir|uns",
        Requests,
    ),
    (
        "warte|warten .. auf ihre|deine|eure|sie|dich;ich|wir moechte|moechten .. wissen;wuerde|\
         wuerden .. wissen;meine|unsere frage;frage an",
        Requests,
    ),
    (
        "sie|du muessen|muesst|musst|sollten|solltest;muessen|sollten sie",
        Requests,
    ),
    (
        "bei .. fragen|rueckfragen|problemen|unklarheiten|bedarf|schwierigkeiten|weiteren",
        Declines,
    ),
    ("falls|wenn|sofern|sollte|sollten .. @wieder", Offers),
    (
        "wenn|sobald .. wieder funktioniert|geht|laeuft|klappt",
        Nothing,
    ),
    (
        "jederzeit;zoegern sie nicht;zoegere nicht;melden sie sich gern|gerne|einfach;melde dich gern|\
         gerne|einfach;im zweifel",
        Declines,
    ),
    (
        "noch fragen;^ fragen;sonst noch;wie geht es;wie gehts;kann|koennen ich|wir .. noch .. tun|helfen;\
         alles klar;alles gut;noch etwas|was",
        Greets,
    ),
];
