// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The schedulers on the class path, by name. */
public final class Schedulers {
  private Schedulers() {}

  /**
   * Returns the names of all schedulers, sorted.
   *
   * @throws ServiceConfigurationError if what is on the class path cannot be loaded, has no name or
   *     the name of another one
   */
  public static List<String> names() {
    return List.copyOf(providers().keySet());
  }

  /**
   * Returns the kind of scheduler with a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   * @throws ServiceConfigurationError as {@link #names}
   */
  public static SchedulerProvider named(String name) {
    SortedMap<String, SchedulerProvider> providers = providers();
    SchedulerProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "there is no scheduler '"
              + name
              + "'; there are "
              + String.join(", ", providers.keySet()));
    }
    return provider;
  }

  private static SortedMap<String, SchedulerProvider> providers() {
    SortedMap<String, SchedulerProvider> byName = new TreeMap<>();
    for (SchedulerProvider provider : ServiceLoader.load(SchedulerProvider.class)) {
      String name = provider.name();
      if (name == null || name.isBlank()) {
        throw new ServiceConfigurationError(provider.getClass().getName() + " has no name");
      }
      SchedulerProvider other = byName.putIfAbsent(name, provider);
      if (other != null) {
        // Whose order on the class path came first would decide every run in silence.
        throw new ServiceConfigurationError(
            provider.getClass().getName()
                + " and "
                + other.getClass().getName()
                + " are both named "
                + name);
      }
    }
    return byName;
  }
}
