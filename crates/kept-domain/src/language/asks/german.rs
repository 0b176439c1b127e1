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
    (
        "kein",
        "nichts|nicht|kein|keine|keinen|keinem|keiner|keinerlei|nie|niemals|nirgends",
    ),
    (
        "zeit",
        "tag|tage|stunde|stunden|woche|wochen|minute|minuten|monat|monate|zeit|geduld",
    ),
    (
        "koennen",
        "koennen|kann|koennten|koennte|wuerden|wuerde|moechten|moechte|wollen|will|werden|werde",
    ),
];

pub(super) const PHRASES: &[(&str, Does)] = &[
    // Duties that leave nothing to do. Of equally long phrases the first counts.
    (
        "sie|du|ihr muessen|muesst|musst|sollten|solltest|solltet .. @kein|warten|\
         warte|gedulden|wissen|verstehen;\
         muessen|musst|muesst|sollten sie|du|ihr .. @kein|warten|gedulden|wissen|verstehen;\
         sie|du|ihr sollten|solltest|solltet .. koennen|sehen|erhalten|bekommen|haben|merken|erreichbar;\
         sollten|solltest|solltet sie|du|ihr .. koennen|sehen|erhalten|bekommen|haben|merken|erreichbar",
        Nothing,
    ),
    (
        "ich|wir brauche|brauchen|benoetige|benoetigen .. @kein;\
         ich|wir brauche|brauchen|benoetige|benoetigen .. @kein .. @ihr;\
         brauche|brauchen|benoetige|benoetigen ich|wir .. @kein;\
         brauche|brauchen|benoetige|benoetigen ich|wir .. @kein .. @ihr;\
         ich|wir? brauche|brauchen|benoetige|benoetigen ich|wir? dafuer|dazu|leider? noch? bis;\
         ich|wir? brauche|brauchen|benoetige|benoetigen ich|wir? dafuer|dazu|leider? noch? etwa|circa|ca? \
         etwas|mehr|ein|einen|eine|paar? paar|wenig|weitere|halben|halbe|ganzen|ganze? @zeit;\
         ich|wir? brauche|brauchen|benoetige|benoetigen ich|wir? dafuer|dazu|leider? noch? * @zeit",
        Nothing,
    ),
    (
        "ich|wir warte|warten .. nicht|nichts .. auf ihre|deine|eure|sie|dich;\
         mir|uns fehlt|fehlen nichts|nicht;fehlt|fehlen mir|uns nichts|nicht;es fehlt|fehlen noch? nichts;\
         ich|wir moechte|moechten .. wissen lassen;meine|unsere frage .. beantwortet|geklaert|erledigt;\
         ^ @tun|@tu sie|du? sich|dir|dich|mir|uns? @kein",
        Nothing,
    ),
    (
        "ich|wir @koennen sie|ihr;@koennen ich|wir sie|ihr;wir geben|sagen .. bescheid;\
         geben|sagen wir .. bescheid;geben|sagen ihnen|dir|euch .. bescheid;\
         jetzt|nun|dann|damit|danach|wieder|morgen|heute|dort|hier|spaeter|so|also koennen|kannst|koennt sie|\
         du|ihr;wie|wo|wann|was|dass koennen|kannst|koennt sie|du|ihr;\
         bitte warten|warte|wartet|gedulden|gedulde|bleiben|keine|kein|keinen;bitte .. keine sorgen|sorge|\
         gedanken|angst|muehe",
        Nothing,
    ),
    ("bitte", Requests),
    (
        "bitte entschuldigen|entschuldige|entschuldigt|beachten|beachte|nicht|sehr|schoen|verzeihen|gern|\
         gerne;bitte haben sie;bitte hab|habt;bitte .. geduld|verstaendnis|nachsicht|entschuldigung;\
         um .. bitte;bitte wundern",
        Nothing,
    ),
    (
        "koennten|wuerden|moechten|wollen sie|ihr;koenntest|wuerdest|magst|moechtest du;koenntet|wuerdet ihr;\
         ^ koennen|kannst|koennt sie|du|ihr;vielleicht|eventuell koennen|kannst|koennt sie|du|ihr;\
         koennen|kannst|koennt sie|du|ihr mir|uns|mich",
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
        "sie|du|ihr muessen|muesst|musst|sollten|solltest|solltet;muessen|sollten sie;musst|solltest du",
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
