// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

/**
 * The storage side of one host: the SRs plugged there and the disks of its VMs.
 *
 * <p>Data sources are brought up to date one nanosecond before each multiple of 5 s, and only for
 * disks that were used: who samples at the multiple sees the interval that has just ended.
 */
public final class HostStorage {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final Simulator simulator;
  private final DataSources sources;
  private final Owner owner;
  private final BackendCpu cpu;
  private final StorageCosts costs;
  private final Map<String, HostSr> srs = new LinkedHashMap<>();
  private final List<Vbd> active = new ArrayList<>();
  private final List<HostSr> touched = new ArrayList<>();
  private final Map<Vbd, IoTotals> before = new LinkedHashMap<>();
  private final IoInterval interval = new IoInterval();
  private final Event meter =
      new Event() {
        @Override
        protected void fire() {
          measure();
        }
      };

  /** Creates a host without SRs. */
  public HostStorage(
      Simulator simulator, DataSources sources, Owner owner, BackendCpu cpu, StorageCosts costs) {
    this.simulator = simulator;
    this.sources = sources;
    this.owner = owner;
    this.cpu = cpu;
    this.costs = costs;
  }

  /** Plugs a PBD: the SR is used over {@code path} from now on. */
  public void plug(Sr sr, StoragePath path) {
    srs.put(
        sr.name(),
        new HostSr(
            simulator,
            sr,
            path,
            costs,
            new IoSources(sources, owner, "", "_" + sr.uuid().substring(0, 8), "SR " + sr.name())));
  }

  /** Returns whether an SR is plugged here. */
  public boolean isPlugged(String sr) {
    return srs.containsKey(sr);
  }

  /**
   * Attaches a VM's disk.
   *
   * @param vm whose data source it becomes
   * @param device as the guest names it
   * @param sr a plugged SR
   * @param vdi the image; VBDs of one image share its tapdisk
   * @param listener hears of the end of each request
   */
  public Vbd attach(Owner vm, String device, String sr, String vdi, IoListener listener) {
    HostSr on = srs.get(sr);
    if (on == null) {
      throw new IllegalArgumentException(
          "SR "
              + sr
              + " is not plugged on host "
              + owner.name()
              + "; expected one of "
              + srs.keySet());
    }
    Vbd vbd =
        new Vbd(
            simulator,
            this,
            on,
            on.open(vdi, cpu),
            new IoSources(sources, vm, "vbd_" + device + "_", "", "disk " + device),
            listener);
    before.put(vbd, new IoTotals());
    return vbd;
  }

  void detached(Vbd vbd) {
    vbd.sr().close(vbd.tapdisk());
    before.remove(vbd);
    active.remove(vbd);
  }

  void active(Vbd vbd) {
    if (!vbd.isDetached() && !vbd.meter()) {
      active.add(vbd);
      if (!meter.isPending()) {
        long nextNanos = ((simulator.nowNanos() + 1) / INTERVAL_NANOS + 1) * INTERVAL_NANOS - 1;
        simulator.schedule(meter, nextNanos);
      }
    }
  }

  private void measure() {
    int kept = 0;
    for (int i = 0; i < active.size(); i++) {
      Vbd vbd = active.get(i);
      IoTotals last = before.get(vbd);
      boolean quiet = last.sameAs(vbd.totals());
      interval.between(last, vbd.totals());
      vbd.sources().publish(interval);
      if (vbd.sr().add(interval)) {
        touched.add(vbd.sr());
      }
      last.copyFrom(vbd.totals());
      // A disk that has been quiet for a whole interval has published its zeros and leaves.
      if (quiet && interval.inflight == 0) {
        vbd.unmeter();
      } else {
        active.set(kept++, vbd);
      }
    }
    active.subList(kept, active.size()).clear();
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).publish();
    }
    touched.clear();
    if (!active.isEmpty()) {
      simulator.scheduleAfter(meter, INTERVAL_NANOS);
    }
  }
}
