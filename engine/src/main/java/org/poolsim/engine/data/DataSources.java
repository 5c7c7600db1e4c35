// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data sources of a run, in the order in which they were added. Objects come and go while it
 * runs.
 */
public final class DataSources {
  private final Map<Owner, List<DataSource>> byOwner = new LinkedHashMap<>();
  private final List<Subscriber> subscribers = new ArrayList<>();

  /** Adds a source; subscribers hear of it at once. */
  public <S extends DataSource> S add(S source) {
    byOwner.computeIfAbsent(source.description().owner(), owner -> new ArrayList<>()).add(source);
    for (Subscriber subscriber : subscribers) {
      subscriber.added(source);
    }
    return source;
  }

  /**
   * Removes an object and all its sources (a VM that was shut down): subscribers close its series.
   */
  public void remove(Owner owner) {
    List<DataSource> removed = byOwner.remove(owner);
    if (removed != null) {
      for (Subscriber subscriber : subscribers) {
        subscriber.removed(owner, Collections.unmodifiableList(removed));
      }
    }
  }

  /** Subscribes to what comes and goes; sources that are there already are announced at once. */
  public void subscribe(Subscriber subscriber) {
    subscribers.add(subscriber);
    byOwner.values().forEach(sources -> sources.forEach(subscriber::added));
  }

  /** Hears of sources that come and go. */
  public interface Subscriber {
    /** A source has been added; record it from now on. */
    void added(DataSource source);

    /** An object has gone with all its sources. */
    void removed(Owner owner, List<DataSource> sources);
  }
}
