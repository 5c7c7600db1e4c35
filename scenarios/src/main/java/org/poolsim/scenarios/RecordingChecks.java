// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.poolsim.scenarios.language.Recording;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;
import org.poolsim.scenarios.yaml.Text;

/** Checks what a scenario says about recording beyond the ranges of its numbers. */
final class RecordingChecks {
  private static final long STEP_SECONDS = 5;
  private static final long STEP_NANOS = STEP_SECONDS * 1_000_000_000L;
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private RecordingChecks() {}

  static void check(Recording recording, Places places, Mistakes mistakes) {
    if (recording == null) {
      return; // not a mapping, which has been said
    }
    if (places.sound(recording, "start") && !isStart(recording.start())) {
      mistakes.add(
          places.of(recording, "start"),
          "start: found \""
              + Text.shorten(recording.start())
              + "\", expected a date on a multiple of 5 s from 1970 to 2100, for example"
              + " 2026-01-01T00:00:00Z");
    }
    if (places.sound(recording, "step") && recording.step() % STEP_NANOS != 0) {
      mistakes.add(places.of(recording, "step"), "step: expected a multiple of 5 s");
    }
    patterns(recording, "sources", recording.sources(), places, mistakes);
    patterns(recording, "without", recording.without(), places, mistakes);
  }

  private static boolean isStart(String text) {
    try {
      Instant start = Instant.parse(text);
      return start.getNano() == 0
          && start.getEpochSecond() >= 0
          && start.getEpochSecond() % STEP_SECONDS == 0
          && !start.isAfter(LATEST);
    } catch (DateTimeParseException wrong) {
      return false;
    }
  }

  private static void patterns(
      Recording recording, String key, List<String> patterns, Places places, Mistakes mistakes) {
    if (patterns == null || !places.sound(recording, key)) {
      return;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (!patterns.get(i).matches("(host:|vm:|sr:)?[^\\s,]+")) {
        mistakes.add(
            places.of(recording, key, i),
            key
                + ": found \""
                + Text.shorten(patterns.get(i))
                + "\", expected the name of a data source, for example cpu* or vm:memory");
      }
    }
  }
}
