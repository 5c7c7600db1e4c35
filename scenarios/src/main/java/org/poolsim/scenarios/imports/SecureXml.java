// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Opens XML files of strangers: no document type, no external entities, every size limited; gzip
 * undone on the way.
 */
final class SecureXml {
  private static final int MAX_ATTRIBUTE_CHARACTERS = 4 << 20;
  private static final int MAX_ATTRIBUTES = 1_000;
  private static final int MAX_DEPTH = 16;

  private SecureXml() {}

  /** Reads one file from the root element on. */
  @FunctionalInterface
  interface Content<T> {
    T read(XMLStreamReader xml) throws XMLStreamException;
  }

  /**
   * Reads a file.
   *
   * @param what what the file should have been, for messages
   * @throws ImportException with place and reason where the file is too large, truncated or not XML
   */
  static <T> T read(Path file, long maxBytes, String what, Content<T> content) throws IOException {
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new ImportException(
          file
              + ":1:1: the file has "
              + size
              + " bytes: at most "
              + maxBytes
              + " were expected of a "
              + what);
    }
    try (InputStream in = open(file)) {
      XMLStreamReader xml = factory(maxBytes).createXMLStreamReader(in);
      try {
        return content.read(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException malformed) {
      throw malformed(file, what, malformed);
    } catch (ZipException damaged) {
      throw (ImportException)
          new ImportException(
                  file
                      + ":1:1: not a complete "
                      + what
                      + ": its compression is damaged: "
                      + damaged.getMessage())
              .initCause(damaged);
    }
  }

  /** Returns the exception for a mistake at the reader's place. */
  static ImportException at(Path file, XMLStreamReader xml, String what) {
    Location place = xml.getLocation();
    return new ImportException(
        file + ":" + place.getLineNumber() + ":" + place.getColumnNumber() + ": " + what);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static XMLInputFactory factory(long maxBytes) {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARACTERS);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
    // A compressed file may grow; what it grows to is limited as a plain one is.
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, maxBytes);
    return factory;
  }

  private static ImportException malformed(Path file, String what, XMLStreamException malformed) {
    Location place = malformed.getLocation();
    String text =
        malformed.getMessage() == null ? "" : malformed.getMessage().lines().findFirst().orElse("");
    String at = place == null ? "1:1" : place.getLineNumber() + ":" + place.getColumnNumber();
    String reason =
        malformed instanceof WstxEOFException ? "the file ends early: it is truncated" : text;
    return (ImportException)
        new ImportException(file + ":" + at + ": not a complete " + what + ": " + reason)
            .initCause(malformed);
  }
}
