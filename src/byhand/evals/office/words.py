"""What the pages say: the English words, other ones that mean the same, and the German ones. One table.

A text that isn't here is the company's own (a name, an option) and is said as it stands.
"""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """other: the words under LABELS. german: under LANGUAGE."""

    other: str
    german: str


WORDS: dict[str, Said] = {
    # On every page
    "Save": Said("Store changes", "Speichern"),
    "Cancel": Said("Back without saving", "Abbrechen"),
    "Edit": Said("Change", "Bearbeiten"),
    "Delete": Said("Discard", "Löschen"),
    "Restore": Said("Bring back", "Wiederherstellen"),
    "Undo": Said("Take back", "Rückgängig"),
    "Deleted": Said("Discarded", "Gelöscht"),
    "Search": Said("Find", "Suchen"),
    "Show": Said("Apply", "Anzeigen"),
    "All": Said("Any", "Alle"),
    "Next page": Said("Following page", "Nächste Seite"),
    "Previous page": Said("Page before", "Vorige Seite"),
    "Page {page} of {pages}": Said("{page} / {pages}", "Seite {page} von {pages}"),
    "Continue as {name}": Said("Go on as {name}", "Weiter als {name}"),
    "Your session has ended": Said("You were signed out", "Ihre Sitzung ist abgelaufen"),
    "Who are you?": Said("Please say who you are", "Wer sind Sie?"),
    "Saved": Said("Stored", "Gespeichert"),
    "Actions": Said("What to do", "Aktionen"),
    "Choose": Said("Select one", "Bitte wählen"),
    "Yes": Said("On", "Ja"),
    "No": Said("Off", "Nein"),
    "Nothing here": Said("Empty", "Keine Einträge"),
    "This field is required": Said("Please fill this in", "Dieses Feld ist ein Pflichtfeld"),
    "This is not an amount": Said("Please give an amount", "Das ist kein Betrag"),
    "This is not a number": Said("Please give a number", "Das ist keine Zahl"),
    "This is not a date": Said("Please give a day", "Das ist kein Datum"),
    "This is not one of the options": Said("Please pick one of these", "Das ist keine der Möglichkeiten"),
    "Something went wrong": Said("An error occurred", "Es ist ein Fehler aufgetreten"),
    "Not found": Said("There is no such page", "Nicht gefunden"),
    "Busy, trying again": Said("One moment, trying again", "Ausgelastet, neuer Versuch"),
    "Help": Said("Guide", "Hilfe"),
    "Main": Said("Sections", "Bereiche"),
    "year-month-day": Said("as 2026-03-31", "Jahr-Monat-Tag"),
    "in thousands": Said("in thousands", "in Tausend"),
    "We are updating our terms": Said("New terms", "Neue Bedingungen"),
    "Do you accept the new terms for your company?": Said(
        "Please decide on the new terms for your company.", "Nehmen Sie die neuen Bedingungen für Ihr Unternehmen an?"
    ),
    "Accept": Said("Agree", "Annehmen"),
    "Decline": Said("Refuse", "Ablehnen"),
    "How do you like it so far?": Said("Tell us what you think", "Wie gefällt es Ihnen?"),
    "Your opinion": Said("Your view", "Ihre Meinung"),
    "Send": Said("Submit", "Absenden"),
    "Maintenance on Sunday from 02:00 to 04:00.": Said("Down on Sunday, 2 to 4.", "Wartung am Sonntag, 2 bis 4 Uhr."),
    # Ledgerline
    "Invoices": Said("Bills", "Rechnungen"),
    "Invoice": Said("Bill", "Rechnung"),
    "Vendors": Said("Suppliers", "Lieferanten"),
    "Vendor": Said("Supplier", "Lieferant"),
    "New invoice": Said("Add bill", "Neue Rechnung"),
    "Edit invoice": Said("Change bill", "Rechnung bearbeiten"),
    "Save invoice": Said("Store bill", "Rechnung speichern"),
    "Invoice number": Said("Bill no.", "Rechnungsnummer"),
    "Invoice date": Said("Billed on", "Rechnungsdatum"),
    "Due date": Said("Payable by", "Fällig am"),
    "Amount": Said("Total", "Betrag"),
    "Currency": Said("Money", "Währung"),
    "Category": Said("Kind of cost", "Kategorie"),
    "Status": Said("Stage", "Stand"),
    "Urgent": Said("Pressing", "Eilig"),
    "Note": Said("Remark", "Notiz"),
    "Booking": Said("Accounting", "Buchung"),
    "Vendor's VAT number": Said("Supplier's tax ID", "USt-IdNr. des Lieferanten"),
    "VAT number": Said("Tax ID", "USt-IdNr."),
    "Reminders": Said("Times reminded", "Erinnerungen"),
    "Mark as paid": Said("Set to paid", "Als bezahlt markieren"),
    "Marked as paid": Said("Set to paid", "Als bezahlt markiert"),
    "Remind": Said("Nudge", "Erinnern"),
    "Reminder noted": Said("Nudged", "Erinnerung vermerkt"),
    "Delete this invoice?": Said("Discard this bill?", "Diese Rechnung löschen?"),
    "Line items": Said("Positions", "Posten"),
    "Item": Said("Position", "Bezeichnung"),
    "Quantity": Said("Count", "Menge"),
    "Unit price": Said("Price each", "Einzelpreis"),
    "Add line": Said("Append position", "Posten hinzufügen"),
    "New vendor": Said("Add supplier", "Neuer Lieferant"),
    "Edit vendor": Said("Change supplier", "Lieferant bearbeiten"),
    "Name": Said("Called", "Name (Firma)"),
    "City": Said("Town", "Ort"),
    "Country": Said("State", "Land"),
    "Payment": Said("Paying", "Zahlung"),
    "Payment terms": Said("To be paid within", "Zahlungsziel"),
    "Contact": Said("Person to ask", "Ansprechpartner"),
    "E-mail": Said("Mail address", "E-Mail-Adresse"),
    "Block": Said("Lock", "Sperren"),
    "Unblock": Said("Unlock", "Entsperren"),
    "Vendor blocked": Said("Supplier locked", "Lieferant gesperrt"),
    "Vendor unblocked": Said("Supplier unlocked", "Lieferant entsperrt"),
    "Your reference": Said("Reference", "Ihr Zeichen"),
    "Cost centre": Said("Cost unit", "Kostenstelle"),
    "Every change now also sends the invoice to the customer.": Said(
        "Each change also mails the bill to the customer.", "Jede Änderung schickt die Rechnung nun auch an den Kunden."
    ),
}  # fmt: skip

OPTIONS: dict[str, str] = {
    "EUR": "Euro", "USD": "Dollar", "GBP": "Pound", "CHF": "Franc", "SEK": "Krona",
    "Office supplies": "Consumables", "Travel": "Trips", "Services": "Outside work", "Rent": "Premises",
    "Catering": "Food and drink", "Open": "To be paid", "Needs approval": "Waiting for a yes", "Paid": "Settled",
    "14 days": "Two weeks", "30 days": "One month", "60 days": "Two months",
    "4100 Sales": "41 Sales", "4200 Production": "42 Production", "4300 House": "43 House",
}  # fmt: skip
"""What options are called under OPTIONS_RENAMED."""
