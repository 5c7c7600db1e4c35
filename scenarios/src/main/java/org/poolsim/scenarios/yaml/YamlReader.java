// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into {@link Node}s that know their places. Built on the parser's
 * events, not on its loader, so that every limit is checked while reading: nothing is expanded,
 * allocated or recursed into before it has been counted.
 */
public final class YamlReader {
  /** Largest file, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** Deepest nesting of lists and mappings. */
  public static final int MAX_DEPTH = 40;

  /** Most nodes of one document, aliases counted as often as they are used. */
  public static final int MAX_NODES = 1_000_000;

  private final String file;
  private final Mistakes mistakes;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private Iterator<Event> events;
  private int nodes;

  private YamlReader(String file, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /**
   * Reads a file.
   *
   * @param path what to open
   * @param name how messages call it
   * @param mistakes takes what is wrong and does not end the reading: keys that are there twice
   * @throws InputException for what does
   */
  public static Node read(Path path, String name, Mistakes mistakes) throws InputException {
    Position whole = Position.of(name);
    byte[] bytes;
    try {
      if (Files.isDirectory(path)) {
        throw new InputException(whole, "is a folder, expected a YAML file");
      }
      if (!Files.exists(path)) {
        throw new InputException(whole, "no such file");
      }
      long size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new InputException(whole, tooLarge(size));
      }
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
    } catch (AccessDeniedException e) {
      throw new InputException(whole, "cannot be read: access denied");
    } catch (IOException e) {
      throw new InputException(whole, "cannot be read: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      throw new InputException(whole, tooLarge(bytes.length));
    }
    return new YamlReader(name, mistakes).document(decode(bytes, name));
  }

  /** Reads a text, up to its first mistake. */
  public static Node parse(String text, String name) throws InputException {
    Mistakes mistakes = new Mistakes();
    Node node = new YamlReader(name, mistakes).document(text);
    if (!mistakes.isEmpty()) {
      Mistake first = mistakes.list().get(0);
      throw new InputException(first.position(), first.message());
    }
    return node;
  }

  private static String tooLarge(long bytes) {
    return String.format(
        Locale.ROOT,
        "the file has %d MiB or more, the limit is %d MiB",
        Math.max(bytes >> 20, MAX_BYTES >> 20),
        MAX_BYTES >> 20);
  }

  private static String decode(byte[] bytes, String name) throws InputException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      buffer.position(3);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(buffer)
          .toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        if (bytes[i] == '\n') {
          line++;
        }
      }
      throw new InputException(new Position(name, line, 0), "not UTF-8 text");
    }
  }

  private Node document(String text) throws InputException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      events = new Parse(settings).parseString(text).iterator();
      events.next(); // the start of the stream
      Event first = events.next();
      if (first.getEventId() == Event.ID.StreamEnd) {
        throw new InputException(new Position(file, 1, 1), "the file holds nothing");
      }
      Node root = node(events.next(), 1);
      events.next(); // the end of the document
      Event next = events.next();
      if (next.getEventId() != Event.ID.StreamEnd) {
        throw new InputException(at(next), "a second document begins here, expected one per file");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      throw syntax(e);
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      throw new InputException(
          new Position(file, line, 0),
          String.format(Locale.ROOT, "character U+%04X is not allowed in YAML", e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw new InputException(Position.of(file), "not valid YAML: " + oneLine(e.getMessage()));
    }
  }

  private Node node(Event event, int depth) throws InputException {
    if (++nodes > MAX_NODES) {
      throw tooManyNodes(event);
    }
    if (event instanceof AliasEvent alias) {
      Node anchored = anchors.get(alias.getAlias());
      if (anchored == null) {
        throw new InputException(
            at(event), "alias *" + alias.getAlias() + " stands inside its own anchor or has none");
      }
      nodes += anchored.size();
      if (nodes > MAX_NODES) {
        throw tooManyNodes(event);
      }
      return anchored;
    }
    if (depth > MAX_DEPTH) {
      throw new InputException(at(event), "nested deeper than " + MAX_DEPTH + " levels");
    }
    NodeEvent start = (NodeEvent) event;
    // What an anchor named before is forgotten while its new meaning is read.
    start.getAnchor().ifPresent(anchors::remove);
    Node node;
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event);
      node = new Node.Scalar(at(event), scalar.getValue(), scalar.isPlain());
    } else {
      refuseTag(((CollectionStartEvent) event).getTag(), event);
      node =
          event.getEventId() == Event.ID.MappingStart ? mapping(event, depth) : list(event, depth);
    }
    start.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private Node list(Event start, int depth) throws InputException {
    List<Node> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return Node.Sequence.of(at(start), items);
  }

  private Node mapping(Event start, int depth) throws InputException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Position place = at(e);
      if (!(node(e, depth + 1) instanceof Node.Scalar key)) {
        throw new InputException(place, "a list or mapping cannot be a key");
      }
      Node value = node(events.next(), depth + 1);
      if (key.plain() && key.text().equals("<<")) {
        throw new InputException(
            place, "merge keys (<<) are not part of YAML 1.2, use template: or include:");
      }
      Node.Entry before = entries.putIfAbsent(key.text(), new Node.Entry(place, value));
      if (before != null) {
        mistakes.add(
            place,
            "key \""
                + Text.shorten(key.text())
                + "\" is there twice, first in line "
                + before.key().line());
      }
    }
    return Node.Mapping.of(at(start), entries);
  }

  private void refuseTag(Optional<String> tag, Event event) throws InputException {
    if (tag.isPresent() && !tag.get().equals("!")) {
      throw new InputException(at(event), "tags (!...) have no meaning here, leave it out");
    }
  }

  private InputException tooManyNodes(Event event) {
    return new InputException(
        at(event), "more than " + MAX_NODES + " values, aliases counted as often as they are used");
  }

  private InputException syntax(MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().isPresent() ? e.getProblemMark() : e.getContextMark();
    Position place =
        mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
            .orElse(Position.of(file));
    String problem = oneLine(e.getProblem());
    if (problem.contains("'\\t(TAB)'")) {
      return new InputException(place, "a tab is used for indentation, expected spaces");
    }
    if (problem.contains("found undefined alias")) {
      return new InputException(place, "an alias (*name) has no anchor (&name) before it");
    }
    String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ": ";
    String hint =
        problem.endsWith("but got [") ? "; inside {...} a name with a range needs quotes" : "";
    return new InputException(place, "not valid YAML: " + context + problem + hint);
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }

  private Position at(Event event) {
    return event
        .getStartMark()
        .map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
        .orElse(Position.of(file));
  }
}
