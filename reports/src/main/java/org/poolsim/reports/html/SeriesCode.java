// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import org.poolsim.reports.result.Columns;
import tools.jackson.core.JsonGenerator;

/**
 * The page's form of a series: values in whole parts of the series' own range, differences from
 * column to column as zigzag numbers of variable length, in base64. Where a band is kept, each
 * known column is followed by the distances to its lowest and its highest. At the end stand the
 * lengths of the stretches of columns that are wholly known and partly unknown, in turn. A constant
 * series is one number.
 */
record SeriesCode(int bits, int columns, boolean band) {
  /** Lowest, mean and highest: plots of the pool and its hosts. */
  static final SeriesCode BAND = new SeriesCode(12, 720, true);

  /** Means only: filled areas and percentiles. */
  static final SeriesCode MEANS = new SeriesCode(12, 720, false);

  /** Means for a heat strip, whose shades are few. */
  static final SeriesCode STRIP = new SeriesCode(8, 720, false);

  /** Means for one of very many heat strips. */
  static final SeriesCode THIN_STRIP = new SeriesCode(6, 240, false);

  /** Mean and highest for a sparkline of a VM. */
  static final SeriesCode SPARKLINE = new SeriesCode(8, 144, false);

  /** An opened row of a VM. */
  static final SeriesCode OPENED = new SeriesCode(10, 288, true);

  void write(JsonGenerator json, Columns all) {
    Columns series = all.atMost(columns);
    json.writeStartObject();
    json.writeName("w").writeRawValue(shortNumber(series.columnNanos() * 1e-9, 12));
    json.writeNumberProperty("n", series.count());
    if (series.isConstant()) {
      json.writeName("c");
      float value = series.count() == 0 ? Float.NaN : series.mean(0);
      if (Float.isNaN(value)) {
        json.writeNull();
      } else {
        json.writeRawValue(shortNumber(value, 6));
      }
    } else {
      encode(json, series);
    }
    json.writeEndObject();
  }

  private void encode(JsonGenerator json, Columns series) {
    double low = 0;
    double high = 0;
    for (int i = 0; i < series.count(); i++) {
      if (!Float.isNaN(series.mean(i))) {
        low = Math.min(low, band ? series.min(i) : series.mean(i));
        high = Math.max(high, band ? series.max(i) : series.mean(i));
      }
    }
    // The range is rounded outwards as it will be read, so that no value lies outside it.
    high = Double.parseDouble(shortNumber(high * 1.0001, 6));
    low = Double.parseDouble(shortNumber(low * 1.0001, 6));
    int top = (1 << bits) - 1;
    double scale = high > low ? top / (high - low) : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int previous = 0;
    for (int i = 0; i < series.count(); i++) {
      boolean known = !Float.isNaN(series.mean(i));
      int mean = known ? 1 + part(series.mean(i), low, scale, top) : 0;
      int difference = mean - previous;
      varint(bytes, (difference << 1) ^ (difference >> 31));
      previous = mean;
      if (known && band) {
        varint(bytes, Math.max(0, mean - 1 - part(series.min(i), low, scale, top)));
        varint(bytes, Math.max(0, part(series.max(i), low, scale, top) - (mean - 1)));
      }
    }
    boolean unknown = false;
    int length = 0;
    for (int i = 0; i < series.count(); i++) {
      if (series.partUnknown(i) != unknown) {
        varint(bytes, length);
        length = 0;
        unknown = !unknown;
      }
      length++;
    }
    varint(bytes, length);
    json.writeName("lo").writeRawValue(shortNumber(low, 6));
    json.writeName("hi").writeRawValue(shortNumber(high, 6));
    json.writeNumberProperty("q", bits);
    json.writeNumberProperty("b", band ? 1 : 0);
    json.writeStringProperty("d", Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private static int part(float value, double low, double scale, int top) {
    return (int) Math.max(0, Math.min(top, Math.round((value - low) * scale)));
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 127) {
      out.write((rest & 127) | 128);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Returns four significant digits in the shortest form. */
  static String shortNumber(double value) {
    return shortNumber(value, 4);
  }

  static String shortNumber(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    String plain = rounded.toPlainString();
    String scientific = rounded.toString();
    return plain.length() <= scientific.length() ? plain : scientific;
  }
}
