package io.initload.draft;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words of business databases: short forms, words that mean the same, and what objects hold. */
final class Vocabulary {
  /** Short forms, and what they are short for. */
  static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("nm", "name"),
          Map.entry("desc", "description"),
          Map.entry("descr", "description"),
          Map.entry("addr", "address"),
          Map.entry("qty", "quantity"),
          Map.entry("amt", "amount"),
          Map.entry("nr", "number"),
          Map.entry("num", "number"),
          Map.entry("no", "number"),
          Map.entry("dt", "date"),
          Map.entry("cd", "code"),
          Map.entry("cust", "customer"),
          Map.entry("prod", "product"),
          Map.entry("promo", "promotion"),
          Map.entry("emp", "employee"),
          Map.entry("dept", "department"),
          Map.entry("mgr", "manager"),
          Map.entry("acct", "account"),
          Map.entry("org", "organization"),
          Map.entry("loc", "location"),
          Map.entry("hist", "history"),
          Map.entry("cntry", "country"),
          Map.entry("yr", "year"),
          Map.entry("pct", "percent"),
          Map.entry("ord", "order"),
          Map.entry("inv", "invoice"),
          Map.entry("pmt", "payment"));

  /** Words of fields that mean the same; phrases are looked for before words. */
  static final List<Map.Entry<String, String>> SAME =
      List.of(
          Map.entry("date of birth", "birth date"),
          Map.entry("birthdate", "birth date"),
          Map.entry("birthday", "birth date"),
          Map.entry("dob", "birth date"),
          Map.entry("zip code", "postal code"),
          Map.entry("zip", "postal code"),
          Map.entry("postcode", "postal code"),
          Map.entry("surname", "last name"),
          Map.entry("family name", "last name"),
          Map.entry("lname", "last name"),
          Map.entry("given name", "first name"),
          Map.entry("forename", "first name"),
          Map.entry("fname", "first name"),
          Map.entry("e mail", "email"),
          Map.entry("mail", "email"),
          Map.entry("telephone", "phone"),
          Map.entry("tel", "phone"),
          Map.entry("home page", "website"),
          Map.entry("homepage", "website"),
          Map.entry("url", "website"),
          Map.entry("street address", "street"),
          Map.entry("address", "street"),
          Map.entry("province", "state"),
          Map.entry("region", "state"),
          Map.entry("cost", "price"));

  /** Words that tell nothing. */
  static final Set<String> EMPTY = Set.of("of", "the", "per", "and");

  /** Words at a name's end that say that it names something. */
  static final Set<String> NAMING = Set.of("id", "key", "ref", "fk", "sk", "code", "number");

  /** What the field Name of an object is fed from where no column is called so. */
  static final Set<String> TITLES = Set.of("name", "title", "label", "subject");

  /** Standard objects, and words for what they hold. */
  static final Map<String, Set<String>> OBJECTS =
      Map.ofEntries(
          Map.entry("Account", Set.of("customer", "client", "company", "organization", "firm")),
          Map.entry("Contact", Set.of("customer", "person", "people", "client", "employee")),
          Map.entry("Lead", Set.of("prospect")),
          Map.entry("Product2", Set.of("item", "article", "good")),
          Map.entry("Case", Set.of("ticket", "issue", "incident", "complaint")),
          Map.entry("Opportunity", Set.of("deal", "quote")),
          Map.entry("OrderItem", Set.of("order line", "order detail", "order position")),
          Map.entry("Campaign", Set.of("promotion", "mailing")),
          Map.entry("Asset", Set.of("installation", "device")));

  private Vocabulary() {}
}
