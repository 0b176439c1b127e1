//! What people promise in German, formal and not.

use super::check;

#[test]
fn days() {
    check(&[
        "Mon 09:00 | Ich melde mich bis morgen Mittag. | Tue 12:00",
        "Mon 09:00 | Wir kümmern uns bis Freitag darum. | Fri 17:00",
        "Mon 09:00 | Ich schaue mir das heute noch an. | Mon 17:00",
        "Mon 09:00 | Ich rufe Sie heute Nachmittag an. | Mon 17:00",
        "Mon 09:00 | Ich melde mich übermorgen früh. | Wed 12:00",
        "Mon 09:00 | Wir machen das am Wochenende. | Mon 30 Nov 17:00",
        "Mon 09:00 | Sie hören von mir bis spätestens Montag 10 Uhr. | Mon 30 Nov 10:00",
        "Mon 09:00 | Morgen rufe ich Sie an. | Tue 17:00",
        "Fri 15:00 | Morgen rufe ich Sie an. | Mon 17:00",
        "Mon 09:00 | Am Donnerstag schicke ich Ihnen das Angebot. | Thu 17:00",
        "Mon 09:00 | Am kommenden Freitag tauschen wir die Platte. | Fri 17:00",
        "Mon 09:00 | Freitag nächster Woche schicke ich den Techniker. | Fri 4 Dec 17:00",
        "Mon 09:00 | Vor Freitag melde ich mich noch einmal. | Thu 17:00",
        "Mon 09:00 | Ich bringe das Gerät am Montag vorbei. | Mon 30 Nov 17:00",
        "Mon 09:00 | Heute Abend spielen wir das Update ein und melden uns morgen früh. | Tue 12:00",
        "Mon 09:00 | Ich gebe Ihnen heute oder morgen Bescheid. | Tue 17:00",
        "Mon 09:00 | Nach dem Wochenende melde ich mich. | Mon 30 Nov 17:00",
        "Mon 09:00 | Ich kümmere mich Montag, den 30.11., darum. | Mon 30 Nov 17:00",
        "Mon 09:00 | Gleich morgen früh schaue ich nach. | Tue 12:00",
        "Mon 09:00 | Am nächsten Werktag melden wir uns. | Tue 17:00",
    ]);
}

#[test]
fn times_of_day() {
    check(&[
        "Mon 09:00 | Ich rufe Sie um 15 Uhr an. | Mon 15:00",
        "Mon 16:00 | Ich rufe Sie um 15 Uhr an. | Tue 15:00",
        "Mon 09:00 | Ich rufe Sie um 10.30 Uhr an. | Mon 10:30",
        "Mon 09:00 | Ich bin morgen um halb zehn bei Ihnen. | Tue 09:30",
        "Mon 09:00 | Wir sind am Donnerstag um Viertel vor acht vor Ort. | Thu 07:45",
        "Mon 09:00 | Bis 16 Uhr haben Sie die Antwort. | Mon 16:00",
        "Mon 09:00 | Ich erledige das bis Feierabend. | Mon 17:00",
        "Mon 09:00 | Ich erledige das bis Dienstschluss am Mittwoch. | Wed 17:00",
        "Mon 09:00 | Ich melde mich am Dienstagvormittag. | Tue 12:00",
        "Mon 09:00 | Wir kommen Freitagnachmittag vorbei. | Fri 17:00",
        "Mon 09:00 | Ein Kollege kommt morgen zwischen 9 und 11 Uhr. | Tue 11:00",
        "Mon 09:00 | Ich komme morgen gegen 14 Uhr vorbei. | Tue 14:00",
        "Mon 09:00 | Noch vor 12 Uhr schicke ich Ihnen die Datei. | Mon 12:00",
        "Mon 09:00 | Vor der Mittagspause schicke ich es Ihnen. | Mon 12:00",
        "Mon 09:00 | Wir spielen das Update ein, heute Abend melde ich mich. | Mon 22:00",
        "Mon 09:00 | Wir starten den Server heute um 20 Uhr neu. | Mon 20:00",
        "Mon 09:00 | Ich rufe Samstag um 10 Uhr an. | Sat 10:00",
        "Mon 09:00 | Ich rufe bis 17 h zurück. | Mon 17:00",
        "Mon 09:00 | Im Laufe des Tages melde ich mich. | Mon 17:00",
        "Mon 09:00 | Im Laufe des Vormittags melde ich mich. | Mon 12:00",
    ]);
}

#[test]
fn amounts() {
    check(&[
        "Mon 09:00 | In zwei Stunden rufe ich zurück. | Mon 11:00",
        "Mon 09:00 | Innerhalb von 3 Tagen erhalten Sie das Ersatzgerät. | Thu 17:00",
        "Thu 09:00 | Innerhalb von 3 Tagen erhalten Sie das Ersatzgerät. | Mon 17:00",
        "Thu 09:00 | Innerhalb von 3 Werktagen erhalten Sie das Ersatzgerät. | Tue 17:00",
        "Mon 09:00 | Ich melde mich in einer halben Stunde. | Mon 09:30",
        "Mon 09:00 | Ich melde mich in den nächsten 30 Minuten. | Mon 09:30",
        "Mon 09:00 | Ich bin in einer Viertelstunde bei Ihnen. | Mon 09:15",
        "Mon 09:00 | Wir melden uns innerhalb der nächsten zwei Stunden. | Mon 11:00",
        "Mon 09:00 | Wir liefern in 14 Tagen. | Mon 7 Dec 17:00",
        "Mon 09:00 | Wir liefern in zwei bis drei Tagen. | Thu 17:00",
        "Mon 09:00 | In spätestens 1,5 Stunden rufe ich Sie an. | Mon 10:30",
        "Mon 09:00 | Binnen 24 Stunden haben Sie von uns Antwort, wir melden uns in jedem Fall. | Tue 09:00",
        "Mon 09:00 | In einer Woche schicken wir Ihnen das Ergebnis. | Mon 30 Nov 17:00",
    ]);
}

#[test]
fn weeks_months_and_dates() {
    check(&[
        "Mon 09:00 | Wir erledigen das bis Ende der Woche. | Fri 17:00",
        "Mon 09:00 | Nächste Woche schicke ich Ihnen die Rechnung. | Fri 4 Dec 17:00",
        "Mon 09:00 | Anfang nächster Woche melde ich mich. | Tue 1 Dec 17:00",
        "Mon 09:00 | Ich schicke es Mitte nächster Woche. | Wed 2 Dec 17:00",
        "Mon 09:00 | Das erledigen wir noch diese Woche. | Fri 17:00",
        "Mon 09:00 | Bis Monatsende stellen wir um. | Mon 30 Nov 17:00",
        "Mon 09:00 | Bis Ende Januar stellen wir um. | Fri 29 Jan 2027 17:00",
        "Mon 09:00 | Wir liefern im Laufe der nächsten Woche. | Fri 4 Dec 17:00",
        "Mon 09:00 | Ich schicke Ihnen das bis zum 14. | Mon 14 Dec 17:00",
        "Mon 09:00 | Bis zum 14. melde ich mich. | Mon 14 Dec 17:00",
        "Mon 09:00 | Bis zum 14. Dezember ist das erledigt. | Mon 14 Dec 17:00",
        "Mon 09:00 | Wir liefern am 1.12. | Tue 1 Dec 17:00",
        "Mon 09:00 | Wir liefern bis zum 01.12.2026 um 10 Uhr. | Tue 1 Dec 10:00",
        "Mon 09:00 | Am 1. Dezember um 9 Uhr sind wir bei Ihnen. | Tue 1 Dec 09:00",
        "Mon 09:00 | Wir kommen am 25. Dezember. | Mon 28 Dec 17:00",
        "Mon 09:00 | Wir kommen am 30. Februar. | none",
    ]);
}

#[test]
fn ways_to_commit() {
    check(&[
        "Mon 09:00 | Sie bekommen das Angebot bis Mittwoch. | Wed 17:00",
        "Mon 09:00 | Das wird bis morgen erledigt. | Tue 17:00",
        "Mon 09:00 | Wird morgen erledigt. | Tue 17:00",
        "Mon 09:00 | Mach ich morgen. | Tue 17:00",
        "Mon 09:00 | Melde mich morgen! | Tue 17:00",
        "Mon 09:00 | Du hörst morgen von mir. | Tue 17:00",
        "Mon 09:00 | Sie haben die Unterlagen bis Freitag. | Fri 17:00",
        "Mon 09:00 | Unser Techniker kommt am Donnerstag um 8 Uhr. | Thu 08:00",
        "Mon 09:00 | Ich prüfe das und melde mich bis 15 Uhr. | Mon 15:00",
        "Mon 09:00 | Wir prüfen das und rufen Sie morgen an. | Tue 17:00",
        "Mon 09:00 | Ich werde Ihnen das bis Freitag schicken. | Fri 17:00",
        "Mon 09:00 | Ich verspreche, dass ich mich morgen melde. | Tue 17:00",
        "Mon 09:00 | Keine Sorge, ich rufe Sie morgen an. | Tue 17:00",
        "Mon 09:00 | Heute schaffe ich es nicht mehr, aber morgen melde ich mich. | Tue 17:00",
        "Mon 09:00 | Ich vergesse es nicht, morgen rufe ich an. | Tue 17:00",
        "Mon 09:00 | Ich rufe Sie um 15 Uhr an, wenn das für Sie passt. | Mon 15:00",
        "Mon 09:00 | Ich rufe Sie um 15 Uhr an, ok? | Mon 15:00",
        "Mon 09:00 | Wir haben das bis Freitag repariert. | Fri 17:00",
        "Mon 09:00 | Hallo Frau Berg,\nich melde mich morgen.\nViele Grüße | Tue 17:00",
        "Mon 09:00 | Wie besprochen schicke ich Ihnen morgen den Techniker. | Tue 17:00",
    ]);
}

#[test]
fn vague_and_hedged_ones_are_suggested() {
    check(&[
        "Mon 09:00 | Wir melden uns in Kürze. | ~Tue 17:00",
        "Mon 09:00 | Ich kümmere mich demnächst darum. | ~Tue 17:00",
        "Mon 09:00 | Ich melde mich so schnell wie möglich. | ~Tue 17:00",
        "Mon 09:00 | Ich melde mich, sobald ich kann. | ~Tue 17:00",
        "Mon 09:00 | Wir kümmern uns umgehend darum. | ~Tue 17:00",
        "Mon 09:00 | Ich melde mich in den nächsten Tagen. | ~Thu 17:00",
        "Mon 09:00 | Hoffentlich schicke ich es bis Freitag. | ~Fri 17:00",
        "Mon 09:00 | Ich versuche, mich morgen zu melden. | ~Tue 17:00",
        "Mon 09:00 | Ich kann Ihnen das bis Freitag schicken. | ~Fri 17:00",
        "Mon 09:00 | Das sollte bis Freitag erledigt sein. | ~Fri 17:00",
        "Mon 09:00 | Wenn möglich melde ich mich heute noch. | ~Mon 17:00",
    ]);
}
