// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.engine.random.Distribution;

/** Who sends requests. */
public sealed interface LoadSpec {
  /**
   * A closed loop: each client sends a request, waits for its end, thinks and sends the next.
   * Clients begin by thinking.
   *
   * @param clients 1 to 1,000,000
   * @param thinkNanos time between the end of a request and the next
   */
  record Closed(int clients, Distribution thinkNanos) implements LoadSpec {
    public Closed {
      Require.between(clients, 1, 1_000_000, "clients");
      Require.present(thinkNanos, "think time");
    }
  }

  /**
   * An open loop: requests arrive whether or not earlier ones have ended. Beyond {@code
   * mostOutstanding} they are turned away and counted as refused.
   *
   * @param betweenNanos time between arrivals, mean above 0; exponential for a Poisson process
   * @param mostOutstanding 1 to 1,000,000
   */
  record Open(Distribution betweenNanos, int mostOutstanding) implements LoadSpec {
    public Open {
      Require.present(betweenNanos, "time between arrivals");
      Require.positive(betweenNanos.mean(), "mean time between arrivals in ns");
      Require.between(mostOutstanding, 1, 1_000_000, "most outstanding requests");
    }
  }

  /**
   * An open loop at a recorded rate: arrivals are a Poisson process whose rate is the series'
   * value, held between points; after the last point it begins anew.
   *
   * @param perSecond requests per second over time
   * @param scale factor on every rate, above 0
   * @param mostOutstanding 1 to 1,000,000
   */
  record OpenTrace(TimeSeries perSecond, double scale, int mostOutstanding) implements LoadSpec {
    public OpenTrace {
      Require.present(perSecond, "the series of arrival rates");
      Require.positive(scale, "scale of arrival rates");
      Require.between(mostOutstanding, 1, 1_000_000, "most outstanding requests");
    }
  }
}
