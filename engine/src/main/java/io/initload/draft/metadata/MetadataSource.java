package io.initload.draft.metadata;

import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import io.initload.mapping.org.TargetObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project of metadata source for {@code sf project deploy}: the external ids that a draft wants
 * made, a permission set for the loading user, and what no metadata tells as a list to do by hand.
 * It was never deployed to an org; Salesforce's own library reads and converts it.
 */
public final class MetadataSource {
  private static final String NAMESPACE = "http://soap.sforce.com/2006/04/metadata";
  private static final String MAIN = "force-app/main/default/";

  /** Of text fields the longest one that is indexed as an external id. */
  private static final int LENGTH = 255;

  private final Draft draft;
  private final Map<String, TargetObject> objects;
  private final String apiVersion;

  private MetadataSource(Draft draft, List<TargetObject> objects, String apiVersion) {
    this.draft = draft;
    this.objects = new TreeMap<>();
    objects.forEach(object -> this.objects.put(object.name(), object));
    this.apiVersion = apiVersion;
  }

  /**
   * The texts of the project, by their paths in it.
   *
   * @param objects those of the draft, as described
   * @param apiVersion for example {@code 60.0}
   */
  public static Map<String, String> of(Draft draft, List<TargetObject> objects, String apiVersion) {
    return new MetadataSource(draft, objects, apiVersion).files();
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "sfdx-project.json",
        """
        {
          "packageDirectories": [{ "path": "force-app", "default": true }],
          "sourceApiVersion": "%s"
        }
        """
            .formatted(apiVersion));
    for (DraftedTable table : draft.tables()) {
      if (table.keyMade()) {
        files.put(
            MAIN
                + "objects/%s/fields/%s.field-meta.xml"
                    .formatted(table.object(), table.externalId()),
            field(table.externalId()));
      }
    }
    files.put(
        MAIN + "permissionsets/Initload.permissionset-meta.xml",
        document("PermissionSet", new Permissions(draft, objects).text()));
    files.put("CHECKLIST.md", Checklist.text(draft));
    return files;
  }

  private static String field(String name) {
    return document(
        "CustomField",
        """
            <fullName>%s</fullName>
            <caseSensitive>true</caseSensitive>
            <description>The key of the row in the database that the record was loaded from.</description>
            <externalId>true</externalId>
            <label>%s</label>
            <length>%d</length>
            <required>false</required>
            <type>Text</type>
            <unique>true</unique>
        """
            .formatted(name, name.replace("__c", "").replace('_', ' '), LENGTH));
  }

  private static String document(String type, String content) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <%1$s xmlns="%2$s">
    %3$s</%1$s>
    """
        .formatted(type, NAMESPACE, content);
  }
}
