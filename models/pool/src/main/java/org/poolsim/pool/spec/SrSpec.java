// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;
import org.poolsim.storage.SrType;

/**
 * A storage repository.
 *
 * @param name unique in the pool
 * @param uuid may be {@code null}
 * @param type the driver
 * @param shared whether every host sees the same content
 * @param sizeBytes physical size; 0 when unknown
 * @param usedBytes what of it is taken; -1 for what its images take, as far as that is known
 * @param array the array that serves it. A local SR named on several hosts has such an array on
 *     each of them
 * @param pbds the hosts that it is attached to
 */
public record SrSpec(
    String name,
    String uuid,
    SrType type,
    boolean shared,
    long sizeBytes,
    long usedBytes,
    String array,
    List<PbdSpec> pbds) {
  public SrSpec {
    Require.name(name, "an SR");
    Require.present(type, "the type of SR " + name);
    Require.notNegative(sizeBytes, "size of SR " + name + " in bytes");
    if (usedBytes != -1) {
      Require.notNegative(usedBytes, "what is used of SR " + name + " in bytes");
    }
    Require.name(array, "the array of SR " + name);
    pbds = List.copyOf(pbds);
    Require.unique(pbds.stream().map(PbdSpec::host).toList(), "PBDs of SR " + name);
  }
}
