// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.poolsim.engine.data.Owner;

/** Reads the text of {@code other-config:perfmon}. Defaults are those of the perfmon script. */
final class PerfmonConfig {
  static final String PER_HOST = "sr_io_throughput_total_per_host";

  private static final int LENGTH_MAX = 64 << 10;
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "alarm_trigger_level",
          "alarm_trigger_period",
          "alarm_auto_inhibit_period",
          "alarm_trigger_sense",
          "alarm_priority",
          "consolidation_fn",
          "rrd_regex");
  private static final Set<String> OF_DOM0_ITSELF = Set.of("fs_usage", "log_fs_usage", "mem_usage");

  private final Owner.Kind kind;
  private final List<String> mistakes = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();

  private PerfmonConfig(Owner.Kind kind) {
    this.kind = kind;
  }

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException with all mistakes, each with its line and column
   */
  static List<Variable> parse(String xml, Owner.Kind kind) {
    PerfmonConfig config = read(xml, kind);
    if (!config.mistakes.isEmpty()) {
      throw new IllegalArgumentException("perfmon:" + String.join("\nperfmon:", config.mistakes));
    }
    return config.variables;
  }

  /** Reads a configuration and keeps what is wrong with it. */
  static PerfmonConfig read(String xml, Owner.Kind kind) {
    PerfmonConfig config = new PerfmonConfig(kind);
    if (xml.length() > LENGTH_MAX) {
      config.mistakes.add("1:1: is longer than " + LENGTH_MAX + " characters");
      return config;
    }
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      config.read(factory.createXMLStreamReader(new StringReader(xml)));
    } catch (XMLStreamException e) {
      config.mistakes.add(
          Math.max(1, e.getLocation().getLineNumber())
              + ":"
              + Math.max(1, e.getLocation().getColumnNumber())
              + ": not XML of the form <config><variable>...");
    }
    return config;
  }

  List<String> mistakes() {
    return mistakes;
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    xml.nextTag();
    xml.require(XMLStreamReader.START_ELEMENT, null, "config");
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      xml.require(XMLStreamReader.START_ELEMENT, null, "variable");
      String place =
          xml.getLocation().getLineNumber() + ":" + xml.getLocation().getColumnNumber() + ": ";
      Map<String, String> values = new LinkedHashMap<>();
      while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
        String key = xml.getLocalName();
        String value = xml.getAttributeValue(null, "value");
        if (!KEYS.contains(key)) {
          mistakes.add(place + "<" + key + "> is unknown, expected one of " + sorted(KEYS));
        } else if (value == null) {
          mistakes.add(place + "<" + key + "> lacks the attribute value");
        } else {
          values.put(key, value);
        }
        while (xml.nextTag() != XMLStreamReader.END_ELEMENT) {
          xml.getElementText();
        }
      }
      variable(place, values);
    }
  }

  /** A variable that an SR's configuration puts on every host with a PBD of it. */
  static Variable onHost(Variable configured, Owner sr) {
    String eight = sr.uuid().substring(0, Math.min(8, sr.uuid().length()));
    String body = configured.xml();
    return new Variable(
        "sr_io_throughput_total_" + eight,
        configured.level(),
        configured.periodSeconds(),
        configured.inhibitSeconds(),
        configured.high(),
        configured.priority(),
        configured.function(),
        Pattern.compile("^io_throughput_total_" + Pattern.quote(eight) + "$"),
        body.replace(PER_HOST, "sr_io_throughput_total_" + eight)
            .replace(
                "</variable>",
                "\t<configured_on class=\"SR\" uuid=\"" + sr.uuid() + "\"/>\n</variable>"));
  }

  private void variable(String place, Map<String, String> values) {
    int before = mistakes.size();
    String name = values.get("name");
    if (name == null) {
      mistakes.add(place + "a variable lacks <name>");
      return;
    }
    if (OF_DOM0_ITSELF.contains(name)) {
      mistakes.add(place + name + " reads dom0's own files, which are not simulated");
      return;
    }
    boolean utilisation = kind == Owner.Kind.SR && name.equals("physical_utilisation");
    double level = number(place, values, "alarm_trigger_level", utilisation ? 0.8 : Double.NaN);
    if (Double.isNaN(level) && !values.containsKey("alarm_trigger_level")) {
      mistakes.add(place + name + " lacks <alarm_trigger_level>, which has no default there");
    }
    boolean perHost = kind == Owner.Kind.SR && name.equals(PER_HOST);
    if (perHost && values.containsKey("rrd_regex")) {
      mistakes.add(place + PER_HOST + " takes no <rrd_regex>");
    }
    String sense =
        values.getOrDefault(
            "alarm_trigger_sense",
            name.equals("memory_internal_free") || name.equals("memory_free_kib") ? "low" : "high");
    String regex = values.getOrDefault("rrd_regex", perHost ? name : defaultRegex(name));
    if (regex == null) {
      mistakes.add(place + name + " lacks <rrd_regex>, which has no default there");
    }
    Pattern pattern = null;
    try {
      // As the script has it: ^ and $ around the text, matched from the beginning of a name.
      pattern = Pattern.compile("^" + (regex == null ? "" : regex) + "$");
    } catch (PatternSyntaxException e) {
      mistakes.add(place + "<rrd_regex>: " + e.getDescription());
    }
    Variable.Function function = function(place, name, values.get("consolidation_fn"));
    int period = whole(place, values, "alarm_trigger_period", 60);
    int inhibit = whole(place, values, "alarm_auto_inhibit_period", 3600);
    int priority = whole(place, values, "alarm_priority", 3);
    if (mistakes.size() > before) {
      return;
    }
    StringBuilder xml = new StringBuilder("<variable>\n");
    values.forEach(
        (key, value) ->
            xml.append("\t<")
                .append(key)
                .append(" value=\"")
                .append(escape(value))
                .append("\"/>\n"));
    xml.append("</variable>\n");
    variables.add(
        new Variable(
            name,
            level,
            period,
            inhibit,
            sense.equals("high"),
            priority,
            function,
            pattern,
            xml.toString()));
  }

  private Variable.Function function(String place, String name, String word) {
    if (word == null) {
      if (name.equals("cpu_usage") && kind != Owner.Kind.SR) {
        return Variable.Function.AVERAGE;
      }
      return kind == Owner.Kind.SR && name.equals("physical_utilisation")
          ? Variable.Function.RATIO
          : Variable.Function.SUM;
    }
    return switch (word) {
      case "sum" -> Variable.Function.SUM;
      case "average" -> Variable.Function.AVERAGE;
      case "max" -> Variable.Function.MAX;
      case "get_percent_sr_usage" -> Variable.Function.RATIO;
      default -> {
        mistakes.add(
            place
                + "<consolidation_fn> is "
                + word
                + ", expected sum, average, max or get_percent_sr_usage");
        yield Variable.Function.SUM;
      }
    };
  }

  private String defaultRegex(String name) {
    return switch (name) {
      case "cpu_usage" -> kind == Owner.Kind.SR ? null : "cpu[0-9]+";
      case "network_usage" ->
          kind == Owner.Kind.VM
              ? "vif_[0-9]+_[rt]x"
              : kind == Owner.Kind.HOST ? "pif_eth[0-9]+_[rt]x" : null;
      case "disk_usage" -> kind == Owner.Kind.VM ? "vbd_(xvd|hd)[a-z]+_(read|write)" : null;
      case "memory_internal_free" -> kind == Owner.Kind.VM ? name : null;
      case "memory_free_kib" -> kind == Owner.Kind.HOST ? name : null;
      case "physical_utilisation" -> kind == Owner.Kind.SR ? "physical_utilisation|size" : null;
      default ->
          kind == Owner.Kind.HOST && name.matches("sr_io_throughput_total_[0-9a-f]{8}")
              ? name.substring(3)
              : null;
    };
  }

  private double number(String place, Map<String, String> values, String key, double whenAbsent) {
    String text = values.get(key);
    if (text == null) {
      return whenAbsent;
    }
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      mistakes.add(place + "<" + key + "> is \"" + text + "\", expected a number");
      return whenAbsent;
    }
  }

  /** The script takes whole numbers there. */
  private int whole(String place, Map<String, String> values, String key, int whenAbsent) {
    String text = values.get(key);
    if (text == null) {
      return whenAbsent;
    }
    if (text.strip().matches("[0-9]{1,9}")) {
      return Integer.parseInt(text.strip());
    }
    mistakes.add(place + "<" + key + "> is \"" + text + "\", expected a whole number");
    return whenAbsent;
  }

  private static String sorted(Set<String> keys) {
    return String.join(", ", keys.stream().sorted().toList()).toLowerCase(Locale.ROOT);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
