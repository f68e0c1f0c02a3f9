package io.initload.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files people wrote, by their paths from the root of the project. */
final class Project {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Folders of what was built, fetched or run. */
  private static final Set<String> MADE =
      Set.of("target", "build", "data", "node_modules", ".git", ".venv", "__pycache__");

  private static final Pattern TEXT =
      Pattern.compile(
          ".*\\.(java|py|md|ya?ml|sql|g4|xml|toml|sh|in|service|env|mustache|html|properties)"
              + "|.*/(run|initload|with-[a-z]+|venv|on-newer-java|packaged|package|third-party)|Makefile");

  private Project() {}

  /** Every text, in the order of the paths. */
  static List<String> texts() {
    List<String> found = new ArrayList<>();
    walk(found);
    return found.stream().filter(path -> TEXT.matcher(path).matches()).sorted().toList();
  }

  /** Every page for people to read. */
  static List<String> pages() {
    return texts().stream().filter(path -> path.endsWith(".md")).toList();
  }

  static boolean exists(String path) {
    return Files.exists(ROOT.resolve(path));
  }

  static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** The path as seen from the folder of the file that names it; it may lead out of the project. */
  static String resolve(String file, String path) {
    return ROOT.relativize(ROOT.resolve(file).resolveSibling(path).normalize()).toString();
  }

  private static void walk(List<String> found) {
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
              return MADE.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              found.add(ROOT.relativize(file).toString());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
