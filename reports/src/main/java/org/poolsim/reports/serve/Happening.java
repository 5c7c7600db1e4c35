// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that happened.
 *
 * @param atNanos when, in simulated time
 * @param kind what, for example {@code vm_running} or {@code alarm}
 * @param entity the name of the object
 * @param text one sentence
 * @param message the XenAPI's message, if there is one
 */
public record Happening(
    long atNanos, String kind, String entity, String text, Optional<Message> message) {
  private static final String FILE = "events.jsonl";

  /** More are not read: the first ones are kept. */
  private static final int MOST = 1_000_000;

  /**
   * A message of the XenAPI.
   *
   * @param name its name, {@code ALARM}
   * @param priority 1 to 5
   * @param cls {@code VM}, {@code Host} or {@code SR}
   * @param objectUuid uuid of the object
   * @param body the text
   */
  public record Message(String name, int priority, String cls, String objectUuid, String body) {}

  /** Returns the uuid of the message: the same for the same message. */
  String messageUuid() {
    Message told = message.orElseThrow();
    return UUID.nameUUIDFromBytes(
            (atNanos + "/" + told.objectUuid + "/" + told.body).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /**
   * Reads the events of a run's folder; none if there is no such file.
   *
   * @throws IOException if a line is wrong; the message names the file and the line
   */
  static List<Happening> read(Path run) throws IOException {
    Path file = run.resolve(FILE);
    List<Happening> all = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return all;
    }
    JsonMapper json = JsonMapper.builder().build();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      for (int number = 1; line != null && all.size() < MOST; number++) {
        try {
          all.add(of(json.readTree(line)));
        } catch (JacksonException | IllegalArgumentException wrong) {
          throw new IOException(file + ":" + number + ":1: is not an event", wrong);
        }
        line = lines.readLine();
      }
    }
    return all;
  }

  private static Happening of(JsonNode event) {
    if (!event.path("at_nanos").isIntegralNumber() || !event.path("kind").isString()) {
      throw new IllegalArgumentException("lacks its time or its kind");
    }
    Optional<Message> message =
        event.path("body").isString()
            ? Optional.of(
                new Message(
                    event.path("name").asString(""),
                    event.path("priority").asInt(3),
                    event.path("cls").asString(""),
                    event.path("obj_uuid").asString(""),
                    event.path("body").asString("")))
            : Optional.empty();
    return new Happening(
        event.path("at_nanos").asLong(),
        event.path("kind").asString(),
        event.path("entity").asString(""),
        event.path("text").asString(""),
        message);
  }
}
