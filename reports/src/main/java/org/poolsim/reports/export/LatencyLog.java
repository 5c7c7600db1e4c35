// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Latencies as an HdrHistogram interval log ({@code .hlog}, version 1.3): values in nanoseconds,
 * shown in milliseconds, times in seconds of simulated time. No wall clock is written.
 */
public final class LatencyLog implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintStream out;
  private final HistogramLogWriter writer;

  /** Creates the file and writes its head. */
  public LatencyLog(Path file) throws IOException {
    OutputStream stream = Files.newOutputStream(file);
    out = new PrintStream(stream, false, StandardCharsets.US_ASCII);
    writer = new HistogramLogWriter(out);
    writer.outputComment("[Latencies in nanoseconds; times in seconds of simulated time]");
    writer.outputLogFormatVersion();
    writer.outputLegend();
  }

  /**
   * Writes what was recorded in an interval.
   *
   * @param tag what was measured, for example {@code vbd.read}; letters, digits, dot, dash and
   *     underscore
   * @param fromSeconds begin in seconds of simulated time
   * @param toSeconds end in seconds of simulated time
   */
  public void interval(String tag, double fromSeconds, double toSeconds, Histogram histogram) {
    if (!tag.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "a tag consists of letters, digits, dots, dashes and underscores: " + tag);
    }
    Histogram tagged = histogram.copy();
    tagged.setTag(tag);
    writer.outputIntervalHistogram(fromSeconds, toSeconds, tagged, NANOS_PER_MILLI);
  }

  /** Ends the file; throws if anything could not be written. */
  @Override
  public void close() throws IOException {
    boolean failed = out.checkError();
    out.close();
    if (failed) {
      throw new IOException("the latency log could not be written");
    }
  }
}
