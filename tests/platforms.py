"""How Moodle and Canvas read what is given back, in few lines, from their public sources (see docs/platforms.md).

Each reader returns what the platform would change, so that a test can say that all of it arrives, and nothing else.
"""

import csv
import io
import re
import zipfile

# Moodle's own words in its language packs: the columns of the worksheet, and how a participant's number begins.
WORKSHEETS = {
    "English": ("Participant ", ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade",
                "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"],
                "Monday, 4 November 2030, 10:00 AM"),
    "German": ("Teilnehmer/in", ["ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung",
               "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)",
               "Feedback als Kommentar"], "Montag, 4. November 2030, 10:00"),
    "French": ("Participant ", ["Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale",
               "La note peut être modifiée", "Dernière modification (travail remis)", "Dernière modification (note)",
               "Feedback par commentaires"], "lundi 4 novembre 2030, 10:00"),
    "Spanish": ("Participante ", ["Identificador", "Nombre completo", "Dirección de correo", "Estado", "Calificación",
                "Calificación máxima", "La calificación puede ser cambiada", "Última modificación (entrega)",
                "Última modificación (calificación)", "Comentarios de retroalimentación"],
                "lunes, 4 de noviembre de 2030, 10:00")}


def worksheet(language, people, most="15.00"):
    """Return a grading worksheet as Moodle writes it: of each of people number, name, e-mail, grade and comment."""
    begins, columns, time = WORKSHEETS[language]
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(columns)
    for number, name, email, grade, comment in people:
        table.writerow([f"{begins}{number}", name, email, "-", grade, most, "-", time, time if grade else "-", comment])
    return out.getvalue()


def moodle_grades(text, language, most=15.0):
    """Return grade and comment by participant, as Moodle's import of a worksheet takes them: None where it takes none.
    """
    begins, columns, _ = WORKSHEETS[language]
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    who, grade, changed, comment = (header.index(columns[place]) for place in (0, 4, 8, 9))
    found = {}
    for row in rows:
        number = re.match(r"\d*", row[who][len(begins):])[0]
        value = row[grade].replace(" ", "").replace(",", ".")
        taken = float(value) if re.fullmatch(r"\d+(\.\d+)?", value) and 0 <= float(value) <= most else None
        found[number] = (taken, row[comment])
    return found


def moodle_files(archive, participants):
    """Return the feedback files by participant and name, as Moodle's import of a zip file takes them."""
    found = {}
    for entry in zipfile.ZipFile(archive).infolist():
        parts = entry.filename.split("/")
        if entry.is_dir() or parts[-1].startswith((".", "~")):
            continue
        while parts:
            info = parts.pop(0).split("_", 4)
            if len(info) < 4 or not info[1].isdecimal() or int(info[1]) not in participants \
                    or (info[2], info[3]) not in (("assignsubmission", "file"), ("assignsubmission", "onlinetext"),
                                                  ("assignfeedback", "file")):
                continue
            name = "/".join([*info[4:], *parts]).strip("/")
            found[int(info[1]), name] = zipfile.ZipFile(archive).read(entry)
            break
    return found


def canvas_files(archive, attachments):
    """Return the files by user, as Canvas's re-upload of submissions takes them, and those that it ignores.

    Parameters
    ----------
    archive : path-like
    attachments : dict of int to (int, str)
        Of each file that was handed in, the user and its name: under that name Canvas shows what comes back.
    """
    found, ignored = {}, []
    for entry in zipfile.ZipFile(archive).infolist():
        parts = [part for part in entry.filename.rpartition("/")[2].split("_") if part != "LATE"]
        numbers = [int(part) for part in parts if re.fullmatch("[0-9]+", part)][:2]
        user, name = attachments.get(numbers[1], (None, "")) if len(numbers) == 2 else (None, "")
        if user != (numbers or [None])[0] or user is None or parts[-1].startswith("link"):
            ignored.append(entry.filename)
        else:
            found[user, name] = zipfile.ZipFile(archive).read(entry)
    return found, ignored


def canvas_grades(text):
    """Return grades by user and assignment, as Canvas's import takes them, and the points that assignments get."""
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    info = header.index("Section") + 1
    titles = [one for one in header[info:] if not re.search("(Current|Final|Override) (Score|Points|Grade)", one)]
    points, found = {}, {}
    for row in rows:
        cells = {title: row[header.index(title)].strip() for title in titles}
        if "Points Possible" in row[0]:
            points = cells
        elif any(cell.strip() for cell in row):
            found |= {(int(row[1]), title): cell for title, cell in cells.items()}
    return found, points
