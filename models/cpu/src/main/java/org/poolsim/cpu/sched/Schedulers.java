// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The schedulers on the class path, by name. */
public final class Schedulers {
  private Schedulers() {}

  /** Returns the names of all schedulers, sorted. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (SchedulerProvider provider : ServiceLoader.load(SchedulerProvider.class)) {
      names.add(provider.name());
    }
    names.sort(null);
    return names;
  }

  /**
   * Returns the kind of scheduler with a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static SchedulerProvider named(String name) {
    for (SchedulerProvider provider : ServiceLoader.load(SchedulerProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "there is no scheduler '" + name + "'; there are " + String.join(", ", names()));
  }
}
