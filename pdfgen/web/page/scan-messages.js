// What the engine says of scans and files with them, as known-messages.js says it of others.

/** Patterns with the words that stand for them, in English and in Dutch. */
export const SCAN_MESSAGES = [
  [/^is larger than (\d+) MB; split it$/, "Larger than {1} MB. Split it.", "Groter dan {1} MB. Splits het."],
  [/^no week sheet that can be read by machine/, "No week sheet that can be read. Take the page out, or photograph it whole, from above.", "Geen weekblad dat te lezen is. Haal de bladzijde eruit, of fotografeer die helemaal, van boven."],
  [/^is scanned in black and white alone/, "Scanned in black and white alone, so pencil may be lost. Scan in grey or in colour.", "Alleen in zwart-wit gescand, dus potlood kan weg zijn. Scan in grijs of in kleur."],
  [/^neither of its codes can be read/, "The code of the sheet cannot be read. Scan at 200 dpi, or photograph it closer and in more light.", "De code van het blad is niet te lezen. Scan met 200 dpi, of fotografeer van dichterbij en met meer licht."],
  [/^fewer than two of its marks agree/, "A part of the sheet is missing. Scan or photograph the whole sheet, one sheet a picture.", "Er ontbreekt een stuk van het blad. Scan of fotografeer het hele blad, één blad per foto."],
  [/^has too few pixels/, "Too few pixels. Scan at 200 dpi, or photograph it so that it fills the picture.", "Te weinig beeldpunten. Scan met 200 dpi, of laat het blad de hele foto vullen."],
  [/^its boxes are not where its code says/, "The boxes are not where they should be. Lay the paper flat, and scan or photograph it again.", "De hokjes staan niet waar ze horen. Leg het papier vlak, en scan of fotografeer opnieuw."],
  [/^is too dark or too grainy/, "Too dark or too grainy for pencil to be seen. Photograph it in more light, or scan it.", "Te donker of te korrelig om potlood te zien. Fotografeer met meer licht, of scan het."],
  [/^its paper is burnt to white/, "The paper is burnt to white, so pencil may be lost. Scan darker, without whitening the background.", "Het papier is te wit geworden, dus potlood kan weg zijn. Scan donkerder, zonder de achtergrond wit te maken."],
  [/^a photo in HEIC needs/, "Photos in HEIC need one more extra part of pdfgen (heic). Or send the photo as JPEG.", "Voor foto's in HEIC is nog een extra onderdeel van pdfgen nodig (heic). Of stuur de foto als JPEG."],
  [/^is no PDF, PNG, JPEG, TIFF or HEIC/, "This is no PDF, PNG, JPEG, TIFF or HEIC, or it is damaged.", "Dit is geen PDF, PNG, JPEG, TIFF of HEIC, of het is beschadigd."],
  [/^has (?:more pixels than can be read|\d+ by \d+ pixels)/, "Too many pixels. Scan at 200 or 300 dpi.", "Te veel beeldpunten. Scan met 200 of 300 dpi."],
  [/^opens with a password only/, "It opens with a password only. Save it without.", "Het opent alleen met een wachtwoord. Sla het op zonder."],
  [/^is damaged; (?:scan|save)/, "It is damaged. Scan or save it again.", "Het is beschadigd. Scan het of sla het opnieuw op."],
  [/^takes too long or too much memory/, "It takes too long or too much memory to read. It is damaged, or was made to do harm.", "Het kost te veel tijd of geheugen. Het is beschadigd, of gemaakt om schade te doen."],
  [/^is a filled program, but says no document id/, "A filled program without its document number. Take the file that the viewer saved, not a print of it.", "Een ingevuld programma zonder documentnummer. Neem het bestand dat is opgeslagen, geen afdruk ervan."],
  [/^is a program in which nothing is filled in/, "A program in which nothing is filled in.", "Een programma waarin niets is ingevuld."],
  [/^is no patient's file and no list of patients/, "There is no prescription in it. Choose patients' files, or a list of patients.", "Er staat geen programma in. Kies bestanden van patiënten, of een lijst."],
  [/^holds no decisions/, "There are no decisions in it. Choose the file that this page saved.", "Er staan geen keuzes in. Kies het bestand dat deze pagina heeft opgeslagen."],
  [/^holds no sheet of a week/, "There is no sheet of a week to count.", "Er is geen weekblad om te tellen."],
  [/^has sheets of more than (\d+) weeks/, "Sheets of more than {1} weeks do not fit on a page.", "Bladen van meer dan {1} weken passen niet op één bladzijde."],
  [/^its exercises do not fit on a page/, "The exercises do not fit on a page.", "De oefeningen passen niet op één bladzijde."],
];
