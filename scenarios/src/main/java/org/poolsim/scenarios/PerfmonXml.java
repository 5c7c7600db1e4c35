// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/** The XML of {@code other-config:perfmon}: {@code config} with elements {@code variable}. */
public final class PerfmonXml {
  private PerfmonXml() {}

  /**
   * Writes variables.
   *
   * @param variables each one's elements by name, with the attribute {@code value}, in order
   */
  public static String write(List<Map<String, String>> variables) {
    StringWriter text = new StringWriter();
    try {
      // The JDK's own, so that the bytes do not depend on what else is on the class path.
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement("config");
      for (Map<String, String> variable : variables) {
        xml.writeStartElement("variable");
        for (Map.Entry<String, String> element : variable.entrySet()) {
          xml.writeEmptyElement(element.getKey());
          xml.writeAttribute("value", element.getValue());
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory cannot be written", e);
    }
    return text.toString();
  }

  /**
   * Reads variables; elements without the attribute {@code value} have an empty one.
   *
   * @return the elements of each variable by name
   * @throws IllegalArgumentException if the text is not XML of that form
   */
  public static List<Map<String, String>> read(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Map<String, String>> variables = new ArrayList<>();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      xml.nextTag();
      xml.require(XMLStreamReader.START_ELEMENT, null, "config");
      while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
        Map<String, String> elements = new LinkedHashMap<>();
        while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
          String value = xml.getAttributeValue(null, "value");
          elements.put(xml.getLocalName(), value == null ? "" : value);
          while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
            xml.getElementText();
          }
        }
        variables.add(elements);
      }
      return variables;
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("not XML of the form <config><variable>...", e);
    }
  }
}
