// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

/**
 * The network side of one host: its NICs and bonds, the networks that they attach it to, and the
 * NICs of its VMs.
 *
 * <p>Data sources are brought up to date one nanosecond before each multiple of 5 s, and only for
 * devices that were used.
 */
public final class HostNetwork {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final Simulator simulator;
  private final DataSources sources;
  private final Owner owner;
  private final BackendCpu cpu;
  private final NetworkCosts costs;
  private final Map<String, Pif> pifs = new LinkedHashMap<>();
  private final Map<String, Uplink> uplinks = new LinkedHashMap<>();
  private final Map<String, Uplink> byNetwork = new LinkedHashMap<>();
  private final List<Uplink> measured = new ArrayList<>();
  private final List<VifSources> measuredSources = new ArrayList<>();
  private final VifSources aggregate;
  private final List<Vif> active = new ArrayList<>();
  private final Event meter =
      new Event() {
        @Override
        protected void fire() {
          measure();
        }
      };

  /** Creates a host without NICs. */
  public HostNetwork(
      Simulator simulator, DataSources sources, Owner owner, BackendCpu cpu, NetworkCosts costs) {
    this.simulator = simulator;
    this.sources = sources;
    this.owner = owner;
    this.cpu = cpu;
    this.costs = costs;
    aggregate = new VifSources(sources, owner, "pif_aggr", "all devices");
  }

  /** Adds a NIC. */
  public Pif addPif(String device, long bitsPerSecond) {
    Pif pif = new Pif(device, bitsPerSecond);
    pifs.put(device, pif);
    addUplink(new Uplink(this, device, List.of(pif), BondMode.ACTIVE_BACKUP));
    return pif;
  }

  /**
   * Adds a bond.
   *
   * @param members devices of NICs added before
   */
  public void addBond(String device, List<String> members, BondMode mode) {
    List<Pif> nics = new ArrayList<>();
    for (String member : members) {
      Pif pif = pifs.get(member);
      if (pif == null) {
        throw new IllegalArgumentException(
            "bond " + device + " has no PIF " + member + "; expected one of " + pifs.keySet());
      }
      nics.add(pif);
    }
    addUplink(new Uplink(this, device, nics, mode));
  }

  private void addUplink(Uplink uplink) {
    uplinks.put(uplink.device(), uplink);
    measured.add(uplink);
    measuredSources.add(new VifSources(sources, owner, "pif_" + uplink.device(), uplink.device()));
  }

  /** Lets a network of the pool be reached over a NIC or bond. */
  public void connect(String network, String device) {
    byNetwork.put(network, uplink(device));
  }

  /** Returns a NIC or bond by its device. */
  public Uplink uplink(String device) {
    Uplink uplink = uplinks.get(device);
    if (uplink == null) {
      throw new IllegalArgumentException(
          "host "
              + owner.name()
              + " has no PIF or bond "
              + device
              + "; expected one of "
              + uplinks.keySet());
    }
    return uplink;
  }

  /** Returns the NICs, in the order in which they were added. */
  public List<Pif> pifs() {
    return List.copyOf(pifs.values());
  }

  /**
   * Attaches a VM's NIC. A network that no NIC of this host reaches is internal to the host.
   *
   * @param vm whose data source it becomes
   * @param device its number in the guest
   * @param mac spreads VIFs over a bond's members
   * @param limitBytesPerSecond transmit limit, 0 for none
   */
  public Vif attach(
      Owner vm, int device, String network, int mtuBytes, String mac, long limitBytesPerSecond) {
    return new Vif(
        simulator,
        this,
        costs,
        cpu,
        byNetwork.get(network),
        mtuBytes,
        mac,
        limitBytesPerSecond,
        new VifSources(sources, vm, "vif_" + device, "VIF " + device));
  }

  void detached(Vif vif) {
    active.remove(vif);
  }

  void active(Vif vif) {
    if (!vif.meter()) {
      active.add(vif);
    }
    active();
  }

  void active() {
    if (!meter.isPending()) {
      long nextNanos = ((simulator.nowNanos() + 1) / INTERVAL_NANOS + 1) * INTERVAL_NANOS - 1;
      simulator.schedule(meter, nextNanos);
    }
  }

  private void measure() {
    double received = 0;
    double sent = 0;
    for (int i = 0; i < measured.size(); i++) {
      double rx = 0;
      double tx = 0;
      for (Pif pif : measured.get(i).members()) {
        rx += pif.receiving().frameBytes();
        tx += pif.sending().frameBytes();
      }
      measuredSources.get(i).publish(rx, tx);
      // As on a real host the aggregate counts a bond besides its members.
      received += rx;
      sent += tx;
    }
    aggregate.publish(received, sent);
    int kept = 0;
    for (int i = 0; i < active.size(); i++) {
      Vif vif = active.get(i);
      if (vif.publish()) {
        active.set(kept++, vif);
      } else {
        vif.unmeter();
      }
    }
    active.subList(kept, active.size()).clear();
    if (!active.isEmpty()) {
      simulator.scheduleAfter(meter, INTERVAL_NANOS);
    }
  }
}
