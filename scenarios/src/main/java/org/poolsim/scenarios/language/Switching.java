// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.pool.spec.NetworkBackend;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;

/** What switches packets. */
@Doc("What switches packets in dom0.")
public record Switching(
    @Doc("openvswitch or bridge.") @Default("openvswitch") NetworkBackend backend) {}
