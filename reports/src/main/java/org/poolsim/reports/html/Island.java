// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.io.StringWriter;
import java.util.List;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.Unit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The data of one section: JSON in an inert script element. A less-than sign is written as an
 * escape, so no text can end the element.
 */
final class Island {
  private final StringWriter text = new StringWriter();
  private final JsonGenerator json =
      new JsonFactory().createGenerator(ObjectWriteContext.empty(), text);

  Island() {
    json.writeStartObject();
  }

  JsonGenerator json() {
    return json;
  }

  /** Writes a number with four significant digits, which is one more than the page shows. */
  void number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNull();
    } else {
      json.writeRawValue(SeriesCode.shortNumber(value));
    }
  }

  void numberProperty(String key, double value) {
    json.writeName(key);
    number(value);
  }

  /** Writes the unit's name as the page's script knows it. */
  void unit(Unit unit) {
    json.writeStringProperty("unit", unit.name());
  }

  void series(String key, Columns columns, SeriesCode code) {
    json.writeName(key);
    code.write(json, columns);
  }

  /** Writes plots with bands where lines have them. */
  void plots(String key, List<Plot> plots) {
    json.writeArrayPropertyStart(key);
    for (Plot plot : plots) {
      json.writeStartObject();
      json.writeStringProperty("title", plot.title());
      unit(plot.unit());
      if (plot.axisTop().isPresent()) {
        numberProperty("top", plot.axisTop().getAsDouble());
      }
      if (plot.limit().isPresent()) {
        json.writeStringProperty("limitLabel", plot.limit().get().label());
        numberProperty("limit", plot.limit().get().value());
      }
      json.writeArrayPropertyStart("lines");
      for (Plot.Line line : plot.lines()) {
        json.writeStartObject();
        json.writeStringProperty("label", line.label());
        json.writeStringProperty("style", line.style().name());
        boolean band = line.style() == Plot.Style.LINE;
        series("series", line.columns(), band ? SeriesCode.BAND : SeriesCode.MEANS);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the element into the page. */
  void into(Markup page, String id) {
    json.writeEndObject();
    json.close();
    page.open("script", "type", "application/json", "id", "data-" + id)
        .raw(text.toString().replace("<", "\\u003c"))
        .closeLine();
  }
}
