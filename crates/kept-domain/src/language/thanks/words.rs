//! The words of thanks, English and German.

use super::Says::{self, Kindness, Thanks};
use crate::language::Sets;

pub(super) const SETS: Sets = &[
    (
        "works",
        "works|work|working|worked|fixed|solved|resolved|sorted|done|fine|ok|okay|good|perfect|perfectly|\
         great|running",
    ),
    (
        "geht",
        "funktioniert|geht|laeuft|klappt|passt|funktionieren|gehen|laufen",
    ),
    ("geklappt", "geklappt|funktioniert|geholfen|gefunzt|gepasst"),
    ("sehr", "sehr|so|ganz|super|wirklich|echt|voll|total"),
];

/// Words that stand in no mere thank-you, whatever stands beside them.
pub(super) const AGAINST: &str = "but not no however still only except yet unfortunately if when question questions please another \
    will need aber nicht kein keine leider noch nur jedoch allerdings wenn falls frage fragen bitte \
    trotzdem ausser manchmal sometimes although though obwohl until never nie fails error fehler almost \
    fast slowly langsam new neue neues instead";

/// Thanks without a word.
pub(super) const SIGNS: &[char] = &['👍', '🙏', '❤', '✅', '👌'];

pub(super) const PHRASES: &[(&str, Says)] = &[
    (
        "thanks;thank you;thx;thnx;tnx;ty;cheers;many thanks;much appreciated;appreciate it|this|that|your;\
         appreciated;i|we really? appreciate;thanks a lot|bunch|million|ton;thank you so|very much;\
         thankyou;thanks again;merci;thanks so|very much;kudos",
        Thanks,
    ),
    (
        "great;perfect;awesome;excellent;brilliant;fantastic;wonderful;amazing;lovely;superb;splendid;nice;\
         cool;super;👍;🙏;❤;✅;👌;great|good|excellent|nice|amazing|fantastic job|work|service|support;\
         well done;you are the best|great|awesome|amazing|star|stars;you rock",
        Thanks,
    ),
    (
        "it|that|this|everything|all is|are? now|again|all? @works;it|that|this|everything|\
         all now? @works now|again|perfectly|smoothly|well|fine|like|as? a? charm?;that did it|the trick;\
         that did;did the trick;that helped;it helped;that was it;problem|issue solved|resolved|fixed|gone;\
         the|my|our problem|issue|error? is|are|was now? solved|resolved|fixed|gone;all good|set|fine|\
         clear|sorted;@works now|again;works",
        Thanks,
    ),
    (
        "the|my|our .. works|work|is|are now|again|working;the|my|our .. works|work|working again|now|fine|\
         perfectly|great",
        Thanks,
    ),
    (
        "you|we can|may close it|this|the? ticket|case|request?;the? ticket|case can be closed;close|\
         closed the? ticket|case?;can be closed",
        Thanks,
    ),
    (
        "for your|the|all? quick|fast|speedy|swift|prompt|great|kind|excellent? help|support|reply|\
         response|answer|service|assistance|work|effort|update|info|information|feedback|fix|solution|time|\
         patience|explanation|advice;for everything|this|that|it|that|helping|fixing|sorting|explaining|\
         letting me? us? know?;for getting back to me? us? so? quickly?;for the quick|fast|update|info|\
         information|heads;for your time|patience|understanding;for taking care of it|this|that?",
        Kindness,
    ),
    (
        "i|we can confirm it|that|this? @works?;very|so|really|again|now|all|everyone|everybody|team|guys|\
         folks|much|ok|okay|yes|yep|it|that|is|was|quick|fast|helpful|kind|and|to|you|me|us|a|lot|well|\
         noted|received|understood|got|ah|oh|wow|hi|both;like a charm;as expected;have a nice|good|great|\
         lovely day|weekend|evening|one|week|afternoon|holiday;you too;a nice|good|great day|weekend|\
         evening|week;happy holidays;merry christmas;best;sincerely;sir|madam;for now;of you;\
         up and running;back;appreciation;very happy|pleased;great to hear|know;good to know|hear",
        Kindness,
    ),
    (
        "danke;dank;vielen|besten|herzlichen|lieben|tausend lieben|herzlichen? dank;danke schoen|sehr|\
         vielmals|euch|ihnen|dir;dankeschoen;dankesehr;merci;bedankt;ich|wir bedanke|bedanken mich|uns;\
         danke @sehr? herzlich?;lieben dank;1000 dank",
        Thanks,
    ),
    (
        "super;perfekt;prima;klasse;toll;top;spitze;genial;wunderbar;hervorragend;ausgezeichnet;grossartig;\
         mega;stark;bestens;sehr gut|schoen|nett;saubere|gute|tolle|super arbeit;sie|ihr|du sind|seid|\
         bist spitze|super|klasse|toll|die|der|besten|beste|top",
        Thanks,
    ),
    (
        "es|das|alles|jetzt|nun @geht jetzt|nun? alles? wieder|nun|jetzt|alles|super|prima|einwandfrei|\
         perfekt|bestens|gut?;@geht wieder|jetzt|nun|alles|super|prima|einwandfrei|perfekt|bestens|gut;\
         @geht;hat @geklappt;hat sich erledigt;es|das|alles hat @geklappt;problem geloest|behoben|erledigt;\
         das|mein|unser problem ist? jetzt|nun|damit|hiermit? geloest|behoben|erledigt|weg;ist geloest|\
         behoben|erledigt|weg;erledigt;alles gut|bestens|klar|ok|okay|super|wieder|prima",
        Thanks,
    ),
    (
        "der|die|das|mein|meine|unser|unsere .. @geht wieder|jetzt|nun|einwandfrei|alles;der|die|das|mein|\
         meine|unser|unsere .. @geht",
        Thanks,
    ),
    (
        "das|dieses? ticket|fall|anfrage kann geschlossen werden;kann geschlossen|zu werden?;sie|ihr|\
         du koennen|koennt|kannst das|es? ticket? schliessen|zumachen",
        Thanks,
    ),
    (
        "fuer die|ihre|eure|deine|den|das|ihren|euren|deinen|alles? schnelle|rasche|prompte|tolle|super|\
         gute|nette|freundliche|schnellen|raschen|kompetente|unkomplizierte? hilfe|antwort|unterstuetzung|\
         rueckmeldung|bearbeitung|support|service|loesung|info|information|reaktion|muehe|einsatz|\
         nachricht|erklaerung|update|auskunft|arbeit;fuer alles|die muehe;fuer|ihre|eure|deine|die|hilfe",
        Kindness,
    ),
    (
        "und|auch|ok|okay|ja|jetzt|nun|wieder|alles|das|es|ist|war|schnell|sehr|so|herzlich|nochmals|\
         nochmal|an|alle|euch|ihnen|dir|ihr|wirklich|echt|ganz|frau|herr|herrn|liebes|team|zusammen|gut|\
         schoen|gerne|gern|einwandfrei|gelesen|verstanden|angekommen|erhalten|wie|gewuenscht|habe|ich|hat|\
         super;bis bald;schoenen|schoenes|schoene tag|abend|wochenende|woche|feierabend|rest|nachmittag|\
         feiertage;ein|einen|eine|noch schoenes|schoenen|schoene tag|abend|wochenende|woche|feierabend|\
         nachmittag;ebenfalls|gleichfalls;frohe weihnachten",
        Kindness,
    ),
];
