package io.initload.simulator.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The objects that come with the simulator, read once from the resources beside this class. */
public final class BuiltInObjects {
  private static final List<String> NAMES =
      List.of(
          "Organization",
          "User",
          "RecordType",
          "Group",
          "QueueSobject",
          "Account",
          "Contact",
          "Lead",
          "Opportunity",
          "Campaign",
          "Product2",
          "Order",
          "OrderItem",
          "Task",
          "Country__c",
          "Channel__c",
          "Promotion__c",
          "Sale__c");

  private static final Schema SCHEMA = read();

  private BuiltInObjects() {}

  /** The objects every simulated org has. */
  public static Schema schema() {
    return SCHEMA;
  }

  private static Schema read() {
    ObjectMapper mapper = new ObjectMapper();
    List<SObjectType> types = new ArrayList<>();
    for (String name : NAMES) {
      try (InputStream in = BuiltInObjects.class.getResourceAsStream(name + ".json")) {
        if (in == null) {
          throw new IllegalStateException("The simulator's jar lacks the object " + name);
        }
        types.add(DescribeReader.read((ObjectNode) mapper.readTree(in), name, Set.of()));
      } catch (IOException e) {
        throw new UncheckedIOException("Built-in object " + name + " cannot be read", e);
      }
    }
    return Schema.of(types);
  }
}
