<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AboutDialog</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>About SER Desktop</source>
        <translation>Über SER Desktop</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>How a voice sounds over time. Everything stays on this computer: the program never uses the network.</source>
        <translation>Wie eine Stimme im Lauf der Zeit klingt. Alles bleibt auf diesem Computer: Das Programm benutzt nie das Netz.</translation>
    </message>
    <message>
        <source>Close the versions and folders</source>
        <translation>Versionen und Ordner schließen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy versions and folders, for a report</source>
        <translation>Versionen und Ordner kopieren, für einen Bericht</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Show the logs in the file manager</source>
        <translation>Die Protokolle im Dateimanager zeigen</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>Open recordings and analyse them</source>
        <translation>Aufnahmen öffnen und analysieren</translation>
    </message>
    <message>
        <source>&amp;Close recording</source>
        <translation>Aufnahme s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Save recording as…</source>
        <translation>Aufnahme &amp;speichern unter …</translation>
    </message>
    <message>
        <source>Keep a copy of the recording elsewhere</source>
        <translation>Eine Kopie der Aufnahme anderswo ablegen</translation>
    </message>
    <message>
        <source>Re&amp;name recording…</source>
        <translation>Aufnahme umbe&amp;nennen …</translation>
    </message>
    <message>
        <source>Give the recording another name</source>
        <translation>Der Aufnahme einen anderen Namen geben</translation>
    </message>
    <message>
        <source>&amp;Delete recording…</source>
        <translation>Au&amp;fnahme löschen …</translation>
    </message>
    <message>
        <source>Close the shown recording</source>
        <translation>Die angezeigte Aufnahme schließen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open all recordings in a folder and below</source>
        <translation>Alle Aufnahmen in einem Ordner und darunter öffnen</translation>
    </message>
    <message>
        <source>Delete the recording with its markers and everything else stored with it</source>
        <translation>Die Aufnahme mit ihren Marken und allem, was dazu gespeichert ist, löschen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Write the timeline, the passages, the markers or the plot</source>
        <translation>Zeitleiste, Abschnitte, Marken oder die Grafik schreiben</translation>
    </message>
    <message>
        <source>Write what was found as a page to send or to print</source>
        <translation>Was gefunden wurde, als Seite zum Verschicken oder Drucken schreiben</translation>
    </message>
    <message>
        <source>Write all open recordings into one file</source>
        <translation>Alle offenen Aufnahmen in eine Datei schreiben</translation>
    </message>
    <message>
        <source>&amp;Import markers…</source>
        <translation>Marken &amp;importieren …</translation>
    </message>
    <message>
        <source>Open pro&amp;ject…</source>
        <translation>Pro&amp;jekt öffnen …</translation>
    </message>
    <message>
        <source>Open recordings with all that was saved of them</source>
        <translation>Aufnahmen mit allem öffnen, was zu ihnen gespeichert ist</translation>
    </message>
    <message>
        <source>Save projec&amp;t…</source>
        <translation>Projekt speic&amp;hern …</translation>
    </message>
    <message>
        <source>Save the project and close its recordings</source>
        <translation>Das Projekt speichern und seine Aufnahmen schließen</translation>
    </message>
    <message>
        <source>C&amp;lose project</source>
        <translation>P&amp;rojekt schließen</translation>
    </message>
    <message>
        <source>&amp;Batch…</source>
        <translation>Sta&amp;pel …</translation>
    </message>
    <message>
        <source>Analyse and export all recordings of folders, in processes of their own</source>
        <translation>Alle Aufnahmen von Ordnern analysieren und exportieren, in eigenen Prozessen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>Das Programm beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last change of this recording</source>
        <translation>Die letzte Änderung dieser Aufnahme zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>Die zurückgenommene Änderung wieder machen</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Stop recording for a while; the pause is marked</source>
        <translation>Die Aufnahme eine Weile anhalten; die Pause wird gekennzeichnet</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Stop recording, reading or playing; results so far are kept</source>
        <translation>Aufnehmen, Lesen oder Wiedergeben beenden; bisherige Ergebnisse bleiben</translation>
    </message>
    <message>
        <source>Play from the cursor, or the selection; press again to stop</source>
        <translation>Ab dem Cursor oder die Auswahl wiedergeben; noch einmal drücken hält an</translation>
    </message>
    <message>
        <source>Pl&amp;ay</source>
        <translation>&amp;Wiedergeben</translation>
    </message>
    <message>
        <source>Repeat the playback until it is stopped</source>
        <translation>Die Wiedergabe wiederholen, bis sie angehalten wird</translation>
    </message>
    <message>
        <source>Update the list of microphones</source>
        <translation>Die Liste der Mikrofone aktualisieren</translation>
    </message>
    <message>
        <source>Look for m&amp;icrophones</source>
        <translation>&amp;Mikrofone suchen</translation>
    </message>
    <message>
        <source>Move the cursor to the start</source>
        <translation>Den Cursor an den Anfang bewegen</translation>
    </message>
    <message>
        <source>Move the cursor to the end</source>
        <translation>Den Cursor ans Ende bewegen</translation>
    </message>
    <message>
        <source>Previous entry</source>
        <translation>Voriger Eintrag</translation>
    </message>
    <message>
        <source>Move the cursor to the previous entry of the timeline</source>
        <translation>Den Cursor zum vorigen Eintrag der Zeitleiste bewegen</translation>
    </message>
    <message>
        <source>Next entry</source>
        <translation>Nächster Eintrag</translation>
    </message>
    <message>
        <source>Move the cursor to the next entry of the timeline</source>
        <translation>Den Cursor zum nächsten Eintrag der Zeitleiste bewegen</translation>
    </message>
    <message>
        <source>To the previous marker</source>
        <translation>Zur vorigen Marke</translation>
    </message>
    <message>
        <source>Move the cursor to this marker</source>
        <translation>Den Cursor zu dieser Marke bewegen</translation>
    </message>
    <message>
        <source>Show the probabilities as stacked areas, or as lines</source>
        <translation>Die Wahrscheinlichkeiten als gestapelte Flächen oder als Linien zeigen</translation>
    </message>
    <message>
        <source>Zoom to &amp;selection</source>
        <translation>Auf Aus&amp;wahl zoomen</translation>
    </message>
    <message>
        <source>Show the next open recording</source>
        <translation>Die nächste offene Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Show the previous open recording</source>
        <translation>Die vorige offene Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Ne&amp;xt clear passage</source>
        <translation>Nä&amp;chster klarer Abschnitt</translation>
    </message>
    <message>
        <source>Select the next passage with a clear emotion</source>
        <translation>Den nächsten Abschnitt mit einer klaren Emotion auswählen</translation>
    </message>
    <message>
        <source>Previous &amp;clear passage</source>
        <translation>V&amp;origer klarer Abschnitt</translation>
    </message>
    <message>
        <source>Select the passage with a clear emotion before</source>
        <translation>Den Abschnitt mit einer klaren Emotion davor auswählen</translation>
    </message>
    <message>
        <source>Fin&amp;d passages</source>
        <translation>Abschnitte s&amp;uchen</translation>
    </message>
    <message>
        <source>Choose which passages the table shows</source>
        <translation>Wählen, welche Abschnitte die Tabelle zeigt</translation>
    </message>
    <message>
        <source>Co&amp;mpare recordings…</source>
        <translation>Aufnahmen &amp;vergleichen …</translation>
    </message>
    <message>
        <source>Show two open recordings side by side</source>
        <translation>Zwei offene Aufnahmen nebeneinander zeigen</translation>
    </message>
    <message>
        <source>M&amp;y voice…</source>
        <translation>&amp;Meine Stimme …</translation>
    </message>
    <message>
        <source>Make a voice known, so that it is compared with how it usually sounds</source>
        <translation>Eine Stimme bekannt machen, damit sie mit dem verglichen wird, wie sie sonst klingt</translation>
    </message>
    <message>
        <source>&amp;Transcribe</source>
        <translation>&amp;Transkribieren</translation>
    </message>
    <message>
        <source>Write down what is said, in this recording</source>
        <translation>Aufschreiben, was in dieser Aufnahme gesagt wird</translation>
    </message>
    <message>
        <source>Find s&amp;peakers</source>
        <translation>S&amp;precher finden</translation>
    </message>
    <message>
        <source>Find who speaks when; this takes about as long as the recording</source>
        <translation>Finden, wer wann spricht; das dauert etwa so lange wie die Aufnahme</translation>
    </message>
    <message>
        <source>Interp&amp;retation</source>
        <translation>&amp;Deutung</translation>
    </message>
    <message>
        <source>Tell in sentences how the recording sounds, with their times</source>
        <translation>In Sätzen sagen, wie die Aufnahme klingt, mit Zeiten</translation>
    </message>
    <message>
        <source>Spea&amp;kers</source>
        <translation>Sp&amp;recher</translation>
    </message>
    <message>
        <source>Go to the table of speakers: share of time, names</source>
        <translation>Zur Tabelle der Sprecher: Anteil an der Zeit, Namen</translation>
    </message>
    <message>
        <source>&amp;Words while recording</source>
        <translation>&amp;Worte während der Aufnahme</translation>
    </message>
    <message>
        <source>Write down what is said while it is recorded</source>
        <translation>Aufschreiben, was gesagt wird, während es aufgenommen wird</translation>
    </message>
    <message>
        <source>St&amp;op words and speakers</source>
        <translation>Worte und Sprecher st&amp;oppen</translation>
    </message>
    <message>
        <source>Stop finding words and speakers; what was found stays</source>
        <translation>Die Suche nach Worten und Sprechern stoppen; Gefundenes bleibt</translation>
    </message>
    <message>
        <source>&amp;Delete words and speakers…</source>
        <translation>Worte und Sprecher &amp;löschen …</translation>
    </message>
    <message>
        <source>Delete what was found, here and on the disk</source>
        <translation>Gefundenes löschen, hier und auf der Platte</translation>
    </message>
    <message>
        <source>&amp;Find in the text</source>
        <translation>Im Text su&amp;chen</translation>
    </message>
    <message>
        <source>Find a word that was said</source>
        <translation>Ein Wort suchen, das gesagt wurde</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>Weiters&amp;uchen</translation>
    </message>
    <message>
        <source>Go to the next place where it was said</source>
        <translation>Zur nächsten Stelle, an der es gesagt wurde</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>Rückwär&amp;ts suchen</translation>
    </message>
    <message>
        <source>Go to the previous place where it was said</source>
        <translation>Zur vorigen Stelle, an der es gesagt wurde</translation>
    </message>
    <message>
        <source>Description of the model and how well it was measured to work</source>
        <translation>Beschreibung des Modells und wie gut es laut Messung arbeitet</translation>
    </message>
    <message>
        <source>Check that everything the program needs works here</source>
        <translation>Prüfen, ob hier alles funktioniert, was das Programm braucht</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Set &amp;marker</source>
        <translation>Ma&amp;rke setzen</translation>
    </message>
    <message>
        <source>To the next marker</source>
        <translation>Zur nächsten Marke</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Show less time, larger</source>
        <translation>Weniger Zeit zeigen, dafür größer</translation>
    </message>
    <message>
        <source>&amp;Normal zoom</source>
        <translation>&amp;Normale Größe</translation>
    </message>
    <message>
        <source>Show half a minute</source>
        <translation>Eine halbe Minute zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show more time, smaller</source>
        <translation>Mehr Zeit zeigen, dafür kleiner</translation>
    </message>
    <message>
        <source>&amp;Fit all</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>Show the whole recording</source>
        <translation>Die ganze Aufnahme zeigen</translation>
    </message>
    <message>
        <source>S&amp;tacked probabilities</source>
        <translation>Ges&amp;tapelte Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Show the selection in the whole width</source>
        <translation>Die Auswahl in der ganzen Breite zeigen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>Select the whole recording</source>
        <translation>Die ganze Aufnahme auswählen</translation>
    </message>
    <message>
        <source>Copy p&amp;icture</source>
        <translation>B&amp;ild kopieren</translation>
    </message>
    <message>
        <source>Copy the timeline to the clipboard as a picture</source>
        <translation>Die Zeitleiste als Bild in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Show or hide this lane</source>
        <translation>Diese Spur zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>N&amp;ext recording</source>
        <translation>N&amp;ächste Aufnahme</translation>
    </message>
    <message>
        <source>Pre&amp;vious recording</source>
        <translation>&amp;Vorige Aufnahme</translation>
    </message>
    <message>
        <source>&amp;Passages</source>
        <translation>A&amp;bschnitte</translation>
    </message>
    <message>
        <source>Go to the table of passages</source>
        <translation>Zur Tabelle der Abschnitte</translation>
    </message>
    <message>
        <source>&amp;Markers</source>
        <translation>&amp;Marken</translation>
    </message>
    <message>
        <source>Go to the table of markers</source>
        <translation>Zur Tabelle der Marken</translation>
    </message>
    <message>
        <source>&amp;Copy table</source>
        <translation>Tabelle &amp;kopieren</translation>
    </message>
    <message>
        <source>Save re&amp;port…</source>
        <translation>Berich&amp;t speichern …</translation>
    </message>
    <message>
        <source>Export &amp;all as one table…</source>
        <translation>Alle &amp;als eine Tabelle exportieren …</translation>
    </message>
    <message>
        <source>Add markers from labels of Audacity, Praat, ELAN, subtitles and others</source>
        <translation>Marken aus Textmarken von Audacity, Praat, ELAN, Untertiteln und anderen hinzufügen</translation>
    </message>
    <message>
        <source>Save the open recordings with timelines, markers, corrections and notes; later changes are saved automatically</source>
        <translation>Die offenen Aufnahmen mit Zeitleisten, Marken, Korrekturen und Notizen speichern; spätere Änderungen werden automatisch gespeichert</translation>
    </message>
    <message>
        <source>Copy the passages to the clipboard</source>
        <translation>Die Abschnitte in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Record the microphone and analyse it live; in the timeline, R alone does it</source>
        <translation>Das Mikrofon aufnehmen und dabei analysieren; in der Zeitleiste genügt R</translation>
    </message>
    <message>
        <source>Set a marker at the cursor, or at the position of playback or recording, and type its name</source>
        <translation>Eine Marke am Cursor oder an der Stelle der Wiedergabe oder Aufnahme setzen und ihren Namen eingeben</translation>
    </message>
    <message>
        <source>Analyse &amp;again</source>
        <translation>Er&amp;neut analysieren</translation>
    </message>
    <message>
        <source>Analyse the recording without the table that lies beside it</source>
        <translation>Die Aufnahme ohne die Tabelle analysieren, die neben ihr liegt</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Devices, window, model, theme, folders</source>
        <translation>Geräte, Fenster, Modell, Farben, Ordner</translation>
    </message>
    <message>
        <source>&amp;Guide and keys</source>
        <translation>&amp;Anleitung und Tasten</translation>
    </message>
    <message>
        <source>A short guide, and all keys</source>
        <translation>Eine kurze Anleitung und alle Tasten</translation>
    </message>
    <message>
        <source>&amp;Model card</source>
        <translation>&amp;Modellkarte</translation>
    </message>
    <message>
        <source>&amp;Check this installation…</source>
        <translation>Diese &amp;Installation prüfen …</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Über SER Desktop</translation>
    </message>
    <message>
        <source>Versions and folders</source>
        <translation>Versionen und Ordner</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Zu&amp;letzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Transport</source>
        <translation>&amp;Transport</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Lanes</source>
        <translation>&amp;Spuren</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>A&amp;nalyse</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>AffectPlane</name>
    <message>
        <source>Arousal and valence, the last ten seconds</source>
        <translation>Erregung und Valenz, die letzten zehn Sekunden</translation>
    </message>
    <message>
        <source>no speech at this moment</source>
        <translation>in diesem Augenblick keine Sprache</translation>
    </message>
    <message>
        <source>arousal {arousal}, valence {valence}</source>
        <translation>Erregung {arousal}, Valenz {valence}</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>How well people agree with each other and with the model</source>
        <translation>Wie gut Menschen untereinander und mit dem Modell übereinstimmen</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>Close the page</source>
        <translation>Die Seite schließen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the page to the clipboard</source>
        <translation>Die Seite in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Nobody has named an emotion yet. Select a passage and press 1 to 8.</source>
        <translation>Noch hat niemand eine Emotion genannt. Wählen Sie einen Abschnitt aus, und drücken Sie 1 bis 8.</translation>
    </message>
    <message>
        <source>Fewer than {count} passages: the numbers may be far from what more of them would show.</source>
        <translation>Weniger als {count} Abschnitte: Mehr davon können ganz andere Zahlen zeigen.</translation>
    </message>
    <message>
        <source>Some pairs judged fewer than {count} passages in common: their numbers may be far from what more would show.</source>
        <translation>Manche Paare haben weniger als {count} Abschnitte gemeinsam beurteilt: Ihre Zahlen können weit von dem entfernt sein, was mehr davon ergäben.</translation>
    </message>
    <message>
        <source>Fleiss’ kappa {fleiss}, Krippendorff’s alpha {alpha}</source>
        <translation>Fleiss’ Kappa {fleiss}, Krippendorffs Alpha {alpha}</translation>
    </message>
    <message>
        <source>People with each other</source>
        <translation>Menschen untereinander</translation>
    </message>
    <message>
        <source>People with the most probable emotion of the model</source>
        <translation>Menschen mit der wahrscheinlichsten Emotion des Modells</translation>
    </message>
    <message>
        <source>What the model claims</source>
        <translation>Was das Modell behauptet</translation>
    </message>
    <message>
        <source>Each answer of a person counts by itself; where several people judged a passage, the intervals are too narrow.</source>
        <translation>Jede Antwort einer Person zählt für sich; wo mehrere denselben Abschnitt beurteilt haben, sind die Intervalle zu schmal.</translation>
    </message>
    <message>
        <source>How often the most probable emotion is right, by its confidence</source>
        <translation>Wie oft die wahrscheinlichste Emotion stimmt, nach ihrer Konfidenz</translation>
    </message>
    <message>
        <source>Passages with a named emotion: {count}. Annotators: {names}.</source>
        <translation>Abschnitte mit einer genannten Emotion: {count}. Beurteilt von: {names}.</translation>
    </message>
    <message>
        <source>“Cannot tell” was said {count} times and counts nowhere below.</source>
        <translation>„Nicht zu sagen“ kam {count}-mal vor und zählt unten nirgends.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Cohen’s kappa</source>
        <translation>Cohens Kappa</translation>
    </message>
    <message>
        <source>An emotion is claimed</source>
        <translation>Eine Emotion wird behauptet</translation>
    </message>
    <message>
        <source>A claimed emotion is what people hear</source>
        <translation>Eine behauptete Emotion ist, was Menschen hören</translation>
    </message>
    <message>
        <source>“{claim}” is what people hear</source>
        <translation>„{claim}“ ist, was Menschen hören</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Confusion: rows are what people hear, columns the most probable emotion of the model</source>
        <translation>Verwechslungen: Zeilen sind, was Menschen hören, Spalten die wahrscheinlichste Emotion des Modells</translation>
    </message>
</context>
<context>
    <name>AnalysisPage</name>
    <message>
        <source>{model} (built in)</source>
        <translation>{model} (eingebaut)</translation>
    </message>
    <message>
        <source>Maximum of the model: {seconds} s</source>
        <translation>Maximum des Modells: {seconds} s</translation>
    </message>
    <message>
        <source>{model} (cannot be used)</source>
        <translation>{model} (nicht benutzbar)</translation>
    </message>
    <message>
        <source>Maximum of the model</source>
        <translation>Maximum des Modells</translation>
    </message>
    <message>
        <source>{device} (cannot be used here)</source>
        <translation>{device} (hier nicht benutzbar)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that analyses the sound</source>
        <translation>Das Modell, das den Ton analysiert</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>Choose model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Choose the .json file of an exported model</source>
        <translation>Die .json-Datei eines exportierten Modells wählen</translation>
    </message>
    <message>
        <source>&amp;Built in</source>
        <translation>Eingeba&amp;ut</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>Eingebautes Modell</translation>
    </message>
    <message>
        <source>Use the model that ships with the program</source>
        <translation>Das Modell benutzen, das zum Programm gehört</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Rechnet auf</translation>
    </message>
    <message>
        <source>Where the model runs</source>
        <translation>Worauf das Modell rechnet</translation>
    </message>
    <message>
        <source>Automatic (the CPU)</source>
        <translation>Automatisch (Prozessor)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA-Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple-Grafik (MPS)</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>How many seconds of sound each entry is computed from</source>
        <translation>Aus wie vielen Sekunden Ton jeder Eintrag berechnet wird</translation>
    </message>
    <message>
        <source>Results are best with the longest window</source>
        <translation>Mit dem längsten Fenster sind die Ergebnisse am besten</translation>
    </message>
    <message>
        <source>Time between two entries</source>
        <translation>Zeit zwischen zwei Einträgen</translation>
    </message>
    <message>
        <source>The CPU needs about a millisecond for each entry; a graphics card gains little.</source>
        <translation>Der Prozessor braucht je Eintrag etwa eine Millisekunde; eine Grafikkarte bringt wenig.</translation>
    </message>
    <message>
        <source>It would need {package}, which is not installed.</source>
        <translation>Dazu bräuchte es {package}, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Each entry is computed from a window of sound; a new one is added every hop. Changes apply to the next recording.</source>
        <translation>Jeder Eintrag wird aus einem Fenster voll Ton berechnet; nach jedem Schritt kommt ein neuer hinzu. Änderungen gelten ab der nächsten Aufnahme.</translation>
    </message>
    <message>
        <source>Maximum window of the model</source>
        <translation>Größtes Fenster des Modells</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Time constant of the probabilities in seconds; 0 for none</source>
        <translation>Zeitkonstante der Wahrscheinlichkeiten in Sekunden; 0 für keine</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation>Mo&amp;dell</translation>
    </message>
    <message>
        <source>R&amp;uns on</source>
        <translation>&amp;Rechnet auf</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Hop</source>
        <translation>S&amp;chritt</translation>
    </message>
    <message>
        <source>Smoo&amp;thing</source>
        <translation>&amp;Glättung</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Kept as “{path}”. File ▸ Save recording as… keeps a copy elsewhere.</source>
        <translation>Gespeichert als „{path}“. Datei ▸ Aufnahme speichern unter … legt anderswo eine Kopie ab.</translation>
    </message>
    <message>
        <source>The defaults are used. ({reason})</source>
        <translation>Die Voreinstellungen werden benutzt. ({reason})</translation>
    </message>
    <message>
        <source>The defaults are used; it is now called “{name}”.</source>
        <translation>Die Voreinstellungen werden benutzt; die Datei heißt jetzt „{name}“.</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Share of the sound that is done</source>
        <translation>Anteil des Tons, der fertig ist</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Recordings that could not be read, with the reason</source>
        <translation>Aufnahmen, die nicht gelesen werden konnten, mit dem Grund</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;toppen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The folders whose recordings are analysed, with those below</source>
        <translation>Die Ordner, deren Aufnahmen analysiert werden, mit denen darunter</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>The folder of the exports, the summary and the failures</source>
        <translation>Der Ordner der Exporte, der Übersicht und der Fehler</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>What is written of each recording</source>
        <translation>Was zu jeder Aufnahme geschrieben wird</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>How many recordings are analysed at the same time</source>
        <translation>Wie viele Aufnahmen zugleich analysiert werden</translation>
    </message>
    <message>
        <source>Who speaks in the recordings, if it is the same in all of them</source>
        <translation>Wer in den Aufnahmen spricht, wenn es überall dieselbe Person ist</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Results so far are kept: after a stop, start again with the same folder to continue.</source>
        <translation>Bisherige Ergebnisse bleiben erhalten: Nach einem Stopp geht es weiter, wenn Sie mit demselben Ordner neu starten.</translation>
    </message>
    <message>
        <source>&amp;Folders:</source>
        <translation>O&amp;rdner:</translation>
    </message>
    <message>
        <source>Resu&amp;lts:</source>
        <translation>Er&amp;gebnisse:</translation>
    </message>
    <message>
        <source>For&amp;mats:</source>
        <translation>For&amp;mate:</translation>
    </message>
    <message>
        <source>&amp;Voice:</source>
        <translation>S&amp;timme:</translation>
    </message>
    <message>
        <source>&amp;Processes:</source>
        <translation>&amp;Prozesse:</translation>
    </message>
    <message>
        <source>results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Choose a folder with recordings, a folder for the results, and a format.</source>
        <translation>Wählen Sie einen Ordner mit Aufnahmen, einen Ordner für die Ergebnisse und ein Format.</translation>
    </message>
    <message>
        <source>Looking for recordings…</source>
        <translation>Aufnahmen werden gesucht …</translation>
    </message>
    <message>
        <source>{done} of {total} recordings</source>
        <translation>{done} von {total} Aufnahmen</translation>
    </message>
    <message>
        <source>, failed: {count}</source>
        <translation>, fehlgeschlagen: {count}</translation>
    </message>
    <message>
        <source>, about {minutes} min left</source>
        <translation>, noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>Stopped. “Start” goes on where it was.</source>
        <translation>Gestoppt. „Starten“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Done: {count} recordings, {hours} hours of sound. The results are in “{folder}”.</source>
        <translation>Fertig: {count} Aufnahmen, {hours} Stunden Ton. Die Ergebnisse liegen in „{folder}“.</translation>
    </message>
    <message>
        <source>Folder with recordings</source>
        <translation>Ordner mit Aufnahmen</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>Ordner der Ergebnisse</translation>
    </message>
</context>
<context>
    <name>CardDelegate</name>
    <message>
        <source>{percent} unclear</source>
        <translation>{percent} unklar</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <source>Check this installation</source>
        <translation>Diese Installation prüfen</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>One line for each part of the program, with its state</source>
        <translation>Eine Zeile für jeden Teil des Programms mit seinem Zustand</translation>
    </message>
    <message>
        <source>Everything that is needed works.</source>
        <translation>Alles, was gebraucht wird, funktioniert.</translation>
    </message>
    <message>
        <source>Something that is needed does not work. The report says what, and what to do.</source>
        <translation>Etwas, das gebraucht wird, funktioniert nicht. Der Bericht sagt, was, und was zu tun ist.</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>Den Bericht schließen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the report, to send it</source>
        <translation>Den Bericht kopieren, um ihn zu verschicken</translation>
    </message>
</context>
<context>
    <name>ClaimCommands</name>
    <message>
        <source>“{name}” still shows claims from {percent}: a lower value needs another analysis, and the recording is missing.</source>
        <translation>„{name}“ zeigt weiterhin, was ab {percent} behauptet wird: Ein kleinerer Wert braucht eine neue Analyse, und die Aufnahme fehlt.</translation>
    </message>
</context>
<context>
    <name>ClaimSetting</name>
    <message>
        <source>as the model</source>
        <translation>wie das Modell</translation>
    </message>
    <message>
        <source>Claim an emotion from</source>
        <translation>Emotion behaupten ab</translation>
    </message>
    <message>
        <source>Probability from which an emotion is claimed; below it nothing is</source>
        <translation>Wahrscheinlichkeit, ab der eine Emotion behauptet wird; darunter keine</translation>
    </message>
    <message>
        <source>Claim an emotion as the model</source>
        <translation>Emotion behaupten wie das Modell</translation>
    </message>
    <message>
        <source>Use the probability that was fitted when the model was made</source>
        <translation>Die Wahrscheinlichkeit verwenden, die beim Erstellen des Modells bestimmt wurde</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Claim an &amp;emotion from</source>
        <translation>&amp;Emotion behaupten ab</translation>
    </message>
    <message>
        <source>Open recordings show it at once.</source>
        <translation>Offene Aufnahmen zeigen es sofort.</translation>
    </message>
</context>
<context>
    <name>ClaimTimes</name>
    <message>
        <source>How long each claim lasts</source>
        <translation>Wie lange jede Behauptung dauert</translation>
    </message>
    <message>
        <source>▶ {time} {emotion} {percent}</source>
        <translation>▶ {time} {emotion} {percent}</translation>
    </message>
    <message>
        <source>Select this passage and play it</source>
        <translation>Diese Stelle auswählen und abspielen</translation>
    </message>
</context>
<context>
    <name>Claims</name>
    <message>
        <source>claimed from {percent}</source>
        <translation>behauptet ab {percent}</translation>
    </message>
    <message>
        <source>claimed from {percent}; {right} of these were right in the test, {low} to {high} in recordings by others</source>
        <translation>behauptet ab {percent}; davon stimmten {right} im Test, {low} bis {high} in fremden Aufnahmen</translation>
    </message>
    <message>
        <source>claimed from {percent}; {right} of such claims were right in the test</source>
        <translation>behauptet ab {percent}; im Test stimmten davon {right}</translation>
    </message>
    <message>
        <source>below {percent} no emotion is claimed</source>
        <translation>unter {percent} wird keine Emotion behauptet</translation>
    </message>
    <message>
        <source>Nothing was measured for this model.</source>
        <translation>Für dieses Modell wurde nichts gemessen.</translation>
    </message>
    <message>
        <source>Measured on new voices of the same corpus: {figure}.</source>
        <translation>Gemessen an neuen Stimmen desselben Korpus: {figure}.</translation>
    </message>
    <message>
        <source>This was not measured. Measured on new voices of the same corpus: {figures}.</source>
        <translation>Das wurde nicht gemessen. Gemessen an neuen Stimmen desselben Korpus: {figures}.</translation>
    </message>
    <message>
        <source>In other corpora, languages and rooms {low} to {high} of the claims were right.</source>
        <translation>In anderen Korpora, Sprachen und Räumen stimmten {low} bis {high} der Behauptungen.</translation>
    </message>
    <message>
        <source>from {percent} on, {share} of the speech is claimed and {right} is right</source>
        <translation>ab {percent} wird zu {share} der Sprache etwas behauptet, und {right} davon stimmen</translation>
    </message>
</context>
<context>
    <name>ClipLamp</name>
    <message>
        <source>CLIP</source>
        <translation>CLIP</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Clipping: yes</source>
        <translation>Übersteuert: ja</translation>
    </message>
    <message>
        <source>Clipping: no</source>
        <translation>Übersteuert: nein</translation>
    </message>
    <message>
        <source>The sound reached full scale and is distorted. Turn the input down, then press this lamp to switch it off.</source>
        <translation>Der Ton hat die Vollaussteuerung erreicht und ist verzerrt. Regeln Sie den Eingang herunter und drücken Sie dann diese Lampe, um sie zu löschen.</translation>
    </message>
    <message>
        <source>Lights when the sound reaches full scale, and stays lit until pressed</source>
        <translation>Leuchtet, wenn der Ton die Vollaussteuerung erreicht, und bleibt an, bis man sie drückt</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Quit while recording?</source>
        <translation>Während der Aufnahme beenden?</translation>
    </message>
    <message>
        <source>A recording is being made. It ends with the program, and is kept.</source>
        <translation>Es wird aufgenommen. Die Aufnahme endet mit dem Programm und bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Stoppen und beenden</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Weiter aufnehmen</translation>
    </message>
    <message>
        <source>The recording that was running when the program was closed is kept: “{name}” ({length}).</source>
        <translation>Die Aufnahme, die beim Schließen des Programms lief, ist erhalten: „{name}“ ({length}).</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <source>Two recordings that have been read are needed to compare.</source>
        <translation>Zum Vergleichen sind zwei gelesene Aufnahmen nötig.</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare recordings</source>
        <translation>Aufnahmen vergleichen</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>Den Vergleich schließen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klingt</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Emotion clear</source>
        <translation>Emotion klar</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>Unklar</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>Valenz</translation>
    </message>
    <message>
        <source>Probabilities on average</source>
        <translation>Wahrscheinlichkeiten im Mittel</translation>
    </message>
</context>
<context>
    <name>ConfidenceBar</name>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>An emotion is claimed from {percent} %</source>
        <translation>Eine Emotion wird ab {percent} % behauptet</translation>
    </message>
</context>
<context>
    <name>CorrectionActions</name>
    <message>
        <source>Say that the selected passage, or the one at the cursor, sounds like this</source>
        <translation>Sagen, dass der ausgewählte Abschnitt oder der am Cursor so klingt</translation>
    </message>
    <message>
        <source>&amp;Cannot tell</source>
        <translation>&amp;Nicht zu sagen</translation>
    </message>
    <message>
        <source>Say that you listened and cannot tell</source>
        <translation>Sagen, dass Sie zugehört haben und es nicht sagen können</translation>
    </message>
    <message>
        <source>&amp;Note on the passage…</source>
        <translation>N&amp;otiz zum Abschnitt …</translation>
    </message>
    <message>
        <source>Write a remark on this passage</source>
        <translation>Eine Bemerkung zu diesem Abschnitt schreiben</translation>
    </message>
    <message>
        <source>Remove what you said about this passage</source>
        <translation>Entfernen, was Sie zu diesem Abschnitt gesagt haben</translation>
    </message>
    <message>
        <source>R&amp;emove the correction</source>
        <translation>Die Ko&amp;rrektur entfernen</translation>
    </message>
    <message>
        <source>Note on the &amp;recording…</source>
        <translation>Notiz &amp;zur Aufnahme …</translation>
    </message>
    <message>
        <source>Write a remark on the whole recording</source>
        <translation>Eine Bemerkung zur ganzen Aufnahme schreiben</translation>
    </message>
    <message>
        <source>&amp;Annotator…</source>
        <translation>&amp;Wer korrigiert …</translation>
    </message>
    <message>
        <source>Choose the name that your corrections have</source>
        <translation>Den Namen wählen, den Ihre Korrekturen tragen</translation>
    </message>
    <message>
        <source>&amp;Hide the model’s answers</source>
        <translation>Antworten des &amp;Modells verbergen</translation>
    </message>
    <message>
        <source>Judge by ear alone: what the model says is not shown</source>
        <translation>Allein nach Gehör urteilen: was das Modell sagt, wird nicht gezeigt</translation>
    </message>
    <message>
        <source>A&amp;greement…</source>
        <translation>&amp;Übereinstimmung …</translation>
    </message>
    <message>
        <source>How well people agree with each other and with the model</source>
        <translation>Wie gut Menschen untereinander und mit dem Modell übereinstimmen</translation>
    </message>
    <message>
        <source>&amp;Corrections</source>
        <translation>&amp;Korrekturen</translation>
    </message>
</context>
<context>
    <name>CorrectionCommands</name>
    <message>
        <source>remove correction</source>
        <translation>Korrektur entfernen</translation>
    </message>
    <message>
        <source>correction “{words}”</source>
        <translation>Korrektur „{words}“</translation>
    </message>
    <message>
        <source>Note on the passage</source>
        <translation>Notiz zum Abschnitt</translation>
    </message>
    <message>
        <source>Remark:</source>
        <translation>Bemerkung:</translation>
    </message>
    <message>
        <source>Note on the recording</source>
        <translation>Notiz zur Aufnahme</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Wer korrigiert</translation>
    </message>
    <message>
        <source>Name of who corrects:</source>
        <translation>Name der Person, die korrigiert:</translation>
    </message>
    <message>
        <source>&amp;Annotator: {name}…</source>
        <translation>&amp;Wer korrigiert: {name} …</translation>
    </message>
</context>
<context>
    <name>CrashReports</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>This is an error in the program. Your recordings are kept. Please send this report.</source>
        <translation>Das ist ein Fehler im Programm. Ihre Aufnahmen sind gespeichert. Bitte schicken Sie diesen Bericht ein.</translation>
    </message>
    <message>
        <source>It was also written to “{path}”.</source>
        <translation>Er steht auch in „{path}“.</translation>
    </message>
</context>
<context>
    <name>EditCommands</name>
    <message>
        <source>Undone: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>&amp;Rückgängig: {what}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>&amp;Wiederholen: {what}</translation>
    </message>
</context>
<context>
    <name>EmotionLegend</name>
    <message>
        <source>Emotions shown in the timeline</source>
        <translation>Emotionen, die in der Zeitleiste gezeigt werden</translation>
    </message>
    <message>
        <source>Show or hide “{0}” in the timeline</source>
        <translation>„{0}“ in der Zeitleiste zeigen oder verbergen</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>There is no model yet. Choose one in Settings.</source>
        <translation>Es gibt noch kein Modell. Wählen Sie eines in den Einstellungen.</translation>
    </message>
    <message>
        <source>A recording is being read or made. Wait until that is over, then try again.</source>
        <translation>Es wird gerade eine Aufnahme gelesen oder gemacht. Warten Sie, bis das vorbei ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>Left out, because they have not been read with the same emotions: {count}.</source>
        <translation>Ausgelassen, weil sie nicht mit denselben Emotionen gelesen wurden: {count}.</translation>
    </message>
    <message>
        <source>Markers added: {count}.</source>
        <translation>Marken hinzugefügt: {count}.</translation>
    </message>
    <message>
        <source>Left out beyond the end of the recording: {count}.</source>
        <translation>Hinter dem Ende der Aufnahme ausgelassen: {count}.</translation>
    </message>
    <message>
        <source>Corrections added: {count}.</source>
        <translation>Hinzugefügte Korrekturen: {count}.</translation>
    </message>
    <message>
        <source>add corrections</source>
        <translation>Korrekturen hinzufügen</translation>
    </message>
    <message>
        <source>Selection: {description}</source>
        <translation>Auswahl: {description}</translation>
    </message>
    <message>
        <source>Pitch and intensity every 10 ms</source>
        <translation>Tonhöhe und Intensität alle 10 ms</translation>
    </message>
    <message>
        <source>Picture of the plot</source>
        <translation>Bild der Grafik</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export {count} passages</source>
        <translation>{count} Abschnitte exportieren</translation>
    </message>
    <message>
        <source>recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Export all recordings</source>
        <translation>Alle Aufnahmen exportieren</translation>
    </message>
    <message>
        <source>Labels and tiers of other programs ({suffixes})</source>
        <translation>Textmarken und Annotationen anderer Programme ({suffixes})</translation>
    </message>
    <message>
        <source>Import markers</source>
        <translation>Marken importieren</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}). Choose another folder, or make room.</source>
        <translation>„{path}“ lässt sich nicht schreiben ({reason}). Wählen Sie einen anderen Ordner oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Written: “{path}”.</source>
        <translation>Geschrieben: „{path}“.</translation>
    </message>
    <message>
        <source>Only the selection is written, {start} to {end}: “{path}”.</source>
        <translation>Nur die Auswahl ist geschrieben, {start} bis {end}: „{path}“.</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>The recording is now called “{name}”.</source>
        <translation>Die Aufnahme heißt jetzt „{name}“.</translation>
    </message>
    <message>
        <source>“{name}” is being recorded. Stop the recording first.</source>
        <translation>„{name}“ wird aufgenommen. Beenden Sie zuerst die Aufnahme.</translation>
    </message>
    <message>
        <source>“{name}” is being read. Wait until it has been read, or press Esc to stop reading.</source>
        <translation>„{name}“ wird gelesen. Warten Sie, bis das fertig ist, oder beenden Sie es mit Esc.</translation>
    </message>
    <message>
        <source>Recordings ({kinds})</source>
        <translation>Aufnahmen ({kinds})</translation>
    </message>
    <message>
        <source>Exported timelines ({kinds})</source>
        <translation>Exportierte Zeitleisten ({kinds})</translation>
    </message>
    <message>
        <source>Open all recordings of a folder</source>
        <translation>Alle Aufnahmen eines Ordners öffnen</translation>
    </message>
    <message>
        <source>Save recording as</source>
        <translation>Aufnahme speichern unter</translation>
    </message>
    <message>
        <source>Rename recording</source>
        <translation>Aufnahme umbenennen</translation>
    </message>
    <message>
        <source>Delete “{path}” with its markers? This cannot be undone.</source>
        <translation>„{path}“ samt Marken löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Name, without the ending “{ending}”:</source>
        <translation>Name, ohne die Endung „{ending}“:</translation>
    </message>
    <message>
        <source>All files ({kinds})</source>
        <translation>Alle Dateien ({kinds})</translation>
    </message>
    <message>
        <source>Open recordings and videos</source>
        <translation>Aufnahmen und Videos öffnen</translation>
    </message>
    <message>
        <source>Delete recording</source>
        <translation>Aufnahme löschen</translation>
    </message>
    <message>
        <source>“{path}” cannot be deleted ({reason}). Close other programs that use it.</source>
        <translation>„{path}“ lässt sich nicht löschen ({reason}). Schließen Sie andere Programme, die die Datei benutzen.</translation>
    </message>
    <message>
        <source>“{path}” was deleted.</source>
        <translation>„{path}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Written: “{path}”.</source>
        <translation>Geschrieben: „{path}“.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Which passages are shown</source>
        <translation>Welche Abschnitte gezeigt werden</translation>
    </message>
    <message>
        <source>Clear only</source>
        <translation>Nur klare</translation>
    </message>
    <message>
        <source>Only passages with a clear emotion</source>
        <translation>Nur Abschnitte mit einer klaren Emotion</translation>
    </message>
    <message>
        <source>Under 1 s too</source>
        <translation>Auch unter 1 s</translation>
    </message>
    <message>
        <source>Also passages under 1 s, which otherwise join their neighbours</source>
        <translation>Auch Abschnitte unter 1 s, die sonst zu ihren Nachbarn gehören</translation>
    </message>
    <message>
        <source>{count} passages</source>
        <translation>{count} Abschnitte</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 Abschnitt</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown} von {count}</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Find in the passages</source>
        <translation>In den Abschnitten suchen</translation>
    </message>
    <message>
        <source>Only passages with all of these words</source>
        <translation>Nur Abschnitte mit allen diesen Wörtern</translation>
    </message>
    <message>
        <source>Only passages that sound “{0}”</source>
        <translation>Nur Abschnitte, die „{0}“ klingen</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Enter goes to the next place, Shift+Enter to the previous one</source>
        <translation>Enter geht zur nächsten Stelle, Umschalt+Enter zur vorigen</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>no transcript yet: Analysis ▸ Transcribe</source>
        <translation>noch kein Transkript: Analyse ▸ Transkribieren</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} gefunden</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Before you begin</source>
        <translation>Bevor Sie beginnen</translation>
    </message>
    <message>
        <source>How a voice sounds is not what a person feels</source>
        <translation>Wie eine Stimme klingt, ist nicht, was ein Mensch fühlt</translation>
    </message>
    <message>
        <source>&amp;I have read this</source>
        <translation>&amp;Das habe ich gelesen</translation>
    </message>
    <message>
        <source>I have read this</source>
        <translation>Das habe ich gelesen</translation>
    </message>
    <message>
        <source>Close this note; it will not be shown again</source>
        <translation>Diesen Hinweis schließen; er wird nicht wieder gezeigt</translation>
    </message>
    <message>
        <source>SER Desktop shows what a voice &lt;b&gt;sounds&lt;/b&gt; like to a program that learned from acted speech. It can be wrong, and for some voices, languages and rooms it will be. What was measured stands under Help ▸ Model card.</source>
        <translation>SER Desktop zeigt, wie eine Stimme für ein Programm &lt;b&gt;klingt&lt;/b&gt;, das an gespielter Sprache gelernt hat. Es kann sich irren, und bei manchen Stimmen, Sprachen und Räumen wird es das. Was gemessen wurde, steht unter Hilfe ▸ Modellkarte.</translation>
    </message>
    <message>
        <source>&lt;b&gt;It is no diagnosis and no lie detector&lt;/b&gt;, and it must not be used to judge employees, applicants, pupils or students. In the European Union, emotion recognition at work and in education is prohibited.</source>
        <translation>&lt;b&gt;Es stellt keine Diagnose und ist kein Lügendetektor&lt;/b&gt;, und es darf nicht dazu dienen, Beschäftigte, Bewerber, Schüler oder Studierende zu beurteilen. In der Europäischen Union ist Emotionserkennung am Arbeitsplatz und in Bildungseinrichtungen verboten.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tell people&lt;/b&gt; when you use it on their voices.</source>
        <translation>&lt;b&gt;Sagen Sie es den Menschen&lt;/b&gt;, deren Stimmen Sie damit analysieren.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Everything stays on this computer.&lt;/b&gt; The program never uses the network: no recording, no result and no statistics leave it.</source>
        <translation>&lt;b&gt;Alles bleibt auf diesem Computer.&lt;/b&gt; Das Programm benutzt nie das Netz: Keine Aufnahme, kein Ergebnis und keine Statistik verlässt ihn.</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language of the window</source>
        <translation>Die Sprache des Fensters</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>New recordings are kept here</source>
        <translation>Neue Aufnahmen werden hier gespeichert</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose the folder for new recordings</source>
        <translation>Den Ordner für neue Aufnahmen wählen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>Another language is used from the next start on.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>&amp;Recordings in</source>
        <translation>A&amp;ufnahmen in</translation>
    </message>
    <message>
        <source>Recordings are WAV files named by date and time. They never leave this computer.</source>
        <translation>Aufnahmen sind WAV-Dateien, benannt nach Datum und Uhrzeit. Sie verlassen diesen Computer nie.</translation>
    </message>
</context>
<context>
    <name>GlanceBar</name>
    <message>
        <source>What the recording sounds like</source>
        <translation>Wie die Aufnahme klingt</translation>
    </message>
    <message>
        <source>speech {speech}, emotion clear in {clear}, {unclear} unclear</source>
        <translation>Sprache {speech}, Emotion klar in {clear}, {unclear} unklar</translation>
    </message>
</context>
<context>
    <name>HowToRead</name>
    <message>
        <source>How to read the timeline</source>
        <translation>So liest man die Zeitleiste</translation>
    </message>
    <message>
        <source>A strong colour: an emotion is clear.</source>
        <translation>Kräftige Farbe: Eine Emotion ist klar.</translation>
    </message>
    <message>
        <source>Pale: only how excited or how pleasant it sounds is clear.</source>
        <translation>Blass: Klar ist nur, wie erregt oder wie angenehm es klingt.</translation>
    </message>
    <message>
        <source>Grey: somebody speaks, but nothing is clear.</source>
        <translation>Grau: Jemand spricht, aber nichts ist klar.</translation>
    </message>
    <message>
        <source>Empty: nobody speaks.</source>
        <translation>Leer: Niemand spricht.</translation>
    </message>
</context>
<context>
    <name>InterpretationView</name>
    <message>
        <source>Interpretation</source>
        <translation>Deutung</translation>
    </message>
    <message>
        <source>Sentences about the recording. Tab goes from one time to the next, Enter goes there.</source>
        <translation>Sätze über die Aufnahme. Tab geht von einer Zeit zur nächsten, Enter geht dorthin.</translation>
    </message>
    <message>
        <source>Made by rules from timeline, words and speakers. It says how a voice sounds, not what a person feels.</source>
        <translation>Nach Regeln aus Zeitleiste, Worten und Sprechern gemacht. Es sagt, wie eine Stimme klingt, nicht, was ein Mensch fühlt.</translation>
    </message>
</context>
<context>
    <name>JobQueue</name>
    <message>
        <source>“{name}” is analysed as an unknown voice.</source>
        <translation>„{name}“ wird als unbekannte Stimme analysiert.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Guide and keys</source>
        <translation>Anleitung und Tasten</translation>
    </message>
    <message>
        <source>&lt;b&gt;Click&lt;/b&gt; to move the cursor, &lt;b&gt;drag&lt;/b&gt; to select a time range: its average is shown at the right, and it can be played and exported alone. &lt;b&gt;Double-click&lt;/b&gt; to select a passage, in which the state and the emotion stay the same.</source>
        <translation>&lt;b&gt;Klicken&lt;/b&gt; bewegt den Cursor, &lt;b&gt;Ziehen&lt;/b&gt; wählt einen Zeitbereich aus: Sein Mittelwert steht rechts, und er lässt sich allein wiedergeben und exportieren. Ein &lt;b&gt;Doppelklick&lt;/b&gt; wählt einen Abschnitt aus, in dem Zustand und Emotion gleich bleiben.</translation>
    </message>
    <message>
        <source>Close the guide</source>
        <translation>Die Anleitung schließen</translation>
    </message>
    <message>
        <source>Pause; the pause is marked as a gap</source>
        <translation>Pause; sie wird als Lücke gekennzeichnet</translation>
    </message>
    <message>
        <source>Stop recording, reading or playing; results so far are kept</source>
        <translation>Aufnehmen, Lesen oder Wiedergeben beenden; bisherige Ergebnisse bleiben</translation>
    </message>
    <message>
        <source>Play from the cursor, or the selection; press again to stop</source>
        <translation>Ab dem Cursor oder die Auswahl wiedergeben; noch einmal drücken hält an</translation>
    </message>
    <message>
        <source>Update the list of microphones</source>
        <translation>Die Liste der Mikrofone aktualisieren</translation>
    </message>
    <message>
        <source>Moving the cursor</source>
        <translation>Den Cursor bewegen</translation>
    </message>
    <message>
        <source>To the previous entry</source>
        <translation>Zum vorigen Eintrag</translation>
    </message>
    <message>
        <source>To the next entry</source>
        <translation>Zum nächsten Eintrag</translation>
    </message>
    <message>
        <source>To the previous marker</source>
        <translation>Zur vorigen Marke</translation>
    </message>
    <message>
        <source>{key}+wheel</source>
        <translation>{key}+Mausrad</translation>
    </message>
    <message>
        <source>Recording and playing</source>
        <translation>Aufnehmen und wiedergeben</translation>
    </message>
    <message>
        <source>Each entry shows how the last seconds &lt;b&gt;sound&lt;/b&gt;, as far as that is sure: an emotion, else whether the voice is excited or quiet, pleasant or unpleasant. Grey means that nothing is claimed. Where nobody speaks, nothing is shown; a gap is a pause, or lost sound.</source>
        <translation>Jeder Eintrag zeigt, wie die letzten Sekunden &lt;b&gt;klingen&lt;/b&gt;, soweit das sicher ist: eine Emotion, sonst ob die Stimme erregt oder verhalten, angenehm oder unangenehm klingt. Grau heißt, dass nichts behauptet wird. Wo niemand spricht, wird nichts gezeigt; eine Lücke ist eine Pause oder verlorener Ton.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Scroll back&lt;/b&gt; while recording, also with Page Up, and the view stays where you are; “Live ▸” follows again. Click an emotion in the legend to hide it. The &lt;b&gt;right mouse button&lt;/b&gt; shows what can be done at a place; View ▸ Lanes opens and closes lanes, and their borders can be dragged.</source>
        <translation>&lt;b&gt;Blättern Sie zurück&lt;/b&gt;, während aufgenommen wird, auch mit Bild auf, und die Ansicht bleibt, wo Sie sind; „Live ▸“ folgt wieder. Ein Klick auf eine Emotion in der Legende blendet sie aus. Die &lt;b&gt;rechte Maustaste&lt;/b&gt; zeigt, was an einer Stelle möglich ist; Ansicht ▸ Spuren öffnet und schließt Spuren, und ihre Ränder lassen sich ziehen.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>To the next marker</source>
        <translation>Zur nächsten Marke</translation>
    </message>
    <message>
        <source>To the table of markers: Enter goes to one, F2 names it, Delete removes it</source>
        <translation>Zur Tabelle der Marken: Enter geht zu einer, F2 benennt sie, Entf entfernt sie</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Normal zoom</source>
        <translation>Normale Größe</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in and out at the pointer</source>
        <translation>Am Mauszeiger vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>Select the whole recording</source>
        <translation>Die ganze Aufnahme auswählen</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>Auf die Auswahl zoomen</translation>
    </message>
    <message>
        <source>Fit all into the window</source>
        <translation>Alles ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Undo the last change of this recording</source>
        <translation>Die letzte Änderung dieser Aufnahme rückgängig machen</translation>
    </message>
    <message>
        <source>Redo it</source>
        <translation>Sie wiederholen</translation>
    </message>
    <message>
        <source>Correcting the selected passage, or the one at the cursor</source>
        <translation>Den ausgewählten Abschnitt oder den am Cursor korrigieren</translation>
    </message>
    <message>
        <source>Say which emotion you hear; the same key again takes it back</source>
        <translation>Sagen, welche Emotion Sie hören; dieselbe Taste nimmt es zurück</translation>
    </message>
    <message>
        <source>It sounds excited</source>
        <translation>Es klingt erregt</translation>
    </message>
    <message>
        <source>It sounds quiet</source>
        <translation>Es klingt verhalten</translation>
    </message>
    <message>
        <source>It sounds pleasant</source>
        <translation>Es klingt angenehm</translation>
    </message>
    <message>
        <source>It sounds unpleasant</source>
        <translation>Es klingt unangenehm</translation>
    </message>
    <message>
        <source>You cannot tell</source>
        <translation>Sie können es nicht sagen</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Eine Notiz schreiben</translation>
    </message>
    <message>
        <source>Write a note on the whole recording</source>
        <translation>Eine Notiz zur ganzen Aufnahme schreiben</translation>
    </message>
    <message>
        <source>Remove what you said</source>
        <translation>Entfernen, was Sie gesagt haben</translation>
    </message>
    <message>
        <source>Hide what the model says, to judge by ear alone</source>
        <translation>Verbergen, was das Modell sagt, um allein nach Gehör zu urteilen</translation>
    </message>
    <message>
        <source>Files and tables</source>
        <translation>Dateien und Tabellen</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>To the next open recording</source>
        <translation>Zur nächsten offenen Aufnahme</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>&lt;b&gt;Open&lt;/b&gt; a recording, or drop it on the window; or press &lt;b&gt;Ctrl+R&lt;/b&gt; and speak. The timeline fills while it is read.</source>
        <translation>&lt;b&gt;Öffnen&lt;/b&gt; Sie eine Aufnahme, oder ziehen Sie sie auf das Fenster; oder drücken Sie &lt;b&gt;Strg+R&lt;/b&gt;, und sprechen Sie. Die Zeitleiste füllt sich, während gelesen wird.</translation>
    </message>
    <message>
        <source>&lt;b&gt;▶&lt;/b&gt; plays a passage; several can be selected and played one after the other, exported or copied. The chips above the table choose which are shown, and &lt;b&gt;N&lt;/b&gt; goes to the next clear one. Those under a second join their neighbours; exported files have all of them.</source>
        <translation>&lt;b&gt;▶&lt;/b&gt; gibt einen Abschnitt wieder; mehrere lassen sich auswählen und nacheinander wiedergeben, exportieren oder kopieren. Die Knöpfe über der Tabelle wählen, welche gezeigt werden, und &lt;b&gt;N&lt;/b&gt; geht zum nächsten klaren. Abschnitte unter einer Sekunde gehören zu ihren Nachbarn; exportierte Dateien haben alle.</translation>
    </message>
    <message>
        <source>&lt;b&gt;M&lt;/b&gt; sets a marker; type its name and press Enter. Drag it, or rename it in the table of markers. Position and markers are there again when the recording is opened the next time.</source>
        <translation>&lt;b&gt;M&lt;/b&gt; setzt eine Marke; geben Sie ihren Namen ein, und drücken Sie Eingabe. Ziehen Sie sie, oder benennen Sie sie in der Tabelle der Marken um. Position und Marken sind wieder da, wenn die Aufnahme das nächste Mal geöffnet wird.</translation>
    </message>
    <message>
        <source>Record, in the timeline and on the start page</source>
        <translation>Aufnehmen, in der Zeitleiste und auf der Startseite</translation>
    </message>
    <message>
        <source>Set a marker; type its name, Enter keeps it, Escape leaves the number</source>
        <translation>Eine Marke setzen; ihren Namen eingeben, Eingabe behält ihn, Esc lässt die Nummer</translation>
    </message>
    <message>
        <source>To the next clear passage, or the next that the filter shows</source>
        <translation>Zum nächsten klaren Abschnitt, oder zum nächsten, den der Filter zeigt</translation>
    </message>
    <message>
        <source>To the clear passage before</source>
        <translation>Zum klaren Abschnitt davor</translation>
    </message>
    <message>
        <source>To the table of passages: Enter goes to one, Space plays the selected ones</source>
        <translation>Zur Tabelle der Abschnitte: Eingabe geht zu einem, Leertaste gibt die ausgewählten wieder</translation>
    </message>
    <message>
        <source>Find passages</source>
        <translation>Abschnitte suchen</translation>
    </message>
    <message>
        <source>To the table of speakers: Enter goes to one, F2 names it</source>
        <translation>Zur Tabelle der Sprecher: Enter geht zu einem, F2 benennt ihn</translation>
    </message>
    <message>
        <source>To the interpretation</source>
        <translation>Zur Deutung</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>To the next place that was found</source>
        <translation>Zur nächsten gefundenen Stelle</translation>
    </message>
    <message>
        <source>To the previous place that was found</source>
        <translation>Zur vorigen gefundenen Stelle</translation>
    </message>
    <message>
        <source>Open all recordings in a folder and below</source>
        <translation>Alle Aufnahmen in einem Ordner und darunter öffnen</translation>
    </message>
    <message>
        <source>Compare two recordings</source>
        <translation>Zwei Aufnahmen vergleichen</translation>
    </message>
    <message>
        <source>To the previous open recording</source>
        <translation>Zur vorigen offenen Aufnahme</translation>
    </message>
    <message>
        <source>The same as Ctrl+Tab</source>
        <translation>Dasselbe wie Strg+Tab</translation>
    </message>
    <message>
        <source>The same as Ctrl+Shift+Tab</source>
        <translation>Dasselbe wie Strg+Umschalt+Tab</translation>
    </message>
    <message>
        <source>Close the recording</source>
        <translation>Die Aufnahme schließen</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Save the open recordings as a project</source>
        <translation>Die offenen Aufnahmen als Projekt speichern</translation>
    </message>
    <message>
        <source>Rename the recording</source>
        <translation>Die Aufnahme umbenennen</translation>
    </message>
    <message>
        <source>Save the recording elsewhere</source>
        <translation>Die Aufnahme anderswo speichern</translation>
    </message>
    <message>
        <source>Export the timeline, the passages, the markers or the plot</source>
        <translation>Zeitleiste, Abschnitte, Marken oder die Grafik exportieren</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Einen Bericht speichern</translation>
    </message>
    <message>
        <source>Copy the table of passages</source>
        <translation>Die Tabelle der Abschnitte kopieren</translation>
    </message>
    <message>
        <source>The program</source>
        <translation>Das Programm</translation>
    </message>
    <message>
        <source>This guide</source>
        <translation>Diese Anleitung</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Each key and what it does</source>
        <translation>Jede Taste und was sie tut</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level meter</source>
        <translation>Pegelanzeige</translation>
    </message>
    <message>
        <source>Level from −60 dBFS to full scale: speech does well between −20 and −12</source>
        <translation>Pegel von −60 dBFS bis zur Vollaussteuerung: Sprache liegt gut zwischen −20 und −12</translation>
    </message>
</context>
<context>
    <name>LevelView</name>
    <message>
        <source>Level now (RMS), and the highest peak since the start</source>
        <translation>Pegel jetzt (RMS) und die höchste Spitze seit Beginn</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>No sound yet.</source>
        <translation>Noch kein Ton.</translation>
    </message>
    <message>
        <source>{level} dBFS
max {maximum}</source>
        <translation>{level} dBFS
max. {maximum}</translation>
    </message>
    <message>
        <source>Level {level} dBFS, peak {peak} dBFS, maximum {maximum} dBFS.</source>
        <translation>Pegel {level} dBFS, Spitze {peak} dBFS, Maximum {maximum} dBFS.</translation>
    </message>
</context>
<context>
    <name>LiveBand</name>
    <message>
        <source>How it sounds now</source>
        <translation>Wie es jetzt klingt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Hört zu…</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>half a second of speech is enough</source>
        <translation>eine halbe Sekunde Sprache genügt</translation>
    </message>
    <message>
        <source>a pause</source>
        <translation>eine Pause</translation>
    </message>
</context>
<context>
    <name>LiveButton</name>
    <message>
        <source>Live ▸</source>
        <translation>Live ▸</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Return to the end and follow the recording</source>
        <translation>Zum Ende zurückkehren und der Aufnahme folgen</translation>
    </message>
</context>
<context>
    <name>LiveNotices</name>
    <message>
        <source>The recording goes on. {seconds} s of sound are missing.</source>
        <translation>Die Aufnahme geht weiter. {seconds} s Ton fehlen.</translation>
    </message>
    <message>
        <source>The recording goes on. Nothing is missing.</source>
        <translation>Die Aufnahme geht weiter. Es fehlt nichts.</translation>
    </message>
    <message>
        <source>The sound is held in memory, for ten minutes at most. The recording can continue in another folder.</source>
        <translation>Der Ton bleibt im Arbeitsspeicher, höchstens zehn Minuten. Die Aufnahme kann in einem anderen Ordner weitergehen.</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Wait for room</source>
        <translation>Auf Platz warten</translation>
    </message>
    <message>
        <source>The disk has room for {minutes} more minutes of this recording.</source>
        <translation>Auf dem Datenträger ist noch Platz für {minutes} Minuten dieser Aufnahme.</translation>
    </message>
    <message>
        <source>The computer is busy: the timeline continues with the newest sound, and the skipped sound is analysed later. The recording itself is complete.</source>
        <translation>Der Rechner ist ausgelastet: Die Zeitleiste geht mit dem neuesten Ton weiter, und der übersprungene Ton wird später analysiert. Die Aufnahme selbst ist vollständig.</translation>
    </message>
    <message>
        <source>The timeline is complete again.</source>
        <translation>Die Zeitleiste ist wieder vollständig.</translation>
    </message>
    <message>
        <source>Continue recording in another folder</source>
        <translation>In einem anderen Ordner weiter aufnehmen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Alt+1 to Alt+4 show one of them</source>
        <translation>Alt+1 bis Alt+4 zeigen eine davon</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Interpretation</source>
        <translation>Deutung</translation>
    </message>
    <message>
        <source>● recording {name}</source>
        <translation>● nimmt {name} auf</translation>
    </message>
    <message>
        <source>❚❚ paused: {name}</source>
        <translation>❚❚ pausiert: {name}</translation>
    </message>
    <message>
        <source>Markers ({count})</source>
        <translation>Marken ({count})</translation>
    </message>
</context>
<context>
    <name>MarkerEditor</name>
    <message>
        <source>Name of the marker</source>
        <translation>Name der Marke</translation>
    </message>
    <message>
        <source>Enter keeps the name, Escape leaves it as it was</source>
        <translation>Eingabe behält den Namen, Esc lässt ihn, wie er war</translation>
    </message>
</context>
<context>
    <name>MarkersView</name>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Enter moves the cursor to a marker, F2 edits its label, Delete removes it. M sets a marker.</source>
        <translation>Enter bewegt den Cursor zu einer Marke, F2 ändert ihren Text, Entf entfernt sie. M setzt eine Marke.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close this message (Esc)</source>
        <translation>Diese Meldung schließen (Esc)</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>ModelCardDialog</name>
    <message>
        <source>Model card: {model}</source>
        <translation>Modellkarte: {model}</translation>
    </message>
    <message>
        <source>Close the model card</source>
        <translation>Die Modellkarte schließen</translation>
    </message>
</context>
<context>
    <name>ModelCardView</name>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Description of the model and how well it was measured to work</source>
        <translation>Beschreibung des Modells und wie gut es laut Messung arbeitet</translation>
    </message>
    <message>
        <source># {model}

This model came without a card (“{card}” is not there), so nothing is known of how good it is.

It distinguishes {count} emotions: {labels}. It analyses windows of {shortest} to {longest} s of sound.</source>
        <translation># {model}

Dieses Modell kam ohne Karte („{card}“ ist nicht da); wie gut es ist, weiß man also nicht.

Es unterscheidet {count} Emotionen: {labels}. Es analysiert Fenster von {shortest} bis {longest} s Ton.</translation>
    </message>
</context>
<context>
    <name>ModelCommands</name>
    <message>
        <source>The built-in model is used instead.</source>
        <translation>Stattdessen wird das eingebaute Modell benutzt.</translation>
    </message>
    <message>
        <source>The model that was in use stays.</source>
        <translation>Das bisherige Modell bleibt.</translation>
    </message>
</context>
<context>
    <name>NewVoicePage</name>
    <message>
        <source>My voice</source>
        <translation>Meine Stimme</translation>
    </message>
    <message>
        <source>No microphone was found. Connect one, or use recordings.</source>
        <translation>Es wurde kein Mikrofon gefunden. Schließen Sie eines an, oder nehmen Sie Aufnahmen.</translation>
    </message>
    <message>
        <source>Press “Record” and read the text.</source>
        <translation>Drücken Sie „Aufnehmen“, und lesen Sie den Text vor.</translation>
    </message>
    <message>
        <source>The microphone delivers only zeros. Check that it is not muted.</source>
        <translation>Das Mikrofon liefert nur Nullen. Prüfen Sie, ob es stummgeschaltet ist.</translation>
    </message>
    <message>
        <source>Nothing that sounds like speech yet. Speak louder, or go nearer to the microphone.</source>
        <translation>Noch nichts, was nach Sprache klingt. Sprechen Sie lauter, oder gehen Sie näher ans Mikrofon.</translation>
    </message>
    <message>
        <source>Done. Give the voice a name and keep it.</source>
        <translation>Fertig. Geben Sie der Stimme einen Namen, und behalten Sie sie.</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>Sprache des Textes</translation>
    </message>
    <message>
        <source>The language of the text to read</source>
        <translation>Die Sprache des Textes zum Vorlesen</translation>
    </message>
    <message>
        <source>Text to read</source>
        <translation>Text zum Vorlesen</translation>
    </message>
    <message>
        <source>Read it aloud; any other text does as well</source>
        <translation>Lesen Sie ihn laut; jeder andere Text tut es auch</translation>
    </message>
    <message>
        <source>Name of the voice</source>
        <translation>Name der Stimme</translation>
    </message>
    <message>
        <source>Under this name you choose the voice later</source>
        <translation>Unter diesem Namen wählen Sie die Stimme später</translation>
    </message>
    <message>
        <source>Speech so far</source>
        <translation>Sprache bisher</translation>
    </message>
    <message>
        <source>Seconds of speech that were heard, pauses left out</source>
        <translation>Sekunden Sprache, die zu hören waren, ohne die Pausen</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>Was jetzt zu tun ist</translation>
    </message>
    <message>
        <source>From re&amp;cordings…</source>
        <translation>Aus Auf&amp;nahmen …</translation>
    </message>
    <message>
        <source>&amp;Keep the voice</source>
        <translation>Stimme &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>From recordings</source>
        <translation>Aus Aufnahmen</translation>
    </message>
    <message>
        <source>Choose recordings in which only this person speaks</source>
        <translation>Aufnahmen wählen, in denen nur diese Person spricht</translation>
    </message>
    <message>
        <source>Keep the voice</source>
        <translation>Stimme behalten</translation>
    </message>
    <message>
        <source>Store the averages of the voice under its name</source>
        <translation>Die Mittelwerte der Stimme unter ihrem Namen speichern</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>To the list of voices; nothing is kept</source>
        <translation>Zur Liste der Stimmen; nichts wird behalten</translation>
    </message>
    <message>
        <source>Make a voice known</source>
        <translation>Eine Stimme bekannt machen</translation>
    </message>
    <message>
        <source>What a voice sounds like is compared with how it &lt;b&gt;usually&lt;/b&gt; sounds: one that is always high and fast is not excited. For that the program needs half a minute of it.</source>
        <translation>Wie eine Stimme klingt, wird mit dem verglichen, wie sie &lt;b&gt;sonst&lt;/b&gt; klingt: Eine, die immer hoch und schnell ist, ist nicht erregt. Dafür braucht das Programm eine halbe Minute von ihr.</translation>
    </message>
    <message>
        <source>Speak as on any other day, not acted and not whispered, in a quiet room, as far from the microphone as you always are. Read the text, or tell what you did today.</source>
        <translation>Sprechen Sie wie an jedem anderen Tag, nicht gespielt und nicht geflüstert, in einem ruhigen Raum, so weit vom Mikrofon entfernt wie immer. Lesen Sie den Text vor, oder erzählen Sie, was Sie heute gemacht haben.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Only a small file of averages is kept, which only you can read; no sound.</source>
        <translation>Behalten wird nur eine kleine Datei mit Mittelwerten, die nur Sie lesen können; kein Ton.</translation>
    </message>
    <message>
        <source>Recordings ({kinds})</source>
        <translation>Aufnahmen ({kinds})</translation>
    </message>
    <message>
        <source>All files ({kinds})</source>
        <translation>Alle Dateien ({kinds})</translation>
    </message>
    <message>
        <source>Recordings in which only this person speaks</source>
        <translation>Aufnahmen, in denen nur diese Person spricht</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Hört zu…</translation>
    </message>
    <message>
        <source>Enough. Read on: with half a minute the voice is known better.</source>
        <translation>Genug. Lesen Sie weiter: Mit einer halben Minute ist die Stimme besser bekannt.</translation>
    </message>
    <message>
        <source>Read on; at least {count} s are needed.</source>
        <translation>Lesen Sie weiter; mindestens {count} s sind nötig.</translation>
    </message>
    <message>
        <source>{count} of {wanted} s</source>
        <translation>{count} von {wanted} s</translation>
    </message>
    <message>
        <source>{text}, enough</source>
        <translation>{text}, genug</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Aufnehmen</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>Hier beenden</translation>
    </message>
    <message>
        <source>Listen to the microphone; the sound is not kept</source>
        <translation>Dem Mikrofon zuhören; der Ton wird nicht behalten</translation>
    </message>
</context>
<context>
    <name>NowView</name>
    <message>
        <source>How it sounds</source>
        <translation>Wie es klingt</translation>
    </message>
    <message>
        <source>Open a recording, or record one.</source>
        <translation>Öffnen Sie eine Aufnahme oder machen Sie eine.</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>bei {time}</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>klingt</translation>
    </message>
    <message>
        <source>uncertain; most like</source>
        <translation>unsicher; am ehesten</translation>
    </message>
    <message>
        <source>There is no sound to analyse here.</source>
        <translation>Hier gibt es keinen Ton, der analysiert werden könnte.</translation>
    </message>
    <message>
        <source>gap:</source>
        <translation>Lücke:</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>kein Ton</translation>
    </message>
    <message>
        <source>no speech</source>
        <translation>keine Sprache</translation>
    </message>
    <message>
        <source>{start} – {end}</source>
        <translation>{start} – {end}</translation>
    </message>
    <message>
        <source>in the selection</source>
        <translation>in der Auswahl</translation>
    </message>
    <message>
        <source>the whole recording</source>
        <translation>die ganze Aufnahme</translation>
    </message>
    <message>
        <source>the first {time}, as far as it is read</source>
        <translation>die ersten {time}, soweit gelesen</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>on average sounds</source>
        <translation>klingt im Mittel</translation>
    </message>
    <message>
        <source>emotion uncertain; most like {emotion}, {percent}</source>
        <translation>Emotion unsicher; am ehesten {emotion}, {percent}</translation>
    </message>
    <message>
        <source>on average uncertain; most like</source>
        <translation>im Mittel unsicher; am ehesten</translation>
    </message>
    <message>
        <source>mostly sounds</source>
        <translation>klingt überwiegend</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>OpenCommands</name>
    <message>
        <source>It is read once the recording has ended.</source>
        <translation>Es wird gelesen, sobald die Aufnahme beendet ist.</translation>
    </message>
    <message>
        <source>There are no recordings in “{path}”.</source>
        <translation>In „{path}“ sind keine Aufnahmen.</translation>
    </message>
    <message>
        <source>{count} recordings are opened from “{path}”.</source>
        <translation>{count} Aufnahmen aus „{path}“ werden geöffnet.</translation>
    </message>
    <message>
        <source>Show each channel</source>
        <translation>Jeden Kanal zeigen</translation>
    </message>
    <message>
        <source>Keep the mix</source>
        <translation>Beim Mix bleiben</translation>
    </message>
    <message>
        <source>The timeline is read from “{path}”. Analysis ▸ Analyse again does not use it.</source>
        <translation>Die Zeitleiste ist aus „{path}“ gelesen. Analyse ▸ Erneut analysieren verwendet sie nicht.</translation>
    </message>
</context>
<context>
    <name>Overall</name>
    <message>
        <source>No speech found</source>
        <translation>Keine Sprache gefunden</translation>
    </message>
    <message>
        <source>On average sounds {emotion}, {percent}</source>
        <translation>Klingt im Mittel {emotion}, {percent}</translation>
    </message>
    <message>
        <source>nothing claimed</source>
        <translation>nichts behauptet</translation>
    </message>
    <message>
        <source>Uncertain; most like {emotion}, {percent}</source>
        <translation>Unsicher; am ehesten {emotion}, {percent}</translation>
    </message>
    <message>
        <source>mostly {0}</source>
        <translation>überwiegend {0}</translation>
    </message>
    <message>
        <source>partly {0}</source>
        <translation>teils {0}</translation>
    </message>
    <message>
        <source>once clearly {emotion}</source>
        <translation>einmal deutlich {emotion}</translation>
    </message>
    <message>
        <source>twice clearly {emotion}</source>
        <translation>zweimal deutlich {emotion}</translation>
    </message>
    <message>
        <source>{count} times clearly {emotion}</source>
        <translation>{count}-mal deutlich {emotion}</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>The whole recording, and the part in view</source>
        <translation>Die ganze Aufnahme und der sichtbare Teil</translation>
    </message>
    <message>
        <source>The whole recording: click or drag to move the view, drag its edges to zoom, double-click to show all</source>
        <translation>Die ganze Aufnahme: Klicken oder ziehen verschiebt den sichtbaren Teil, an den Rändern ziehen zoomt, ein Doppelklick zeigt alles</translation>
    </message>
    <message>
        <source>{start} to {end} of {total}</source>
        <translation>{start} bis {end} von {total}</translation>
    </message>
</context>
<context>
    <name>PassageCommands</name>
    <message>
        <source>No further clear passage</source>
        <translation>Kein weiterer klarer Abschnitt</translation>
    </message>
    <message>
        <source>No earlier clear passage</source>
        <translation>Kein früherer klarer Abschnitt</translation>
    </message>
</context>
<context>
    <name>PossibleActions</name>
    <message>
        <source>Not while recording</source>
        <translation>Nicht während der Aufnahme</translation>
    </message>
    <message>
        <source>Two recordings that have been read are needed to compare</source>
        <translation>Zum Vergleichen sind zwei gelesene Aufnahmen nötig</translation>
    </message>
    <message>
        <source>Nobody has corrected a passage yet</source>
        <translation>Noch niemand hat einen Abschnitt korrigiert</translation>
    </message>
    <message>
        <source>There is no transcript yet: Analysis ▸ Transcribe makes one</source>
        <translation>Es gibt noch kein Transkript: Analyse ▸ Transkribieren erstellt eines</translation>
    </message>
    <message>
        <source>Not while the model’s answers are hidden</source>
        <translation>Nicht, solange die Antworten des Modells verborgen sind</translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Project saved: “{path}”. Later changes are saved automatically.</source>
        <translation>Projekt gespeichert: „{path}“. Spätere Änderungen werden automatisch gespeichert.</translation>
    </message>
    <message>
        <source>“{name}” is not the sound that the project was made with. Analysis ▸ Analyse again makes its timeline anew.</source>
        <translation>„{name}“ ist nicht der Ton, mit dem das Projekt gemacht wurde. Analyse ▸ Neu analysieren macht die Zeitleiste neu.</translation>
    </message>
    <message>
        <source>Stop the recording before a project is opened.</source>
        <translation>Beenden Sie die Aufnahme, bevor Sie ein Projekt öffnen.</translation>
    </message>
    <message>
        <source>“{name}” is open already.</source>
        <translation>„{name}“ ist schon offen.</translation>
    </message>
    <message>
        <source>Stop the recording before the project is closed.</source>
        <translation>Beenden Sie die Aufnahme, bevor Sie das Projekt schließen.</translation>
    </message>
    <message>
        <source>Found at another place: {names}.</source>
        <translation>An einer anderen Stelle gefunden: {names}.</translation>
    </message>
    <message>
        <source>Missing: {names}. What is known of it is shown; put it back to play it.</source>
        <translation>Es fehlt: {names}. Gezeigt wird, was davon bekannt ist; legen Sie die Datei zurück, um sie abzuspielen.</translation>
    </message>
    <message>
        <source>Changed since the project was saved, and analysed anew: {names}.</source>
        <translation>Seit dem Speichern des Projekts geändert und neu analysiert: {names}.</translation>
    </message>
    <message>
        <source>“{name}” is not in the project any more. Its markers and corrections come back when it is opened again.</source>
        <translation>„{name}“ gehört nicht mehr zum Projekt. Marken und Korrekturen sind wieder da, wenn die Aufnahme erneut geöffnet wird.</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>not analysed</source>
        <translation>nicht analysiert</translation>
    </message>
    <message>
        <source>sounds {0}</source>
        <translation>klingt {0}</translation>
    </message>
    <message>
        <source>sounds {0}, {1}</source>
        <translation>klingt {0}, {1}</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>„{0}“</translation>
    </message>
</context>
<context>
    <name>RecordingList</name>
    <message>
        <source>Open recordings</source>
        <translation>Offene Aufnahmen</translation>
    </message>
    <message>
        <source>Ctrl+Tab goes to the next one, Ctrl+W closes it. Two selected ones can be compared.</source>
        <translation>Strg+Tab geht zur nächsten, Strg+W schließt sie. Zwei ausgewählte lassen sich vergleichen.</translation>
    </message>
    <message>
        <source>Co&amp;mpare…</source>
        <translation>&amp;Vergleichen…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>RecordingMemory</name>
    <message>
        <source>Position, markers and words of “{path}” cannot be kept ({reason}). Make room on the disk.</source>
        <translation>Position, Marken und Worte von „{path}“ können nicht behalten werden ({reason}). Schaffen Sie Platz auf der Platte.</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>Für später aufheben</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The recording of {begun} ({length}) was not finished: “{name}”.</source>
        <translation>Die Aufnahme vom {begun} ({length}) wurde nicht beendet: „{name}“.</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>en</source>
        <comment>the code of this language: en, de …</comment>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>ReportCommands</name>
    <message>
        <source>Written: “{path}”.</source>
        <translation>Geschrieben: „{path}“.</translation>
    </message>
    <message>
        <source>Report of this recording</source>
        <translation>Bericht über diese Aufnahme</translation>
    </message>
    <message>
        <source>Report of all open recordings</source>
        <translation>Bericht über alle offenen Aufnahmen</translation>
    </message>
    <message>
        <source>Comparison of the two selected recordings</source>
        <translation>Vergleich der beiden ausgewählten Aufnahmen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
</context>
<context>
    <name>SegmentsModel</name>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klingt</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>Valenz</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>Probability that the voice is excited</source>
        <translation>Wahrscheinlichkeit, dass die Stimme erregt klingt</translation>
    </message>
    <message>
        <source>Probability that it sounds pleasant</source>
        <translation>Wahrscheinlichkeit, dass sie angenehm klingt</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>at the cursor: </source>
        <translation>am Cursor: </translation>
    </message>
    <message>
        <source>none</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>play</source>
        <translation>abspielen</translation>
    </message>
    <message>
        <source>Play this passage</source>
        <translation>Diesen Abschnitt wiedergeben</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>SegmentsView</name>
    <message>
        <source>Passages</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>How each passage of the recording sounds. Enter moves the cursor to the start of a passage, Space plays the selected ones.</source>
        <translation>Wie jeder Abschnitt der Aufnahme klingt. Eingabe setzt den Cursor an den Anfang eines Abschnitts, Leertaste gibt die ausgewählten wieder.</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>A&amp;bspielen</translation>
    </message>
    <message>
        <source>&amp;Export these passages…</source>
        <translation>Diese Abschnitte &amp;exportieren…</translation>
    </message>
    <message>
        <source>Put the &amp;cursor here</source>
        <translation>&amp;Cursor hierher setzen</translation>
    </message>
    <message>
        <source>Copy &amp;rows</source>
        <translation>&amp;Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy whole &amp;table</source>
        <translation>Ganze &amp;Tabelle kopieren</translation>
    </message>
    <message>
        <source>Click to sort; the right mouse button shows and hides columns</source>
        <translation>Klicken zum Sortieren; die rechte Maustaste zeigt und verbirgt Spalten</translation>
    </message>
    <message>
        <source>C&amp;olumns</source>
        <translation>&amp;Spalten</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>add markers</source>
        <translation>Marken hinzufügen</translation>
    </message>
    <message>
        <source>set marker</source>
        <translation>Marke setzen</translation>
    </message>
    <message>
        <source>rename marker</source>
        <translation>Marke umbenennen</translation>
    </message>
    <message>
        <source>move marker</source>
        <translation>Marke verschieben</translation>
    </message>
    <message>
        <source>delete markers</source>
        <translation>Marken löschen</translation>
    </message>
    <message>
        <source>delete marker</source>
        <translation>Marke löschen</translation>
    </message>
    <message>
        <source>note on the recording</source>
        <translation>Notiz zur Aufnahme</translation>
    </message>
</context>
<context>
    <name>SettingsCommands</name>
    <message>
        <source>The window has the other language from the next start on.</source>
        <translation>Das Fenster hat die andere Sprache ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>“{folder}” is not the whole path of a folder. Choose where recordings are kept.</source>
        <translation>„{folder}“ ist kein vollständiger Pfad eines Ordners. Wählen Sie, wo Aufnahmen gespeichert werden.</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Sound</source>
        <translation>&amp;Ton</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>&amp;Analyse</translation>
    </message>
    <message>
        <source>&amp;Words</source>
        <translation>&amp;Wörter</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>A&amp;llgemein</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Apply the chosen settings</source>
        <translation>Die gewählten Einstellungen übernehmen</translation>
    </message>
    <message>
        <source>Close without changes</source>
        <translation>Ohne Änderungen schließen</translation>
    </message>
    <message>
        <source>Show the defaults; OK applies them</source>
        <translation>Die Voreinstellungen zeigen; OK übernimmt sie</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sound, analysis, words and general settings</source>
        <translation>Einstellungen zu Ton, Analyse, Wörtern und Allgemeinem</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Voreinstellungen wiederherstellen</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Ein Modell wählen</translation>
    </message>
    <message>
        <source>Models (*.json)</source>
        <translation>Modelle (*.json)</translation>
    </message>
</context>
<context>
    <name>SoundMenu</name>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>Channel {number} ({side})</source>
        <translation>Kanal {number} ({side})</translation>
    </message>
    <message>
        <source>Channel {number}</source>
        <translation>Kanal {number}</translation>
    </message>
    <message>
        <source>C&amp;hannel</source>
        <translation>K&amp;anal</translation>
    </message>
    <message>
        <source>Each channel</source>
        <translation>Jeder Kanal</translation>
    </message>
    <message>
        <source>Each of the first {count} channels</source>
        <translation>Jeder der ersten {count} Kanäle</translation>
    </message>
    <message>
        <source>Mix of all channels</source>
        <translation>Mix aller Kanäle</translation>
    </message>
    <message>
        <source>Audio track {number}: {description}</source>
        <translation>Tonspur {number}: {description}</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Who speaks in new recordings</source>
        <translation>Wer in neuen Aufnahmen spricht</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>The microphone that is recorded</source>
        <translation>Das Mikrofon, das aufgenommen wird</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Where recordings are played</source>
        <translation>Wo Aufnahmen wiedergegeben werden</translation>
    </message>
    <message>
        <source>Show the &amp;level before recording</source>
        <translation>&amp;Pegel schon vor der Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Show the level before recording</source>
        <translation>Pegel schon vor der Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Shows the level of the microphone, so that it can be adjusted; nothing is recorded</source>
        <translation>Zeigt den Pegel des Mikrofons, damit man es aussteuern kann; nichts wird aufgenommen</translation>
    </message>
    <message>
        <source>&amp;Microphone</source>
        <translation>&amp;Mikrofon</translation>
    </message>
    <message>
        <source>Use the meter to adjust the level before you record. It stores no sound.</source>
        <translation>Mit der Pegelanzeige lässt sich vor der Aufnahme aussteuern. Sie speichert keinen Ton.</translation>
    </message>
    <message>
        <source>Loud&amp;speaker</source>
        <translation>Laut&amp;sprecher</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>S&amp;timme</translation>
    </message>
    <message>
        <source>Who speaks in what you open or record next. Choose a voice only if it is the same in all of them; Analysis ▸ Voice changes it for one recording, Analysis ▸ My voice makes one known.</source>
        <translation>Wer in dem spricht, was Sie als Nächstes öffnen oder aufnehmen. Wählen Sie eine Stimme nur, wenn es überall dieselbe ist; Analyse ▸ Stimme ändert sie für eine Aufnahme, Analyse ▸ Meine Stimme macht eine bekannt.</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name} (nicht angeschlossen)</translation>
    </message>
</context>
<context>
    <name>SpeakerCommands</name>
    <message>
        <source>rename speaker</source>
        <translation>Sprecher umbenennen</translation>
    </message>
    <message>
        <source>merge speakers</source>
        <translation>Sprecher zusammenlegen</translation>
    </message>
    <message>
        <source>change speaker</source>
        <translation>Sprecher ändern</translation>
    </message>
    <message>
        <source>The selection is spoken by</source>
        <translation>Die Auswahl spricht</translation>
    </message>
    <message>
        <source>This turn is spoken by</source>
        <translation>Diesen Abschnitt spricht</translation>
    </message>
    <message>
        <source>A new speaker</source>
        <translation>Ein neuer Sprecher</translation>
    </message>
    <message>
        <source>Rename “{name}”…</source>
        <translation>„{name}“ umbenennen …</translation>
    </message>
    <message>
        <source>“{name}” is the same person as</source>
        <translation>„{name}“ ist dieselbe Person wie</translation>
    </message>
    <message>
        <source>Rename speaker</source>
        <translation>Sprecher umbenennen</translation>
    </message>
    <message>
        <source>Name of the speaker:</source>
        <translation>Name des Sprechers:</translation>
    </message>
    <message>
        <source>This name cannot be given: it is empty, or another speaker has it. Choose another name.</source>
        <translation>Dieser Name kann nicht vergeben werden: Er ist leer, oder ein anderer Sprecher hat ihn. Wählen Sie einen anderen.</translation>
    </message>
</context>
<context>
    <name>SpeakerVoiceCommands</name>
    <message>
        <source>{count} speakers were found in “{name}”. Analyse it again, so that it adapts to the voice of each speaker?</source>
        <translation>In „{name}“ wurden {count} Sprecher gefunden. Neu analysieren, damit sich die Analyse an die Stimme jedes Sprechers anpasst?</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Neu analysieren</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Keep as voice</source>
        <translation>Als Stimme behalten</translation>
    </message>
    <message>
        <source>Name of the voice. A small file of averages is kept on this computer, without sound:</source>
        <translation>Name der Stimme. Auf diesem Computer bleibt eine kleine Datei mit Mittelwerten, ohne Ton:</translation>
    </message>
    <message>
        <source>There is a voice “{name}” already. Replace it?</source>
        <translation>Es gibt schon eine Stimme „{name}“. Soll sie ersetzt werden?</translation>
    </message>
    <message>
        <source>The voice “{name}” is known from {seconds} s of speech.</source>
        <translation>Die Stimme „{name}“ ist aus {seconds} s Sprache bekannt.</translation>
    </message>
    <message>
        <source>voice of a speaker</source>
        <translation>Stimme eines Sprechers</translation>
    </message>
    <message>
        <source>The voices of the speakers of “{name}” have changed. Analyse it again with them?</source>
        <translation>Die Stimmen der Sprecher von „{name}“ haben sich geändert. Damit neu analysieren?</translation>
    </message>
</context>
<context>
    <name>SpeakersView</name>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Enter goes to where a speaker speaks first, F2 edits the name; the menu key merges two speakers.</source>
        <translation>Enter geht dahin, wo ein Sprecher zuerst spricht, F2 ändert den Namen; die Menütaste vereint zwei Sprecher.</translation>
    </message>
    <message>
        <source>Go to the first turn</source>
        <translation>Zum ersten Abschnitt</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>“{name}” is the same person as</source>
        <translation>„{name}“ ist dieselbe Person wie</translation>
    </message>
    <message>
        <source>Keep as voice…</source>
        <translation>Als Stimme behalten …</translation>
    </message>
    <message>
        <source>Known voice</source>
        <translation>Bekannte Stimme</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start page</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>How to read the timeline</source>
        <translation>So liest man die Zeitleiste</translation>
    </message>
    <message>
        <source>How does a voice sound?</source>
        <translation>Wie klingt eine Stimme?</translation>
    </message>
    <message>
        <source>SER Desktop shows over time what a voice sounds like: an emotion where that is clear, else excited or quiet, pleasant or unpleasant. What a person feels, it cannot know.</source>
        <translation>SER Desktop zeigt im Verlauf, wie eine Stimme klingt: eine Emotion, wo das klar ist, sonst erregt oder verhalten, angenehm oder unangenehm. Was ein Mensch fühlt, kann es nicht wissen.</translation>
    </message>
    <message>
        <source>Recent recordings</source>
        <translation>Letzte Aufnahmen</translation>
    </message>
    <message>
        <source>What is not done with the sound</source>
        <translation>Was mit dem Ton nicht geschieht</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Aufnahme öffnen</translation>
    </message>
    <message>
        <source>Sound or video; or drop it here.</source>
        <translation>Ton oder Video; oder hierher ziehen.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Speak, and see at once how it sounds.</source>
        <translation>Sprechen und gleich sehen, wie es klingt.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Beispiel ansehen</translation>
    </message>
    <message>
        <source>Half a minute of a synthetic voice.</source>
        <translation>Eine halbe Minute einer künstlichen Stimme.</translation>
    </message>
    <message>
        <source>It does not leave this computer: the program never uses the network.</source>
        <translation>Er verlässt diesen Rechner nicht: Das Programm verwendet nie das Netz.</translation>
    </message>
    <message>
        <source>Recordings that you open are only read. What you record is kept in a folder of yours.</source>
        <translation>Aufnahmen, die Sie öffnen, werden nur gelesen. Was Sie aufnehmen, liegt in einem Ordner von Ihnen.</translation>
    </message>
    <message>
        <source>Nothing is recorded before you press Record.</source>
        <translation>Nichts wird aufgenommen, bevor Sie auf Aufnehmen drücken.</translation>
    </message>
    <message>
        <source>The result is no diagnosis and no lie detector, and judges nobody.</source>
        <translation>Das Ergebnis ist keine Diagnose und kein Lügendetektor und beurteilt niemanden.</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>Progress of reading</source>
        <translation>Fortschritt beim Lesen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Choose the channel, or the audio track, that is analysed</source>
        <translation>Den Kanal oder die Tonspur wählen, die analysiert wird</translation>
    </message>
    <message>
        <source>Say who speaks in this recording; it is analysed again then</source>
        <translation>Angeben, wer in dieser Aufnahme spricht; sie wird dann neu analysiert</translation>
    </message>
    <message>
        <source>The model is being loaded …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>built-in model</source>
        <translation>eingebautes Modell</translation>
    </message>
    <message>
        <source>Model {name}, on {device}. More under Help ▸ Model card.</source>
        <translation>Modell {name} auf {device}. Mehr unter Hilfe ▸ Modellkarte.</translation>
    </message>
    <message>
        <source>Channel: {choice}</source>
        <translation>Kanal: {choice}</translation>
    </message>
    <message>
        <source>reading: {percent} %</source>
        <translation>liest: {percent} %</translation>
    </message>
    <message>
        <source>reading: {percent} %, {time} left</source>
        <translation>liest: {percent} %, noch {time}</translation>
    </message>
    <message>
        <source>Esc stops reading; results so far are kept</source>
        <translation>Esc beendet das Lesen; bisherige Ergebnisse bleiben</translation>
    </message>
    <message>
        <source>delay {milliseconds} ms</source>
        <translation>Verzögerung {milliseconds} ms</translation>
    </message>
    <message>
        <source>1 dropout</source>
        <translation>1 Aussetzer</translation>
    </message>
    <message>
        <source>{count} dropouts</source>
        <translation>{count} Aussetzer</translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation>CPU {percent} %</translation>
    </message>
    <message>
        <source>Delay: time from the sound at the microphone to its entry in the window, the longest of the last {count}. CPU: share of one of the {cores} processors that this program uses.</source>
        <translation>Verzögerung: Zeit vom Ton am Mikrofon bis zu seinem Eintrag im Fenster, die längste der letzten {count}. CPU: Anteil an einem der {cores} Prozessoren, den dieses Programm braucht.</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} Kanäle</translation>
    </message>
    <message>
        <source>{rate} kHz {channels}</source>
        <translation>{rate} kHz {channels}</translation>
    </message>
    <message>
        <source> → {rate} kHz</source>
        <translation> → {rate} kHz</translation>
    </message>
    <message>
        <source>Sample rate and channels of the recording, and the sample rate of the model</source>
        <translation>Abtastrate und Kanäle der Aufnahme und die Abtastrate des Modells</translation>
    </message>
</context>
<context>
    <name>TimeScrollBar</name>
    <message>
        <source>Part of the recording in view</source>
        <translation>Sichtbarer Teil der Aufnahme</translation>
    </message>
    <message>
        <source>Scroll through the recording</source>
        <translation>Durch die Aufnahme blättern</translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Waiting for sound …</source>
        <translation>Wartet auf Ton …</translation>
    </message>
    <message>
        <source>Drop a recording here, open one with {open},
or press {record} and speak</source>
        <translation>Ziehen Sie eine Aufnahme hierher, öffnen Sie eine mit {open}
oder drücken Sie {record} und sprechen Sie</translation>
    </message>
</context>
<context>
    <name>TimelineFoot</name>
    <message>
        <source>Values at the pointer, or at the cursor</source>
        <translation>Werte am Mauszeiger oder am Cursor</translation>
    </message>
</context>
<context>
    <name>TimelineMenu</name>
    <message>
        <source>Hide “{lane}”</source>
        <translation>„{lane}“ ausblenden</translation>
    </message>
    <message>
        <source>Move “{lane}” up</source>
        <translation>„{lane}“ nach oben</translation>
    </message>
    <message>
        <source>Move “{lane}” down</source>
        <translation>„{lane}“ nach unten</translation>
    </message>
</context>
<context>
    <name>TimelinePlot</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>{lanes} over time. Arrow keys move the cursor, with Shift they select; Page Up and Page Down go by a whole view, also while recording; plus and minus zoom, Escape clears the selection. The table of passages says the same in words.</source>
        <translation>{lanes} über der Zeit. Die Pfeiltasten bewegen den Cursor, mit Umschalt wählen sie aus; Bild auf und Bild ab gehen um eine ganze Ansicht weiter, auch während der Aufnahme; Plus und Minus zoomen, Escape hebt die Auswahl auf. Die Tabelle der Stellen sagt dasselbe in Worten.</translation>
    </message>
</context>
<context>
    <name>TimelineRows</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>× {0}</source>
        <translation>× {0}</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>Emotions over time</source>
        <translation>Emotionen im Lauf der Zeit</translation>
    </message>
    <message>
        <source>How a voice sounds to a model; not what a person feels. Often wrong for single voices.</source>
        <translation>Wie eine Stimme für ein Modell klingt, nicht, was ein Mensch fühlt. Bei einzelnen Stimmen oft falsch.</translation>
    </message>
    <message>
        <source>Arousal and valence</source>
        <translation>Erregung und Valenz</translation>
    </message>
    <message>
        <source>excited ↑</source>
        <translation>erregt ↑</translation>
    </message>
    <message>
        <source>pleasant ↑</source>
        <translation>angenehm ↑</translation>
    </message>
    <message>
        <source>arousal {0}, valence {1}</source>
        <translation>Erregung {0}, Valenz {1}</translation>
    </message>
    <message>
        <source>Pitch and intensity</source>
        <translation>Tonhöhe und Intensität</translation>
    </message>
    <message>
        <source>Intensity, {0} to {1} dBFS</source>
        <translation>Intensität, {0} bis {1} dBFS</translation>
    </message>
    <message>
        <source>Pitch, Hz</source>
        <translation>Tonhöhe, Hz</translation>
    </message>
    <message>
        <source>{0} Hz</source>
        <translation>{0} Hz</translation>
    </message>
    <message>
        <source>intensity {0}</source>
        <translation>Intensität {0}</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>loudest at {0} Hz</source>
        <translation>am lautesten bei {0} Hz</translation>
    </message>
    <message>
        <source>Model {model}</source>
        <translation>Modell {model}</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>{0} people</source>
        <translation>{0} Personen</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>zweifelhaft</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Position: hours, minutes, seconds</source>
        <translation>Position: Stunden, Minuten, Sekunden</translation>
    </message>
    <message>
        <source>The microphone to record</source>
        <translation>Das Mikrofon, von dem aufgenommen wird</translation>
    </message>
    <message>
        <source>Who speaks in new recordings</source>
        <translation>Wer in neuen Aufnahmen spricht</translation>
    </message>
    <message>
        <source>Who speaks in what you record or open next; Analysis ▸ My voice makes a voice known</source>
        <translation>Wer in dem spricht, was Sie als Nächstes aufnehmen oder öffnen; Analyse ▸ Meine Stimme macht eine Stimme bekannt</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>No microphone was found. Connect one, then Transport ▸ Look for microphones.</source>
        <translation>Es wurde kein Mikrofon gefunden. Schließen Sie eines an, dann Transport ▸ Mikrofone suchen.</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name} (nicht angeschlossen)</translation>
    </message>
</context>
<context>
    <name>TransportCommands</name>
    <message>
        <source>Marker set; type its name</source>
        <translation>Marke gesetzt; geben Sie ihren Namen ein</translation>
    </message>
    <message>
        <source>The microphone delivers only zeros. Check that it is not muted, that its switch is on, and that the system&apos;s settings allow this program to hear it.</source>
        <translation>Das Mikrofon liefert nur Nullen. Prüfen Sie, ob es stumm geschaltet ist, ob sein Schalter an ist und ob die Einstellungen des Systems diesem Programm erlauben, es zu hören.</translation>
    </message>
</context>
<context>
    <name>VoiceCommands</name>
    <message>
        <source>The voice “{name}” is known now.</source>
        <translation>Die Stimme „{name}“ ist jetzt bekannt.</translation>
    </message>
    <message>
        <source>made with another model; record it again</source>
        <translation>mit einem anderen Modell gemacht; nehmen Sie sie neu auf</translation>
    </message>
    <message>
        <source>Analyse “{name}” again, for this voice: {voice}?</source>
        <translation>„{name}“ neu analysieren, für diese Stimme: {voice}?</translation>
    </message>
    <message>
        <source>Analyse “{name}” again, with this voice for {channel}: {voice}?</source>
        <translation>„{name}“ neu analysieren, mit dieser Stimme für {channel}: {voice}?</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Neu analysieren</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
</context>
<context>
    <name>VoiceDialog</name>
    <message>
        <source>My voice</source>
        <translation>Meine Stimme</translation>
    </message>
    <message>
        <source>can be used</source>
        <translation>verwendbar</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>The voices that are known</source>
        <translation>Die Stimmen, die bekannt sind</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>With the model in use</source>
        <translation>Mit dem Modell in Gebrauch</translation>
    </message>
    <message>
        <source>&amp;New voice…</source>
        <translation>&amp;Neue Stimme …</translation>
    </message>
    <message>
        <source>Record &amp;again…</source>
        <translation>Neu &amp;aufnehmen …</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Make a voice known</source>
        <translation>Eine Stimme bekannt machen</translation>
    </message>
    <message>
        <source>Make this voice known again, for example with another model</source>
        <translation>Diese Stimme neu bekannt machen, etwa mit einem anderen Modell</translation>
    </message>
    <message>
        <source>Give this voice another name</source>
        <translation>Dieser Stimme einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Delete what is known of this voice</source>
        <translation>Löschen, was von dieser Stimme bekannt ist</translation>
    </message>
    <message>
        <source>Who speaks in new recordings</source>
        <translation>Wer in neuen Aufnahmen spricht</translation>
    </message>
    <message>
        <source>What you open or record from now on begins with this voice</source>
        <translation>Was Sie ab jetzt öffnen oder aufnehmen, beginnt mit dieser Stimme</translation>
    </message>
    <message>
        <source>Voices that are known</source>
        <translation>Bekannte Stimmen</translation>
    </message>
    <message>
        <source>With a known voice, what it sounds like is compared with how it usually sounds, from the first word on. Analysis ▸ Voice says for each recording who speaks in it.</source>
        <translation>Bei einer bekannten Stimme wird, wie sie klingt, vom ersten Wort an mit dem verglichen, wie sie sonst klingt. Analyse ▸ Stimme sagt bei jeder Aufnahme, wer spricht.</translation>
    </message>
    <message>
        <source>In new recordings &amp;speaks</source>
        <translation>In neuen Aufnahmen &amp;spricht</translation>
    </message>
    <message>
        <source>Close the list of voices</source>
        <translation>Die Liste der Stimmen schließen</translation>
    </message>
    <message>
        <source>Rename voice</source>
        <translation>Stimme umbenennen</translation>
    </message>
    <message>
        <source>Name of the voice:</source>
        <translation>Name der Stimme:</translation>
    </message>
    <message>
        <source>Remove the voice “{name}”? It would have to be recorded again.</source>
        <translation>Die Stimme „{name}“ löschen? Sie müsste neu aufgenommen werden.</translation>
    </message>
    <message>
        <source>Remove voice</source>
        <translation>Stimme löschen</translation>
    </message>
    <message>
        <source>There is a voice “{name}” already. Replace it?</source>
        <translation>Es gibt schon eine Stimme „{name}“. Soll sie ersetzt werden?</translation>
    </message>
    <message>
        <source>Replace voice</source>
        <translation>Stimme ersetzen</translation>
    </message>
</context>
<context>
    <name>VoiceMenu</name>
    <message>
        <source>Voic&amp;e</source>
        <translation>&amp;Stimme</translation>
    </message>
    <message>
        <source>The analysis adapts to the voice after a few seconds of speech</source>
        <translation>Die Analyse passt sich nach einigen Sekunden Sprache an die Stimme an</translation>
    </message>
    <message>
        <source>The sound is compared with how this voice usually sounds</source>
        <translation>Der Ton wird mit dem verglichen, wie diese Stimme sonst klingt</translation>
    </message>
    <message>
        <source>For calls and meetings: the analysis does not adapt to one voice</source>
        <translation>Für Gespräche und Besprechungen: Die Analyse passt sich keiner einzelnen Stimme an</translation>
    </message>
</context>
<context>
    <name>WordsCommands</name>
    <message>
        <source>{seconds} s of the sound were not transcribed, because the computer was busy. Analysis ▸ Transcribe does that now.</source>
        <translation>{seconds} s des Tons sind nicht transkribiert, weil der Rechner beschäftigt war. Analyse ▸ Transkribieren holt das nach.</translation>
    </message>
    <message>
        <source>The speakers are found anew; their names and your corrections are lost. Go on?</source>
        <translation>Die Sprecher werden neu gesucht; ihre Namen und Ihre Korrekturen gehen verloren. Fortfahren?</translation>
    </message>
    <message>
        <source>Find speakers</source>
        <translation>Sprecher finden</translation>
    </message>
    <message>
        <source>No words were found in “{name}”.</source>
        <translation>In „{name}“ wurden keine Worte gefunden.</translation>
    </message>
    <message>
        <source>No speakers were found in “{name}”.</source>
        <translation>In „{name}“ wurden keine Sprecher gefunden.</translation>
    </message>
    <message>
        <source>Delete the words and speakers of “{name}”? The recording stays.</source>
        <translation>Worte und Sprecher von „{name}“ löschen? Die Aufnahme bleibt.</translation>
    </message>
    <message>
        <source>Delete words and speakers</source>
        <translation>Worte und Sprecher löschen</translation>
    </message>
    <message>
        <source>Words and speakers are a second part of this app: install the package ser-desktop-words, or unpack its archive to {folder}</source>
        <translation>Wörter und Sprecher sind ein zweiter Teil dieser App: Installieren Sie das Paket ser-desktop-words, oder entpacken Sie sein Archiv nach {folder}</translation>
    </message>
    <message>
        <source>Words and speakers need a package: pip install &apos;ser-desktop[words]&apos;</source>
        <translation>Worte und Sprecher brauchen ein Paket: pip install &apos;ser-desktop[words]&apos;</translation>
    </message>
</context>
<context>
    <name>WordsPage</name>
    <message>
        <source>Transcription model</source>
        <translation>Transkriptionsmodell</translation>
    </message>
    <message>
        <source>The model that writes down what is said</source>
        <translation>Das Modell, das aufschreibt, was gesagt wird</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>Choose transcription model</source>
        <translation>Transkriptionsmodell wählen</translation>
    </message>
    <message>
        <source>Choose the folder of a transcription model</source>
        <translation>Den Ordner eines Transkriptionsmodells wählen</translation>
    </message>
    <message>
        <source>&amp;Built in</source>
        <translation>Eingeba&amp;ut</translation>
    </message>
    <message>
        <source>Built-in transcription model</source>
        <translation>Eingebautes Transkriptionsmodell</translation>
    </message>
    <message>
        <source>Use the included English model</source>
        <translation>Das mitgelieferte englische Modell verwenden</translation>
    </message>
    <message>
        <source>Spoken language</source>
        <translation>Gesprochene Sprache</translation>
    </message>
    <message>
        <source>The language that is spoken in recordings</source>
        <translation>Die Sprache, die in Aufnahmen gesprochen wird</translation>
    </message>
    <message>
        <source>That of the model, or detected</source>
        <translation>Die des Modells, oder erkannt</translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation>Mo&amp;dell</translation>
    </message>
    <message>
        <source>The built-in model is for English. For other languages, or fewer errors, choose the folder of a Moonshine model, or of a Whisper model for faster-whisper. Nothing is downloaded.</source>
        <translation>Das eingebaute Modell ist für Englisch. Wählen Sie für andere Sprachen oder weniger Fehler den Ordner eines Moonshine-Modells oder eines Whisper-Modells für faster-whisper. Nichts wird heruntergeladen.</translation>
    </message>
    <message>
        <source>Spoken &amp;language</source>
        <translation>Gesprochene &amp;Sprache</translation>
    </message>
    <message>
        <source>Only multilingual Whisper models use it.</source>
        <translation>Nur mehrsprachige Whisper-Modelle verwenden sie.</translation>
    </message>
    <message>
        <source>{model} (built in)</source>
        <translation>{model} (eingebaut)</translation>
    </message>
    <message>
        <source>Folder of a transcription model</source>
        <translation>Ordner eines Transkriptionsmodells</translation>
    </message>
</context>
<context>
    <name>WordsProgress</name>
    <message>
        <source>Progress of words and speakers</source>
        <translation>Fortschritt von Worten und Sprechern</translation>
    </message>
    <message>
        <source>Stop finding words and speakers</source>
        <translation>Suche nach Worten und Sprechern stoppen</translation>
    </message>
    <message>
        <source>words …</source>
        <translation>Worte …</translation>
    </message>
    <message>
        <source>speakers …</source>
        <translation>Sprecher …</translation>
    </message>
    <message>
        <source>words: {percent} %</source>
        <translation>Worte: {percent} %</translation>
    </message>
    <message>
        <source>speakers: {percent} %</source>
        <translation>Sprecher: {percent} %</translation>
    </message>
    <message>
        <source>words: last part, then a check …</source>
        <translation>Wörter: letzter Teil, dann eine Prüfung …</translation>
    </message>
    <message>
        <source>All sound is read. Its last part is recognised; then the language is checked.</source>
        <translation>Der ganze Ton ist gelesen. Der letzte Teil wird erkannt, danach wird die Sprache geprüft.</translation>
    </message>
    <message>
        <source>speakers: comparing voices …</source>
        <translation>Sprecher: Stimmen werden verglichen …</translation>
    </message>
    <message>
        <source>All sound is read. The voices of its parts are compared.</source>
        <translation>Der ganze Ton ist gelesen. Die Stimmen seiner Teile werden verglichen.</translation>
    </message>
</context>
<context>
    <name>_CardModel</name>
    <message>
        <source>{path} (waits until the others have been read)</source>
        <translation>{path} (wartet, bis die anderen gelesen sind)</translation>
    </message>
    <message>
        <source>{path} (is being read)</source>
        <translation>{path} (wird gelesen)</translation>
    </message>
    <message>
        <source>{path} (is being recorded)</source>
        <translation>{path} (wird aufgenommen)</translation>
    </message>
    <message>
        <source>{name}, waiting</source>
        <translation>{name}, wartet</translation>
    </message>
    <message>
        <source>{name}, being read</source>
        <translation>{name}, wird gelesen</translation>
    </message>
    <message>
        <source>{name}, being recorded</source>
        <translation>{name}, wird aufgenommen</translation>
    </message>
    <message>
        <source>{percent} unclear</source>
        <translation>{percent} unklar</translation>
    </message>
</context>
<context>
    <name>_Lines</name>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
</context>
<context>
    <name>_MarkersModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>_MarkersTable</name>
    <message>
        <source>M sets a marker at the cursor, or during a recording at the current time.</source>
        <translation>M setzt eine Marke am Cursor, während einer Aufnahme an der aktuellen Stelle.</translation>
    </message>
</context>
<context>
    <name>_RecentList</name>
    <message>
        <source>Recent recordings</source>
        <translation>Letzte Aufnahmen</translation>
    </message>
    <message>
        <source>Enter opens the selected one</source>
        <translation>Eingabe öffnet die gewählte</translation>
    </message>
</context>
<context>
    <name>_SpeakersModel</name>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Share of the speech</source>
        <translation>Anteil an der Sprache</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Klingt</translation>
    </message>
    <message>
        <source>{sounds} (never alone in a window)</source>
        <translation>{sounds} (in keinem Fenster allein)</translation>
    </message>
</context>
<context>
    <name>_SpeakersTable</name>
    <message>
        <source>Speakers are being found; the status bar shows how far.</source>
        <translation>Sprecher werden gesucht; die Statuszeile zeigt, wie weit.</translation>
    </message>
    <message>
        <source>Analysis ▸ Find speakers finds who speaks when.</source>
        <translation>Analyse ▸ Sprecher finden findet, wer wann spricht.</translation>
    </message>
</context>
<context>
    <name>affect</name>
    <message>
        <source>excited</source>
        <translation>erregt</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>verhalten</translation>
    </message>
    <message>
        <source>pleasant</source>
        <translation>angenehm</translation>
    </message>
    <message>
        <source>unpleasant</source>
        <translation>unangenehm</translation>
    </message>
</context>
<context>
    <name>corrections</name>
    <message>
        <source>cannot tell</source>
        <translation>nicht zu sagen</translation>
    </message>
</context>
<context>
    <name>devices</name>
    <message>
        <source>System default</source>
        <translation>Systemvorgabe</translation>
    </message>
</context>
<context>
    <name>dialog</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
</context>
<context>
    <name>emotions</name>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>fröhlich</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>traurig</translation>
    </message>
    <message>
        <source>angry</source>
        <translation>wütend</translation>
    </message>
    <message>
        <source>fearful</source>
        <translation>ängstlich</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>angeekelt</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>überrascht</translation>
    </message>
    <message>
        <source>uncertain; most like {emotion}</source>
        <translation>unsicher; am ehesten {emotion}</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A hop of {hop_s:g} s does not suit a window of {window_s:g} s.</source>
        <translation>Ein Schritt von {hop_s:g} s passt nicht zu einem Fenster von {window_s:g} s.</translation>
    </message>
    <message>
        <source>A window of {window_s:g} s does not suit the model {name}.</source>
        <translation>Ein Fenster von {window_s:g} s passt nicht zum Modell {name}.</translation>
    </message>
    <message>
        <source>Answers differ from the stored ones by {difference:.3g} (allowed: {tolerance:g}).</source>
        <translation>Die Antworten weichen um {difference:.3g} von den hinterlegten ab (erlaubt: {tolerance:g}).</translation>
    </message>
    <message>
        <source>Ask its owner, or change its permissions.</source>
        <translation>Fragen Sie den Eigentümer, oder ändern Sie die Rechte.</translation>
    </message>
    <message>
        <source>Check the connection and the sound settings, and start again.</source>
        <translation>Prüfen Sie die Verbindung und die Toneinstellungen, und beginnen Sie neu.</translation>
    </message>
    <message>
        <source>Check the name and the disk.</source>
        <translation>Prüfen Sie den Namen und den Datenträger.</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>Prüfen Sie den Namen und den Ordner.</translation>
    </message>
    <message>
        <source>Choose another folder, or make room on the disk.</source>
        <translation>Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another recordings folder in Settings.</source>
        <translation>Wählen Sie in den Einstellungen einen anderen Ordner für Aufnahmen.</translation>
    </message>
    <message>
        <source>Choose one of these: {known}.</source>
        <translation>Wählen Sie eines von diesen: {known}.</translation>
    </message>
    <message>
        <source>Choose one of {devices}.</source>
        <translation>Wählen Sie eines von {devices}.</translation>
    </message>
    <message>
        <source>Choose the .json file that “python -m training export” wrote.</source>
        <translation>Wählen Sie die .json-Datei, die „python -m training export“ geschrieben hat.</translation>
    </message>
    <message>
        <source>Choose the CPU, which is fast enough, or install the Python package as its README says.</source>
        <translation>Wählen Sie die CPU, die schnell genug ist, oder installieren Sie das Python-Paket, wie es in seiner README steht.</translation>
    </message>
    <message>
        <source>Choose the recordings in it (in a terminal: folder/*.wav).</source>
        <translation>Wählen Sie die Aufnahmen darin (in einem Terminal: ordner/*.wav).</translation>
    </message>
    <message>
        <source>Choose {shortest_s:g} to {longest_s:g} s.</source>
        <translation>Wählen Sie {shortest_s:g} bis {longest_s:g} s.</translation>
    </message>
    <message>
        <source>Close other programs that use it, or choose another input.</source>
        <translation>Schließen Sie andere Programme, die es benutzen, oder wählen Sie einen anderen Eingang.</translation>
    </message>
    <message>
        <source>Close other programs that use it, or choose another output.</source>
        <translation>Schließen Sie andere Programme, die ihn benutzen, oder wählen Sie einen anderen Ausgang.</translation>
    </message>
    <message>
        <source>Close other programs, and try again.</source>
        <translation>Schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Connect it, or choose another output.</source>
        <translation>Schließen Sie ihn an, oder wählen Sie einen anderen Ausgang.</translation>
    </message>
    <message>
        <source>Connect it, or choose one of these: {known}.</source>
        <translation>Schließen Sie ihn an, oder wählen Sie einen von diesen: {known}.</translation>
    </message>
    <message>
        <source>Connect one, allow this program to use it in the system&apos;s settings, and try again.</source>
        <translation>Schließen Sie eines an, erlauben Sie diesem Programm in den Einstellungen des Systems, es zu benutzen, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Connect one, or check the system&apos;s settings.</source>
        <translation>Schließen Sie einen an, oder prüfen Sie die Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>Copy it again from where it came from, or record it again.</source>
        <translation>Kopieren Sie sie noch einmal von dort, woher sie kam, oder nehmen Sie sie neu auf.</translation>
    </message>
    <message>
        <source>Copy the file again.</source>
        <translation>Kopieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>Correct the file, or delete it to start from the defaults.</source>
        <translation>Berichtigen Sie die Datei, oder löschen Sie sie, um mit den Voreinstellungen zu beginnen.</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Export the labels again, as text with start, end and label in a line.</source>
        <translation>Exportieren Sie die Textmarken noch einmal, als Text mit Anfang, Ende und Text in jeder Zeile.</translation>
    </message>
    <message>
        <source>Export the model again, or choose another one.</source>
        <translation>Exportieren Sie das Modell noch einmal, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>A file of the format “{name}” holds one recording.</source>
        <translation>Eine Datei des Formats „{name}“ enthält eine einzige Aufnahme.</translation>
    </message>
    <message>
        <source>--speaker-voice is for a recording whose speakers are found.</source>
        <translation>--speaker-voice ist für eine Aufnahme, deren Sprecher gesucht werden.</translation>
    </message>
    <message>
        <source>A sheet of a workbook holds {most} rows, and there are more entries.</source>
        <translation>Ein Blatt einer Arbeitsmappe fasst {most} Zeilen, und es gibt mehr Einträge.</translation>
    </message>
    <message>
        <source>A speaker is one of the speakers of one FILE.</source>
        <translation>Ein Sprecher ist einer der Sprecher einer DATEI.</translation>
    </message>
    <message>
        <source>A worker of the batch ended at its start ({how}).</source>
        <translation>Ein Prozess des Stapels endete beim Start ({how}).</translation>
    </message>
    <message>
        <source>A worker of the cluster has version {other} of ser-desktop, and this is {own}.</source>
        <translation>Ein Prozess des Clusters hat Version {other} von ser-desktop, und dies ist {own}.</translation>
    </message>
    <message>
        <source>A worker of the cluster lacks {module}.</source>
        <translation>Einem Prozess des Clusters fehlt {module}.</translation>
    </message>
    <message>
        <source>Add --speakers, and leave out --voice and --several-speakers.</source>
        <translation>Geben Sie --speakers an, und lassen Sie --voice und --several-speakers weg.</translation>
    </message>
    <message>
        <source>Add --speakers.</source>
        <translation>Fügen Sie --speakers hinzu.</translation>
    </message>
    <message>
        <source>Analyse all of them with one model.</source>
        <translation>Analysieren Sie alle mit einem Modell.</translation>
    </message>
    <message>
        <source>Analyse it again.</source>
        <translation>Analysieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>Analyse one channel alone: with “--channel 1” in the terminal, or by choosing the channel in the window.</source>
        <translation>Analysieren Sie einen Kanal allein: mit „--channel 1“ im Terminal oder durch die Wahl des Kanals im Fenster.</translation>
    </message>
    <message>
        <source>Analyse one first.</source>
        <translation>Analysieren Sie erst eine.</translation>
    </message>
    <message>
        <source>Another batch is writing to “{path}”.</source>
        <translation>Ein anderer Stapel schreibt in „{path}“.</translation>
    </message>
    <message>
        <source>Channel {quiet} of “{path}” is {difference_db:.0f} dB quieter than channel {loud} and has sound where that one is silent, for {quiet_s:.1f} s; mixed, it may be missed.</source>
        <translation>Kanal {quiet} von „{path}“ ist {difference_db:.0f} dB leiser als Kanal {loud} und hat Ton, wo dieser still ist, {quiet_s:.1f} s lang; gemischt kann er untergehen.</translation>
    </message>
    <message>
        <source>Check it, and try again.</source>
        <translation>Prüfen Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Check that you may open it.</source>
        <translation>Prüfen Sie, ob Sie sie öffnen dürfen.</translation>
    </message>
    <message>
        <source>Check the address and the name “{name}” of the model.</source>
        <translation>Prüfen Sie die Adresse und den Namen „{name}“ des Modells.</translation>
    </message>
    <message>
        <source>Check the address, and that the scheduler runs.</source>
        <translation>Prüfen Sie die Adresse, und ob der Scheduler läuft.</translation>
    </message>
    <message>
        <source>Check the address, the connection and your rights.</source>
        <translation>Prüfen Sie Adresse, Verbindung und Rechte.</translation>
    </message>
    <message>
        <source>Check the file “{path}”.</source>
        <translation>Prüfen Sie die Datei „{path}“.</translation>
    </message>
    <message>
        <source>Check the folder “{path}”.</source>
        <translation>Prüfen Sie den Ordner „{path}“.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>Check them before you use them; the model expects the language “{language}”.</source>
        <translation>Prüfen Sie sie vor dem Gebrauch; das Modell erwartet die Sprache „{language}“.</translation>
    </message>
    <message>
        <source>Choose a file that ends with {suffixes}.</source>
        <translation>Wählen Sie eine Datei, die auf {suffixes} endet.</translation>
    </message>
    <message>
        <source>Choose a folder with a file project.json in it.</source>
        <translation>Wählen Sie einen Ordner mit einer Datei project.json darin.</translation>
    </message>
    <message>
        <source>Choose a format of passages or markers, such as {formats}.</source>
        <translation>Wählen Sie ein Format für Abschnitte oder Marken, zum Beispiel {formats}.</translation>
    </message>
    <message>
        <source>Choose a recording (WAV, FLAC, MP3, M4A, MP4, WebM, Ogg, WMA, AMR …).</source>
        <translation>Wählen Sie eine Aufnahme (WAV, FLAC, MP3, M4A, MP4, WebM, Ogg, WMA, AMR …).</translation>
    </message>
    <message>
        <source>Choose another file, or another format.</source>
        <translation>Wählen Sie eine andere Datei oder ein anderes Format.</translation>
    </message>
    <message>
        <source>Choose another folder, or fetch the model again.</source>
        <translation>Wählen Sie einen anderen Ordner, oder holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Choose another folder, or give --anew to do everything again.</source>
        <translation>Wählen Sie einen anderen Ordner, oder geben Sie --anew an, um alles neu zu machen.</translation>
    </message>
    <message>
        <source>Choose another folder, or other patterns.</source>
        <translation>Wählen Sie einen anderen Ordner oder andere Muster.</translation>
    </message>
    <message>
        <source>Choose another folder; the recording continues there.</source>
        <translation>Wählen Sie einen anderen Ordner; die Aufnahme läuft dort weiter.</translation>
    </message>
    <message>
        <source>Choose another format.</source>
        <translation>Wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Choose one of at most {longest} letters, without slashes, that does not begin with a dot.</source>
        <translation>Wählen Sie einen mit höchstens {longest} Buchstaben, ohne Schrägstriche, der nicht mit einem Punkt beginnt.</translation>
    </message>
    <message>
        <source>Choose the whole folder of a Whisper model in the format of CTranslate2, such as faster-whisper-small as Systran publishes it; “ct2-transformers-converter --copy_files tokenizer.json preprocessor_config.json” makes one of another Whisper model.</source>
        <translation>Wählen Sie den ganzen Ordner eines Whisper-Modells im Format von CTranslate2, zum Beispiel faster-whisper-small, wie Systran es herausgibt; „ct2-transformers-converter --copy_files tokenizer.json preprocessor_config.json“ macht eines aus einem anderen Whisper-Modell.</translation>
    </message>
    <message>
        <source>Choose two of {choices}.</source>
        <translation>Wählen Sie zwei von {choices}.</translation>
    </message>
    <message>
        <source>Convert it to WAV with the program that made it.</source>
        <translation>Wandeln Sie sie mit dem Programm, das sie gemacht hat, in WAV um.</translation>
    </message>
    <message>
        <source>Export fewer recordings at once, or choose another format.</source>
        <translation>Exportieren Sie weniger Aufnahmen auf einmal, oder wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>Export them one by one.</source>
        <translation>Exportieren Sie sie einzeln.</translation>
    </message>
    <message>
        <source>Find the speakers without names first, to see how many there are.</source>
        <translation>Suchen Sie die Sprecher zuerst ohne Namen, um zu sehen, wie viele es sind.</translation>
    </message>
    <message>
        <source>Find them first: Analysis ▸ Find speakers, or --speakers.</source>
        <translation>Finden Sie sie zuerst: Analyse ▸ Sprecher finden, oder --speakers.</translation>
    </message>
    <message>
        <source>Give --html OUT or --pdf OUT, or both.</source>
        <translation>Geben Sie --html AUS oder --pdf AUS an, oder beides.</translation>
    </message>
    <message>
        <source>Give --token, or leave out --host.</source>
        <translation>Geben Sie --token an, oder lassen Sie --host weg.</translation>
    </message>
    <message>
        <source>Give --wav a name that ends with .wav.</source>
        <translation>Geben Sie --wav einen Namen, der auf .wav endet.</translation>
    </message>
    <message>
        <source>Give --wav another name.</source>
        <translation>Geben Sie --wav einen anderen Namen.</translation>
    </message>
    <message>
        <source>Give a file with those of one recording, such as RTTM or JSON.</source>
        <translation>Geben Sie eine Datei mit denen einer Aufnahme an, etwa RTTM oder JSON.</translation>
    </message>
    <message>
        <source>Give a folder, or a path with {field} for the recording’s name.</source>
        <translation>Geben Sie einen Ordner an oder einen Pfad mit {field} für den Namen der Aufnahme.</translation>
    </message>
    <message>
        <source>Give a format and a path, as in csv=table.csv.</source>
        <translation>Geben Sie Format und Pfad an, etwa csv=tabelle.csv.</translation>
    </message>
    <message>
        <source>Give another --port.</source>
        <translation>Geben Sie einen anderen --port an.</translation>
    </message>
    <message>
        <source>Give another name, with --output.</source>
        <translation>Geben Sie mit --output einen anderen Namen.</translation>
    </message>
    <message>
        <source>Give another name.</source>
        <translation>Geben Sie einen anderen Namen an.</translation>
    </message>
    <message>
        <source>Give each a path of its own.</source>
        <translation>Geben Sie jedem einen eigenen Pfad.</translation>
    </message>
    <message>
        <source>Give each channel a timeline of its own: with “--channel all” in the terminal, or by choosing the channel in the window.</source>
        <translation>Geben Sie jedem Kanal eine eigene Zeitleiste: mit „--channel all“ im Terminal oder durch die Wahl des Kanals im Fenster.</translation>
    </message>
    <message>
        <source>Give more of the name.</source>
        <translation>Geben Sie mehr vom Namen an.</translation>
    </message>
    <message>
        <source>Give one FILE, and --speaker with it.</source>
        <translation>Geben Sie eine DATEI an, und dazu --speaker.</translation>
    </message>
    <message>
        <source>Give one of the two.</source>
        <translation>Geben Sie eines von beiden an.</translation>
    </message>
    <message>
        <source>Give one of them a name of its own, as in {other}={example}.</source>
        <translation>Geben Sie einem davon einen eigenen Namen, wie in {other}={example}.</translation>
    </message>
    <message>
        <source>Give one such as http://127.0.0.1:11434/v1.</source>
        <translation>Geben Sie eine an wie http://127.0.0.1:11434/v1.</translation>
    </message>
    <message>
        <source>Give the folder above both.</source>
        <translation>Geben Sie den Ordner über beiden an.</translation>
    </message>
    <message>
        <source>Give the recordings different names.</source>
        <translation>Geben Sie den Aufnahmen verschiedene Namen.</translation>
    </message>
    <message>
        <source>If so, remove it and add recordings of one person.</source>
        <translation>Falls ja, entfernen Sie sie und nehmen Sie Aufnahmen einer einzigen Person.</translation>
    </message>
    <message>
        <source>If there is another copy, open that one.</source>
        <translation>Wenn es eine andere Kopie gibt, öffnen Sie diese.</translation>
    </message>
    <message>
        <source>Install SER Desktop again.</source>
        <translation>Installieren Sie SER Desktop noch einmal.</translation>
    </message>
    <message>
        <source>Install it (Debian and Ubuntu: apt-get install libasound2-data), or unset ALSA_CONFIG_PATH, and try again.</source>
        <translation>Installieren Sie sie (Debian und Ubuntu: apt-get install libasound2-data), oder löschen Sie ALSA_CONFIG_PATH, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Install it (Debian and Ubuntu: apt-get install libportaudio2) and try again.</source>
        <translation>Installieren Sie sie (Debian und Ubuntu: apt-get install libportaudio2), und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;ser-desktop[serve]&apos;</source>
        <translation>Installieren Sie es mit: pip install &apos;ser-desktop[serve]&apos;</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;ser-desktop[whisper]&apos;</source>
        <translation>Installieren Sie es mit: pip install &apos;ser-desktop[whisper]&apos;</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;ser-desktop[words]&apos;</source>
        <translation>Installieren Sie es mit: pip install &apos;ser-desktop[words]&apos;</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;ser-desktop[{extra}]&apos;</source>
        <translation>Installieren Sie es mit: pip install &apos;ser-desktop[{extra}]&apos;</translation>
    </message>
    <message>
        <source>Install one (Debian and Ubuntu: apt-get install fonts-dejavu-core).</source>
        <translation>Installieren Sie eine (Debian und Ubuntu: apt-get install fonts-dejavu-core).</translation>
    </message>
    <message>
        <source>Install ser-desktop on all of its machines.</source>
        <translation>Installieren Sie ser-desktop auf allen seinen Rechnern.</translation>
    </message>
    <message>
        <source>Install the package ser-desktop-words, or unpack its archive to “{folder}”.</source>
        <translation>Installieren Sie das Paket ser-desktop-words, oder entpacken Sie sein Archiv nach „{folder}“.</translation>
    </message>
    <message>
        <source>Install the package that it names, or give another place.</source>
        <translation>Installieren Sie das Paket, das darin genannt ist, oder geben Sie einen anderen Ort an.</translation>
    </message>
    <message>
        <source>Install the same version on all machines.</source>
        <translation>Installieren Sie dieselbe Version auf allen Rechnern.</translation>
    </message>
    <message>
        <source>Its channels are 1 to {channels}.</source>
        <translation>Sie hat die Kanäle 1 bis {channels}.</translation>
    </message>
    <message>
        <source>Its tracks are 1 to {tracks}.</source>
        <translation>Sie hat die Tonspuren 1 bis {tracks}.</translation>
    </message>
    <message>
        <source>Leave out the voice, or choose another model.</source>
        <translation>Lassen Sie die Stimme weg, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Look where it was moved to.</source>
        <translation>Sehen Sie nach, wohin sie verschoben wurde.</translation>
    </message>
    <message>
        <source>Look whether it is still there, and close other programs that use it.</source>
        <translation>Sehen Sie nach, ob es sie noch gibt, und schließen Sie andere Programme, die sie benutzen.</translation>
    </message>
    <message>
        <source>Make it with “ser-desktop voice add”, or choose one of these: {known}.</source>
        <translation>Legen Sie sie mit „ser-desktop voice add“ an, oder wählen Sie eine von diesen: {known}.</translation>
    </message>
    <message>
        <source>Make it with “ser-desktop voice add”; no voice is known yet.</source>
        <translation>Legen Sie sie mit „ser-desktop voice add“ an; noch ist keine Stimme bekannt.</translation>
    </message>
    <message>
        <source>Make room on the disk, or allow this program to write there.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger, oder erlauben Sie diesem Programm, dort zu schreiben.</translation>
    </message>
    <message>
        <source>Make room on the disk, or write it elsewhere.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger, oder schreiben Sie ihn anderswohin.</translation>
    </message>
    <message>
        <source>No file for the report is given.</source>
        <translation>Für den Bericht ist keine Datei angegeben.</translation>
    </message>
    <message>
        <source>No loudspeaker was found (0 outputs).</source>
        <translation>Es wurde kein Lautsprecher gefunden (0 Ausgänge).</translation>
    </message>
    <message>
        <source>No microphone is called “{name}”.</source>
        <translation>Kein Mikrofon heißt „{name}“.</translation>
    </message>
    <message>
        <source>No microphone was found (0 inputs).</source>
        <translation>Es wurde kein Mikrofon gefunden (0 Eingänge).</translation>
    </message>
    <message>
        <source>No microphone was found. Connect one, or check the sound settings of the system.</source>
        <translation>Es wurde kein Mikrofon gefunden. Schließen Sie eines an, oder prüfen Sie die Toneinstellungen des Systems.</translation>
    </message>
    <message>
        <source>Of the words, {percent:.0f} % are the same where the sound is slowed a little, so the model guesses.</source>
        <translation>Von den Wörtern sind {percent:.0f} % dieselben, wenn der Ton etwas verlangsamt wird; das Modell rät also.</translation>
    </message>
    <message>
        <source>Open a copy of it, or correct the file.</source>
        <translation>Öffnen Sie eine Kopie, oder berichtigen Sie die Datei.</translation>
    </message>
    <message>
        <source>Open it again when it is finished.</source>
        <translation>Öffnen Sie sie wieder, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>Open it in an audio editor and save it again as WAV.</source>
        <translation>Öffnen Sie sie in einem Audioeditor, und speichern Sie sie neu als WAV.</translation>
    </message>
    <message>
        <source>Open it with a newer SER Desktop.</source>
        <translation>Öffnen Sie es mit einem neueren SER Desktop.</translation>
    </message>
    <message>
        <source>Open it with the app that recorded it, or with a repair program for MP4.</source>
        <translation>Öffnen Sie sie mit der App, die sie aufgenommen hat, oder mit einem Reparaturprogramm für MP4.</translation>
    </message>
    <message>
        <source>Open the recording in the window, and choose Export there.</source>
        <translation>Öffnen Sie die Aufnahme im Fenster und wählen Sie dort Exportieren.</translation>
    </message>
    <message>
        <source>Open the recording itself.</source>
        <translation>Öffnen Sie die Aufnahme selbst.</translation>
    </message>
    <message>
        <source>Others can reach this computer at {host}, so the service needs a token of {count} letters or more.</source>
        <translation>Unter {host} ist dieser Computer für andere erreichbar; der Dienst braucht deshalb ein Kennwort (Token) mit mindestens {count} Zeichen.</translation>
    </message>
    <message>
        <source>Put both into one folder.</source>
        <translation>Legen Sie beide in einen Ordner.</translation>
    </message>
    <message>
        <source>Put it back from a copy, or analyse the recording again.</source>
        <translation>Holen Sie sie aus einer Kopie zurück, oder analysieren Sie die Aufnahme erneut.</translation>
    </message>
    <message>
        <source>Put it back to “{path}”.</source>
        <translation>Legen Sie sie zurück nach „{path}“.</translation>
    </message>
    <message>
        <source>Put it back, or analyse the recording again.</source>
        <translation>Legen Sie sie zurück, oder analysieren Sie die Aufnahme erneut.</translation>
    </message>
    <message>
        <source>Record the voice again with this model.</source>
        <translation>Nehmen Sie die Stimme mit diesem Modell neu auf.</translation>
    </message>
    <message>
        <source>Remove it first, or choose another name.</source>
        <translation>Entfernen Sie sie zuerst, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Remove the voice and record it again.</source>
        <translation>Entfernen Sie die Stimme und nehmen Sie sie noch einmal auf.</translation>
    </message>
    <message>
        <source>Run ser-desktop --self-test, and use fewer workers if memory is short.</source>
        <translation>Führen Sie ser-desktop --self-test aus, und nehmen Sie weniger Prozesse, wenn der Speicher knapp ist.</translation>
    </message>
    <message>
        <source>Save it again when that is done.</source>
        <translation>Speichern Sie es noch einmal, wenn das beendet ist.</translation>
    </message>
    <message>
        <source>Save it in another folder, or make room on the disk.</source>
        <translation>Speichern Sie es in einem anderen Ordner, oder schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Save or export it again in the program that made it.</source>
        <translation>Speichern oder exportieren Sie sie noch einmal in dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
        <source>Save the project under another name.</source>
        <translation>Speichern Sie das Projekt unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>Say with --wav where to keep it.</source>
        <translation>Geben Sie mit --wav an, wohin.</translation>
    </message>
    <message>
        <source>See “ser-desktop voice list”.</source>
        <translation>Siehe „ser-desktop voice list“.</translation>
    </message>
    <message>
        <source>Speak for half a minute in your usual voice; {least:g} s of speech are the least.</source>
        <translation>Sprechen Sie eine halbe Minute lang mit Ihrer gewöhnlichen Stimme; {least:g} s Sprache sind das Mindeste.</translation>
    </message>
    <message>
        <source>Speakers are found after a recording, in the sound that is kept.</source>
        <translation>Sprecher werden nach einer Aufnahme gefunden, im behaltenen Ton.</translation>
    </message>
    <message>
        <source>Split it into two files with the program that joined them.</source>
        <translation>Teilen Sie sie mit dem Programm, das sie zusammengefügt hat, in zwei Dateien.</translation>
    </message>
    <message>
        <source>Start it, or check its address.</source>
        <translation>Starten Sie es, oder prüfen Sie seine Adresse.</translation>
    </message>
    <message>
        <source>Start some.</source>
        <translation>Starten Sie welche.</translation>
    </message>
    <message>
        <source>The Whisper model “{name}” reads half a minute at a time, so it writes nothing while somebody speaks.</source>
        <translation>Das Whisper-Modell „{name}“ liest eine halbe Minute auf einmal und schreibt daher nichts, während jemand spricht.</translation>
    </message>
    <message>
        <source>The channels of “{path}” cancel each other when they are mixed, from {start} on, for {total_s:.1f} s in all; what they have in common, such as a voice, is lost there.</source>
        <translation>Die Kanäle von „{path}“ löschen sich gemischt gegenseitig aus, ab {start}, insgesamt {total_s:.1f} s lang; was sie gemeinsam haben, etwa eine Stimme, geht dort verloren.</translation>
    </message>
    <message>
        <source>The channels of “{path}” take turns like the two sides of a call: channel {first} is alone for {first_s:.1f} s, channel {second} for {second_s:.1f} s.</source>
        <translation>Die Kanäle von „{path}“ wechseln sich ab wie die zwei Seiten eines Telefonats: Kanal {first} ist {first_s:.1f} s allein, Kanal {second} {second_s:.1f} s.</translation>
    </message>
    <message>
        <source>The cluster at “{address}” has no workers.</source>
        <translation>Der Cluster unter „{address}“ hat keine Prozesse.</translation>
    </message>
    <message>
        <source>The disk was full.</source>
        <translation>Der Datenträger war voll.</translation>
    </message>
    <message>
        <source>The double-click app runs on the CPU alone; “{device}” needs torch, which it does not carry.</source>
        <translation>Die App läuft nur auf der CPU; „{device}“ braucht torch, das sie nicht enthält.</translation>
    </message>
    <message>
        <source>The file of the voice “{name}” is damaged: {reason}.</source>
        <translation>Die Datei der Stimme „{name}“ ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>The file “{path}” of the project cannot be read ({reason}).</source>
        <translation>Die Datei „{path}“ des Projekts kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>The file “{path}” of the project is missing.</source>
        <translation>Die Datei „{path}“ des Projekts fehlt.</translation>
    </message>
    <message>
        <source>The formats are {known}.</source>
        <translation>Die Formate sind {known}.</translation>
    </message>
    <message>
        <source>The journal “{path}” is damaged ({reason}).</source>
        <translation>Das Protokoll „{path}“ ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>The language model at {address} does not answer ({reason}).</source>
        <translation>Das Sprachmodell unter {address} antwortet nicht ({reason}).</translation>
    </message>
    <message>
        <source>The loudspeaker “{name}” cannot be opened at {rate} Hz ({reason}).</source>
        <translation>Der Lautsprecher „{name}“ lässt sich nicht mit {rate} Hz öffnen ({reason}).</translation>
    </message>
    <message>
        <source>The loudspeaker “{name}” is not there.</source>
        <translation>Der Lautsprecher „{name}“ ist nicht da.</translation>
    </message>
    <message>
        <source>The loudspeaker “{name}” went away at {position_s:.1f} s.</source>
        <translation>Der Lautsprecher „{name}“ verschwand bei {position_s:.1f} s.</translation>
    </message>
    <message>
        <source>The manifest names {name!r}, which is not a file beside it.</source>
        <translation>Das Manifest nennt {name!r}; das ist keine Datei neben ihm.</translation>
    </message>
    <message>
        <source>The manifest of {model} names no {kind} file.</source>
        <translation>Das Manifest von {model} nennt keine Datei „{kind}“.</translation>
    </message>
    <message>
        <source>The microphone “{name}” cannot be opened at {rate} Hz ({reason}).</source>
        <translation>Das Mikrofon „{name}“ lässt sich nicht mit {rate} Hz öffnen ({reason}).</translation>
    </message>
    <message>
        <source>The microphone “{name}” gave no sound.</source>
        <translation>Das Mikrofon „{name}“ gab keinen Ton.</translation>
    </message>
    <message>
        <source>The microphone “{name}” has delivered nothing for a second.</source>
        <translation>Das Mikrofon „{name}“ hat eine Sekunde lang nichts geliefert.</translation>
    </message>
    <message>
        <source>The microphone “{name}” has delivered nothing for {seconds:.0f} s.</source>
        <translation>Das Mikrofon „{name}“ hat {seconds:.0f} s lang nichts geliefert.</translation>
    </message>
    <message>
        <source>The microphone “{name}” has no channel {channel}.</source>
        <translation>Das Mikrofon „{name}“ hat keinen Kanal {channel}.</translation>
    </message>
    <message>
        <source>The microphone “{name}” went away after {seconds:.1f} s.</source>
        <translation>Das Mikrofon „{name}“ verschwand nach {seconds:.1f} s.</translation>
    </message>
    <message>
        <source>The model is not sure of the words: their mean confidence is {percent:.0f} %.</source>
        <translation>Das Modell ist sich der Wörter nicht sicher: Ihre Sicherheit ist im Mittel {percent:.0f} %.</translation>
    </message>
    <message>
        <source>The model {model} answers with something other than numbers.</source>
        <translation>Das Modell {model} antwortet mit etwas anderem als Zahlen.</translation>
    </message>
    <message>
        <source>The model {model} does not adapt to voices.</source>
        <translation>Das Modell {model} passt sich nicht an Stimmen an.</translation>
    </message>
    <message>
        <source>The name of “{folder}” does not tell which model it holds.</source>
        <translation>Der Name „{folder}“ sagt nicht, welches Modell der Ordner enthält.</translation>
    </message>
    <message>
        <source>The name “{name}” cannot be given: {reason}.</source>
        <translation>Der Name „{name}“ kann nicht vergeben werden: {reason}.</translation>
    </message>
    <message>
        <source>The network of {model} cannot be loaded.</source>
        <translation>Das Netz von {model} lässt sich nicht laden.</translation>
    </message>
    <message>
        <source>The network of {model} cannot take {count} frames.</source>
        <translation>Das Netz von {model} kann {count} Rahmen nicht verarbeiten.</translation>
    </message>
    <message>
        <source>The network of {model} does not fit its manifest: it takes and gives {found}.</source>
        <translation>Das Netz von {model} passt nicht zu seinem Manifest: Es nimmt und gibt {found}.</translation>
    </message>
    <message>
        <source>The network of {model} gives answers of another size than its manifest says.</source>
        <translation>Das Netz von {model} gibt Antworten von anderer Größe, als sein Manifest sagt.</translation>
    </message>
    <message>
        <source>The network of {model} has loops, or keeps a part of itself in another file.</source>
        <translation>Das Netz von {model} hat Schleifen, oder ein Teil von ihm liegt in einer anderen Datei.</translation>
    </message>
    <message>
        <source>The project “{path}” cannot be saved ({reason}).</source>
        <translation>Das Projekt „{path}“ kann nicht gespeichert werden ({reason}).</translation>
    </message>
    <message>
        <source>The recogniser of words and speakers has crashed or did not reply for {limit_s:g} s.</source>
        <translation>Die Erkennung von Wörtern und Sprechern ist abgestürzt oder hat {limit_s:g} s lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>The recording is in “{path}”.</source>
        <translation>Die Aufnahme liegt in „{path}“.</translation>
    </message>
    <message>
        <source>The recording of “{path}” is not beside it.</source>
        <translation>Die Aufnahme zu „{path}“ liegt nicht daneben.</translation>
    </message>
    <message>
        <source>The recording “{path}” cannot be written: {reason}.</source>
        <translation>Die Aufnahme „{path}“ lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The recording “{path}” was deleted while it was made.</source>
        <translation>Die Aufnahme „{path}“ wurde gelöscht, während sie entstand.</translation>
    </message>
    <message>
        <source>The report cannot be printed ({reason}).</source>
        <translation>Der Bericht kann nicht gedruckt werden ({reason}).</translation>
    </message>
    <message>
        <source>The report cannot be written ({reason}).</source>
        <translation>Der Bericht lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
        <source>The service cannot listen at {host}, port {port} ({reason}).</source>
        <translation>Der Dienst kann unter {host}, Port {port}, nicht erreichbar sein ({reason}).</translation>
    </message>
    <message>
        <source>The service is not a part of this app.</source>
        <translation>Der Dienst ist nicht Teil dieser App.</translation>
    </message>
    <message>
        <source>The service needs the package {name}, which is not installed.</source>
        <translation>Der Dienst braucht das Paket {name}, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>The settings cannot be written to “{path}” ({reason}).</source>
        <translation>Die Einstellungen lassen sich nicht nach „{path}“ schreiben ({reason}).</translation>
    </message>
    <message>
        <source>The settings in “{path}” cannot be used: {reason}.</source>
        <translation>Die Einstellungen in „{path}“ sind nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>The sound library PortAudio is not installed.</source>
        <translation>Die Tonbibliothek PortAudio ist nicht installiert.</translation>
    </message>
    <message>
        <source>The sound system ALSA has no configuration, so that no device can be found.</source>
        <translation>Dem Tonsystem ALSA fehlen seine Einstellungen, sodass sich kein Gerät finden lässt.</translation>
    </message>
    <message>
        <source>The speakers of “{file}” are not known.</source>
        <translation>Die Sprecher von „{file}“ sind nicht bekannt.</translation>
    </message>
    <message>
        <source>The transcript is probably wrong: the model expects the language “{language}”.</source>
        <translation>Die Abschrift ist wahrscheinlich falsch: Das Modell erwartet die Sprache „{language}“.</translation>
    </message>
    <message>
        <source>The transcription model “{folder}” cannot be used ({reason}).</source>
        <translation>Das Transkriptionsmodell „{folder}“ kann nicht verwendet werden ({reason}).</translation>
    </message>
    <message>
        <source>The transcription model “{folder}” is for the language “{known}”, not for “{language}”.</source>
        <translation>Das Transkriptionsmodell „{folder}“ ist für die Sprache „{known}“, nicht für „{language}“.</translation>
    </message>
    <message>
        <source>The voice “{name}” cannot be deleted ({reason}).</source>
        <translation>Die Stimme „{name}“ lässt sich nicht löschen ({reason}).</translation>
    </message>
    <message>
        <source>The voice “{name}” cannot be read ({reason}).</source>
        <translation>Die Stimme „{name}“ lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>The voice “{name}” cannot be stored ({reason}).</source>
        <translation>Die Stimme „{name}“ lässt sich nicht speichern ({reason}).</translation>
    </message>
    <message>
        <source>The voice “{name}” was made with the model {made_with}, and this is {model}.</source>
        <translation>Die Stimme „{name}“ wurde mit dem Modell {made_with} angelegt, und dies ist {model}.</translation>
    </message>
    <message>
        <source>The weights of {model} do not fit its manifest.</source>
        <translation>Die Gewichte von {model} passen nicht zu seinem Manifest.</translation>
    </message>
    <message>
        <source>The window does not open ({reason}).</source>
        <translation>Das Fenster öffnet sich nicht ({reason}).</translation>
    </message>
    <message>
        <source>The window stays empty.</source>
        <translation>Das Fenster bleibt leer.</translation>
    </message>
    <message>
        <source>There are no recordings in {places}.</source>
        <translation>In {places} sind keine Aufnahmen.</translation>
    </message>
    <message>
        <source>There are {found:.1f} s of speech, too few for a voice profile.</source>
        <translation>Es sind {found:.1f} s Sprache, zu wenig für ein Stimmprofil.</translation>
    </message>
    <message>
        <source>There is a voice “{name}” already.</source>
        <translation>Es gibt schon eine Stimme „{name}“.</translation>
    </message>
    <message>
        <source>There is no Dask cluster at “{address}” ({reason}).</source>
        <translation>Unter „{address}“ gibt es keinen Dask-Cluster ({reason}).</translation>
    </message>
    <message>
        <source>There is no analysed recording.</source>
        <translation>Es gibt keine analysierte Aufnahme.</translation>
    </message>
    <message>
        <source>There is no device {device!r}.</source>
        <translation>Ein Gerät {device!r} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no font.</source>
        <translation>Es gibt keine Schrift.</translation>
    </message>
    <message>
        <source>There is no format “{name}”.</source>
        <translation>Es gibt kein Format „{name}“.</translation>
    </message>
    <message>
        <source>There is no project at “{path}”.</source>
        <translation>Bei „{path}“ ist kein Projekt.</translation>
    </message>
    <message>
        <source>There is no recording or speaker “{name}” in the report.</source>
        <translation>Es gibt keine Aufnahme und keinen Sprecher „{name}“ im Bericht.</translation>
    </message>
    <message>
        <source>There is no speaker “{name}” in the recording.</source>
        <translation>In der Aufnahme gibt es keinen Sprecher „{name}“.</translation>
    </message>
    <message>
        <source>There is no voice “{name}”.</source>
        <translation>Es gibt keine Stimme „{name}“.</translation>
    </message>
    <message>
        <source>This installation finds no {device} device.</source>
        <translation>Diese Installation findet kein Gerät „{device}“.</translation>
    </message>
    <message>
        <source>This needs the package {package}, which is not a part of this app.</source>
        <translation>Dafür wird das Paket {package} gebraucht, das nicht Teil dieser App ist.</translation>
    </message>
    <message>
        <source>This needs the package {package}, which is not installed.</source>
        <translation>Dafür wird das Paket {package} gebraucht, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Transcribe the recording afterwards, or choose a Moonshine model.</source>
        <translation>Schreiben Sie die Aufnahme danach auf, oder wählen Sie ein Moonshine-Modell.</translation>
    </message>
    <message>
        <source>Try it again; the emotions do not depend on it.</source>
        <translation>Versuchen Sie es noch einmal; die Emotionen hängen nicht davon ab.</translation>
    </message>
    <message>
        <source>Two exports have the path “{path}”.</source>
        <translation>Zwei Exporte haben den Pfad „{path}“.</translation>
    </message>
    <message>
        <source>Two recordings are called “{name}”.</source>
        <translation>Zwei Aufnahmen heißen „{name}“.</translation>
    </message>
    <message>
        <source>Two recordings would be written to “{path}”.</source>
        <translation>Zwei Aufnahmen würden in „{path}“ geschrieben.</translation>
    </message>
    <message>
        <source>Use --device cpu, or see the README.</source>
        <translation>Nehmen Sie --device cpu, oder lesen Sie die README.</translation>
    </message>
    <message>
        <source>Use --device cpu.</source>
        <translation>Nehmen Sie --device cpu.</translation>
    </message>
    <message>
        <source>Use a language model on this computer, or say with --send-elsewhere that you want this.</source>
        <translation>Nehmen Sie ein Sprachmodell auf diesem Computer, oder sagen Sie mit --send-elsewhere, dass Sie das wollen.</translation>
    </message>
    <message>
        <source>Use the Python package of SER Desktop for it.</source>
        <translation>Benutzen Sie dafür das Python-Paket von SER Desktop.</translation>
    </message>
    <message>
        <source>Use the Python package of SER Desktop for them, or choose a Moonshine model.</source>
        <translation>Verwenden Sie dafür das Python-Paket von SER Desktop, oder wählen Sie ein Moonshine-Modell.</translation>
    </message>
    <message>
        <source>Wait for its end, or choose another folder.</source>
        <translation>Warten Sie, bis er fertig ist, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>What {address} answers is not the answer of a language model ({reason}).</source>
        <translation>Was {address} antwortet, ist nicht die Antwort eines Sprachmodells ({reason}).</translation>
    </message>
    <message>
        <source>Whisper models need the package faster-whisper, which is not a part of this app.</source>
        <translation>Whisper-Modelle brauchen das Paket faster-whisper, das nicht Teil dieser App ist.</translation>
    </message>
    <message>
        <source>Whisper models need the package faster-whisper, which is not installed.</source>
        <translation>Whisper-Modelle brauchen das Paket faster-whisper, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Words and speakers are a second part of this app, which is not installed.</source>
        <translation>Wörter und Sprecher sind ein zweiter Teil dieser App, der nicht installiert ist.</translation>
    </message>
    <message>
        <source>Words and speakers need the package moonshine-voice, which is not installed.</source>
        <translation>Wörter und Sprecher brauchen das Paket moonshine-voice, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Write it as HTML.</source>
        <translation>Schreiben Sie ihn als HTML.</translation>
    </message>
    <message>
        <source>{host} is another computer: the words of the recording would leave this one.</source>
        <translation>{host} ist ein anderer Computer: Die Worte der Aufnahme würden diesen verlassen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>{path} has more than {most} bytes, which no model has.</source>
        <translation>{path} hat mehr als {most} Bytes, was kein Modell hat.</translation>
    </message>
    <message>
        <source>{path} is not a file but a device or pipe.</source>
        <translation>{path} ist keine Datei, sondern ein Gerät oder eine Pipe.</translation>
    </message>
    <message>
        <source>{path} is not a timeline that SER Desktop wrote ({reason}).</source>
        <translation>{path} ist keine Zeitleiste, die SER Desktop geschrieben hat ({reason}).</translation>
    </message>
    <message>
        <source>{path} is not the file that its manifest describes (hash {found}, expected {expected!r}).</source>
        <translation>{path} ist nicht die Datei, die sein Manifest beschreibt (Hash {found}, erwartet {expected!r}).</translation>
    </message>
    <message>
        <source>{path} is not the manifest of a model ({reason}).</source>
        <translation>{path} ist kein Manifest eines Modells ({reason}).</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the transcript repeats the same words.</source>
        <translation>{percent:.0f} % der Abschrift wiederholen dieselben Wörter.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>“ser-desktop recover --list” lists them.</source>
        <translation>„ser-desktop recover --list“ zählt sie auf.</translation>
    </message>
    <message>
        <source>“{address}” is no address of a language model.</source>
        <translation>„{address}“ ist keine Adresse eines Sprachmodells.</translation>
    </message>
    <message>
        <source>“{folder}” cannot be used ({reason}).</source>
        <translation>„{folder}“ lässt sich nicht benutzen ({reason}).</translation>
    </message>
    <message>
        <source>“{folder}” holds a model, but not of Whisper.</source>
        <translation>„{folder}“ enthält ein Modell, aber keines von Whisper.</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder.</source>
        <translation>„{folder}“ ist kein Ordner.</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a recording: {letters} cannot be in it, nor a dot at its start or end.</source>
        <translation>„{name}“ kann nicht der Name einer Aufnahme sein: {letters} dürfen nicht darin stehen, und kein Punkt am Anfang oder Ende.</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a voice.</source>
        <translation>„{name}“ kann nicht der Name einer Stimme sein.</translation>
    </message>
    <message>
        <source>“{name}” fits {count} microphones: {known}.</source>
        <translation>„{name}“ passt auf {count} Mikrofone: {known}.</translation>
    </message>
    <message>
        <source>“{name}” has changed since the project was saved.</source>
        <translation>„{name}“ hat sich seit dem Speichern des Projekts geändert.</translation>
    </message>
    <message>
        <source>“{name}” holds speakers, and they are not asked for.</source>
        <translation>„{name}“ enthält Sprecher, und nach ihnen wurde nicht gefragt.</translation>
    </message>
    <message>
        <source>“{name}” holds speakers, which a batch does not find.</source>
        <translation>„{name}“ enthält Sprecher, die ein Stapel nicht sucht.</translation>
    </message>
    <message>
        <source>“{name}” is missing.</source>
        <translation>„{name}“ fehlt.</translation>
    </message>
    <message>
        <source>“{name}” is the name of several recordings or speakers.</source>
        <translation>„{name}“ heißen mehrere Aufnahmen oder Sprecher.</translation>
    </message>
    <message>
        <source>“{name}” may be made from two voices: parts of the speech differ as two people do.</source>
        <translation>„{name}“ ist vielleicht aus zwei Stimmen gemacht: Teile der Sprache unterscheiden sich wie zwei Menschen.</translation>
    </message>
    <message>
        <source>“{one}” and “{other}” would both be written to the same file, such as “{path}”.</source>
        <translation>„{one}“ und „{other}“ kämen in dieselbe Datei, etwa „{path}“.</translation>
    </message>
    <message>
        <source>“{path}” cannot be decoded: another process cannot be started ({reason}).</source>
        <translation>„{path}“ lässt sich nicht dekodieren: Ein weiterer Prozess lässt sich nicht starten ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be decoded: its decoder crashed, or took too long.</source>
        <translation>„{path}“ lässt sich nicht dekodieren: Der Dekoder ist abgestürzt oder hat zu lange gebraucht.</translation>
    </message>
    <message>
        <source>“{path}” cannot be opened: {reason}.</source>
        <translation>„{path}“ lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be played from {start_s:.1f} s: it is damaged or does not tell its length.</source>
        <translation>„{path}“ lässt sich ab {start_s:.1f} s nicht wiedergeben: Die Datei ist beschädigt oder nennt ihre Länge nicht.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read ({reason}).</source>
        <translation>„{path}“ kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as {kind} ({reason}).</source>
        <translation>„{path}“ kann nicht als {kind} gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be renamed ({reason}).</source>
        <translation>„{path}“ lässt sich nicht umbenennen ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}).</source>
        <translation>„{path}“ lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” does not exist.</source>
        <translation>„{path}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“{path}” does not hold the entries of a timeline.</source>
        <translation>„{path}“ enthält keine Einträge einer Zeitleiste.</translation>
    </message>
    <message>
        <source>“{path}” ended early at {read_s:.2f} s of {announced_s:.2f} s; what is there was analysed.</source>
        <translation>„{path}“ endete vorzeitig bei {read_s:.2f} s von {announced_s:.2f} s; was da ist, wurde analysiert.</translation>
    </message>
    <message>
        <source>“{path}” ended early at {read_s:.2f} s; what is there was analysed.</source>
        <translation>„{path}“ endete vorzeitig bei {read_s:.2f} s; was da ist, wurde analysiert.</translation>
    </message>
    <message>
        <source>“{path}” exists already, and a recording does not replace it.</source>
        <translation>„{path}“ gibt es schon, und eine Aufnahme ersetzt es nicht.</translation>
    </message>
    <message>
        <source>“{path}” has a header but no sound in it (0 samples).</source>
        <translation>„{path}“ hat einen Kopf, aber keinen Ton (0 Abtastwerte).</translation>
    </message>
    <message>
        <source>“{path}” has a sample rate of {rate} Hz; {lowest} to {highest} Hz can be used.</source>
        <translation>„{path}“ hat eine Abtastrate von {rate} Hz; brauchbar sind {lowest} bis {highest} Hz.</translation>
    </message>
    <message>
        <source>“{path}” holds a batch with another model, other formats or other settings.</source>
        <translation>„{path}“ enthält einen Stapel mit anderem Modell, anderen Formaten oder anderen Einstellungen.</translation>
    </message>
    <message>
        <source>“{path}” holds a project that is not the open one, or that another program has changed since.</source>
        <translation>In „{path}“ liegt ein Projekt, das nicht das offene ist oder das ein anderes Programm seitdem geändert hat.</translation>
    </message>
    <message>
        <source>“{path}” holds a sample that is infinite at {at_s:.3f} s.</source>
        <translation>„{path}“ enthält bei {at_s:.3f} s einen unendlichen Abtastwert.</translation>
    </message>
    <message>
        <source>“{path}” holds a sample that is not a number (NaN) at {at_s:.3f} s.</source>
        <translation>„{path}“ enthält bei {at_s:.3f} s einen Abtastwert, der keine Zahl ist (NaN).</translation>
    </message>
    <message>
        <source>“{path}” holds a sample that is {sample:.0e} at {at_s:.3f} s.</source>
        <translation>„{path}“ enthält bei {at_s:.3f} s einen Abtastwert von {sample:.0e}.</translation>
    </message>
    <message>
        <source>“{path}” holds no analysed recording.</source>
        <translation>„{path}“ enthält keine analysierte Aufnahme.</translation>
    </message>
    <message>
        <source>“{path}” holds no corrections.</source>
        <translation>„{path}“ enthält keine Korrekturen.</translation>
    </message>
    <message>
        <source>“{path}” holds no markers.</source>
        <translation>„{path}“ enthält keine Marken.</translation>
    </message>
    <message>
        <source>“{path}” holds recordings of models with different emotions.</source>
        <translation>„{path}“ enthält Aufnahmen von Modellen mit verschiedenen Emotionen.</translation>
    </message>
    <message>
        <source>“{path}” holds recordings with different emotions.</source>
        <translation>„{path}“ enthält Aufnahmen mit verschiedenen Emotionen.</translation>
    </message>
    <message>
        <source>“{path}” holds the speakers of {count} recordings.</source>
        <translation>„{path}“ enthält die Sprecher von {count} Aufnahmen.</translation>
    </message>
    <message>
        <source>“{path}” is a MIDI sample dump, which is not read.</source>
        <translation>„{path}“ ist ein MIDI-Sample-Dump, der nicht gelesen wird.</translation>
    </message>
    <message>
        <source>“{path}” is a folder.</source>
        <translation>„{path}“ ist ein Ordner.</translation>
    </message>
    <message>
        <source>“{path}” is a recording, which the export would replace.</source>
        <translation>„{path}“ ist eine Aufnahme, die der Export ersetzen würde.</translation>
    </message>
    <message>
        <source>“{path}” is larger than {most} MB.</source>
        <translation>„{path}“ ist größer als {most} MB.</translation>
    </message>
    <message>
        <source>“{path}” is missing.</source>
        <translation>„{path}“ fehlt.</translation>
    </message>
    <message>
        <source>“{path}” is not a project that this program can read ({reason}).</source>
        <translation>„{path}“ ist kein Projekt, das dieses Programm lesen kann ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is of no format that can be read.</source>
        <translation>„{path}“ hat kein Format, das gelesen werden kann.</translation>
    </message>
    <message>
        <source>“{path}” is the file that is read, and the export would replace it.</source>
        <translation>„{path}“ ist die Datei, die gelesen wird, und der Export würde sie ersetzen.</translation>
    </message>
    <message>
        <source>“{path}” is the recording, and a table does not replace it.</source>
        <translation>„{path}“ ist die Aufnahme, und eine Tabelle ersetzt sie nicht.</translation>
    </message>
    <message>
        <source>“{text}” names no file.</source>
        <translation>„{text}“ nennt keine Datei.</translation>
    </message>
    <message>
        <source>“{url}” cannot be used ({reason}).</source>
        <translation>„{url}“ ist nicht verwendbar ({reason}).</translation>
    </message>
    <message>
        <source>The network of {model} is of the kind “{kind}”, which this program runs on the processor only.</source>
        <translation>Das Netz von {model} ist von der Art „{kind}“, die dieses Programm nur auf dem Prozessor ausführt.</translation>
    </message>
    <message>
        <source>--channel-voice is for channels that are analysed by themselves.</source>
        <translation>--channel-voice ist für Kanäle, die einzeln analysiert werden.</translation>
    </message>
    <message>
        <source>A voice is given for a channel and for one of its speakers.</source>
        <translation>Eine Stimme ist für einen Kanal und für einen seiner Sprecher angegeben.</translation>
    </message>
    <message>
        <source>Add --channel all, or the number of the one channel that is analysed.</source>
        <translation>Fügen Sie --channel all hinzu, oder die Nummer des einen Kanals, der analysiert wird.</translation>
    </message>
    <message>
        <source>Another program is saving the project “{path}”.</source>
        <translation>Ein anderes Programm speichert gerade das Projekt „{path}“.</translation>
    </message>
    <message>
        <source>Choose a folder of a Moonshine model, named as its publisher names it, such as base-es; “python -m moonshine_voice.download --language es” fetches one. Or choose a folder of a Whisper model in the format of CTranslate2, such as faster-whisper-small, with its model.bin.</source>
        <translation>Wählen Sie einen Ordner eines Moonshine-Modells, der so heißt, wie sein Herausgeber ihn nennt, zum Beispiel base-es; „python -m moonshine_voice.download --language es“ lädt eines herunter. Oder wählen Sie einen Ordner eines Whisper-Modells im Format von CTranslate2, zum Beispiel faster-whisper-small, mit seiner Datei model.bin.</translation>
    </message>
    <message>
        <source>Choose the CPU, which is fast enough, or install torch beside it: pip install &quot;ser-desktop[torch]&quot;.</source>
        <translation>Wählen Sie den Prozessor, der schnell genug ist, oder installieren Sie torch dazu: pip install &quot;ser-desktop[torch]&quot;.</translation>
    </message>
    <message>
        <source>The recording continues when the microphone is back.</source>
        <translation>Die Aufnahme läuft weiter, sobald das Mikrofon wieder da ist.</translation>
    </message>
    <message>
        <source>The speech detector “{path}” cannot be read.</source>
        <translation>Der Spracherkenner „{path}“ lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The speech detector “{path}” is damaged.</source>
        <translation>Der Spracherkenner „{path}“ ist beschädigt.</translation>
    </message>
    <message>
        <source>The stored entries are of {expected}, but the model is {found}.</source>
        <translation>Die hinterlegten Einträge sind von {expected}, das Modell ist aber {found}.</translation>
    </message>
    <message>
        <source>The stored entries “{path}” cannot be read.</source>
        <translation>Die hinterlegten Einträge „{path}“ lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>The transcript has {count} words for {speech_s:.0f} s of speech, which is not plausible.</source>
        <translation>Die Abschrift hat {count} Wörter für {speech_s:.0f} s Sprache, was nicht plausibel ist.</translation>
    </message>
    <message>
        <source>The two channels of “{path}” have different sound at the same time, for {both_s:.1f} s, like a call in which both speak at once.</source>
        <translation>Die zwei Kanäle von „{path}“ haben {both_s:.1f} s lang gleichzeitig verschiedenen Ton, wie ein Telefonat, in dem beide zugleich sprechen.</translation>
    </message>
    <message>
        <source>“{device}” needs {missing}, which is not installed.</source>
        <translation>„{device}“ braucht {missing}, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>“{folder}” is not a transcription model: {missing} is missing.</source>
        <translation>„{folder}“ ist kein Transkriptionsmodell: {missing} fehlt.</translation>
    </message>
    <message>
        <source>“{name}” holds markers or corrections, and only the window has them.</source>
        <translation>„{name}“ enthält Marken oder Korrekturen, und die hat nur das Fenster.</translation>
    </message>
    <message>
        <source>“{path}” has no audio track {track}.</source>
        <translation>„{path}“ hat keine Tonspur {track}.</translation>
    </message>
    <message>
        <source>“{path}” has no channel {channel}.</source>
        <translation>„{path}“ hat keinen Kanal {channel}.</translation>
    </message>
    <message>
        <source>“{path}” has no header that tells rate and channels ({suffix}).</source>
        <translation>„{path}“ hat keinen Kopf, der Abtastrate und Kanäle nennt ({suffix}).</translation>
    </message>
    <message>
        <source>“{path}” has no sound in it, only pictures or text.</source>
        <translation>„{path}“ enthält keinen Ton, nur Bilder oder Text.</translation>
    </message>
    <message>
        <source>“{path}” holds another recording behind its first, which has {read_s:.2f} s and was analysed.</source>
        <translation>„{path}“ enthält hinter ihrer ersten Aufnahme, die {read_s:.2f} s hat und analysiert wurde, noch eine weitere.</translation>
    </message>
    <message>
        <source>“{path}” holds sound in a coding that cannot be read ({coding}).</source>
        <translation>„{path}“ enthält Ton in einer Kodierung, die sich nicht lesen lässt ({coding}).</translation>
    </message>
    <message>
        <source>“{path}” is a project of version {version}; this program reads versions up to {known}.</source>
        <translation>„{path}“ ist ein Projekt der Version {version}; dieses Programm liest Versionen bis {known}.</translation>
    </message>
    <message>
        <source>“{path}” is damaged at {at_s:.2f} s; the sound around it was analysed.</source>
        <translation>„{path}“ ist bei {at_s:.2f} s beschädigt; der Ton davor und danach wurde analysiert.</translation>
    </message>
    <message>
        <source>“{path}” is damaged in {count} places, the first at {at_s:.2f} s; the sound around them was analysed.</source>
        <translation>„{path}“ ist an {count} Stellen beschädigt, zuerst bei {at_s:.2f} s; der Ton dazwischen wurde analysiert.</translation>
    </message>
    <message>
        <source>“{path}” is damaged or cut short ({reason}).</source>
        <translation>„{path}“ ist beschädigt oder abgeschnitten ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is damaged: not one sample can be decoded.</source>
        <translation>„{path}“ ist beschädigt: Kein einziger Abtastwert lässt sich dekodieren.</translation>
    </message>
    <message>
        <source>“{path}” is empty (0 bytes).</source>
        <translation>„{path}“ ist leer (0 Bytes).</translation>
    </message>
    <message>
        <source>“{path}” is not a file but a device or pipe.</source>
        <translation>„{path}“ ist keine Datei, sondern ein Gerät oder eine Pipe.</translation>
    </message>
    <message>
        <source>“{path}” is not a label file ({reason}).</source>
        <translation>„{path}“ ist keine Datei mit Textmarken ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is not a recording in a known format.</source>
        <translation>„{path}“ ist keine Aufnahme in einem bekannten Format.</translation>
    </message>
    <message>
        <source>“{path}” is not a table of passages that SER Desktop wrote ({reason}).</source>
        <translation>„{path}“ ist keine Tabelle von Abschnitten, die SER Desktop geschrieben hat ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is not among the unfinished recordings.</source>
        <translation>„{path}“ ist nicht unter den unvollendeten Aufnahmen.</translation>
    </message>
    <message>
        <source>“{path}” is not there any more, so that it cannot be copied.</source>
        <translation>„{path}“ ist nicht mehr da und lässt sich deshalb nicht kopieren.</translation>
    </message>
    <message>
        <source>“{path}” is still being written; its first {read_s:.2f} s were analysed.</source>
        <translation>„{path}“ wird noch geschrieben; die ersten {read_s:.2f} s wurden analysiert.</translation>
    </message>
    <message>
        <source>“{path}” may not be read.</source>
        <translation>„{path}“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“{path}” says in its header that it has 0 channels.</source>
        <translation>„{path}“ hat laut ihrem Kopf 0 Kanäle.</translation>
    </message>
    <message>
        <source>“{path}” says in its header that it has more than 1024 channels.</source>
        <translation>„{path}“ hat laut ihrem Kopf mehr als 1024 Kanäle.</translation>
    </message>
    <message>
        <source>“{path}” says in its header that its sample rate is 0 Hz or beyond all limits.</source>
        <translation>„{path}“ hat laut ihrem Kopf eine Abtastrate von 0 Hz oder jenseits aller Grenzen.</translation>
    </message>
    <message>
        <source>“{path}” was not finished: its recorder stopped before it wrote the index (moov), without which the sound cannot be found.</source>
        <translation>„{path}“ wurde nicht fertig: Ihr Rekorder endete, bevor er das Verzeichnis (moov) schrieb, ohne das der Ton nicht zu finden ist.</translation>
    </message>
    <message>
        <source>“{path}” would not be what its name says: a recording is a WAV file.</source>
        <translation>„{path}“ wäre nicht, was der Name sagt: Eine Aufnahme ist eine WAV-Datei.</translation>
    </message>
    <message>
        <source>“{target}” is there already.</source>
        <translation>„{target}“ gibt es schon.</translation>
    </message>
</context>
<context>
    <name>feelings</name>
    <message>
        <source>pleasant, lively</source>
        <translation>angenehm, lebhaft</translation>
    </message>
    <message>
        <source>pleasant</source>
        <translation>angenehm</translation>
    </message>
    <message>
        <source>pleasant, relaxed</source>
        <translation>angenehm, entspannt</translation>
    </message>
    <message>
        <source>lively</source>
        <translation>lebhaft</translation>
    </message>
    <message>
        <source>even</source>
        <translation>ausgeglichen</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>verhalten</translation>
    </message>
    <message>
        <source>unpleasant, agitated</source>
        <translation>unangenehm, aufgewühlt</translation>
    </message>
    <message>
        <source>unpleasant</source>
        <translation>unangenehm</translation>
    </message>
    <message>
        <source>unpleasant, subdued</source>
        <translation>unangenehm, gedrückt</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>Timeline as a table</source>
        <translation>Zeitleiste als Tabelle</translation>
    </message>
    <message>
        <source>Passages as a table</source>
        <translation>Abschnitte als Tabelle</translation>
    </message>
    <message>
        <source>Corrections as a table</source>
        <translation>Korrekturen als Tabelle</translation>
    </message>
    <message>
        <source>Timeline as JSON, one recording a line</source>
        <translation>Zeitleiste als JSON, eine Aufnahme je Zeile</translation>
    </message>
    <message>
        <source>Timeline, passages and summary as a workbook (Excel)</source>
        <translation>Zeitleiste, Abschnitte und Zusammenfassung als Arbeitsmappe (Excel)</translation>
    </message>
    <message>
        <source>Timeline as a table with decimal commas, for Excel</source>
        <translation>Zeitleiste als Tabelle mit Dezimalkommas, für Excel</translation>
    </message>
    <message>
        <source>Timeline as Parquet</source>
        <translation>Zeitleiste als Parquet</translation>
    </message>
    <message>
        <source>Timeline as Feather</source>
        <translation>Zeitleiste als Feather</translation>
    </message>
    <message>
        <source>Passages and markers as tiers for Praat</source>
        <translation>Abschnitte und Marken als Tiers für Praat</translation>
    </message>
    <message>
        <source>Passages and markers as tiers for ELAN</source>
        <translation>Abschnitte und Marken als Zeilen für ELAN</translation>
    </message>
    <message>
        <source>Markers as labels for Audacity</source>
        <translation>Marken als Textmarken für Audacity</translation>
    </message>
    <message>
        <source>Passages and markers as layers for Sonic Visualiser</source>
        <translation>Abschnitte und Marken als Ebenen für Sonic Visualiser</translation>
    </message>
    <message>
        <source>Passages as a table for Sonic Visualiser</source>
        <translation>Abschnitte als Tabelle für Sonic Visualiser</translation>
    </message>
    <message>
        <source>Claims as subtitles with classes (WebVTT)</source>
        <translation>Aussagen als Untertitel mit Klassen (WebVTT)</translation>
    </message>
    <message>
        <source>Claims as subtitles (SRT)</source>
        <translation>Aussagen als Untertitel (SRT)</translation>
    </message>
    <message>
        <source>Passages and markers as JAMS</source>
        <translation>Abschnitte und Marken als JAMS</translation>
    </message>
    <message>
        <source>Passages as EmotionML</source>
        <translation>Abschnitte als EmotionML</translation>
    </message>
    <message>
        <source>Turns of the speakers (RTTM)</source>
        <translation>Sprechabschnitte (RTTM)</translation>
    </message>
</context>
<context>
    <name>interpretation</name>
    <message>
        <source>en</source>
        <comment>code of the language: en or de</comment>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>letters</name>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>C</source>
        <translation>R</translation>
    </message>
    <message>
        <source>H</source>
        <translation>F</translation>
    </message>
    <message>
        <source>S</source>
        <translation>T</translation>
    </message>
    <message>
        <source>A</source>
        <translation>W</translation>
    </message>
    <message>
        <source>F</source>
        <translation>Ä</translation>
    </message>
    <message>
        <source>D</source>
        <translation>E</translation>
    </message>
    <message>
        <source>U</source>
        <translation>Ü</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{level} dBFS</source>
        <translation>{level} dBFS</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
</context>
<context>
    <name>speakers</name>
    <message>
        <source>Speaker {number}</source>
        <translation>Sprecher {number}</translation>
    </message>
</context>
<context>
    <name>states</name>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>gap: no sound</source>
        <translation>Lücke: kein Ton</translation>
    </message>
    <message>
        <source>no speech</source>
        <translation>keine Sprache</translation>
    </message>
</context>
<context>
    <name>tiers</name>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
</context>
<context>
    <name>voices</name>
    <message>
        <source>Several people</source>
        <translation>Mehrere Personen</translation>
    </message>
    <message>
        <source>Unknown voice</source>
        <translation>Unbekannte Stimme</translation>
    </message>
    <message>
        <source>voice of {name}, known</source>
        <translation>Stimme von {name}, bekannt</translation>
    </message>
    <message>
        <source>several people</source>
        <translation>mehrere Personen</translation>
    </message>
    <message>
        <source>voice not known</source>
        <translation>Stimme nicht bekannt</translation>
    </message>
    <message>
        <source>voice known from {time}</source>
        <translation>Stimme bekannt ab {time}</translation>
    </message>
</context>
</TS>
