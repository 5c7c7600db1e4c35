// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.poolsim.reports.rrd.NumberText;

/** XML-RPC in the form that the XenAPI has: every answer is a struct with a Status. */
final class XmlRpc {
  private static final int DEPTH_MAX = 16;

  private XmlRpc() {}

  /** A call; parameters are strings, booleans, lists and maps. */
  record Call(String method, List<Object> parameters) {}

  static Call parse(String body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(body));
    expect(xml, "methodCall");
    expect(xml, "methodName");
    String method = xml.getElementText().strip();
    List<Object> parameters = new ArrayList<>();
    if (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      require(xml, "params");
      while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
        require(xml, "param");
        expect(xml, "value");
        parameters.add(value(xml, 0));
        xml.nextTag();
      }
    }
    return new Call(method, parameters);
  }

  private static void expect(XMLStreamReader xml, String name) throws XMLStreamException {
    xml.nextTag();
    require(xml, name);
  }

  private static void require(XMLStreamReader xml, String name) throws XMLStreamException {
    xml.require(XMLStreamReader.START_ELEMENT, null, name);
  }

  /** Reads up to and with the end of a value element. */
  private static Object value(XMLStreamReader xml, int depth) throws XMLStreamException {
    if (depth > DEPTH_MAX) {
      throw new XMLStreamException("values are nested too deeply", xml.getLocation());
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (xml.next()) {
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(xml.getText());
        case XMLStreamReader.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamReader.START_ELEMENT -> {
          Object found = typed(xml, depth);
          xml.nextTag();
          return found;
        }
        default -> {
          // comments
        }
      }
    }
  }

  private static Object typed(XMLStreamReader xml, int depth) throws XMLStreamException {
    String type = xml.getLocalName();
    switch (type) {
      case "boolean" -> {
        return xml.getElementText().strip().equals("1");
      }
      case "array" -> {
        List<Object> list = new ArrayList<>();
        expect(xml, "data");
        while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
          require(xml, "value");
          list.add(value(xml, depth + 1));
        }
        xml.nextTag();
        return list;
      }
      case "struct" -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
          require(xml, "member");
          expect(xml, "name");
          String name = xml.getElementText();
          expect(xml, "value");
          map.put(name, value(xml, depth + 1));
          xml.nextTag();
        }
        return map;
      }
      default -> {
        return xml.getElementText();
      }
    }
  }

  static String success(Object value) {
    StringBuilder to = head("Success").append("<member><name>Value</name><value>");
    write(to, value);
    return tail(to.append("</value></member>"));
  }

  static String failure(List<String> description) {
    StringBuilder to = head("Failure").append("<member><name>ErrorDescription</name><value>");
    write(to, description);
    return tail(to.append("</value></member>"));
  }

  private static StringBuilder head(String status) {
    return new StringBuilder(
            "<?xml version=\"1.0\""
                + " encoding=\"UTF-8\"?><methodResponse><params><param><value><struct>")
        .append("<member><name>Status</name><value>")
        .append(status)
        .append("</value></member>");
  }

  private static String tail(StringBuilder to) {
    return to.append("</struct></value></param></params></methodResponse>").toString();
  }

  private static void write(StringBuilder to, Object value) {
    if (value instanceof Boolean truth) {
      to.append("<boolean>").append(truth ? 1 : 0).append("</boolean>");
    } else if (value instanceof Double number) {
      to.append("<double>").append(NumberText.of(number)).append("</double>");
    } else if (value instanceof PoolRecords.Date date) {
      to.append("<dateTime.iso8601>").append(date.text()).append("</dateTime.iso8601>");
    } else if (value instanceof List<?> list) {
      to.append("<array><data>");
      for (Object element : list) {
        to.append("<value>");
        write(to, element);
        to.append("</value>");
      }
      to.append("</data></array>");
    } else if (value instanceof Map<?, ?> map) {
      to.append("<struct>");
      map.forEach(
          (key, member) -> {
            to.append("<member><name>").append(escape(key.toString())).append("</name><value>");
            write(to, member);
            to.append("</value></member>");
          });
      to.append("</struct>");
    } else {
      to.append(escape(value.toString()));
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
