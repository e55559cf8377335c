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
        <translation>Aufnahmen öffnen und auswerten</translation>
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
        <source>&amp;Discard recording</source>
        <translation>Aufnahme &amp;verwerfen</translation>
    </message>
    <message>
        <source>Delete the recording that was just made</source>
        <translation>Die eben gemachte Aufnahme löschen</translation>
    </message>
    <message>
        <source>&amp;Export timeline…</source>
        <translation>Zeitleiste &amp;exportieren …</translation>
    </message>
    <message>
        <source>Write the selection, or all, as CSV</source>
        <translation>Die Auswahl oder alles als CSV schreiben</translation>
    </message>
    <message>
        <source>Export &amp;picture…</source>
        <translation>Bil&amp;d exportieren …</translation>
    </message>
    <message>
        <source>Write the plot as PNG or SVG</source>
        <translation>Die Zeitleiste als PNG oder SVG schreiben</translation>
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
        <source>&amp;Record</source>
        <translation>&amp;Aufnehmen</translation>
    </message>
    <message>
        <source>Record the microphone and analyse it live</source>
        <translation>Vom Mikrofon aufnehmen und dabei auswerten</translation>
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
        <source>End recording, reading or playing, and keep what there is</source>
        <translation>Aufnehmen, Lesen oder Wiedergeben beenden und behalten, was da ist</translation>
    </message>
    <message>
        <source>P&amp;lay</source>
        <translation>&amp;Wiedergeben</translation>
    </message>
    <message>
        <source>Play from the cursor, or the selection; again: stop</source>
        <translation>Ab dem Cursor oder die Auswahl wiedergeben; noch einmal: anhalten</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <source>Play again and again</source>
        <translation>Immer wieder von vorn wiedergeben</translation>
    </message>
    <message>
        <source>Look for &amp;microphones</source>
        <translation>&amp;Mikrofone suchen</translation>
    </message>
    <message>
        <source>Look again which microphones there are</source>
        <translation>Nachsehen, welche Mikrofone es jetzt gibt</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Put the cursor at the start</source>
        <translation>Den Cursor an den Anfang setzen</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Put the cursor at the end</source>
        <translation>Den Cursor ans Ende setzen</translation>
    </message>
    <message>
        <source>One answer back</source>
        <translation>Ein Ergebnis zurück</translation>
    </message>
    <message>
        <source>Move the cursor to the answer before</source>
        <translation>Den Cursor zum vorigen Ergebnis bewegen</translation>
    </message>
    <message>
        <source>One answer on</source>
        <translation>Ein Ergebnis weiter</translation>
    </message>
    <message>
        <source>Move the cursor to the next answer</source>
        <translation>Den Cursor zum nächsten Ergebnis bewegen</translation>
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
        <source>Areas that fill the lane, or lines</source>
        <translation>Flächen, die die Spur füllen, oder Linien</translation>
    </message>
    <message>
        <source>&amp;Copy table</source>
        <translation>Tabelle &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the passages to the clipboard</source>
        <translation>Die Abschnitte in die Zwischenablage kopieren</translation>
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
        <source>What the model is and what was measured of it</source>
        <translation>Was das Modell ist und was an ihm gemessen wurde</translation>
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
        <source>&amp;Transport</source>
        <translation>&amp;Transport</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
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
    <name>AnalysisPage</name>
    <message>
        <source>{model} (built in)</source>
        <translation>{model} (eingebaut)</translation>
    </message>
    <message>
        <source>As long as the model can, {seconds} s</source>
        <translation>So lang, wie das Modell kann: {seconds} s</translation>
    </message>
    <message>
        <source>{model} (cannot be used)</source>
        <translation>{model} (nicht benutzbar)</translation>
    </message>
    <message>
        <source>As long as the model can</source>
        <translation>So lang, wie das Modell kann</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that judges the sound</source>
        <translation>Das Modell, das den Klang beurteilt</translation>
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
        <source>How much sound an answer looks back on</source>
        <translation>Auf wie viel Ton ein Ergebnis zurückblickt</translation>
    </message>
    <message>
        <source>Window as long as the model can</source>
        <translation>Fenster so lang, wie das Modell kann</translation>
    </message>
    <message>
        <source>Answers are best with the longest window</source>
        <translation>Mit dem längsten Fenster sind die Ergebnisse am besten</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Time between two answers</source>
        <translation>Zeit zwischen zwei Ergebnissen</translation>
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
        <source>High from</source>
        <translation>Hoch ab</translation>
    </message>
    <message>
        <source>Confidence from which the word is “high”</source>
        <translation>Konfidenz, ab der das Wort „hoch“ heißt</translation>
    </message>
    <message>
        <source>Medium from</source>
        <translation>Mittel ab</translation>
    </message>
    <message>
        <source>Confidence from which the word is “medium”; below it is “low”</source>
        <translation>Konfidenz, ab der das Wort „mittel“ heißt; darunter heißt es „niedrig“</translation>
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
        <source>The CPU needs about a millisecond an answer; a graphics card gains little.</source>
        <translation>Der Prozessor braucht je Ergebnis etwa eine Millisekunde; eine Grafikkarte bringt wenig.</translation>
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
        <source>Each answer looks back on a window of sound; a new one comes every hop. They count from the next recording on.</source>
        <translation>Jedes Ergebnis blickt auf ein Fenster voll Ton zurück; nach jedem Schritt kommt ein neues. Dies gilt ab der nächsten Aufnahme.</translation>
    </message>
    <message>
        <source>“H&amp;igh” from</source>
        <translation>„&amp;Hoch“ ab</translation>
    </message>
    <message>
        <source>“M&amp;edium” from</source>
        <translation>„&amp;Mittel“ ab</translation>
    </message>
    <message>
        <source>The word beside a confidence: high, medium, or low below. Tables keep the numbers.</source>
        <translation>Das Wort neben einer Konfidenz: hoch, mittel, darunter niedrig. In Tabellen stehen die Zahlen.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>The built-in model is used instead.</source>
        <translation>Stattdessen wird das eingebaute Modell benutzt.</translation>
    </message>
    <message>
        <source>Stop the recording first; then others can be opened.</source>
        <translation>Beenden Sie erst die Aufnahme; dann lassen sich andere öffnen.</translation>
    </message>
    <message>
        <source>“{folder}” cannot be used ({reason}). Choose another recordings folder in Settings.</source>
        <translation>„{folder}“ ist nicht benutzbar ({reason}). Wählen Sie in den Einstellungen einen anderen Ordner für Aufnahmen.</translation>
    </message>
    <message>
        <source>The model that was in use stays.</source>
        <translation>Das bisherige Modell bleibt.</translation>
    </message>
    <message>
        <source>The microphone delivers only zeros. Check that it is not muted, that its switch is on, and that the system&apos;s settings allow this program to hear it.</source>
        <translation>Das Mikrofon liefert nur Nullen. Prüfen Sie, ob es stumm geschaltet ist, ob sein Schalter an ist und ob die Einstellungen des Systems diesem Programm erlauben, es zu hören.</translation>
    </message>
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
    <name>ConfidenceBar</name>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Medium from {medium} %, high from {high} %</source>
        <translation>Mittel ab {medium} %, hoch ab {high} %</translation>
    </message>
</context>
<context>
    <name>CrashReports</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>A mistake in the program. What was recorded is kept. Please send this report.</source>
        <translation>Ein Fehler im Programm. Was aufgenommen wurde, ist gespeichert. Bitte schicken Sie diesen Bericht ein.</translation>
    </message>
    <message>
        <source>It was also written to “{path}”.</source>
        <translation>Er steht auch in „{path}“.</translation>
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
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>Recordings ({kinds})</source>
        <translation>Aufnahmen ({kinds})</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>Save recording as</source>
        <translation>Aufnahme speichern unter</translation>
    </message>
    <message>
        <source>Delete “{path}”? It cannot be brought back.</source>
        <translation>„{path}“ löschen? Die Aufnahme lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Discard recording</source>
        <translation>Aufnahme verwerfen</translation>
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
        <source>Export timeline</source>
        <translation>Zeitleiste exportieren</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>Bild exportieren</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}). Choose another folder, or make room.</source>
        <translation>„{path}“ lässt sich nicht schreiben ({reason}). Wählen Sie einen anderen Ordner oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Written: “{path}”.</source>
        <translation>Geschrieben: „{path}“.</translation>
    </message>
</context>
<context>
    <name>FileJob</name>
    <message>
        <source>“{path}” ended early at {read} s; what is there was analysed. Copy the file again.</source>
        <translation>„{path}“ endete zu früh bei {read} s; was da ist, wurde ausgewertet. Kopieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“{path}” ended early at {read} s of {announced} s; what is there was analysed. Copy the file again.</source>
        <translation>„{path}“ endete zu früh bei {read} s von {announced} s; was da ist, wurde ausgewertet. Kopieren Sie die Datei noch einmal.</translation>
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
        <translation>&lt;b&gt;Sagen Sie es den Menschen&lt;/b&gt;, deren Stimmen Sie damit auswerten.</translation>
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
        <source>&amp;Recordings in</source>
        <translation>A&amp;ufnahmen in</translation>
    </message>
    <message>
        <source>Recordings are WAV files named by date and time. They never leave this computer.</source>
        <translation>Aufnahmen sind WAV-Dateien, benannt nach Datum und Uhrzeit. Sie verlassen diesen Computer nie.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Guide and keys</source>
        <translation>Anleitung und Tasten</translation>
    </message>
    <message>
        <source>&lt;b&gt;Open&lt;/b&gt; a recording, or drop it on the window; or press &lt;b&gt;R&lt;/b&gt; and speak. The timeline fills while it is read.</source>
        <translation>&lt;b&gt;Öffnen&lt;/b&gt; Sie eine Aufnahme oder ziehen Sie sie auf das Fenster; oder drücken Sie &lt;b&gt;R&lt;/b&gt; und sprechen Sie. Die Zeitleiste füllt sich schon beim Lesen.</translation>
    </message>
    <message>
        <source>Each answer says what the last seconds &lt;b&gt;sound&lt;/b&gt; like. Where nobody speaks there is none; hatched is “uncertain”; a hole is lost sound.</source>
        <translation>Jedes Ergebnis sagt, wie die letzten Sekunden &lt;b&gt;klingen&lt;/b&gt;. Wo niemand spricht, gibt es keines; schraffiert heißt „unsicher“; ein Loch ist verlorener Ton.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Click&lt;/b&gt; to go to a moment, &lt;b&gt;drag&lt;/b&gt; to select a passage: its average is shown at the right, and it can be played and exported alone.</source>
        <translation>&lt;b&gt;Klicken&lt;/b&gt; führt zu einem Augenblick, &lt;b&gt;Ziehen&lt;/b&gt; wählt einen Abschnitt: Rechts steht sein Mittel, und er lässt sich allein wiedergeben und exportieren.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Scroll back&lt;/b&gt; while recording and the view stays where you are; “Live ▸” follows again. Click an emotion in the legend to hide it.</source>
        <translation>&lt;b&gt;Blättern&lt;/b&gt; Sie beim Aufnehmen zurück, so bleibt die Ansicht stehen; „Live ▸“ folgt wieder. Ein Klick auf eine Emotion in der Legende verbirgt sie.</translation>
    </message>
    <message>
        <source>Close the guide</source>
        <translation>Die Anleitung schließen</translation>
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
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Pause; what is not heard is marked as a gap</source>
        <translation>Pause; was nicht gehört wird, ist als Lücke gekennzeichnet</translation>
    </message>
    <message>
        <source>Stop recording, reading or playing; what there is stays</source>
        <translation>Aufnehmen, Lesen, Wiedergeben beenden; alles bleibt</translation>
    </message>
    <message>
        <source>Play from the cursor, or the selection; stop</source>
        <translation>Ab dem Cursor oder die Auswahl wiedergeben; anhalten</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Look again which microphones there are</source>
        <translation>Nachsehen, welche Mikrofone es jetzt gibt</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Sich bewegen</translation>
    </message>
    <message>
        <source>To the answer before</source>
        <translation>Zum vorigen Ergebnis</translation>
    </message>
    <message>
        <source>To the next answer</source>
        <translation>Zum nächsten Ergebnis</translation>
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
        <source>Looking</source>
        <translation>Betrachten</translation>
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
        <source>Fit all into the window</source>
        <translation>Alles ins Fenster einpassen</translation>
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
        <source>Save the recording elsewhere</source>
        <translation>Die Aufnahme anderswo speichern</translation>
    </message>
    <message>
        <source>Export the timeline, or the selection</source>
        <translation>Die Zeitleiste oder die Auswahl exportieren</translation>
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
        <source>Nothing heard yet.</source>
        <translation>Noch nichts gehört.</translation>
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
    <name>MainWindow</name>
    <message>
        <source>Not while recording</source>
        <translation>Nicht während der Aufnahme</translation>
    </message>
    <message>
        <source>● recording {name}</source>
        <translation>● nimmt {name} auf</translation>
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
        <source>What the model is, and what was measured of it</source>
        <translation>Was das Modell ist und was an ihm gemessen wurde</translation>
    </message>
    <message>
        <source># {model}

This model came without a card (“{card}” is not there), so nothing is known of how good it is.

It tells {count} emotions apart: {labels}. It looks back on {shortest} to {longest} s of sound.</source>
        <translation># {model}

Dieses Modell kam ohne Karte („{card}“ ist nicht da); wie gut es ist, weiß man also nicht.

Es unterscheidet {count} Emotionen: {labels}. Es blickt auf {shortest} bis {longest} s Ton zurück.</translation>
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
        <source>Nothing is known of this stretch.</source>
        <translation>Über diese Stelle ist nichts bekannt.</translation>
    </message>
    <message>
        <source>gap:</source>
        <translation>Lücke:</translation>
    </message>
    <message>
        <source>sound lost</source>
        <translation>Ton verloren</translation>
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
        <source>on average sounds</source>
        <translation>klingt im Mittel</translation>
    </message>
    <message>
        <source>confidence {tier}</source>
        <translation>Konfidenz {tier}</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
</context>
<context>
    <name>PassagesModel</name>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
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
        <source>Level</source>
        <translation>Pegel</translation>
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
        <source>{level} dBFS</source>
        <translation>{level} dBFS</translation>
    </message>
    <message>
        <source>gap: sound lost</source>
        <translation>Lücke: Ton verloren</translation>
    </message>
    <message>
        <source>no speech</source>
        <translation>keine Sprache</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
</context>
<context>
    <name>PassagesView</name>
    <message>
        <source>Passages</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>What each stretch of the recording sounds like. Enter puts the cursor at the start of a row.</source>
        <translation>Wie jede Stelle der Aufnahme klingt. Die Eingabetaste setzt den Cursor an den Anfang einer Zeile.</translation>
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
</context>
<context>
    <name>Readout</name>
    <message>
        <source>not analysed</source>
        <translation>nicht ausgewertet</translation>
    </message>
    <message>
        <source>gap: no sound is known</source>
        <translation>Lücke: kein Ton bekannt</translation>
    </message>
    <message>
        <source>no speech</source>
        <translation>keine Sprache</translation>
    </message>
    <message>
        <source>sounds {0}, {1}</source>
        <translation>klingt {0}, {1}</translation>
    </message>
    <message>
        <source>{0} dBFS</source>
        <translation>{0} dBFS</translation>
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
        <source>Sound, analysis and general settings</source>
        <translation>Einstellungen zu Ton, Analyse und Allgemeinem</translation>
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
        <source>&amp;General</source>
        <translation>A&amp;llgemein</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Keep what is chosen</source>
        <translation>Behalten, was gewählt ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave everything as it was</source>
        <translation>Alles lassen, wie es war</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Voreinstellungen wiederherstellen</translation>
    </message>
    <message>
        <source>Show the defaults; they count from OK on</source>
        <translation>Die Voreinstellungen zeigen; sie gelten ab OK</translation>
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
    <name>SoundPage</name>
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
        <source>Default of the system</source>
        <translation>Voreinstellung des Systems</translation>
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
        <source>Listens to the microphone so that its level can be set; nothing is kept</source>
        <translation>Hört auf das Mikrofon, damit man es aussteuern kann; nichts wird gespeichert</translation>
    </message>
    <message>
        <source>&amp;Microphone</source>
        <translation>&amp;Mikrofon</translation>
    </message>
    <message>
        <source>The level meter listens, so that a level can be set. Nothing of it is kept.</source>
        <translation>Die Pegelanzeige hört zu, damit man aussteuern kann. Nichts davon wird gespeichert.</translation>
    </message>
    <message>
        <source>Loud&amp;speaker</source>
        <translation>Laut&amp;sprecher</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name} (nicht angeschlossen)</translation>
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
        <source>The model is being loaded …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Model {name}, on {device}. More under Help ▸ Model card.</source>
        <translation>Modell {name} auf {device}. Mehr unter Hilfe ▸ Modellkarte.</translation>
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
        <source>Esc ends reading and keeps what is there</source>
        <translation>Esc beendet das Lesen und behält, was da ist</translation>
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
        <source>Delay: from the sound at the microphone to its answer in the window, the longest of the last {count}. CPU: of {cores} processors, this program takes this share of one.</source>
        <translation>Verzögerung: vom Ton am Mikrofon bis zu seinem Ergebnis im Fenster, die längste der letzten {count}. CPU: Von {cores} Prozessoren braucht dieses Programm diesen Anteil an einem.</translation>
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
        <source>What is read, and what the model hears</source>
        <translation>Was gelesen wird und was das Modell hört</translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Waveform, emotions and confidence over time. Arrow keys move the cursor, with Shift they select; plus and minus zoom, Escape clears the selection. The table of passages says the same in words.</source>
        <translation>Wellenform, Emotionen und Konfidenz im Lauf der Zeit. Pfeiltasten bewegen den Cursor, mit Umschalt wählen sie aus; Plus und Minus vergrößern und verkleinern, Esc hebt die Auswahl auf. Die Tabelle der Abschnitte sagt dasselbe in Worten.</translation>
    </message>
    <message>
        <source>Listening …</source>
        <translation>Hört zu …</translation>
    </message>
    <message>
        <source>Drop a recording here, open one with {open},
or press {record} and speak</source>
        <translation>Ziehen Sie eine Aufnahme hierher, öffnen Sie eine mit {open}
oder drücken Sie {record} und sprechen Sie</translation>
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
        <source>Emotions</source>
        <translation>Emotionen</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Part of the recording in view</source>
        <translation>Sichtbarer Teil der Aufnahme</translation>
    </message>
    <message>
        <source>Scroll through the recording</source>
        <translation>Durch die Aufnahme blättern</translation>
    </message>
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
    <message>
        <source>Emotions over time</source>
        <translation>Emotionen im Lauf der Zeit</translation>
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
        <source>Default microphone</source>
        <translation>Mikrofon des Systems</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name} (nicht angeschlossen)</translation>
    </message>
</context>
<context>
    <name>_ClipLamp</name>
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
        <source>The sound reached full scale and is distorted. Turn the input down, then press to put this out.</source>
        <translation>Der Ton hat die Vollaussteuerung erreicht und ist verzerrt. Regeln Sie den Eingang herunter und drücken Sie dann hier, um die Lampe zu löschen.</translation>
    </message>
    <message>
        <source>Lights when the sound reaches full scale, and stays lit until pressed</source>
        <translation>Leuchtet, wenn der Ton die Vollaussteuerung erreicht, und bleibt an, bis man sie drückt</translation>
    </message>
</context>
<context>
    <name>_Meter</name>
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
</context>
<context>
    <name>states</name>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
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
</TS>
