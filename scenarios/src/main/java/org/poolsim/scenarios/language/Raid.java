// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Called;

/** How an array combines its devices. */
public enum Raid {
  @Called("0")
  RAID0,
  @Called("1")
  RAID1,
  @Called("10")
  RAID10,
  @Called("5")
  RAID5,
  @Called("6")
  RAID6
}
