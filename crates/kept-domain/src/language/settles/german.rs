//! What is done, in German.

use super::Says::{self, Done, Nothing, Open, Unsure};
use crate::language::Sets;

pub(super) const SETS: Sets = &[
    ("alles", "alles|es|das|dies|beides"),
    (
        "was",
        "problem|fehler|stoerung|ausfall|sache|anliegen|anfrage|vorfall|ticket|thema",
    ),
    (
        "getan",
        "behoben|erledigt|geloest|repariert|beseitigt|geklaert|fertig|abgeschlossen|gefixt|bereinigt|korrigiert",
    ),
    (
        "jetzt",
        "jetzt|nun|bereits|schon|alles|vollstaendig|komplett|wieder|auch|damit|somit|hiermit|inzwischen|mittlerweile",
    ),
];

pub(super) const PHRASES: &[(&str, Says)] = &[
    (
        "@alles ist|sind|wurde|wurden @jetzt? @jetzt? @getan;@alles ist @jetzt? in ordnung;\
         ist|wurde @jetzt? @alles @jetzt? @getan;@jetzt ist|wurde @alles @getan;\
         der|die|das|ihr|ihre|dein|deine|euer|eure @was ist|wurde|konnte @jetzt? @jetzt? @getan werden?;\
         der|die|das|ihr|ihre|dein|deine * @was ist|wurde @jetzt? @jetzt? @getan;\
         wir|ich haben|habe @jetzt? @alles @jetzt? @getan;wir|ich haben|habe @jetzt? den|die|das|ihr|ihre|ihren @was @jetzt? @getan;\
         ^ @alles @jetzt? @getan;^ @getan;^ @was @jetzt? @getan",
        Done,
    ),
    (
        "nicht;nie;kein|keine|keinen;erst;bis;sobald;wenn;falls;sofern;nachdem;bevor;sollte|sollten|soll|sollen;\
         koennte|koennten;duerfte|duerften;wird|werden;vielleicht;vermutlich;wahrscheinlich;hoffentlich;fast;beinahe;\
         teilweise;groesstenteils;voruebergehend;vorlaeufig;provisorisch;notloesung;bald;morgen;teil;haelfte;ausser;\
         versuche|versuchen|versucht;glaube|glauben|denke|denken|hoffe|hoffen;laut;angeblich;meinte|sagte|schrieb|sagt",
        Unsure,
    ),
    (
        "sie|du|ihr muessen|musst|muesst|brauchen|brauchst|braucht .. nichts|nicht;\
         muessen|musst|muesst|brauchen|brauchst|braucht sie|du|ihr .. nichts|nicht;\
         es ist? nichts mehr? weiter? zu tun;nichts mehr? zu tun;konnte @jetzt? @getan werden;\
         falls|wenn|sollte|sollten .. wieder|erneut|nochmal|noch|fragen|probleme|etwas|auftreten|auftritt;\
         zoegern sie nicht;zoegere nicht;kein problem;keine sorge;keine sorgen",
        Nothing,
    ),
    (
        "ich|wir werde|werden;werde|werden ich|wir;wird .. noch;noch nicht|offen|dabei|immer|in|ausstehend|zu;immer noch;\
         arbeiten|arbeite .. daran;kuemmern|kuemmere .. uns|mich;warten|warte .. auf;leider;allerdings;jedoch;\
         naechste|naechster|naechsten schritt|schritte;bleibt|bleiben offen|noch|zu;in der zwischenzeit",
        Open,
    ),
];
