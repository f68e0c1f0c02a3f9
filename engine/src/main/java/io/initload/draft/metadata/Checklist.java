package io.initload.draft.metadata;

import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an administrator does by hand, since no metadata of ours does it. */
final class Checklist {
  private Checklist() {}

  static String text(Draft draft) {
    return """
    # Before the first load

    These files were never deployed to an org. Try them in a sandbox first.

    - [ ] `sf project deploy start --source-dir force-app`
    - [ ] An external client app (or connected app) with the OAuth scopes `api` and `refresh_token`.
    - [ ] For the JWT bearer flow: the certificate uploaded, the app approved for the loading user by the permission set Initload. For client credentials: the run-as user named.
    - [ ] The permission set Initload given to the loading user, an integration user of its own.
    - [ ] Standard fields of these objects editable for that user: %s.
    %s- [ ] Where CreatedDate or LastModifiedDate is loaded: "Set Audit Fields upon Record Creation".
    - [ ] E-mail deliverability off, or to system e-mail only: a load can mail real customers.
    - [ ] Triggers, flows, validation, duplicate, assignment and auto-response rules off for that user; written down, to be switched on again.
    - [ ] Then: `initload validate` on the drafted configuration.
    """
        .formatted(String.join(", ", objects(draft)), byOthers(objects(draft)));
  }

  private static Set<String> objects(Draft draft) {
    return new TreeSet<>(draft.loaded().stream().map(DraftedTable::object).toList());
  }

  private static String byOthers(Set<String> objects) {
    String those = objects.stream().filter(Permissions::byOthers).collect(Collectors.joining(", "));
    return those.isEmpty()
        ? ""
        : "- [ ] The loading user may read, create, edit and delete records of these objects, which have no permissions of their own but those of other objects: %s.\n"
            .formatted(those);
  }
}
