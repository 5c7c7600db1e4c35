// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.OptionalLong;

/**
 * Something that happened at one instant.
 *
 * @param atNanos when
 * @param kind what sort
 * @param entity whom it happened to; may be empty
 * @param text a few words without the time, for example {@code host-2 died}
 * @param outcome the sentence that says how it ended, without the instant, for example {@code 60 of
 *     60 VMs working again after 4 min 31 s}; empty for events that need none. Events with an
 *     outcome appear in the verdict and in the terminal summary
 * @param untilNanos when a lasting event (a burst of starts) ended
 */
public record RunEvent(
    long atNanos, Kind kind, String entity, String text, String outcome, OptionalLong untilNanos) {
  /** The sorts of events, most important first. */
  public enum Kind {
    FAULT,
    HA,
    ALERT,
    STARTS,
    MIGRATION,
    OTHER
  }

  /** An event without an outcome or an end. */
  public static RunEvent at(long atNanos, Kind kind, String entity, String text) {
    return new RunEvent(atNanos, kind, entity, text, "", OptionalLong.empty());
  }

  /** Returns this event with how it ended. */
  public RunEvent ended(String sentence) {
    return new RunEvent(atNanos, kind, entity, text, sentence, untilNanos);
  }
}
