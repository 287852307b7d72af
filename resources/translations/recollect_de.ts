<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
<name>AcceptLine</name>
<message>
<source>Line: accept what is above</source>
<translation>Linie: annehmen, was darüber ist</translation>
</message>
<message>
<source>Shift+A; L puts the line below the current photo</source>
<translation>Umschalt+A; L setzt die Linie unter das aktuelle Foto</translation>
</message>
<message>
<source>Accept all {n}</source>
<translation>Alle {n} annehmen</translation>
</message>
<message>
<source>Accept the {n} above the line</source>
<translation>Die {n} über der Linie annehmen</translation>
</message>
<message>
<source>{percent} sure and more</source>
<translation>ab {percent} sicher</translation>
</message>
</context>
<context>
<name>AlbumCard</name>
<message>
<source>Enter shows the photos, K keeps the album, Delete dismisses it</source>
<translation>Enter zeigt die Fotos, K behält das Album, Entf verwirft es</translation>
</message>
<message>
<source>Keep</source>
<translation>Behalten</translation>
</message>
<message>
<source>Make this an album  (K)</source>
<translation>Daraus ein Album machen  (K)</translation>
</message>
<message>
<source>Dismiss</source>
<translation>Verwerfen</translation>
</message>
<message>
<source>Do not suggest this again  (Delete)</source>
<translation>Nicht wieder vorschlagen  (Entf)</translation>
</message>
<message>
<source>Keep {0}</source>
<translation>{0} behalten</translation>
</message>
<message>
<source>Dismiss {0}</source>
<translation>{0} verwerfen</translation>
</message>
</context>
<context>
<name>BackgroundDeeds</name>
<message>
<source>It goes on at the next start; the settings switch it off.</source>
<translation>Beim nächsten Start geht es weiter; die Einstellungen schalten es ab.</translation>
</message>
<message>
<source>Reading text was stopped</source>
<translation>Das Lesen von Text wurde angehalten</translation>
</message>
<message>
<source>Indexing was stopped</source>
<translation>Das Indizieren wurde angehalten</translation>
</message>
<message>
<source>It goes on at the next start.</source>
<translation>Beim nächsten Start geht es weiter.</translation>
</message>
<message>
<source>Resume</source>
<translation>Fortsetzen</translation>
</message>
</context>
<context>
<name>BugDialog</name>
<message>
<source>Something went wrong</source>
<translation>Etwas ist schiefgegangen</translation>
</message>
<message>
<source>This is a mistake in Recollect, not in your photos; nothing of them was changed. You can go on working. These details help to correct it:</source>
<translation>Das ist ein Fehler in Recollect, nicht in Ihren Fotos; an ihnen wurde nichts verändert. Sie können weiterarbeiten. Diese Einzelheiten helfen, ihn zu beheben:</translation>
</message>
<message>
<source>Details</source>
<translation>Einzelheiten</translation>
</message>
<message>
<source>Copy details</source>
<translation>Einzelheiten kopieren</translation>
</message>
</context>
<context>
<name>Chip</name>
<message>
<source>{0}. Press Delete to remove.</source>
<translation>{0}. Mit Entf entfernen.</translation>
</message>
<message>
<source>Remove {0} from the search</source>
<translation>{0} aus der Suche entfernen</translation>
</message>
</context>
<context>
<name>Commands</name>
<message>
<source>Search</source>
<translation>Suchen</translation>
</message>
<message>
<source>Find similar photos</source>
<translation>Ähnliche Fotos finden</translation>
</message>
<message>
<source>Search by a part of this photo…</source>
<translation>Nach einem Teil dieses Fotos suchen…</translation>
</message>
<message>
<source>Show what speaks for the search</source>
<translation>Zeigen, was für die Suche spricht</translation>
</message>
<message>
<source>Search by a part of the example picture…</source>
<translation>Nach einem Teil des Beispielbilds suchen…</translation>
</message>
<message>
<source>Find photos like a picture…</source>
<translation>Fotos wie ein Bild finden…</translation>
</message>
<message>
<source>Paste a picture to search by</source>
<translation>Ein Bild einfügen, um danach zu suchen</translation>
</message>
<message>
<source>Clear the search</source>
<translation>Suche leeren</translation>
</message>
<message>
<source>Back</source>
<translation>Zurück</translation>
</message>
<message>
<source>Forward</source>
<translation>Vorwärts</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
<message>
<source>Open</source>
<translation>Öffnen</translation>
</message>
<message>
<source>Enter, Space</source>
<translation>Enter, Leertaste</translation>
</message>
<message>
<source>Favourite</source>
<translation>Favorit</translation>
</message>
<message>
<source>No rating</source>
<translation>Keine Bewertung</translation>
</message>
<message>
<source>Rate {0}</source>
<translation>Mit {0} bewerten</translation>
</message>
<message>
<source>Show or hide the copies of this picture</source>
<translation>Kopien dieses Bilds zeigen oder verbergen</translation>
</message>
<message>
<source>Add a tag…</source>
<translation>Tag hinzufügen…</translation>
</message>
<message>
<source>Add to album…</source>
<translation>Zum Album hinzufügen…</translation>
</message>
<message>
<source>Remove from this album</source>
<translation>Aus diesem Album entfernen</translation>
</message>
<message>
<source>Copy</source>
<translation>Kopieren</translation>
</message>
<message>
<source>Show in folder</source>
<translation>Im Ordner zeigen</translation>
</message>
<message>
<source>Write sidecars…</source>
<translation>Begleitdateien schreiben…</translation>
</message>
<message>
<source>Move to trash…</source>
<translation>In den Papierkorb…</translation>
</message>
<message>
<source>Edit</source>
<translation>Bearbeiten</translation>
</message>
<message>
<source>Undo</source>
<translation>Rückgängig</translation>
</message>
<message>
<source>Redo</source>
<translation>Wiederholen</translation>
</message>
<message>
<source>Select all</source>
<translation>Alles auswählen</translation>
</message>
<message>
<source>Select nothing</source>
<translation>Nichts auswählen</translation>
</message>
<message>
<source>Library</source>
<translation>Bibliothek</translation>
</message>
<message>
<source>New album…</source>
<translation>Neues Album…</translation>
</message>
<message>
<source>Save this search as an album…</source>
<translation>Diese Suche als Album sichern…</translation>
</message>
<message>
<source>Suggest albums…</source>
<translation>Alben vorschlagen…</translation>
</message>
<message>
<source>Add a folder…</source>
<translation>Ordner hinzufügen…</translation>
</message>
<message>
<source>Auto-tag these photos</source>
<translation>Tags für diese Fotos vorschlagen</translation>
</message>
<message>
<source>Review suggested tags</source>
<translation>Vorgeschlagene Tags durchsehen</translation>
</message>
<message>
<source>Find more like the photos of this tag…</source>
<translation>Mehr wie die Fotos mit diesem Tag finden…</translation>
</message>
<message>
<source>Tag history…</source>
<translation>Verlauf der Tags…</translation>
</message>
<message>
<source>Edit the words for tags…</source>
<translation>Wörter für Tags bearbeiten…</translation>
</message>
<message>
<source>Duplicates</source>
<translation>Duplikate</translation>
</message>
<message>
<source>Look through folders again</source>
<translation>Ordner erneut durchsehen</translation>
</message>
<message>
<source>Pause indexing</source>
<translation>Indizieren anhalten</translation>
</message>
<message>
<source>Resume indexing</source>
<translation>Indizieren fortsetzen</translation>
</message>
<message>
<source>Files that could not be read…</source>
<translation>Dateien, die nicht gelesen werden konnten…</translation>
</message>
<message>
<source>View</source>
<translation>Ansicht</translation>
</message>
<message>
<source>Sidebar</source>
<translation>Seitenleiste</translation>
</message>
<message>
<source>Inspector</source>
<translation>Informationen</translation>
</message>
<message>
<source>Fill squares or show whole pictures</source>
<translation>Quadrate füllen oder ganze Bilder zeigen</translation>
</message>
<message>
<source>Stack copies in search results</source>
<translation>Kopien in Suchergebnissen stapeln</translation>
</message>
<message>
<source>Larger thumbnails</source>
<translation>Größere Vorschaubilder</translation>
</message>
<message>
<source>Smaller thumbnails</source>
<translation>Kleinere Vorschaubilder</translation>
</message>
<message>
<source>Show covered photos</source>
<translation>Verdeckte Fotos zeigen</translation>
</message>
<message>
<source>Full screen</source>
<translation>Vollbild</translation>
</message>
<message>
<source>Recollect</source>
<translation>Recollect</translation>
</message>
<message>
<source>Command palette…</source>
<translation>Befehlspalette…</translation>
</message>
<message>
<source>Keyboard shortcuts</source>
<translation>Tastenkürzel</translation>
</message>
<message>
<source>How to search</source>
<translation>So wird gesucht</translation>
</message>
<message>
<source>Settings…</source>
<translation>Einstellungen…</translation>
</message>
<message>
<source>Quit</source>
<translation>Beenden</translation>
</message>
<message>
<source>Moving</source>
<translation>Bewegen</translation>
</message>
<message>
<source>Arrows</source>
<translation>Pfeiltasten</translation>
</message>
<message>
<source>Next photo in that direction</source>
<translation>Nächstes Foto in dieser Richtung</translation>
</message>
<message>
<source>Home, End</source>
<translation>Pos1, Ende</translation>
</message>
<message>
<source>First and last photo</source>
<translation>Erstes und letztes Foto</translation>
</message>
<message>
<source>Page Up, Page Down</source>
<translation>Bild auf, Bild ab</translation>
</message>
<message>
<source>A screen further</source>
<translation>Einen Bildschirm weiter</translation>
</message>
<message>
<source>Shift or Ctrl + arrows</source>
<translation>Umschalt oder Strg + Pfeiltasten</translation>
</message>
<message>
<source>Select more</source>
<translation>Mehr auswählen</translation>
</message>
<message>
<source>Viewer</source>
<translation>Einzelansicht</translation>
</message>
<message>
<source>Left, Right</source>
<translation>Links, Rechts</translation>
</message>
<message>
<source>Previous and next photo</source>
<translation>Voriges und nächstes Foto</translation>
</message>
<message>
<source>Fit, and actual size</source>
<translation>Eingepasst und in wirklicher Größe</translation>
</message>
<message>
<source>Zoom</source>
<translation>Zoomen</translation>
</message>
<message>
<source>Ctrl+0 to Ctrl+5</source>
<translation>Strg+0 bis Strg+5</translation>
</message>
<message>
<source>Rate</source>
<translation>Bewerten</translation>
</message>
<message>
<source>Search by a part: draw it, or arrows, Shift+arrows and Enter</source>
<translation>Nach einem Teil suchen: aufziehen, oder Pfeiltasten, Umschalt+Pfeiltasten und Enter</translation>
</message>
<message>
<source>Space, Enter, Esc</source>
<translation>Leertaste, Enter, Esc</translation>
</message>
<message>
<source>Close</source>
<translation>Schließen</translation>
</message>
<message>
<source>Up, Down</source>
<translation>Auf, Ab</translation>
</message>
<message>
<source>Previous and next group</source>
<translation>Vorige und nächste Gruppe</translation>
</message>
<message>
<source>Previous and next photo of the group</source>
<translation>Voriges und nächstes Foto der Gruppe</translation>
</message>
<message>
<source>Space, Enter</source>
<translation>Leertaste, Enter</translation>
</message>
<message>
<source>Compare two photos at full size; Space takes turns, S side by side</source>
<translation>Zwei Fotos in voller Größe vergleichen; Leertaste wechselt ab, S zeigt sie nebeneinander</translation>
</message>
<message>
<source>Keep the photo, or let it go</source>
<translation>Foto behalten oder hergeben</translation>
</message>
<message>
<source>Keep all, and not duplicates</source>
<translation>Alle behalten; keine Duplikate</translation>
</message>
<message>
<source>Del</source>
<translation>Entf</translation>
</message>
<message>
<source>Move the rest of the group to the trash…</source>
<translation>Den Rest der Gruppe in den Papierkorb…</translation>
</message>
<message>
<source>Photo</source>
<translation>Foto</translation>
</message>
<message>
<source>Help</source>
<translation>Hilfe</translation>
</message>
<message>
<source>Rating</source>
<translation>Bewertung</translation>
</message>
<message>
<source>Auto-tag…</source>
<translation>Tags vorschlagen…</translation>
</message>
<message>
<source>Edit its search…</source>
<translation>Suche bearbeiten…</translation>
</message>
<message>
<source>Fill it now</source>
<translation>Jetzt füllen</translation>
</message>
<message>
<source>Turn into a plain album</source>
<translation>In ein einfaches Album verwandeln</translation>
</message>
<message>
<source>Find more like these…</source>
<translation>Mehr wie diese finden…</translation>
</message>
<message>
<source>Add to new photos automatically</source>
<translation>Neuen Fotos automatisch geben</translation>
</message>
<message>
<source>Rename</source>
<translation>Umbenennen</translation>
</message>
<message>
<source>Delete album</source>
<translation>Album löschen</translation>
</message>
<message>
<source>Delete tag</source>
<translation>Tag löschen</translation>
</message>
<message>
<source>Locate…</source>
<translation>Suchen…</translation>
</message>
<message>
<source>Look through it again</source>
<translation>Erneut durchsehen</translation>
</message>
<message>
<source>Remove {0} from the library</source>
<translation>{0} aus der Bibliothek entfernen</translation>
</message>
<message>
<source>Remove from the library…</source>
<translation>Aus der Bibliothek entfernen…</translation>
</message>
<message>
<source>Command palette</source>
<translation>Befehlspalette</translation>
</message>
<message>
<source>What do you want to do?</source>
<translation>Was möchten Sie tun?</translation>
</message>
</context>
<context>
<name>CompletionList</name>
<message>
<source>Completions</source>
<translation>Vervollständigungen</translation>
</message>
</context>
<context>
<name>DuplicateCard</name>
<message>
<source>Keep only this</source>
<translation>Nur dieses behalten</translation>
</message>
<message>
<source>Offline, stays</source>
<translation>Offline, bleibt</translation>
</message>
<message>
<source>Unreadable, stays</source>
<translation>Unlesbar, bleibt</translation>
</message>
<message>
<source>To the trash</source>
<translation>In den Papierkorb</translation>
</message>
<message>
<source>Keep: {reasons}</source>
<translation>Behalten: {reasons}</translation>
</message>
<message>
<source>Keep</source>
<translation>Behalten</translation>
</message>
</context>
<context>
<name>DuplicateCompare</name>
<message>
<source>Comparison of two photos</source>
<translation>Vergleich zweier Fotos</translation>
</message>
<message>
<source>Space: take turns   S: side by side   wheel: zoom   0: fit   Esc: back</source>
<translation>Leertaste: abwechselnd   S: nebeneinander   Rad: zoomen   0: einpassen   Esc: zurück</translation>
</message>
<message>
<source>Loading…</source>
<translation>Wird geladen…</translation>
</message>
</context>
<context>
<name>DuplicateDeeds</name>
<message>
<source>Looking for similar photos</source>
<translation>Ähnliche Fotos werden gesucht</translation>
</message>
<message>
<source>Move to trash</source>
<translation>In den Papierkorb</translation>
</message>
<message>
<source>One of each picture stays.</source>
<translation>Von jedem Bild bleibt eines.</translation>
</message>
<message>
<source>One photo of each group stays.</source>
<translation>Von jeder Gruppe bleibt ein Foto.</translation>
</message>
<message>
<source>It takes over the tags, albums, favourite mark and best rating of those that go.</source>
<translation>Es übernimmt Tags, Alben, Favoritenzeichen und die beste Bewertung derer, die gehen.</translation>
</message>
<message>
<source>The files, with sidecars that are only theirs, go to the system's trash, from where they can be restored.</source>
<translation>Die Dateien kommen mit Begleitdateien, die nur zu ihnen gehören, in den Papierkorb des Systems und können dort wiederhergestellt werden.</translation>
</message>
<message>
<source>Moving to the trash</source>
<translation>Wird in den Papierkorb gelegt</translation>
</message>
</context>
<context>
<name>Duplicates</name>
<message>
<source>Duplicates</source>
<translation>Duplikate</translation>
</message>
<message>
<source>Similar</source>
<translation>Ähnliche</translation>
</message>
<message>
<source>Bursts</source>
<translation>Serien</translation>
</message>
<message>
<source>RAW + JPEG</source>
<translation>RAW + JPEG</translation>
</message>
<message>
<source>No duplicates</source>
<translation>Keine Duplikate</translation>
</message>
<message>
<source>No picture is in the library twice. New photos are compared by themselves.</source>
<translation>Kein Bild ist zweimal in der Bibliothek. Neue Fotos werden von selbst verglichen.</translation>
</message>
<message>
<source>Nothing nearly alike</source>
<translation>Nichts, was sich fast gleicht</translation>
</message>
<message>
<source>Variations of one picture are shown here.</source>
<translation>Hier erscheinen Variationen eines Bilds.</translation>
</message>
<message>
<source>No bursts</source>
<translation>Keine Serien</translation>
</message>
<message>
<source>Three or more shots of one camera, each within two seconds of the one before, are shown here.</source>
<translation>Hier erscheinen drei oder mehr Aufnahmen einer Kamera, jede höchstens zwei Sekunden nach der vorigen.</translation>
</message>
<message>
<source>No RAW files with a JPEG beside them</source>
<translation>Keine RAW-Dateien mit einem JPEG daneben</translation>
</message>
<message>
<source>Both count as one photo and are never called duplicates.</source>
<translation>Beide zählen als ein Foto und gelten nie als Duplikate.</translation>
</message>
<message>
<source>The same picture: identical files, and copies that were resized or recompressed.</source>
<translation>Dasselbe Bild: gleiche Dateien und Kopien in anderer Größe oder Qualität.</translation>
</message>
<message>
<source>Different pictures that look nearly alike. Everything stays unless you say so.</source>
<translation>Verschiedene Bilder, die sich fast gleichen. Alles bleibt, wenn Sie nichts anderes sagen.</translation>
</message>
<message>
<source>Shots in quick succession. Everything stays unless you say so.</source>
<translation>Schnell aufeinander folgende Aufnahmen. Alles bleibt, wenn Sie nichts anderes sagen.</translation>
</message>
<message>
<source>What the camera wrote twice. Everything stays unless you say so.</source>
<translation>Was die Kamera zweimal geschrieben hat. Alles bleibt, wenn Sie nichts anderes sagen.</translation>
</message>
<message>
<source>In a preferred folder</source>
<translation>In einem bevorzugten Ordner</translation>
</message>
<message>
<source>RAW</source>
<translation>RAW</translation>
</message>
<message>
<source>Largest: most pixels, then most bytes</source>
<translation>Größtes: meiste Pixel, dann meiste Bytes</translation>
</message>
<message>
<source>Has most of your tags, albums and marks</source>
<translation>Hat die meisten Ihrer Tags, Alben und Zeichen</translation>
</message>
<message>
<source>Oldest</source>
<translation>Ältestes</translation>
</message>
<message>
<source>preferred folder</source>
<translation>bevorzugter Ordner</translation>
</message>
<message>
<source>largest</source>
<translation>größtes</translation>
</message>
<message>
<source>has your tags</source>
<translation>hat Ihre Tags</translation>
</message>
<message>
<source>oldest</source>
<translation>ältestes</translation>
</message>
<message>
<source>all stay</source>
<translation>alle bleiben</translation>
</message>
<message>
<source>One group</source>
<translation>Eine Gruppe</translation>
</message>
<message>
<source>{n} groups</source>
<translation>{n} Gruppen</translation>
</message>
<message>
<source>one photo can go</source>
<translation>ein Foto kann gehen</translation>
</message>
<message>
<source>{n} photos can go</source>
<translation>{n} Fotos können gehen</translation>
</message>
<message>
<source>{size} to win</source>
<translation>{size} zu gewinnen</translation>
</message>
<message>
<source>Move one photo ({size}) to the trash?</source>
<translation>Ein Foto ({size}) in den Papierkorb legen?</translation>
</message>
<message>
<source>Move {n} photos ({size}) to the trash?</source>
<translation>{n} Fotos ({size}) in den Papierkorb legen?</translation>
</message>
<message>
<source>Moved one photo to the trash</source>
<translation>Ein Foto in den Papierkorb gelegt</translation>
</message>
<message>
<source>Moved {n} photos to the trash</source>
<translation>{n} Fotos in den Papierkorb gelegt</translation>
</message>
<message>
<source>One file stayed</source>
<translation>Eine Datei blieb</translation>
</message>
<message>
<source>{n} files stayed</source>
<translation>{n} Dateien blieben</translation>
</message>
<message>
<source>favourite</source>
<translation>Favorit</translation>
</message>
<message>
<source>in “{name}”</source>
<translation>in „{name}“</translation>
</message>
</context>
<context>
<name>DuplicatesBoard</name>
<message>
<source>Duplicates</source>
<translation>Duplikate</translation>
</message>
<message>
<source>Kind</source>
<translation>Art</translation>
</message>
<message>
<source>Groups</source>
<translation>Gruppen</translation>
</message>
<message>
<source>Keep rules…</source>
<translation>Regeln…</translation>
</message>
<message>
<source>Done</source>
<translation>Fertig</translation>
</message>
<message>
<source>Keep all  A</source>
<translation>Alle behalten  A</translation>
</message>
<message>
<source>By the rules</source>
<translation>Nach den Regeln</translation>
</message>
<message>
<source>Not duplicates  N</source>
<translation>Keine Duplikate  N</translation>
</message>
<message>
<source>Move this group's rest…</source>
<translation>Den Rest dieser Gruppe…</translation>
</message>
<message>
<source>Move the rest to the trash…</source>
<translation>Den Rest in den Papierkorb…</translation>
</message>
<message>
<source>Stop</source>
<translation>Anhalten</translation>
</message>
<message>
<source>Move {n} to the trash ({size})…</source>
<translation>{n} in den Papierkorb ({size})…</translation>
</message>
</context>
<context>
<name>DuplicatesPage</name>
<message>
<source>Looking…</source>
<translation>Wird gesucht…</translation>
</message>
<message>
<source>No duplicates so far</source>
<translation>Bisher keine Duplikate</translation>
</message>
<message>
<source>Photos are still being compared; what is found appears here.</source>
<translation>Die Fotos werden noch verglichen; was gefunden wird, erscheint hier.</translation>
</message>
<message>
<source>One photo of each group stays.</source>
<translation>Von jeder Gruppe bleibt ein Foto.</translation>
</message>
</context>
<context>
<name>EncoderCard</name>
<message>
<source>Recommended</source>
<translation>Empfohlen</translation>
</message>
<message>
<source>Cancel</source>
<translation>Abbrechen</translation>
</message>
<message>
<source>In use</source>
<translation>In Gebrauch</translation>
</message>
<message>
<source>Getting ready</source>
<translation>Wird vorbereitet</translation>
</message>
<message>
<source>Installed</source>
<translation>Installiert</translation>
</message>
<message>
<source>{n} dimensions</source>
<translation>{n} Dimensionen</translation>
</message>
<message>
<source>{rate} photos/s on this computer</source>
<translation>{rate} Fotos/s auf diesem Computer</translation>
</message>
<message>
<source>Measure again</source>
<translation>Erneut messen</translation>
</message>
<message>
<source>Measure its speed</source>
<translation>Geschwindigkeit messen</translation>
</message>
<message>
<source>Measuring…</source>
<translation>Wird gemessen…</translation>
</message>
<message>
<source>Resume fetching</source>
<translation>Weiter laden</translation>
</message>
<message>
<source>Fetch</source>
<translation>Laden</translation>
</message>
<message>
<source>Fetch again</source>
<translation>Erneut laden</translation>
</message>
<message>
<source>Use</source>
<translation>Verwenden</translation>
</message>
<message>
<source>Stay with {encoder}</source>
<translation>Bei {encoder} bleiben</translation>
</message>
<message>
<source>{done} of {total} photos embedded. {encoder} keeps answering until all are done.</source>
<translation>{done} von {total} Fotos eingebettet. {encoder} antwortet, bis alle fertig sind.</translation>
</message>
<message>
<source>One photo is already embedded with it.</source>
<translation>Ein Foto ist damit schon eingebettet.</translation>
</message>
<message>
<source>{n} photos are already embedded with it.</source>
<translation>{n} Fotos sind damit schon eingebettet.</translation>
</message>
<message>
<source>Its files are damaged or incomplete. Fetching it again repairs it.</source>
<translation>Seine Dateien sind beschädigt oder unvollständig. Erneutes Laden behebt das.</translation>
</message>
<message>
<source>Embedding {photos} will take about {time}; the encoder in use answers until then.</source>
<translation>{photos} einzubetten dauert etwa {time}; bis dahin antwortet der jetzige Encoder.</translation>
</message>
<message>
<source>one photo</source>
<translation>ein Foto</translation>
</message>
<message>
<source>{n} photos</source>
<translation>{n} Fotos</translation>
</message>
<message>
<source>{n} seconds</source>
<translation>{n} Sekunden</translation>
</message>
<message>
<source>one minute</source>
<translation>eine Minute</translation>
</message>
<message>
<source>{n} minutes</source>
<translation>{n} Minuten</translation>
</message>
<message>
<source>one hour</source>
<translation>eine Stunde</translation>
</message>
<message>
<source>{n} hours</source>
<translation>{n} Stunden</translation>
</message>
<message>
<source>Connecting…</source>
<translation>Wird verbunden…</translation>
</message>
<message>
<source>Checking and installing…</source>
<translation>Wird geprüft und installiert…</translation>
</message>
<message>
<source>{done} of {total}</source>
<translation>{done} von {total}</translation>
</message>
<message>
<source>{rate}/s</source>
<translation>{rate}/s</translation>
</message>
<message>
<source>less than a minute left</source>
<translation>noch weniger als eine Minute</translation>
</message>
<message>
<source>one minute left</source>
<translation>noch eine Minute</translation>
</message>
<message>
<source>{n} minutes left</source>
<translation>noch {n} Minuten</translation>
</message>
</context>
<context>
<name>EncoderImport</name>
<message>
<source>Have a checkpoint on this computer already? It is copied; nothing is fetched.</source>
<translation>Haben Sie schon einen Checkpoint auf diesem Computer? Er wird kopiert; nichts wird geladen.</translation>
</message>
<message>
<source>Import a file…</source>
<translation>Datei importieren…</translation>
</message>
<message>
<source>Import a folder…</source>
<translation>Ordner importieren…</translation>
</message>
<message>
<source>Name of the encoder in open_clip</source>
<translation>Name des Encoders in open_clip</translation>
</message>
<message>
<source>Import under this name</source>
<translation>Unter diesem Namen importieren</translation>
</message>
<message>
<source>Importing {file}…</source>
<translation>{file} wird importiert…</translation>
</message>
<message>
<source>{name} was imported. Press Use on its card to search with it.</source>
<translation>{name} wurde importiert. Drücken Sie auf der Karte Verwenden, um damit zu suchen.</translation>
</message>
<message>
<source>Checkpoints (*.safetensors *.bin *.pt *.pth)</source>
<translation>Checkpoints (*.safetensors *.bin *.pt *.pth)</translation>
</message>
<message>
<source>Import an encoder</source>
<translation>Encoder importieren</translation>
</message>
</context>
<context>
<name>EncoderSettings</name>
<message>
<source>An encoder turns photos and words into numbers that can be compared: it decides how well Recollect understands what you type. Everything runs on this computer. Recollect goes to the internet only when you press Fetch, to download that encoder from its publisher; no photo and no search is sent.</source>
<translation>Ein Encoder macht aus Fotos und Wörtern Zahlen, die sich vergleichen lassen: Von ihm hängt ab, wie gut Recollect versteht, was Sie schreiben. Alles läuft auf diesem Computer. Recollect geht nur ins Internet, wenn Sie Laden drücken, um diesen Encoder von seinem Herausgeber zu laden; kein Foto und keine Suche wird gesendet.</translation>
</message>
<message>
<source>Encoders</source>
<translation>Encoder</translation>
</message>
<message>
<source>Fetching {encoder}</source>
<translation>{encoder} wird geladen</translation>
</message>
<message>
<source>Importing {file}</source>
<translation>{file} wird importiert</translation>
</message>
</context>
<context>
<name>ExamplePage</name>
<message>
<source>Search by a part of a picture</source>
<translation>Nach einem Teil eines Bilds suchen</translation>
</message>
<message>
<source>Draw around what you are looking for</source>
<translation>Ziehen Sie einen Rahmen um das, was Sie suchen</translation>
</message>
<message>
<source>Whole picture</source>
<translation>Ganzes Bild</translation>
</message>
<message>
<source>Back to the photos</source>
<translation>Zurück zu den Fotos</translation>
</message>
<message>
<source>Picture</source>
<translation>Bild</translation>
</message>
</context>
<context>
<name>HeatLegend</name>
<message>
<source>weak</source>
<translation>schwach</translation>
</message>
<message>
<source>strong</source>
<translation>stark</translation>
</message>
</context>
<context>
<name>Inspector</name>
<message>
<source>Inspector</source>
<translation>Informationen</translation>
</message>
<message>
<source>TAGS</source>
<translation>TAGS</translation>
</message>
<message>
<source>ALBUMS</source>
<translation>ALBEN</translation>
</message>
<message>
<source>WHY IT MATCHED</source>
<translation>WARUM GEFUNDEN</translation>
</message>
<message>
<source>LOOKS LIKE</source>
<translation>SIEHT AUS WIE</translation>
</message>
<message>
<source>TEXT IN THE PICTURE</source>
<translation>TEXT IM BILD</translation>
</message>
<message>
<source>Select a photo to see what is known about it.</source>
<translation>Wählen Sie ein Foto, um zu sehen, was darüber bekannt ist.</translation>
</message>
<message>
<source>“{0}”</source>
<translation>„{0}“</translation>
</message>
<message>
<source>Added by itself to {albums}</source>
<translation>Von selbst in {albums}</translation>
</message>
<message>
<source>{count} photos</source>
<translation>{count} Fotos</translation>
</message>
<message>
<source>{name} (added by itself: it matches “{search}”)</source>
<translation>{name} (von selbst: es passt zu „{search}“)</translation>
</message>
<message>
<source>{name} (suggested by Recollect, accepted by you)</source>
<translation>{name} (von Recollect vorgeschlagen, von Ihnen angenommen)</translation>
</message>
<message>
<source>{name} (learned from your examples)</source>
<translation>{name} (aus Ihren Beispielen gelernt)</translation>
</message>
<message>
<source>{name} (from the file or its sidecar)</source>
<translation>{name} (aus der Datei oder ihrer Begleitdatei)</translation>
</message>
</context>
<context>
<name>InspectorFacts</name>
<message>
<source>Date</source>
<translation>Datum</translation>
</message>
<message>
<source>Picture</source>
<translation>Bild</translation>
</message>
<message>
<source>Camera</source>
<translation>Kamera</translation>
</message>
<message>
<source>Place</source>
<translation>Ort</translation>
</message>
<message>
<source>Folder</source>
<translation>Ordner</translation>
</message>
<message>
<source>Copy coordinates</source>
<translation>Koordinaten kopieren</translation>
</message>
<message>
<source>Show in folder</source>
<translation>Im Ordner zeigen</translation>
</message>
<message>
<source>Show photos taken in {0}</source>
<translation>Fotos aus {0} zeigen</translation>
</message>
<message>
<source>{size} together</source>
<translation>zusammen {size}</translation>
</message>
</context>
<context>
<name>KeepRulesDialog</name>
<message>
<source>Which one to keep</source>
<translation>Welches behalten wird</translation>
</message>
<message>
<source>Rules</source>
<translation>Regeln</translation>
</message>
<message>
<source>Preferred folders</source>
<translation>Bevorzugte Ordner</translation>
</message>
<message>
<source>The first rule that tells photos of a group apart decides.</source>
<translation>Es entscheidet die erste Regel, die Fotos einer Gruppe unterscheidet.</translation>
</message>
<message>
<source>Preferred folders, with everything below them, the best first:</source>
<translation>Bevorzugte Ordner mit allem darunter, der beste zuerst:</translation>
</message>
<message>
<source>Add…</source>
<translation>Hinzufügen…</translation>
</message>
<message>
<source>Remove</source>
<translation>Entfernen</translation>
</message>
<message>
<source>Apply to all groups</source>
<translation>Auf alle Gruppen anwenden</translation>
</message>
<message>
<source>Preferred folder</source>
<translation>Bevorzugter Ordner</translation>
</message>
<message>
<source>Up</source>
<translation>Nach oben</translation>
</message>
<message>
<source>Down</source>
<translation>Nach unten</translation>
</message>
</context>
<context>
<name>KeyboardSheet</name>
<message>
<source>Keyboard shortcuts</source>
<translation>Tastenkürzel</translation>
</message>
</context>
<context>
<name>PhotoDeeds</name>
<message>
<source>Tag photos</source>
<translation>Fotos ein Tag geben</translation>
</message>
<message>
<source>Type a tag…</source>
<translation>Tag eingeben…</translation>
</message>
<message>
<source>New tag “{0}”</source>
<translation>Neues Tag „{0}“</translation>
</message>
<message>
<source>Add to album</source>
<translation>Zum Album hinzufügen</translation>
</message>
<message>
<source>Add to album…</source>
<translation>Zum Album hinzufügen…</translation>
</message>
<message>
<source>New album “{0}”</source>
<translation>Neues Album „{0}“</translation>
</message>
<message>
<source>Move this photo to the trash?</source>
<translation>Dieses Foto in den Papierkorb legen?</translation>
</message>
<message>
<source>Move {0} photos to the trash?</source>
<translation>{0} Fotos in den Papierkorb legen?</translation>
</message>
<message>
<source>Move to trash</source>
<translation>In den Papierkorb</translation>
</message>
<message>
<source>Moved 1 photo to the trash</source>
<translation>1 Foto in den Papierkorb gelegt</translation>
</message>
<message>
<source>Moved {0} photos to the trash</source>
<translation>{0} Fotos in den Papierkorb gelegt</translation>
</message>
<message>
<source>{0} could not be moved and stayed where they are.</source>
<translation>{0} ließen sich nicht bewegen und blieben, wo sie sind.</translation>
</message>
<message>
<source>Copied 1 photo</source>
<translation>1 Foto kopiert</translation>
</message>
<message>
<source>Copied {0} photos</source>
<translation>{0} Fotos kopiert</translation>
</message>
</context>
<context>
<name>PhotoGrid</name>
<message>
<source>No close match, 1 weaker one</source>
<translation>Kein guter Treffer, 1 schwächerer</translation>
</message>
<message>
<source>No close match, {count} weaker ones</source>
<translation>Kein guter Treffer, {count} schwächere</translation>
</message>
<message>
<source>1 weaker match</source>
<translation>1 schwächerer Treffer</translation>
</message>
<message>
<source>{count} weaker matches</source>
<translation>{count} schwächere Treffer</translation>
</message>
<message>
<source>show</source>
<translation>zeigen</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
</context>
<context>
<name>PhotoStage</name>
<message>
<source>{folder} cannot be reached. Connect its drive and it comes back; nothing was lost.</source>
<translation>{folder} ist nicht erreichbar. Verbinden Sie das Laufwerk, dann ist alles wieder da; nichts ging verloren.</translation>
</message>
<message>
<source>This photo is offline</source>
<translation>Dieses Foto ist offline</translation>
</message>
<message>
<source>This file cannot be shown</source>
<translation>Diese Datei kann nicht gezeigt werden</translation>
</message>
</context>
<context>
<name>PhotoTexts</name>
<message>
<source>favourite</source>
<translation>Favorit</translation>
</message>
<message>
<source>offline</source>
<translation>offline</translation>
</message>
<message>
<source>cannot be read</source>
<translation>nicht lesbar</translation>
</message>
<message>
<source>Score {score}</source>
<translation>Wert {score}</translation>
</message>
<message>
<source>1 copy of this picture  (C)</source>
<translation>1 Kopie dieses Bilds  (C)</translation>
</message>
<message>
<source>{0} copies of this picture  (C)</source>
<translation>{0} Kopien dieses Bilds  (C)</translation>
</message>
</context>
<context>
<name>PhotoViewer</name>
<message>
<source>Photo viewer</source>
<translation>Einzelansicht</translation>
</message>
<message>
<source>Previous photo</source>
<translation>Voriges Foto</translation>
</message>
<message>
<source>Next photo</source>
<translation>Nächstes Foto</translation>
</message>
</context>
<context>
<name>PictureText</name>
<message>
<source>Copy the text</source>
<translation>Text kopieren</translation>
</message>
<message>
<source>Show all</source>
<translation>Alles zeigen</translation>
</message>
</context>
<context>
<name>PillRow</name>
<message>
<source>Remove {word}</source>
<translation>{word} entfernen</translation>
</message>
</context>
<context>
<name>ProblemsList</name>
<message>
<source>Files that could not be read</source>
<translation>Dateien, die nicht gelesen werden konnten</translation>
</message>
<message>
<source>1 file could not be read.</source>
<translation>1 Datei konnte nicht gelesen werden.</translation>
</message>
<message>
<source>{0} files could not be read.</source>
<translation>{0} Dateien konnten nicht gelesen werden.</translation>
</message>
<message>
<source>All others are in the library.</source>
<translation>Alle anderen sind in der Bibliothek.</translation>
</message>
<message>
<source>File</source>
<translation>Datei</translation>
</message>
<message>
<source>Why</source>
<translation>Warum</translation>
</message>
<message>
<source>Show in folder</source>
<translation>Im Ordner zeigen</translation>
</message>
<message>
<source>Copy list</source>
<translation>Liste kopieren</translation>
</message>
</context>
<context>
<name>ProgressStrip</name>
<message>
<source>Progress</source>
<translation>Fortschritt</translation>
</message>
<message>
<source>Pause</source>
<translation>Pause</translation>
</message>
<message>
<source>Stop</source>
<translation>Anhalten</translation>
</message>
<message>
<source>1 file could not be read</source>
<translation>1 Datei nicht lesbar</translation>
</message>
<message>
<source>{0} files could not be read</source>
<translation>{0} Dateien nicht lesbar</translation>
</message>
<message>
<source>Resume</source>
<translation>Fortsetzen</translation>
</message>
<message>
<source>{0} of {1}</source>
<translation>{0} von {1}</translation>
</message>
<message>
<source>paused</source>
<translation>angehalten</translation>
</message>
<message>
<source>{0}/s</source>
<translation>{0}/s</translation>
</message>
<message>
<source>{0} s</source>
<translation>{0} s</translation>
</message>
<message>
<source>{0} min {1} s</source>
<translation>{0} min {1} s</translation>
</message>
<message>
<source>{0} h {1} min</source>
<translation>{0} h {1} min</translation>
</message>
</context>
<context>
<name>RegionDrawing</name>
<message>
<source>Choose a part of the photo</source>
<translation>Wählen Sie einen Teil des Fotos</translation>
</message>
<message>
<source>Draw around what you are looking for, or use the arrow keys. Esc leaves.</source>
<translation>Ziehen Sie einen Rahmen um das, was Sie suchen, oder nehmen Sie die Pfeiltasten. Esc verlässt.</translation>
</message>
<message>
<source>Search by this part</source>
<translation>Nach diesem Teil suchen</translation>
</message>
</context>
<context>
<name>ResultLine</name>
<message>
<source>Order</source>
<translation>Reihenfolge</translation>
</message>
<message>
<source>Order of the photos</source>
<translation>Reihenfolge der Fotos</translation>
</message>
<message>
<source>Best match</source>
<translation>Bester Treffer</translation>
</message>
<message>
<source>Newest first</source>
<translation>Neueste zuerst</translation>
</message>
<message>
<source>Oldest first</source>
<translation>Älteste zuerst</translation>
</message>
<message>
<source>Save in “{0}”</source>
<translation>In „{0}“ sichern</translation>
</message>
<message>
<source>Save as album</source>
<translation>Als Album sichern</translation>
</message>
<message>
<source>New photos that match this search enter the album by themselves  (Ctrl+S)</source>
<translation>Neue Fotos, die zu dieser Suche passen, kommen von selbst ins Album  (Strg+S)</translation>
</message>
</context>
<context>
<name>ReviewPage</name>
<message>
<source>Edit words…</source>
<translation>Wörter bearbeiten…</translation>
</message>
<message>
<source>Done</source>
<translation>Fertig</translation>
</message>
<message>
<source>Reject all</source>
<translation>Alle ablehnen</translation>
</message>
<message>
<source>Undo</source>
<translation>Rückgängig</translation>
</message>
<message>
<source>Reject  R</source>
<translation>Ablehnen  R</translation>
</message>
<message>
<source>Accept  A</source>
<translation>Annehmen  A</translation>
</message>
<message>
<source>Reject everything</source>
<translation>Alles ablehnen</translation>
</message>
<message>
<source>Accept everything</source>
<translation>Alles annehmen</translation>
</message>
<message>
<source>Suggested tags</source>
<translation>Vorgeschlagene Tags</translation>
</message>
<message>
<source>Suggested tags: {title}</source>
<translation>Vorgeschlagene Tags: {title}</translation>
</message>
<message>
<source>{decided} of {total} decided · nothing is added until you accept it</source>
<translation>{decided} von {total} entschieden · nichts kommt hinzu, bevor Sie es annehmen</translation>
</message>
<message>
<source>One photo</source>
<translation>Ein Foto</translation>
</message>
<message>
<source>{n} photos, the surest first</source>
<translation>{n} Fotos, die sichersten zuerst</translation>
</message>
</context>
<context>
<name>ReviewSummary</name>
<message>
<source>Done</source>
<translation>Fertig</translation>
</message>
<message>
<source>Put these tags back</source>
<translation>Diese Tags zurückgeben</translation>
</message>
<message>
<source>Take this run back</source>
<translation>Diesen Durchgang zurücknehmen</translation>
</message>
<message>
<source>The tag it had added is gone again; all others stayed.</source>
<translation>Das eine hinzugefügte Tag ist wieder weg; alle anderen blieben.</translation>
</message>
<message>
<source>The {n} tags it had added are gone again; all others stayed.</source>
<translation>Die {n} hinzugefügten Tags sind wieder weg; alle anderen blieben.</translation>
</message>
<message>
<source>The run was taken back</source>
<translation>Der Durchgang wurde zurückgenommen</translation>
</message>
<message>
<source>No tag was added</source>
<translation>Kein Tag kam hinzu</translation>
</message>
<message>
<source>Added one tag</source>
<translation>Ein Tag kam hinzu</translation>
</message>
<message>
<source>Added {n} tags</source>
<translation>{n} Tags kamen hinzu</translation>
</message>
<message>
<source>to one photo</source>
<translation>bei einem Foto</translation>
</message>
<message>
<source>to {n} photos</source>
<translation>bei {n} Fotos</translation>
</message>
<message>
<source>{n} rejected</source>
<translation>{n} abgelehnt</translation>
</message>
<message>
<source>{n} left undecided</source>
<translation>{n} unentschieden</translation>
</message>
</context>
<context>
<name>Screen</name>
<message>
<source>Searching…</source>
<translation>Wird gesucht…</translation>
</message>
</context>
<context>
<name>SearchBar</name>
<message>
<source>Search your photos</source>
<translation>Fotos suchen</translation>
</message>
<message>
<source>Clear the search</source>
<translation>Suche leeren</translation>
</message>
</context>
<context>
<name>SearchChips</name>
<message>
<source>in {0}</source>
<translation>in {0}</translation>
</message>
<message>
<source>like this part of {0}</source>
<translation>wie dieser Teil von {0}</translation>
</message>
<message>
<source>like {0}</source>
<translation>wie {0}</translation>
</message>
<message>
<source>not like this part of {0}</source>
<translation>nicht wie dieser Teil von {0}</translation>
</message>
<message>
<source>not like {0}</source>
<translation>nicht wie {0}</translation>
</message>
<message>
<source>this</source>
<translation>dieses</translation>
</message>
<message>
<source>Search by a part of it…</source>
<translation>Nach einem Teil davon suchen…</translation>
</message>
<message>
<source>Photos like this</source>
<translation>Fotos wie dieses</translation>
</message>
<message>
<source>No photos like this</source>
<translation>Keine Fotos wie dieses</translation>
</message>
<message>
<source>Edit</source>
<translation>Bearbeiten</translation>
</message>
<message>
<source>not {0}</source>
<translation>nicht {0}</translation>
</message>
</context>
<context>
<name>SearchHelp</name>
<message>
<source>In your own words</source>
<translation>In eigenen Worten</translation>
</message>
<message>
<source>What can be seen</source>
<translation>Was zu sehen ist</translation>
</message>
<message>
<source>Both must be there</source>
<translation>Beides muss da sein</translation>
</message>
<message>
<source>Without what shows people</source>
<translation>Ohne das, was Menschen zeigt</translation>
</message>
<message>
<source>The dog counts twice</source>
<translation>Der Hund zählt doppelt</translation>
</message>
<message>
<source>Exactly these words, in names, tags, captions, …</source>
<translation>Genau diese Wörter, in Namen, Tags, Bildunterschriften, …</translation>
</message>
<message>
<source>Not with exactly these words</source>
<translation>Nicht mit genau diesen Wörtern</translation>
</message>
<message>
<source>With pictures</source>
<translation>Mit Bildern</translation>
</message>
<message>
<source>Drop a photo here</source>
<translation>Ein Foto hier ablegen</translation>
</message>
<message>
<source>Photos like it, with words or without</source>
<translation>Fotos wie dieses, mit oder ohne Wörter</translation>
</message>
<message>
<source>Right-click its chip</source>
<translation>Rechtsklick auf seinen Chip</translation>
</message>
<message>
<source>No photos like it</source>
<translation>Keine Fotos wie dieses</translation>
</message>
<message>
<source>Only photos…</source>
<translation>Nur Fotos…</translation>
</message>
<message>
<source>More about filters</source>
<translation>Mehr über Filter</translation>
</message>
<message>
<source>Not in the album</source>
<translation>Nicht im Album</translation>
</message>
<message>
<source>With either tag</source>
<translation>Mit einem der beiden Tags</translation>
</message>
<message>
<source>Also today, yesterday, this-month, last-year, june</source>
<translation>Auch today, yesterday, this-month, last-year, june</translation>
</message>
</context>
<context>
<name>SearchHints</name>
<message>
<source>Search your photos</source>
<translation>Fotos suchen</translation>
</message>
<message>
<source>Try “children playing on the beach”</source>
<translation>Zum Beispiel „children playing on the beach“</translation>
</message>
<message>
<source>Try “beach -people date:2023”</source>
<translation>Zum Beispiel „beach -people date:2023“</translation>
</message>
<message>
<source>Try “dog + snow”</source>
<translation>Zum Beispiel „dog + snow“</translation>
</message>
<message>
<source>Drop a picture here to find photos like it</source>
<translation>Ein Bild hier ablegen, um ähnliche Fotos zu finden</translation>
</message>
</context>
<context>
<name>SensitiveCover</name>
<message>
<source>This photo may be private or upsetting</source>
<translation>Dieses Foto könnte privat oder verstörend sein</translation>
</message>
<message>
<source>Recollect guessed that from the picture, on this computer, and is often wrong.</source>
<translation>Recollect hat das auf diesem Computer aus dem Bild geraten und irrt sich oft.</translation>
</message>
<message>
<source>Back</source>
<translation>Zurück</translation>
</message>
<message>
<source>It is harmless</source>
<translation>Es ist harmlos</translation>
</message>
<message>
<source>Show</source>
<translation>Zeigen</translation>
</message>
</context>
<context>
<name>SettingsDialog</name>
<message>
<source>Settings</source>
<translation>Einstellungen</translation>
</message>
<message>
<source>Pages</source>
<translation>Seiten</translation>
</message>
<message>
<source>General</source>
<translation>Allgemein</translation>
</message>
<message>
<source>Folders</source>
<translation>Ordner</translation>
</message>
<message>
<source>Encoder</source>
<translation>Encoder</translation>
</message>
<message>
<source>Tags</source>
<translation>Tags</translation>
</message>
<message>
<source>Like the system</source>
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
<source>Appearance</source>
<translation>Aussehen</translation>
</message>
<message>
<source>As fast as it goes</source>
<translation>So schnell es geht</translation>
</message>
<message>
<source>Considerate: slower while you use the window or run on battery</source>
<translation>Rücksichtsvoll: langsamer, während Sie das Fenster benutzen oder auf Akku</translation>
</message>
<message>
<source>Slow and quiet</source>
<translation>Langsam und leise</translation>
</message>
<message>
<source>Indexing</source>
<translation>Indizieren</translation>
</message>
<message>
<source>Recollect watches these folders and everything below them. It never changes a photo.</source>
<translation>Recollect beobachtet diese Ordner mit allem darunter. Es verändert nie ein Foto.</translation>
</message>
<message>
<source>Add a folder…</source>
<translation>Ordner hinzufügen…</translation>
</message>
<message>
<source>{0} photos</source>
<translation>{0} Fotos</translation>
</message>
<message>
<source>{0} · not there now</source>
<translation>{0} · gerade nicht da</translation>
</message>
<message>
<source>Locate…</source>
<translation>Suchen…</translation>
</message>
<message>
<source>Remove…</source>
<translation>Entfernen…</translation>
</message>
<message>
<source>Auto-tag compares the photos of an album with a list of words. You review every suggestion.</source>
<translation>Die Fotos eines Albums werden mit einer Liste von Wörtern verglichen. Jeden Vorschlag sehen Sie durch.</translation>
</message>
<message>
<source>Suggest tags for new photos; they wait under Suggestions</source>
<translation>Tags für neue Fotos vorschlagen; sie warten unter Vorschläge</translation>
</message>
<message>
<source>Edit the words…</source>
<translation>Wörter bearbeiten…</translation>
</message>
<message>
<source>Tag history…</source>
<translation>Verlauf der Tags…</translation>
</message>
<message>
<source>Sensitive photos</source>
<translation>Heikle Fotos</translation>
</message>
<message>
<source>Show them like any other</source>
<translation>Wie alle anderen zeigen</translation>
</message>
<message>
<source>Blur them until asked</source>
<translation>Unscharf, bis danach gefragt wird</translation>
</message>
<message>
<source>Hide them until asked</source>
<translation>Verborgen, bis danach gefragt wird</translation>
</message>
<message>
<source>Looks for nudity, violence, identity documents and bank cards. It works on this computer only and often errs: it misses some and covers harmless photos, the starter encoder more than others. Do not rely on it.</source>
<translation>Sucht nach Nacktheit, Gewalt, Ausweisen und Bankkarten. Das geschieht nur auf diesem Computer und irrt oft: Manches bleibt unerkannt, Harmloses wird verdeckt, vom Starter-Encoder mehr als von anderen. Verlassen Sie sich nicht darauf.</translation>
</message>
<message>
<source>Sidecar files</source>
<translation>Begleitdateien</translation>
</message>
<message>
<source>Write tags into sidecar files (.xmp) beside the photos</source>
<translation>Tags in Begleitdateien (.xmp) neben die Fotos schreiben</translation>
</message>
<message>
<source>digiKam, Lightroom and darktable read tags, stars and captions there. Photos are never touched, and what other programs wrote into a sidecar stays. Keywords in your files are read either way.</source>
<translation>digiKam, Lightroom und darktable lesen dort Tags, Sterne und Bildunterschriften. Die Fotos werden nie angefasst, und was andere Programme in eine Begleitdatei schrieben, bleibt. Stichwörter in Ihren Dateien werden in jedem Fall gelesen.</translation>
</message>
</context>
<context>
<name>ShelfDeeds</name>
<message>
<source>New album</source>
<translation>Neues Album</translation>
</message>
<message>
<source>Name of the album:</source>
<translation>Name des Albums:</translation>
</message>
<message>
<source>Add a folder</source>
<translation>Ordner hinzufügen</translation>
</message>
<message>
<source>Remove “{0}” from the library?</source>
<translation>„{0}“ aus der Bibliothek entfernen?</translation>
</message>
<message>
<source>Remove folder</source>
<translation>Ordner entfernen</translation>
</message>
<message>
<source>Its photos, with their tags and albums, leave the library. The files stay untouched.</source>
<translation>Seine Fotos verlassen mit ihren Tags und Alben die Bibliothek. Die Dateien bleiben unberührt.</translation>
</message>
<message>
<source>Where is “{0}” now?</source>
<translation>Wo ist „{0}“ jetzt?</translation>
</message>
<message>
<source>Suggestions are already being made.</source>
<translation>Vorschläge werden schon gemacht.</translation>
</message>
<message>
<source>Suggesting tags</source>
<translation>Tags werden vorgeschlagen</translation>
</message>
<message>
<source>New photos get “{0}” by themselves</source>
<translation>Neue Fotos bekommen „{0}“ von selbst</translation>
</message>
<message>
<source>“{0}” asks first again</source>
<translation>„{0}“ fragt wieder zuerst</translation>
</message>
<message>
<source>Each time can be taken back under Tag history.</source>
<translation>Jedes Mal kann unter Verlauf der Tags zurückgenommen werden.</translation>
</message>
<message>
<source>No tags to suggest</source>
<translation>Keine Tags vorzuschlagen</translation>
</message>
<message>
<source>Nothing fits clearly enough that is not there already.</source>
<translation>Nichts, was nicht schon da ist, passt deutlich genug.</translation>
</message>
</context>
<context>
<name>ShelfWiring</name>
<message>
<source>Choose photos first, then press T to tag them.</source>
<translation>Wählen Sie zuerst Fotos, dann T, um ihnen ein Tag zu geben.</translation>
</message>
</context>
<context>
<name>Shell</name>
<message>
<source>Find photos like a picture</source>
<translation>Fotos wie ein Bild finden</translation>
</message>
<message>
<source>pasted picture</source>
<translation>eingefügtes Bild</translation>
</message>
<message>
<source>There is no picture in this.</source>
<translation>Darin ist kein Bild.</translation>
</message>
</context>
<context>
<name>Sidebar</name>
<message>
<source>Library, albums, tags, folders and places</source>
<translation>Bibliothek, Alben, Tags, Ordner und Orte</translation>
</message>
<message>
<source>All photos</source>
<translation>Alle Fotos</translation>
</message>
<message>
<source>Recent</source>
<translation>Kürzlich</translation>
</message>
<message>
<source>Favourites</source>
<translation>Favoriten</translation>
</message>
<message>
<source>This drive or folder is not there now. Right-click to locate it.</source>
<translation>Dieses Laufwerk oder dieser Ordner ist gerade nicht da. Rechtsklick, um zu sagen, wo.</translation>
</message>
<message>
<source>Library</source>
<translation>Bibliothek</translation>
</message>
<message>
<source>Albums</source>
<translation>Alben</translation>
</message>
<message>
<source>Tags</source>
<translation>Tags</translation>
</message>
<message>
<source>Folders</source>
<translation>Ordner</translation>
</message>
<message>
<source>New album</source>
<translation>Neues Album</translation>
</message>
<message>
<source>Tag the selected photos</source>
<translation>Den ausgewählten Fotos ein Tag geben</translation>
</message>
<message>
<source>Add a folder</source>
<translation>Ordner hinzufügen</translation>
</message>
<message>
<source>Places</source>
<translation>Orte</translation>
</message>
<message>
<source>Duplicates</source>
<translation>Duplikate</translation>
</message>
<message>
<source>Suggest albums</source>
<translation>Alben vorschlagen</translation>
</message>
<message>
<source>{0}, {1} photos</source>
<translation>{0}, {1} Fotos</translation>
</message>
<message>
<source>Suggestions</source>
<translation>Vorschläge</translation>
</message>
<message>
<source>Suggested tags that wait for your review</source>
<translation>Vorgeschlagene Tags, die auf Ihre Durchsicht warten</translation>
</message>
<message>
<source>Suggestions, {0} to review</source>
<translation>Vorschläge, {0} durchzusehen</translation>
</message>
</context>
<context>
<name>SidecarDeeds</name>
<message>
<source>There is nothing to write</source>
<translation>Es gibt nichts zu schreiben</translation>
</message>
<message>
<source>The files of these photos say the same, or there is no tag, star or caption.</source>
<translation>Die Dateien dieser Fotos sagen dasselbe, oder es gibt kein Tag, keinen Stern und keine Bildunterschrift.</translation>
</message>
<message>
<source>Write a sidecar file for 1 photo?</source>
<translation>Eine Begleitdatei für 1 Foto schreiben?</translation>
</message>
<message>
<source>Write sidecar files for {0} photos?</source>
<translation>Begleitdateien für {0} Fotos schreiben?</translation>
</message>
<message>
<source>Write sidecars</source>
<translation>Begleitdateien schreiben</translation>
</message>
<message>
<source>Tags, stars and captions go into .xmp files beside the photos, for digiKam, Lightroom and darktable. The photos are not touched, nor what other programs wrote there. This cannot be undone.</source>
<translation>Tags, Sterne und Bildunterschriften kommen in .xmp-Dateien neben die Fotos, für digiKam, Lightroom und darktable. Die Fotos werden nicht angefasst, auch nicht, was andere Programme dort schrieben. Das lässt sich nicht rückgängig machen.</translation>
</message>
<message>
<source>Wrote 1 sidecar</source>
<translation>1 Begleitdatei geschrieben</translation>
</message>
<message>
<source>Wrote {0} sidecars</source>
<translation>{0} Begleitdateien geschrieben</translation>
</message>
<message>
<source>The same or something like it holds for {0} more.</source>
<translation>Dasselbe oder Ähnliches gilt für {0} weitere.</translation>
</message>
</context>
<context>
<name>SmartAlbumDeeds</name>
<message>
<source>Save this search as an album</source>
<translation>Diese Suche als Album sichern</translation>
</message>
<message>
<source>New photos that match it enter the album by themselves.

Name of the album:</source>
<translation>Neue Fotos, die dazu passen, kommen von selbst ins Album.

Name des Albums:</translation>
</message>
<message>
<source>Save</source>
<translation>Sichern</translation>
</message>
<message>
<source>“{0}” is filled</source>
<translation>„{0}“ ist gefüllt</translation>
</message>
<message>
<source>{0} entered, {1} left.</source>
<translation>{0} kamen hinzu, {1} gingen.</translation>
</message>
<message>
<source>“{0}” is up to date</source>
<translation>„{0}“ ist auf dem neuesten Stand</translation>
</message>
</context>
<context>
<name>StarRow</name>
<message>
<source>Rating: {n} of 5 stars</source>
<translation>Bewertung: {n} von 5 Sternen</translation>
</message>
<message>
<source>Click a star to rate, the same star again to clear</source>
<translation>Auf einen Stern klicken, um zu bewerten; noch einmal, um sie zu löschen</translation>
</message>
</context>
<context>
<name>SuggestedAlbums</name>
<message>
<source>Stop</source>
<translation>Anhalten</translation>
</message>
<message>
<source>Looking for albums</source>
<translation>Alben werden gesucht</translation>
</message>
<message>
<source>Events</source>
<translation>Ereignisse</translation>
</message>
<message>
<source>Themes</source>
<translation>Themen</translation>
</message>
<message>
<source>No albums to suggest</source>
<translation>Keine Alben vorzuschlagen</translation>
</message>
<message>
<source>Suggested albums</source>
<translation>Vorgeschlagene Alben</translation>
</message>
<message>
<source>Nothing is written until you keep one.</source>
<translation>Nichts wird geschrieben, bevor Sie eines behalten.</translation>
</message>
<message>
<source>Look again</source>
<translation>Erneut suchen</translation>
</message>
<message>
<source>Done</source>
<translation>Fertig</translation>
</message>
<message>
<source>Looking for albums…</source>
<translation>Alben werden gesucht…</translation>
</message>
<message>
<source>Looking for albums was stopped</source>
<translation>Die Suche nach Alben wurde angehalten</translation>
</message>
<message>
<source>Events need photos that say when they were taken; themes need a dozen that look alike.</source>
<translation>Ereignisse brauchen Fotos, die sagen, wann sie aufgenommen wurden; Themen ein Dutzend, die sich ähneln.</translation>
</message>
<message>
<source>Back to the photos</source>
<translation>Zurück zu den Fotos</translation>
</message>
<message>
<source>Those were all the suggestions</source>
<translation>Das waren alle Vorschläge</translation>
</message>
<message>
<source>Look again when there are more photos.</source>
<translation>Suchen Sie erneut, wenn es mehr Fotos gibt.</translation>
</message>
</context>
<context>
<name>SuggestedPhotoModel</name>
<message>
<source>{tag}: {percent} sure</source>
<translation>{tag}: {percent} sicher</translation>
</message>
</context>
<context>
<name>SuggestionGrid</name>
<message>
<source>Suggested photos</source>
<translation>Vorgeschlagene Fotos</translation>
</message>
</context>
<context>
<name>TagField</name>
<message>
<source>Add a tag</source>
<translation>Tag hinzufügen</translation>
</message>
</context>
<context>
<name>TagHistory</name>
<message>
<source>Tag history</source>
<translation>Verlauf der Tags</translation>
</message>
<message>
<source>No tags have been suggested and accepted yet. Try “Auto-tag” on an album.</source>
<translation>Es wurden noch keine Tags vorgeschlagen und angenommen. Versuchen Sie „Tags vorschlagen“ bei einem Album.</translation>
</message>
<message>
<source>1 tag</source>
<translation>1 Tag</translation>
</message>
<message>
<source>{0} tags</source>
<translation>{0} Tags</translation>
</message>
<message>
<source>{0}, taken back</source>
<translation>{0}, zurückgenommen</translation>
</message>
<message>
<source>Put back</source>
<translation>Zurückgeben</translation>
</message>
<message>
<source>Take back</source>
<translation>Zurücknehmen</translation>
</message>
</context>
<context>
<name>TagLineModel</name>
<message>
<source>{tag}: {count} photos, {percent} sure on average</source>
<translation>{tag}: {count} Fotos, im Mittel {percent} sicher</translation>
</message>
</context>
<context>
<name>TagTeaching</name>
<message>
<source>Automatic</source>
<translation>Automatisch</translation>
</message>
<message>
<source>New photos get this tag without a review. Every time can be taken back under Tag history.</source>
<translation>Neue Fotos bekommen dieses Tag ohne Durchsicht. Jedes Mal kann unter Verlauf der Tags zurückgenommen werden.</translation>
</message>
<message>
<source>Known by its name only; what you accept teaches it</source>
<translation>Nur dem Namen nach bekannt; was Sie annehmen, lehrt es</translation>
</message>
<message>
<source>{n} of 5 examples it needs to learn</source>
<translation>{n} von 5 Beispielen, die es zum Lernen braucht</translation>
</message>
<message>
<source>{n} examples; its name still tells it better</source>
<translation>{n} Beispiele; sein Name sagt es noch besser</translation>
</message>
<message>
<source>Learned from {n} examples; about {right} of 10 should be right</source>
<translation>Aus {n} Beispielen gelernt; etwa {right} von 10 dürften stimmen</translation>
</message>
</context>
<context>
<name>TextSettings</name>
<message>
<source>Read text in pictures</source>
<translation>Text in Bildern lesen</translation>
</message>
<message>
<source>Signs, menus, documents and screenshots are found by the words in them. It is done on this computer, in the background, and takes about a second for a picture with text.</source>
<translation>Schilder, Speisekarten, Dokumente und Bildschirmfotos werden an ihren Wörtern gefunden. Das geschieht auf diesem Computer, im Hintergrund, und dauert etwa eine Sekunde für ein Bild mit Text.</translation>
</message>
<message>
<source>{0} pictures were read, {1} of them have text; {2} are left.</source>
<translation>{0} Bilder wurden gelesen, {1} davon haben Text; {2} sind übrig.</translation>
</message>
</context>
<context>
<name>ToastCard</name>
<message>
<source>Dismiss</source>
<translation>Verwerfen</translation>
</message>
</context>
<context>
<name>TopBar</name>
<message>
<source>Size of the thumbnails</source>
<translation>Größe der Vorschaubilder</translation>
</message>
<message>
<source>Smaller</source>
<translation>Kleiner</translation>
</message>
<message>
<source>Larger</source>
<translation>Größer</translation>
</message>
<message>
<source>Menu</source>
<translation>Menü</translation>
</message>
</context>
<context>
<name>Undo</name>
<message>
<source>1 photo</source>
<translation>1 Foto</translation>
</message>
<message>
<source>{count} photos</source>
<translation>{count} Fotos</translation>
</message>
<message>
<source>{photos} added to favourites</source>
<translation>{photos} zu den Favoriten</translation>
</message>
<message>
<source>{photos} removed from favourites</source>
<translation>{photos} aus den Favoriten entfernt</translation>
</message>
<message>
<source>Rating removed from {photos}</source>
<translation>Bewertung von {photos} entfernt</translation>
</message>
<message>
<source>{photos} rated {stars}</source>
<translation>{photos} mit {stars} bewertet</translation>
</message>
<message>
<source>Tagged {photos} “{name}”</source>
<translation>{photos} mit dem Tag „{name}“</translation>
</message>
<message>
<source>Removed “{name}” from {photos}</source>
<translation>„{name}“ von {photos} entfernt</translation>
</message>
<message>
<source>Renamed to “{name}”</source>
<translation>In „{name}“ umbenannt</translation>
</message>
<message>
<source>Deleted tag “{name}”</source>
<translation>Tag „{name}“ gelöscht</translation>
</message>
<message>
<source>Created album “{name}”</source>
<translation>Album „{name}“ angelegt</translation>
</message>
<message>
<source>Created album “{name}” with {photos}</source>
<translation>Album „{name}“ mit {photos} angelegt</translation>
</message>
<message>
<source>Saved the search of “{name}”</source>
<translation>Suche von „{name}“ gesichert</translation>
</message>
<message>
<source>“{name}” is a plain album now</source>
<translation>„{name}“ ist jetzt ein einfaches Album</translation>
</message>
<message>
<source>“{name}” will not be suggested again</source>
<translation>„{name}“ wird nicht wieder vorgeschlagen</translation>
</message>
<message>
<source>Deleted album “{name}”</source>
<translation>Album „{name}“ gelöscht</translation>
</message>
<message>
<source>Added {photos} to “{name}”</source>
<translation>{photos} zu „{name}“ hinzugefügt</translation>
</message>
<message>
<source>Removed {photos} from “{name}”</source>
<translation>{photos} aus „{name}“ entfernt</translation>
</message>
<message>
<source>Removed {photos} from “{name}” for good</source>
<translation>{photos} für immer aus „{name}“ entfernt</translation>
</message>
<message>
<source>Removed {photos} from the library</source>
<translation>{photos} aus der Bibliothek entfernt</translation>
</message>
<message>
<source>{photos} are no duplicates</source>
<translation>{photos} sind keine Duplikate</translation>
</message>
<message>
<source>Added 1 tag</source>
<translation>1 Tag hinzugefügt</translation>
</message>
<message>
<source>Added {count} tags</source>
<translation>{count} Tags hinzugefügt</translation>
</message>
<message>
<source>Took back {count} tags of “{name}”</source>
<translation>{count} Tags von „{name}“ zurückgenommen</translation>
</message>
<message>
<source>Put back {count} tags of “{name}”</source>
<translation>{count} Tags von „{name}“ zurückgegeben</translation>
</message>
<message>
<source>Undo</source>
<translation>Rückgängig</translation>
</message>
<message>
<source>Undone: {0}</source>
<translation>Rückgängig: {0}</translation>
</message>
<message>
<source>Redo</source>
<translation>Wiederholen</translation>
</message>
<message>
<source>Redone: {0}</source>
<translation>Wiederholt: {0}</translation>
</message>
</context>
<context>
<name>ViewerBar</name>
<message>
<source>Favourite</source>
<translation>Favorit</translation>
</message>
<message>
<source>Full screen</source>
<translation>Vollbild</translation>
</message>
<message>
<source>Whole photo or 100 %</source>
<translation>Ganzes Foto oder 100 %</translation>
</message>
<message>
<source>Whole photo or 100 %  (0, 1)</source>
<translation>Ganzes Foto oder 100 %  (0, 1)</translation>
</message>
<message>
<source>Back to the photos</source>
<translation>Zurück zu den Fotos</translation>
</message>
<message>
<source>Find similar photos</source>
<translation>Ähnliche Fotos finden</translation>
</message>
<message>
<source>Search by a part of this photo</source>
<translation>Nach einem Teil dieses Fotos suchen</translation>
</message>
<message>
<source>Show what speaks for the search</source>
<translation>Zeigen, was für die Suche spricht</translation>
</message>
<message>
<source>Zoom out</source>
<translation>Verkleinern</translation>
</message>
<message>
<source>Zoom in</source>
<translation>Vergrößern</translation>
</message>
<message>
<source>{position} of {count}</source>
<translation>{position} von {count}</translation>
</message>
<message>
<source>Remove from favourites</source>
<translation>Aus den Favoriten entfernen</translation>
</message>
<message>
<source>{percent} %</source>
<translation>{percent} %</translation>
</message>
<message>
<source>Zoom {text}</source>
<translation>Zoom {text}</translation>
</message>
<message>
<source>Leave full screen</source>
<translation>Vollbild verlassen</translation>
</message>
</context>
<context>
<name>VocabularyEditor</name>
<message>
<source>Words for tags</source>
<translation>Wörter für Tags</translation>
</message>
<message>
<source>Recollect suggests tags from these words. Tags that are on photos already stay as they are, whatever you change here.</source>
<translation>Aus diesen Wörtern schlägt Recollect Tags vor. Tags, die Fotos schon haben, bleiben, was auch immer Sie hier ändern.</translation>
</message>
<message>
<source>Words</source>
<translation>Wörter</translation>
</message>
<message>
<source>Plain text</source>
<translation>Als Text</translation>
</message>
<message>
<source>Back to the original words</source>
<translation>Zurück zu den ursprünglichen Wörtern</translation>
</message>
</context>
<context>
<name>VocabularyList</name>
<message>
<source>Find a word</source>
<translation>Wort suchen</translation>
</message>
<message>
<source>Groups and words</source>
<translation>Gruppen und Wörter</translation>
</message>
<message>
<source>Rename</source>
<translation>Umbenennen</translation>
</message>
<message>
<source>Remove</source>
<translation>Entfernen</translation>
</message>
<message>
<source>New word</source>
<translation>Neues Wort</translation>
</message>
<message>
<source>New group</source>
<translation>Neue Gruppe</translation>
</message>
<message>
<source>other names, separated by ;</source>
<translation>andere Namen, durch ; getrennt</translation>
</message>
<message>
<source>own sentences, separated by ;</source>
<translation>eigene Sätze, durch ; getrennt</translation>
</message>
<message>
<source>Also found as</source>
<translation>Auch gefunden als</translation>
</message>
<message>
<source>Looks like</source>
<translation>Sieht aus wie</translation>
</message>
<message>
<source>Add word</source>
<translation>Wort hinzufügen</translation>
</message>
<message>
<source>Add group</source>
<translation>Gruppe hinzufügen</translation>
</message>
</context>
<context>
<name>Welcome</name>
<message>
<source>No folder chosen yet.</source>
<translation>Noch kein Ordner gewählt.</translation>
</message>
<message>
<source>Start</source>
<translation>Los</translation>
</message>
<message>
<source>Welcome to Recollect</source>
<translation>Willkommen bei Recollect</translation>
</message>
<message>
<source>Find your photos in your own words, or by a picture that looks like them.</source>
<translation>Finden Sie Ihre Fotos mit eigenen Worten oder mit einem Bild, das ihnen ähnelt.</translation>
</message>
<message>
<source>Where are your photos?</source>
<translation>Wo sind Ihre Fotos?</translation>
</message>
<message>
<source>Everything stays on this computer. Nothing is uploaded, and there is no account.</source>
<translation>Alles bleibt auf diesem Computer. Nichts wird hochgeladen, und es gibt kein Konto.</translation>
</message>
<message>
<source>Your photos stay where they are. Recollect reads the folders and never changes a file.</source>
<translation>Ihre Fotos bleiben, wo sie sind. Recollect liest die Ordner und verändert nie eine Datei.</translation>
</message>
<message>
<source>Photos appear at once and become searchable while you look at them. An encoder that understands more can be fetched later, in the settings.</source>
<translation>Fotos erscheinen sofort und werden durchsuchbar, während Sie sie ansehen. Ein Encoder, der mehr versteht, lässt sich später in den Einstellungen laden.</translation>
</message>
<message>
<source>Choose a folder with photos</source>
<translation>Ordner mit Fotos wählen</translation>
</message>
<message>
<source>Choose another folder…</source>
<translation>Weiteren Ordner wählen…</translation>
</message>
<message>
<source>Choose a folder…</source>
<translation>Ordner wählen…</translation>
</message>
</context>
<context>
<name>WhyPanel</name>
<message>
<source>Why this photo</source>
<translation>Warum dieses Foto</translation>
</message>
<message>
<source>Strength of the colours</source>
<translation>Stärke der Farben</translation>
</message>
<message>
<source>Close</source>
<translation>Schließen</translation>
</message>
<message>
<source>Looking closer…</source>
<translation>Wird genauer angesehen…</translation>
</message>
<message>
<source>This photo looks like none of the words Recollect knows.</source>
<translation>Dieses Foto ähnelt keinem der Wörter, die Recollect kennt.</translation>
</message>
<message>
<source>What speaks for “{words}”  ·  {strength}</source>
<translation>Was für „{words}“ spricht  ·  {strength}</translation>
</message>
<message>
<source>Nothing in this photo stands out for “{words}”</source>
<translation>Nichts in diesem Foto spricht deutlich für „{words}“</translation>
</message>
<message>
<source>Looks like</source>
<translation>Sieht aus wie</translation>
</message>
</context>
<context>
<name>Wiring</name>
<message>
<source>%1 is offline.</source>
<translation>%1 ist offline.</translation>
</message>
<message>
<source>Its photos stay in the library; connect the drive, or say where the folder is.</source>
<translation>Die Fotos bleiben in der Bibliothek; verbinden Sie das Laufwerk oder sagen Sie, wo der Ordner ist.</translation>
</message>
<message>
<source>Locate…</source>
<translation>Suchen…</translation>
</message>
<message>
<source>Missing from %2: %1.</source>
<translation>Aus %2 fehlt: %1.</translation>
</message>
<message>
<source>They vanished at once, so they stay in the library and are back when their files are.</source>
<translation>Sie verschwanden auf einmal, darum bleiben sie in der Bibliothek und sind zurück, sobald ihre Dateien es sind.</translation>
</message>
<message>
<source>Remove them</source>
<translation>Entfernen</translation>
</message>
<message>
<source>pasted picture</source>
<translation>eingefügtes Bild</translation>
</message>
<message>
<source>dropped picture</source>
<translation>abgelegtes Bild</translation>
</message>
</context>
<context>
<name>Wording</name>
<message>
<source>1 photo</source>
<translation>1 Foto</translation>
</message>
<message>
<source>{0} photos</source>
<translation>{0} Fotos</translation>
</message>
<message>
<source>1 copy stacked</source>
<translation>1 Kopie gestapelt</translation>
</message>
<message>
<source>{0} copies stacked</source>
<translation>{0} Kopien gestapelt</translation>
</message>
<message>
<source>1 missing photo</source>
<translation>1 fehlendes Foto</translation>
</message>
<message>
<source>{0} missing photos</source>
<translation>{0} fehlende Fotos</translation>
</message>
<message>
<source>The files go to the system's trash, from where they can be restored.</source>
<translation>Die Dateien kommen in den Papierkorb des Systems und können dort wiederhergestellt werden.</translation>
</message>
<message>
<source>1 sidecar goes along.</source>
<translation>1 Begleitdatei kommt mit.</translation>
</message>
<message>
<source>{0} sidecars go along.</source>
<translation>{0} Begleitdateien kommen mit.</translation>
</message>
<message>
<source>The files go to the system's trash, from where they can be restored; {0}</source>
<translation>Die Dateien kommen in den Papierkorb des Systems und können dort wiederhergestellt werden; {0}</translation>
</message>
<message>
<source>Photos like this part</source>
<translation>Fotos wie dieser Teil</translation>
</message>
<message>
<source>Photos like this</source>
<translation>Fotos wie dieses</translation>
</message>
<message>
<source>Results</source>
<translation>Ergebnisse</translation>
</message>
<message>
<source>All photos</source>
<translation>Alle Fotos</translation>
</message>
<message>
<source>Recent</source>
<translation>Kürzlich</translation>
</message>
<message>
<source>Favourites</source>
<translation>Favoriten</translation>
</message>
<message>
<source>No close match, here are the nearest</source>
<translation>Kein guter Treffer, hier sind die nächsten</translation>
</message>
<message>
<source>Nothing here looks like that</source>
<translation>So sieht hier nichts aus</translation>
</message>
<message>
<source>searching {0} of {1}</source>
<translation>{0} von {1} durchsucht</translation>
</message>
<message>
<source>search: {0}</source>
<translation>Suche: {0}</translation>
</message>
<message>
<source>{0} added automatically</source>
<translation>{0} automatisch hinzugekommen</translation>
</message>
<message>
<source>It is not filled now: {0}</source>
<translation>Es wird gerade nicht gefüllt: {0}</translation>
</message>
<message>
<source>Fills itself with: {0}</source>
<translation>Füllt sich mit: {0}</translation>
</message>
<message>
<source>{0} ms</source>
<translation>{0} ms</translation>
</message>
<message>
<source>{0} s</source>
<translation>{0} s</translation>
</message>
<message>
<source>{0} selected</source>
<translation>{0} ausgewählt</translation>
</message>
<message>
<source>No folders yet</source>
<translation>Noch keine Ordner</translation>
</message>
<message>
<source>Add a folder with photos. They stay where they are, and everything stays on this computer.</source>
<translation>Fügen Sie einen Ordner mit Fotos hinzu. Sie bleiben, wo sie sind, und alles bleibt auf diesem Computer.</translation>
</message>
<message>
<source>Add a folder…</source>
<translation>Ordner hinzufügen…</translation>
</message>
<message>
<source>Looking for photos…</source>
<translation>Fotos werden gesucht…</translation>
</message>
<message>
<source>They appear here as they are found.</source>
<translation>Sie erscheinen hier, sobald sie gefunden sind.</translation>
</message>
<message>
<source>Edit the search</source>
<translation>Suche bearbeiten</translation>
</message>
<message>
<source>This album cannot be filled now</source>
<translation>Dieses Album kann gerade nicht gefüllt werden</translation>
</message>
<message>
<source>Nothing matches this album's search yet</source>
<translation>Noch passt nichts zur Suche dieses Albums</translation>
</message>
<message>
<source>It searches for “{0}”. Photos that match appear here by themselves.</source>
<translation>Es sucht nach „{0}“. Fotos, die passen, erscheinen hier von selbst.</translation>
</message>
<message>
<source>“{0}”</source>
<translation>„{0}“</translation>
</message>
<message>
<source>this picture</source>
<translation>diesem Bild</translation>
</message>
<message>
<source>these filters</source>
<translation>diesen Filtern</translation>
</message>
<message>
<source>Nothing found yet for {0}</source>
<translation>Noch nichts gefunden zu {0}</translation>
</message>
<message>
<source>{0} of {1} photos can be searched so far; the others follow by themselves.</source>
<translation>{0} von {1} Fotos sind bisher durchsuchbar; die anderen folgen von selbst.</translation>
</message>
<message>
<source>Clear the search</source>
<translation>Suche leeren</translation>
</message>
<message>
<source>Try other or fewer words, or describe what can be seen: “two dogs on a beach”.</source>
<translation>Versuchen Sie andere oder weniger Wörter, oder beschreiben Sie, was zu sehen ist: „two dogs on a beach“.</translation>
</message>
<message>
<source>Show the nearest photos</source>
<translation>Die nächsten Fotos zeigen</translation>
</message>
<message>
<source>Nothing here looks like {0}</source>
<translation>Nichts hier ähnelt {0}</translation>
</message>
<message>
<source>Nothing found for {0}</source>
<translation>Nichts gefunden zu {0}</translation>
</message>
<message>
<source>No photos yet</source>
<translation>Noch keine Fotos</translation>
</message>
<message>
<source>Put photos into your folders, and they appear here by themselves. Are they somewhere else?</source>
<translation>Legen Sie Fotos in Ihre Ordner, dann erscheinen sie hier von selbst. Sind sie anderswo?</translation>
</message>
<message>
<source>Nothing recent</source>
<translation>Nichts Neues</translation>
</message>
<message>
<source>Photos of the last weeks appear here.</source>
<translation>Hier erscheinen die Fotos der letzten Wochen.</translation>
</message>
<message>
<source>No favourites yet</source>
<translation>Noch keine Favoriten</translation>
</message>
<message>
<source>Press F on a photo, or click its heart.</source>
<translation>Drücken Sie F auf einem Foto, oder klicken Sie auf sein Herz.</translation>
</message>
<message>
<source>This album is empty</source>
<translation>Dieses Album ist leer</translation>
</message>
<message>
<source>Drag photos onto its name, or choose photos and press L.</source>
<translation>Ziehen Sie Fotos auf seinen Namen, oder wählen Sie Fotos und drücken Sie L.</translation>
</message>
<message>
<source>No photo has this tag</source>
<translation>Kein Foto hat dieses Tag</translation>
</message>
<message>
<source>Choose photos and press T.</source>
<translation>Wählen Sie Fotos und drücken Sie T.</translation>
</message>
<message>
<source>No photos in this folder</source>
<translation>Keine Fotos in diesem Ordner</translation>
</message>
<message>
<source>Put photos into it, and they appear here by themselves.</source>
<translation>Legen Sie Fotos hinein, dann erscheinen sie hier von selbst.</translation>
</message>
</context>
<context>
<name>match_reasons</name>
<message>
<source>Looks like {words}</source>
<translation>Sieht aus wie {words}</translation>
</message>
<message>
<source>Its name has {words}</source>
<translation>Sein Name hat {words}</translation>
</message>
<message>
<source>Its folder has {words}</source>
<translation>Sein Ordner hat {words}</translation>
</message>
<message>
<source>Its caption has {words}</source>
<translation>Seine Bildunterschrift hat {words}</translation>
</message>
<message>
<source>Tagged {words}</source>
<translation>Hat das Tag {words}</translation>
</message>
<message>
<source>In the album {words}</source>
<translation>Im Album {words}</translation>
</message>
<message>
<source>Taken with {words}</source>
<translation>Aufgenommen mit {words}</translation>
</message>
<message>
<source>Taken in {words}</source>
<translation>Aufgenommen in {words}</translation>
</message>
<message>
<source>The picture says {words}</source>
<translation>Im Bild steht {words}</translation>
</message>
<message>
<source>“{words}”</source>
<translation>„{words}“</translation>
</message>
</context>
<context>
<name>photo_facts</name>
<message>
<source>N</source>
<translation>N</translation>
</message>
<message>
<source>S</source>
<translation>S</translation>
</message>
<message>
<source>E</source>
<translation>O</translation>
</message>
<message>
<source>W</source>
<translation>W</translation>
</message>
<message>
<source>{n} m above the sea</source>
<translation>{n} m über dem Meer</translation>
</message>
<message>
<source>strong</source>
<translation>stark</translation>
</message>
<message>
<source>good</source>
<translation>gut</translation>
</message>
<message>
<source>weak</source>
<translation>schwach</translation>
</message>
<message>
<source>{number} %</source>
<translation>{number} %</translation>
</message>
</context>
<context>
<name>recovery</name>
<message>
<source>What can be saved goes into a new library file, together with the newest backup. The damaged file is kept beside it. Your photos are not touched.</source>
<translation>Was zu retten ist, kommt zusammen mit der neuesten Sicherung in eine neue Bibliotheksdatei. Die beschädigte Datei bleibt daneben liegen. Ihre Fotos werden nicht angefasst.</translation>
</message>
<message>
<source>Save what can be saved</source>
<translation>Retten, was zu retten ist</translation>
</message>
<message>
<source>Quit</source>
<translation>Beenden</translation>
</message>
<message>
<source>Saving what can be saved…</source>
<translation>Es wird gerettet, was zu retten ist…</translation>
</message>
</context>
</TS>
