package io.initload.simulator.dml;

import io.initload.simulator.dml.DmlRules.Language;

/** The texts of row errors in the user's language. Stateless but for the language. */
final class Messages {
  private final boolean german;

  Messages(Language language) {
    this.german = language == Language.GERMAN;
  }

  private String text(String english, String inGerman, Object... values) {
    return (german ? inGerman : english).formatted(values);
  }

  String requiredMissing(String names) {
    return text("Required fields are missing: [%s]", "Erforderliche Felder fehlen: [%s]", names);
  }

  String tooLong(String label, String value, int max) {
    return text(
        "%s: data value too large: %s (max length=%d)",
        "%s: Datenwert zu groß: %s (maximale Länge=%d)", label, value, max);
  }

  String notDeserialized(int column, String value, String type) {
    return text(
        "Failed to deserialize field at col %d. Due to, '%s' is not a valid value for the type %s",
        "Feld in Spalte %d konnte nicht gelesen werden: '%s' ist kein gültiger Wert vom Typ %s",
        column,
        value,
        type);
  }

  String notOfType(String label, String value) {
    return text(
        "%s: value not of required type: %s",
        "%s: Wert entspricht nicht dem erforderlichen Typ: %s", label, value);
  }

  String outOfRange(String label, String value) {
    return text(
        "%s: value outside of valid range on numeric field: %s",
        "%s: Wert außerhalb des gültigen Bereichs im numerischen Feld: %s", label, value);
  }

  String badPicklist(String label, String value) {
    return text(
        "%s: bad value for restricted picklist field: %s",
        "%s: ungültiger Wert für eingeschränktes Auswahllistenfeld: %s", label, value);
  }

  String badEmail(String label, String value) {
    return text("%s: invalid email address: %s", "%s: ungültige E-Mail-Adresse: %s", label, value);
  }

  String malformedId(String label, String value) {
    return text(
        "%s: id value of incorrect type: %s", "%s: ID-Wert mit falschem Typ: %s", label, value);
  }

  String crossReference() {
    return text("invalid cross reference id", "Ungültige Querverweis-ID");
  }

  String deleted() {
    return text("entity is deleted", "Entität wurde gelöscht");
  }

  String foreignKeyMissing(String value, String field, String object) {
    return text(
        "Foreign key external ID: %s not found for field %s in entity %s",
        "Externe ID des Fremdschlüssels: %s nicht gefunden für Feld %s in Entität %s",
        value,
        field,
        object);
  }

  String foreignKeySeveral(String field) {
    return text(
        "More than one record found for external id field: %s",
        "Mehr als ein Datensatz gefunden für Feld mit externer ID: %s", field);
  }

  String notSpecified(String field) {
    return text("%s not specified", "%s nicht angegeben", field);
  }

  String idNotSpecified(String call) {
    return text("Id not specified in %s call", "ID nicht angegeben in Aufruf %s", call);
  }

  String idOnInsert() {
    return text("cannot specify Id in an insert call", "ID kann bei insert nicht angegeben werden");
  }

  String duplicateKey(String value) {
    return text("Duplicate external id specified: %s", "Externe ID doppelt angegeben: %s", value);
  }

  String duplicateId(String value) {
    return text("Duplicate id specified: %s", "ID doppelt angegeben: %s", value);
  }

  String duplicateValue(String field, String id) {
    return text(
        "duplicate value found: %s duplicates value on record with id: %s",
        "Doppelter Wert gefunden: %s dupliziert Wert in Datensatz mit ID: %s", field, id);
  }

  String severalByKey(String label, String ids) {
    return text(
        "%s: more than one record found for external id field: [%s]",
        "%s: mehr als ein Datensatz gefunden für Feld mit externer ID: [%s]", label, ids);
  }

  String notWritable(String fields) {
    return text(
        "Unable to create/update fields: %s. Please check the security settings of this field and"
            + " verify that it is read/write for your profile or permission set.",
        "Felder können nicht erstellt/aktualisiert werden: %s. Überprüfen Sie die"
            + " Sicherheitseinstellungen dieses Felds.",
        fields);
  }

  String locked(String ids) {
    return text(
        "unable to obtain exclusive access to this record or 1 records: %s",
        "Exklusiver Zugriff auf diesen Datensatz oder 1 Datensätze nicht möglich: %s", ids);
  }

  String triggerFailed(String trigger, String poison) {
    return text(
        "%s: execution of BeforeInsert%ncaused by: System.FinalException: refused value %s",
        "%s: Ausführung von BeforeInsert%nverursacht von: System.FinalException: Wert %s",
        trigger,
        poison);
  }

  String unescapedQuote() {
    return text(
        "Found unescaped quote. A value with quote should be within a quote",
        "Nicht maskiertes Anführungszeichen gefunden");
  }

  String raggedRow(int found, int expected) {
    return text(
        "Row has %d columns, the header has %d",
        "Zeile hat %d Spalten, die Kopfzeile %d", found, expected);
  }

  String storageFull() {
    return text("storage limit exceeded", "Speicherbegrenzung überschritten");
  }
}
