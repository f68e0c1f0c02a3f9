package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every link of a page to another one, or to a place in it, leads there. */
class LinksTest {
  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (String page : Project.pages()) {
      for (String link : Page.of(page).links()) {
        URI target = URI.create(link);
        if (!target.isAbsolute()) {
          followed++;
          if (!leads(page, target)) {
            broken.add(page + ": " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(followed).as("links that were followed").isGreaterThan(50);
  }

  private static boolean leads(String page, URI target) {
    String path = target.getPath().isEmpty() ? page : Project.resolve(page, target.getPath());
    if (path.startsWith("..") || !Project.exists(path)) {
      return false;
    }
    return target.getFragment() == null || Page.of(path).hasAnchor(target.getFragment());
  }
}
