// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileWorkersTest {
  private static final int OBJECTS = 1000;

  private static final List<Integer> NUMBERS = IntStream.range(0, OBJECTS).boxed().toList();

  @Test
  void everyObjectIsWrittenOnce() throws IOException {
    AtomicIntegerArray written = new AtomicIntegerArray(OBJECTS);
    try (FileWorkers workers = new FileWorkers()) {
      workers.beginEach(NUMBERS, () -> written::incrementAndGet);
      workers.finish();
    }
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(written.get(i)).isEqualTo(1);
    }
  }

  @Test
  void theFailureOfTheWorkThatWasBegunFirstIsTold() throws IOException {
    try (FileWorkers workers = new FileWorkers()) {
      workers.begin(() -> {});
      workers.begin(() -> unwritable("first"));
      workers.begin(() -> unwritable("second"));
      assertThatThrownBy(workers::finish).isInstanceOf(IOException.class).hasMessage("first");
    }
    try (FileWorkers workers = new FileWorkers()) {
      workers.begin(
          () -> {
            throw new IllegalStateException("wrong");
          });
      assertThatThrownBy(workers::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("wrong");
    }
  }

  private static void unwritable(String what) throws IOException {
    throw new IOException(what);
  }

  @Test
  void whatIsNoFailureToWriteIsThrownAsItIs() {
    try (FileWorkers workers = new FileWorkers()) {
      workers.begin(
          () -> {
            throw new OutOfMemoryError("heap");
          });
      assertThatThrownBy(workers::finish).isInstanceOf(OutOfMemoryError.class).hasMessage("heap");
    }
  }

  @Test
  void closingWaitsForWhatIsBeingWritten() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean closing = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    FileWorkers workers = new FileWorkers();
    workers.begin(
        () -> {
          begun.countDown();
          while (!closing.get()) {
            Thread.onSpinWait();
          }
          for (int i = 0; i < 1_000_000; i++) {
            written.incrementAndGet();
          }
        });
    begun.await();
    closing.set(true);
    workers.close();
    assertThat(written).hasValue(1_000_000);
  }
}
