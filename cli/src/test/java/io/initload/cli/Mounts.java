package io.initload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The words before a command that give it file systems of its own, which are gone with it. */
final class Mounts {
  /** The top of the machine's tree, in a directory that is no mount: but for /tmp, its own. */
  private static final String CHROOT =
      """
      set -e
      for one in /*; do
        if [ -L "$one" ]; then cp -P "$one" "$0$one"
        elif [ -d "$one" ] && [ "$one" != /tmp ]; then mkdir -p "$0$one"; mount --rbind "$one" "$0$one"
        fi
      done
      mkdir -p "$0/tmp"
      if chroot "$0" grep -q ' / ' /proc/self/mounts; then exit 99; fi
      exec chroot "$0" "$@"
      """;

  private Mounts() {}

  /** Whether this user may mount. */
  static boolean possible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A directory on a disk of that size. */
  static List<String> disk(Path directory, String size) {
    return then("mount -t tmpfs -o size=" + size + ",mode=700 none \"$0\"", directory);
  }

  /** A directory, with what is in it, on a file system that is mounted to be read. */
  static List<String> readOnly(Path directory) {
    return then("mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"", directory);
  }

  /** A directory as the root of all, which is no mount point. */
  static List<String> chroot(Path root) {
    return List.of("unshare", "-rm", "sh", "-c", CHROOT, root.toString());
  }

  private static List<String> then(String mount, Path directory) {
    return List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", directory.toString());
  }
}
