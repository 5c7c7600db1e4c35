// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.poolsim.reports.rrd.NumberText;

/** UTF-8 text that grows and can be used again. */
final class TextBuffer {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** Removes all text. */
  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Returns the bytes, valid up to {@link #length()} and until the next change. */
  byte[] bytes() {
    return bytes;
  }

  TextBuffer add(String text) {
    int count = text.length();
    makeRoom(count);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        makeRoom(rest.length);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length += rest.length;
        return this;
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  /** Adds a number as {@link NumberText} writes it. */
  TextBuffer add(double number) {
    makeRoom(NumberText.LONGEST);
    length = NumberText.write(number, bytes, length);
    return this;
  }

  /** Adds what stands here already from one place to another. */
  void again(int from, int to) {
    makeRoom(to - from);
    System.arraycopy(bytes, from, bytes, length, to - from);
    length += to - from;
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
