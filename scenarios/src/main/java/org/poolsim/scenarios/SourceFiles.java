// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.scenarios.yaml.InputException;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Node;
import org.poolsim.scenarios.yaml.Position;
import org.poolsim.scenarios.yaml.Text;
import org.poolsim.scenarios.yaml.Trees;
import org.poolsim.scenarios.yaml.YamlReader;

/** Reads a scenario file and what it includes, and remembers which file is where. */
final class SourceFiles {
  /** Keys that are taken whole, never merged: a workload of two halves is neither. */
  static final Set<String> WHOLE = Set.of("workload", "start");

  private static final int MAX_DEPTH = 8;
  private static final int MAX_FILES = 64;

  private final Map<String, Path> files = new HashMap<>();
  private final Mistakes mistakes;
  private final Path folder;
  private final String main;
  private int read;

  SourceFiles(Path path, Mistakes mistakes) {
    this.mistakes = mistakes;
    this.main = path.toString();
    Path parent = path.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? path.toAbsolutePath().normalize() : parent;
  }

  /** Returns the scenario with everything that it includes, or {@code null} after a mistake. */
  Node.Mapping read(Path path) {
    return read(path.toAbsolutePath().normalize(), main, Position.of(main), new ArrayList<>());
  }

  private Node.Mapping read(Path path, String name, Position asker, List<Path> trail) {
    if (trail.contains(path)) {
      StringBuilder circle = new StringBuilder();
      for (Path step : trail.subList(trail.indexOf(path), trail.size())) {
        circle.append(step.getFileName()).append(" includes ");
      }
      mistakes.add(asker, "files include each other: " + circle + path.getFileName());
      return null;
    }
    if (trail.size() > MAX_DEPTH || ++read > MAX_FILES) {
      mistakes.add(
          asker,
          "includes deeper than " + MAX_DEPTH + " files, or more than " + MAX_FILES + " of them");
      return null;
    }
    files.put(name, path);
    Node root;
    try {
      root = YamlReader.read(path, name, mistakes);
    } catch (InputException e) {
      boolean missing = e.mistake().line() == 0 && !asker.file().equals(name);
      mistakes.add(
          missing ? asker : e.mistake().position(),
          missing ? "include " + name + ": " + e.mistake().message() : e.mistake().message());
      return null;
    }
    if (!(root instanceof Node.Mapping mapping)) {
      mistakes.add(root.position(), "found " + root.kind() + ", expected the keys of a scenario");
      return null;
    }
    Node include = mapping.get("include");
    if (include == null) {
      return mapping;
    }
    List<Path> longer = new ArrayList<>(trail);
    longer.add(path);
    List<Node> names = include instanceof Node.Sequence list ? list.items() : List.of(include);
    Node.Mapping below = null;
    boolean complete = true;
    for (Node item : names) {
      Node.Mapping one = included(path, name, item, longer);
      complete &= one != null;
      if (one != null) {
        below = below == null ? one : Trees.merge(below, one, Trees.Lists.BY_NAME, WHOLE);
      }
    }
    // An include that failed stays in place, so that what it would bring is not missed too.
    Node.Mapping own = complete ? Trees.without(mapping, "include") : mapping;
    return below == null ? own : Trees.merge(below, own, Trees.Lists.BY_NAME, WHOLE);
  }

  private Node.Mapping included(Path from, String fromName, Node item, List<Path> trail) {
    if (!(item instanceof Node.Scalar scalar) || scalar.isNull()) {
      mistakes.add(item.position(), "include: found " + item.kind() + ", expected a file");
      return null;
    }
    Path path = resolve(from, scalar.text());
    if (path == null || !path.startsWith(folder)) {
      mistakes.add(
          item.position(),
          "include: \""
              + Text.shorten(scalar.text())
              + "\" is outside the folder of the scenario, expected a file in it or below it");
      return null;
    }
    Path shown = Path.of(fromName).getParent();
    String name =
        shown == null ? scalar.text() : shown.resolve(scalar.text()).normalize().toString();
    return read(path, name, item.position(), trail);
  }

  private static Path resolve(Path from, String text) {
    try {
      Path relative = Path.of(text);
      return relative.isAbsolute() ? null : from.resolveSibling(relative).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * Returns the file that a text at a place names: relative to the file of the place, or to the
   * scenario if it was set on the command line. {@code null} if it is not a path.
   */
  Path locate(Position place, String text) {
    try {
      Path from = files.getOrDefault(place.file(), files.get(main));
      return from.resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Returns how messages call a file that a text at a place names. */
  String show(Position place, String text) {
    String from = files.containsKey(place.file()) ? place.file() : main;
    Path shown = Path.of(from).getParent();
    return shown == null ? text : shown.resolve(text).normalize().toString();
  }
}
