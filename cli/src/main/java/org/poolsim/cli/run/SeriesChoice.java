// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Mode;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.language.Recording;

/** What a scenario says about its time series, as the recorder takes it. */
public final class SeriesChoice {
  private static final long NANOS = 1_000_000_000L;

  private SeriesChoice() {}

  /** Returns the options that a scenario chooses. */
  public static RecorderOptions of(LoadedScenario scenario) {
    Recording record = scenario.scenario().record();
    RecorderOptions options =
        RecorderOptions.defaults()
            .withMode(
                switch (record.mode()) {
                  case XAPI -> Mode.XAPI;
                  case RRDTOOL -> Mode.RRDTOOL;
                })
            .withEpochSeconds(Instant.parse(record.start()).getEpochSecond())
            .withHistoryStepSeconds(Math.toIntExact(record.step() / NANOS))
            .withSelection(selection(record));
    return record.minMax() ? options.withMinMaxForAll() : options;
  }

  private static Predicate<Description> selection(Recording record) {
    Predicate<Description> wanted =
        record.sources() == null ? Description::enabled : any(record.sources());
    return wanted.and(any(record.without()).negate());
  }

  /** Matches the sources that any of the patterns names. */
  static Predicate<Description> any(List<String> patterns) {
    Predicate<Description> any = source -> false;
    for (String pattern : patterns) {
      any = any.or(one(pattern));
    }
    return any;
  }

  private static Predicate<Description> one(String pattern) {
    for (Owner.Kind kind : Owner.Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
      if (pattern.startsWith(prefix)) {
        Predicate<Description> named = named(pattern.substring(prefix.length()));
        return source -> source.owner().kind() == kind && named.test(source);
      }
    }
    return named(pattern);
  }

  private static Predicate<Description> named(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    Pattern whole = Pattern.compile(regex.toString());
    return source -> whole.matcher(source.name()).matches();
  }
}
